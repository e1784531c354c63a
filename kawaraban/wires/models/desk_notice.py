from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskNotice(models.Model):
    """Something that an editor must be told: at the desk until it has been seen, and by mail."""

    class Kind(models.TextChoices):
        KILLED = "killed", _("killed")
        WITHHELD = "withheld", _("withheld")
        CORRECTED = "corrected", _("corrected")
        REVIVED = "revived", _("usable again")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wire_notices", verbose_name=_("for"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="wire_notices", verbose_name=_("article"))
    item = models.ForeignKey("wires.WireItem", on_delete=models.CASCADE, related_name="notices", verbose_name=_("wire item"))
    created = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notice to an editor")
        verbose_name_plural = _("notices to editors")
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["created"], name="notice_unmailed", condition=models.Q(mailed_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.item_id}"
