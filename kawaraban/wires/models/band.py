from django.db import models
from django.utils.translation import gettext_lazy as _


class Band(models.Model):
    """A piece of an item's signature. Items that share one may tell the same story. Only recent items have any."""

    item = models.ForeignKey("wires.WireItem", on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(_("value"), help_text=_("Number of the band and hash of its rows."))
    published = models.DateTimeField(_("sent at"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        indexes = [models.Index(fields=["value", "item"], name="band_value")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.value:x}"
