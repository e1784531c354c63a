from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.blocks import BodyBlock, lacking_words
from kawaraban.desk.clock import local
from kawaraban.desk.fields import AddressField
from kawaraban.desk.forms import ArticleForm
from kawaraban.desk.models.reader_page import ReaderPage
from kawaraban.desk.querysets import ArticleQuerySet
from kawaraban.desk.slugs import spelled


class Article(ReaderPage):
    """A piece under the magazine's name. Its title is the headline.

    Without published_at it is a stub: a headline known from an import's lists,
    whose page says so and which no listing but the most-read ones shows.
    """

    kicker = models.CharField(_("kicker"), max_length=40, blank=True, help_text=_("The short line above the headline, such as 海の道."))
    deck = models.CharField(_("deck"), max_length=120, blank=True, help_text=_("The headline's second half, after the dash."))
    original_title = models.CharField(
        _("original title"), max_length=255, blank=True, help_text=_("For a translation: the headline it had in its own language.")
    )
    original_language = models.CharField(_("original language"), max_length=12, blank=True, help_text=_("Its code, such as en, fr or zh-Hant."))
    original_address = AddressField(_("original address"), max_length=500, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("The summary above the text. Its angle brackets are set for you."))
    picture = models.ForeignKey("desk.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture"))
    picture_caption = models.TextField(_("caption in this article"), blank=True, help_text=_("Empty: the picture's own caption."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    author_note = models.TextField(_("author's note"), blank=True, help_text=_("After the text: who the author is, where it appeared first."))
    section = models.ForeignKey("desk.Section", on_delete=models.PROTECT, related_name="articles", verbose_name=_("section"))
    topics = ParentalManyToManyField("desk.Topic", blank=True, related_name="articles", verbose_name=_("topics"))
    is_sponsored = models.BooleanField(_("sponsored"), default=False, help_text=_("Paid for. Readers see the PR label wherever the headline stands."))
    sponsor = models.CharField(_("sponsor"), max_length=120, blank=True)
    published_at = models.DateTimeField(
        _("date shown"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty: the moment of first publication. To publish later, use “Set schedule” instead."),
    )

    awaits_text = models.BooleanField(_("known by its headline only"), default=False, editable=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()
    base_form_class = ArticleForm
    parent_page_types = ["desk.Section", "desk.Month"]
    subpage_types: list[str] = []
    search_fields = [
        *ReaderPage.search_fields,
        index.SearchField("deck"),
        index.SearchField("kicker"),
        index.SearchField("lead"),
        index.SearchField("original_title"),
        index.SearchField("body"),
        *(index.AutocompleteField(name) for name in ("deck", "kicker", "original_title")),
        index.FilterField("section"),
        index.FilterField("published_at"),
        index.FilterField("is_sponsored"),
    ]
    content_panels = [
        FieldPanel("kicker"),
        FieldPanel("title", heading=_("Headline"), help_text=_("What the article says, in one line.")),
        FieldPanel("deck"),
        MultiFieldPanel(
            [FieldPanel("original_title"), FieldRowPanel([FieldPanel("original_language"), FieldPanel("original_address")])],
            heading=_("Original"),
            classname="collapsed",
        ),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_caption")], heading=_("Picture")),
        FieldPanel("body"),
        InlinePanel("bylines", heading=_("Bylines"), label=_("Byline")),
        FieldPanel("author_note"),
        FieldPanel("section"),
        FieldPanel("topics"),
        InlinePanel("picks", heading=_("Read also"), label=_("Pick"), max_num=8),
        MultiFieldPanel([FieldPanel("is_sponsored"), FieldPanel("sponsor")], heading=_("Sponsored"), classname="collapsed"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("published_at"), FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Date and address"),
        )
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["section", "-published_at"], name="article_in_section"),
        ]

    @property
    def is_stub(self) -> bool:
        return self.published_at is None

    @property
    def full_headline(self) -> str:
        """Headline and deck as one line, with the dash between."""
        return f"{self.title}{settings.KAWARABAN.headlines.dash}{self.deck}" if self.deck else self.title

    @property
    def is_scheduled(self) -> bool:
        return self.go_live_at is not None and self.go_live_at > timezone.now()

    def save(self, *args, **kwargs):
        if self._state.adding and self.is_scheduled:
            self.live = False  # the desk's form adds everything live that is to be published, at whatever time
        if self.live and self.published_at is None and not self.is_scheduled and (self.body or not self.awaits_text):
            self.published_at = (None if self.awaits_text else self.first_published_at) or timezone.now()
            self.awaits_text = False
        return super().save(*args, **kwargs)

    def publish(self, *args, **kwargs):
        """At once with the move to its month: readers never find it at the address of its draft."""
        with transaction.atomic():
            super().publish(*args, **kwargs)

    def serve_preview(self, request, mode_name):
        """What is not out yet is shown as it will be when it goes out: with a date."""
        if self.published_at is None and (self.body or not self.awaits_text):
            self.published_at = timezone.now()
        return super().serve_preview(request, mode_name)

    @property
    def appearance(self) -> Appearance:
        when = local(self.published_at)
        authors = [byline.author.address for byline in self.bylines.all()]
        topics = [topic.address for topic in self.topics.all()]
        return Appearance(
            slots=("latest",),
            lists=("/", "/latest", self.section.address, self.parent_address, *topics, *authors),
            files=("/feed.xml", f"{self.section.address}/feed.xml", "/sitemap.xml", "/sitemap-news.xml", f"/sitemaps/{when:%Y-%m}.xml"),
        )

    def face(self) -> tuple:
        picture = (self.picture_id,) if self.picture_id else ()
        texts = (self.kicker, self.title, self.deck, self.lead, self.is_sponsored)
        lists = (self.section_id, [topic.pk for topic in self.topics.all()], [byline.author_id for byline in self.bylines.all()])
        return (self.address, self.live, *lists, str(self.published_at), *texts, *picture)

    def slug_base(self) -> str:
        return spelled(self.original_title) or f"{local(self.published_at):%d%H%M}"

    def clean(self) -> None:
        super().clean()
        faults = {
            "title": over_limit(self.title, settings.KAWARABAN.headlines.headline, _("headline")),
            "deck": over_limit(self.deck, settings.KAWARABAN.headlines.deck, _("deck")),
            "lead": over_limit(self.lead, settings.KAWARABAN.headlines.lead, _("lead")),
            "picture": lacking_words(self.picture),
            "sponsor": self.lacking_sponsor(),
            "published_at": self.dated_ahead(),
        }
        if told := {field: sentence for field, sentence in faults.items() if sentence}:
            raise ValidationError(told)

    def lacking_sponsor(self):
        if self.is_sponsored and not self.sponsor.strip():
            return _("Readers must be told who pays: enter the sponsor's name.")
        return ""

    def dated_ahead(self):
        if self.published_at and self.published_at > timezone.now():
            return _("This date is in the future. To publish then, use “Set schedule” and leave this empty.")
        return ""


def over_limit(text: str, limit: int, name):
    if len(text) <= limit:
        return ""
    return _("The %(name)s has %(length)d characters; %(limit)d fit. Shorten it by %(over)d.") % {
        "name": name,
        "length": len(text),
        "limit": limit,
        "over": len(text) - limit,
    }


class Byline(Orderable):
    """Who did what for an article."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        TRANSLATOR = "translator", _("Translator")
        PHOTOGRAPHER = "photographer", _("Photographer")
        EDITOR = "editor", _("Editor")

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("desk.Author", on_delete=models.PROTECT, related_name="+", verbose_name=_("name"))
    role = models.CharField(_("role"), max_length=14, choices=Role, default=Role.AUTHOR)

    panels = [FieldRowPanel([FieldPanel("author"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")


class Pick(Orderable):
    """An article that an editor wants read after this one."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="picks")
    picked = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))

    panels = [PageChooserPanel("picked", "desk.Article")]

    class Meta(Orderable.Meta):
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
