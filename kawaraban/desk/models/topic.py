from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.models.reader_page import ReaderPage


class Topics(ReaderPage):
    """The list of topic hubs and series."""

    parent_page_types = ["desk.Front"]
    subpage_types = ["desk.Topic"]
    max_count = 1
    content_panels = [FieldPanel("title", heading=_("Title"))]

    class Meta:
        verbose_name = _("list of topics")


class Topic(ReaderPage):
    """A hub of articles; a series, which has an order; or a series that somebody paid for."""

    class Kind(models.TextChoices):
        HUB = "hub", _("Topic hub")
        SERIES = "series", _("Series")
        SPONSORED = "sponsored", _("Sponsored series")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HUB)
    sponsor = models.CharField(_("sponsor"), max_length=120, blank=True, help_text=_("Who pays; shown to readers beside the PR label."))
    blurb = models.TextField(_("blurb"), blank=True, help_text=_("One or two sentences at the head of its page."))
    picture = models.ForeignKey("desk.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture"))
    is_featured = models.BooleanField(_("shown on every page"), default=True, help_text=_("In the list of topics in the right-hand column."))

    parent_page_types = ["desk.Topics"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("title", heading=_("Name")),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("sponsor")], heading=_("Kind")),
        FieldPanel("blurb"),
        FieldPanel("picture"),
        FieldPanel("is_featured"),
    ]
    search_fields = [*ReaderPage.search_fields, index.FilterField("kind")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def appearance(self) -> Appearance:
        return Appearance(slots=("topics",), lists=(self.parent_address,), files=("/sitemaps/pages.xml",))

    @property
    def is_sponsored(self) -> bool:
        return self.kind == self.Kind.SPONSORED

    def clean(self) -> None:
        super().clean()
        if self.is_sponsored and not self.sponsor.strip():
            raise ValidationError({"sponsor": _("Readers must be told who pays: enter the sponsor's name.")})
