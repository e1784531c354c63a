from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.models.reader_page import ReaderPage


class Front(ReaderPage):
    """The magazine itself: its name, what it says of itself, and the stories that lead the front page."""

    latin = models.CharField(_("name in Latin letters"), max_length=60, blank=True)
    tagline = models.CharField(_("tagline"), max_length=80, blank=True, help_text=_("One line under the name."))
    description = models.TextField(_("description"), blank=True, help_text=_("What search engines and feed readers show: one or two sentences."))
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    newsletter_blurb = models.TextField(_("newsletter: invitation"), blank=True, help_text=_("One sentence beside the sign-up link."))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["desk.Section", "desk.Topics", "desk.Authors", "desk.Issues", "desk.Mooks", "desk.Notice"]
    max_count = 1
    content_panels = [
        FieldPanel("title", heading=_("Name of the magazine")),
        MultiFieldPanel([FieldPanel("latin"), FieldPanel("tagline"), FieldPanel("description"), FieldPanel("publisher")], heading=_("Masthead")),
        InlinePanel(
            "leads",
            heading=_("Leading stories"),
            label=_("Story"),
            max_num=6,
            help_text=_("In this order. Empty places are filled with the newest articles."),
        ),
        FieldPanel("newsletter_blurb"),
    ]

    @property
    def appearance(self) -> Appearance:
        return Appearance(slots=("masthead", "newsletter", "footer"), files=("/feed.xml", "/manifest.webmanifest", "/sitemap-news.xml"))

    def face(self) -> tuple:
        return (self.live, self.title, self.latin, self.tagline, self.description, self.publisher, self.newsletter_blurb)

    class Meta:
        verbose_name = _("front page")


class Lead(Orderable):
    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="leads")
    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))

    panels = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("leading story")
        verbose_name_plural = _("leading stories")


class Notice(ReaderPage):
    """A page that stands by itself: about us, rights, corrections, privacy."""

    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul"])

    parent_page_types = ["desk.Front"]
    subpage_types: list[str] = []
    content_panels = [FieldPanel("title", heading=_("Title")), FieldPanel("body")]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
