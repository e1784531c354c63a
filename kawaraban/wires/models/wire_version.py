from django.db import models
from django.utils.translation import gettext_lazy as _

from kawaraban.wires.models.wire_item import WireItem


class WireVersionQuerySet(models.QuerySet["WireVersion"]):
    def newest_first(self) -> "WireVersionQuerySet":
        """In the agency's order: number, then the moment that it tells, then arrival."""
        return self.order_by("-number", "-told_at", "-received_at", "-pk")


class WireVersion(models.Model):
    """An item in one version, as it came. Versions are only added."""

    item = models.ForeignKey(WireItem, on_delete=models.CASCADE, related_name="versions", verbose_name=_("wire item"))
    number = models.PositiveBigIntegerField(_("version number"))
    status = models.CharField(_("status"), max_length=8, choices=WireItem.Status)
    told_at = models.DateTimeField(_("told moment"), help_text=_("When the agency says it was changed, or sent; 1970 when it tells neither."))
    received_at = models.DateTimeField(_("received"))
    digest = models.CharField(_("digest"), max_length=64, help_text=_("Of all that is told, but for the format it came in."))
    copy = models.JSONField(_("copy"), help_text=_("The whole of it: the fields of Copy in kawaraban/wires/copy.py."))
    arrival = models.ForeignKey("wires.Arrival", on_delete=models.SET_NULL, null=True, blank=True, related_name="versions", verbose_name=_("arrival"))

    objects = WireVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a wire item")
        verbose_name_plural = _("versions of wire items")
        constraints = [models.UniqueConstraint(fields=["item", "digest"], name="version_once")]
        indexes = [models.Index(fields=["item", "number", "told_at"], name="version_order")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"
