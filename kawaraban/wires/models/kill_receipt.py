from django.db import models
from django.utils.translation import gettext_lazy as _


class KillReceipt(models.Model):
    """What was taken down at an agency's order: where it stood, and when it went."""

    item = models.ForeignKey("wires.WireItem", on_delete=models.CASCADE, related_name="kill_receipts", verbose_name=_("wire item"))
    arrival = models.ForeignKey(
        "wires.Arrival", on_delete=models.SET_NULL, null=True, blank=True, related_name="kill_receipts", verbose_name=_("arrival")
    )
    status = models.CharField(_("status"), max_length=8, help_text=_("What the agency ordered: canceled or withheld."))
    number = models.PositiveBigIntegerField(_("version number"), default=0)
    note = models.TextField(_("the agency’s note"), blank=True)
    removed_at = models.DateTimeField(_("removed"), db_index=True)
    addresses = models.JSONField(_("addresses"), default=list, help_text=_("Reader pages and feeds that showed it."))
    slots = models.JSONField(_("slots"), default=list, help_text=_("Pieces of pages that showed it."))
    articles = models.JSONField(_("articles"), default=list, help_text=_("Keys and headlines of the articles made from it."))
    banners = models.JSONField(_("banners"), default=list, help_text=_("Keys of the banners raised from it."))
    printed_at = models.DateTimeField(_("gone from every page"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("receipt of a kill")
        verbose_name_plural = _("receipts of kills")
        ordering = ["-removed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.status}"
