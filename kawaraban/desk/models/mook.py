from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from kawaraban.desk.appearance import Appearance
from kawaraban.desk.models.reader_page import ReaderPage


class Mooks(ReaderPage):
    """The list of special issues."""

    parent_page_types = ["desk.Front"]
    subpage_types = ["desk.Mook"]
    max_count = 1
    content_panels = [FieldPanel("title", heading=_("Title"))]

    class Meta:
        verbose_name = _("list of mooks")


class Mook(ReaderPage):
    """A special issue, sold until it is gone."""

    cover = models.ForeignKey("desk.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover"))
    blurb = models.TextField(_("blurb"), blank=True)
    contents = models.TextField(_("contents"), blank=True, help_text=_("One entry per line."))
    on_sale_date = models.DateField(_("on-sale date"), null=True, blank=True)
    price_yen = models.PositiveIntegerField(_("price in yen, tax included"), null=True, blank=True)
    page_count = models.PositiveSmallIntegerField(_("number of pages"), null=True, blank=True)
    is_on_sale = models.BooleanField(_("on sale now"), default=True)

    parent_page_types = ["desk.Mooks"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("title", heading=_("Title")),
        FieldPanel("cover"),
        FieldPanel("blurb"),
        FieldPanel("contents"),
        FieldRowPanel([FieldPanel("on_sale_date"), FieldPanel("price_yen"), FieldPanel("page_count")], heading=_("Sale")),
        FieldPanel("is_on_sale"),
    ]

    @property
    def appearance(self) -> Appearance:
        return Appearance(slots=("mook",), lists=(self.parent_address,), files=("/sitemaps/pages.xml",))

    class Meta:
        verbose_name = _("mook")
        verbose_name_plural = _("mooks")
