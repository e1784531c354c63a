from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.models.reader_page import ReaderPage


class Issues(ReaderPage):
    """The list of issues."""

    parent_page_types = ["desk.Front"]
    subpage_types = ["desk.Issue"]
    max_count = 1
    content_panels = [FieldPanel("title", heading=_("Title"))]

    class Meta:
        verbose_name = _("list of issues")


class Issue(ReaderPage):
    """One issue of the printed magazine. Its title is the cover's main line."""

    cover_date = models.DateField(_("cover date"), help_text=_("The date printed on the cover."))
    on_sale_date = models.DateField(_("on-sale date"), help_text=_("The day it is in the shops: before the cover date."))
    cover = models.ForeignKey("desk.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover"))
    cover_lines = models.TextField(_("further cover lines"), blank=True, help_text=_("One per line. Set vertically on the cover."))
    blurb = models.TextField(_("blurb"), blank=True, help_text=_("One or two sentences on the main story."))

    parent_page_types = ["desk.Issues"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("title", heading=_("Main cover line")),
        FieldRowPanel([FieldPanel("cover_date"), FieldPanel("on_sale_date")], heading=_("Dates")),
        FieldPanel("cover"),
        FieldPanel("cover_lines"),
        FieldPanel("blurb"),
        InlinePanel("contents", heading=_("Contents"), label=_("Entry")),
    ]

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")

    @property
    def appearance(self) -> Appearance:
        """Its neighbours name it as the issue before or after them."""
        beside = (
            Issue.objects.live().filter(cover_date__gt=self.cover_date).order_by("cover_date").first(),
            Issue.objects.live().filter(cover_date__lt=self.cover_date).order_by("-cover_date").first(),
        )
        neighbours = (issue.address for issue in beside if issue)
        return Appearance(slots=("magazine",), lists=(self.parent_address, *neighbours), files=("/sitemaps/pages.xml",))

    def slug_base(self) -> str:
        return self.cover_date.isoformat() if self.cover_date else ""

    def clean(self) -> None:
        super().clean()
        if self.cover_date and self.on_sale_date and self.on_sale_date >= self.cover_date:
            raise ValidationError(
                {"on_sale_date": _("An issue is on sale before the date on its cover: enter an earlier day than %(day)s.") % {"day": self.cover_date}}
            )


class Content(Orderable):
    """A line of an issue's contents: an article on the site, or a title that only the paper has."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="contents")
    heading = models.CharField(_("heading"), max_length=60, blank=True, help_text=_("Starts a new part of the contents, such as 特集 or COLUMNS."))
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("Leave empty for the article's own headline."))
    article = models.ForeignKey("desk.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article"))
    first_page = models.PositiveSmallIntegerField(_("first page"), null=True, blank=True)

    panels = [FieldPanel("heading"), FieldPanel("title"), FieldPanel("article"), FieldPanel("first_page")]

    class Meta(Orderable.Meta):
        verbose_name = _("contents entry")
        verbose_name_plural = _("contents")

    def clean(self) -> None:
        if not self.title.strip() and not self.article_id:
            raise ValidationError(_("Choose an article, or enter a title."))
