from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.search import index


class Picture(AbstractImage):
    """A picture with what must stand beside it: alternative text, caption, credit, rights."""

    alt = models.CharField(
        _("alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for readers who can't see it. Needed before the picture can appear in an article."),
    )
    caption = models.TextField(_("caption"), blank=True, help_text=_("The sentence under the picture. An article may bring its own."))
    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who took or owns it, as it must be printed. Needed before the picture can appear in an article."),
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Where the file came from: agency and number, photographer, archive.")
    )
    rights_note = models.TextField(_("rights note"), blank=True, help_text=_("Until when and where it may be used. Never shown to readers."))
    is_placeholder = models.BooleanField(_("stands in for a missing file"), default=False, editable=False)

    admin_form_fields = [
        "title",
        "file",
        "alt",
        "caption",
        "credit",
        "source",
        "rights_note",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    ]
    search_fields = [
        *AbstractImage.search_fields,
        *(kind(name) for kind in (index.SearchField, index.AutocompleteField) for name in ("alt", "caption", "credit")),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self):
        return self.alt or super().default_alt_text

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Of what another process made at the same moment, its files are the ones that stay, and that pages may name."""
        found = super().create_renditions(*filters)
        specs = [asked.spec for asked, made in found.items() if made.pk is None]
        kept = {(made.filter_spec, made.focal_point_key): made for made in self.renditions.filter(filter_spec__in=specs)} if specs else {}
        for asked, made in found.items():
            if made.pk is None:
                found[asked] = kept[made.filter_spec, made.focal_point_key]
                if found[asked].file.name != made.file.name:
                    made.file.delete(save=False)
        return found


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
