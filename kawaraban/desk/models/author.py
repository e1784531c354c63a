from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from kawaraban.desk.models.reader_page import ReaderPage
from kawaraban.desk.slugs import spelled


class Authors(ReaderPage):
    """The list of everybody who writes, translates or photographs here."""

    parent_page_types = ["desk.Front"]
    subpage_types = ["desk.Author"]
    max_count = 1
    content_panels = [FieldPanel("title", heading=_("Title"))]

    class Meta:
        verbose_name = _("list of authors")


class Author(ReaderPage):
    reading = models.CharField(_("reading"), max_length=80, blank=True, help_text=_("The name in hiragana; lists are sorted by it."))
    latin = models.CharField(_("name in Latin letters"), max_length=80, blank=True)
    job = models.CharField(_("position"), max_length=80, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    picture = models.ForeignKey("desk.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait"))

    parent_page_types = ["desk.Authors"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("title", heading=_("Name")),
        MultiFieldPanel([FieldPanel("reading"), FieldPanel("latin")], heading=_("Other spellings")),
        FieldPanel("job"),
        FieldPanel("biography"),
        FieldPanel("picture"),
    ]
    search_fields = [
        *ReaderPage.search_fields,
        *(kind(name) for kind in (index.SearchField, index.AutocompleteField) for name in ("reading", "latin")),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def slug_base(self) -> str:
        return spelled(self.latin or self.title)
