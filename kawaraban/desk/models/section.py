from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.clock import local
from kawaraban.desk.models.reader_page import ReaderPage
from kawaraban.desk.slugs import RESERVED


class Section(ReaderPage):
    """A department of the magazine; its articles lie in one container a month."""

    class Newness(models.TextChoices):
        NONE = "none", _("What fits best, however old")
        SOME = "some", _("What fits best, of two alike the newer")
        MUCH = "much", _("What is new, as long as it fits")

    # Django would name the way back Page.section, which Article's own field needs.
    page_ptr = models.OneToOneField(Page, on_delete=models.CASCADE, parent_link=True, related_name="as_section")
    latin = models.CharField(_("name in Latin letters"), max_length=60, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("One or two sentences at the head of the section's page."))

    related_newness = models.CharField(
        _("related reading"),
        max_length=4,
        choices=Newness,
        default=Newness.SOME,
        help_text=_("What stands first in the lists that are filled by the machine under this section’s articles. Editors’ picks stand before it."),
    )

    parent_page_types = ["desk.Front"]
    subpage_types = ["desk.Article", "desk.Month"]
    content_panels = [FieldPanel("title", heading=_("Name")), FieldPanel("latin"), FieldPanel("description"), FieldPanel("related_newness")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @property
    def appearance(self) -> Appearance:
        return Appearance(
            slots=("masthead", "footer"),
            lists=("/",),
            files=(f"{self.address}/feed.xml", "/sitemap.xml", "/sitemaps/pages.xml"),
        )

    def face(self) -> tuple:
        return (self.address, self.live, self.title, self.latin)

    def month_of(self, moment: datetime | None = None) -> "Month":
        """The container for the month of a moment (site time zone), made when missing."""
        slug = f"{local(moment):%Y-%m}"
        months = Month.objects.child_of(self).filter(slug=slug)
        if (found := months.first()) is not None:
            return found
        try:
            with transaction.atomic():
                return self.add_child(instance=Month(title=slug, slug=slug))
        except (ValidationError, IntegrityError):
            if (found := months.first()) is None:
                raise
            return found  # somebody else was first

    def add_child(self, **more: Any) -> Page:
        """An article that is to be seen at once is filed under its month at once, a draft when it is published."""
        page = more.get("instance")
        if not getattr(page, "section_id", None) or not page.live or page.is_scheduled:
            return super().add_child(**more)
        month = page.section.month_of(page.published_at)
        page.slug = page.slug and month.free_slug(page.slug)
        return month.add_child(**more)

    def slug_base(self) -> str:
        return KNOWN_NAMES.get(self.title) or super().slug_base()

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError(
                {"slug": _("The address /%(slug)s belongs to the site itself. Choose another, such as %(slug)s-desk.") % {"slug": self.slug}}
            )


# The usual Japanese section names, so that their addresses are words.
KNOWN_NAMES = {
    "ニュース": "news",
    "ワールド": "world",
    "国際": "world",
    "ビジネス": "business",
    "経済": "economy",
    "政治": "politics",
    "社会": "society",
    "テクノロジー": "technology",
    "サイエンス": "science",
    "科学": "science",
    "カルチャー": "culture",
    "文化": "culture",
    "暮らし": "life",
    "ライフ": "life",
    "スポーツ": "sports",
    "コラム": "columns",
}


class Month(ReaderPage):
    """The articles of one month in one section: what keeps a tree of 100,000 articles flat enough."""

    parent_page_types = ["desk.Section"]
    subpage_types = ["desk.Article"]
    is_creatable = False
    content_panels = Page.content_panels

    def free_slug(self, slug: str) -> str:
        """The same, or with the first number that no other article here has."""
        taken = set(self.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
        candidates = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
        return next(candidate for candidate in candidates if candidate not in taken)

    @property
    def appearance(self) -> Appearance:
        return Appearance()

    def face(self) -> tuple:
        return (self.address, self.live, self.title)

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")
