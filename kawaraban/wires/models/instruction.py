from django.db import models
from django.utils.translation import gettext_lazy as _


class Instruction(models.Model):
    """What an item is to another, which it names by its identifier and which may not have come yet."""

    class Kind(models.TextChoices):
        KILLS = "kills", _("kills")
        CORRECTS = "corrects", _("corrects")
        UPDATES = "updates", _("updates")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    by = models.ForeignKey("wires.WireItem", on_delete=models.CASCADE, related_name="instructions", verbose_name=_("item that says so"))
    namespace = models.CharField(_("whose identifier"), max_length=80, blank=True)
    guid = models.CharField(_("identifier"), max_length=255)
    number = models.PositiveBigIntegerField(_("version number"), default=0, help_text=_("Up to which it holds; 0: whichever."))
    given_at = models.DateTimeField(_("given"), help_text=_("When it came."))
    arrival = models.ForeignKey("wires.Arrival", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("arrival"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        constraints = [models.UniqueConstraint(fields=["by", "kind", "namespace", "guid", "number"], name="instruction_once")]
        indexes = [models.Index(fields=["guid", "namespace"], name="instruction_about")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.kind} {self.guid}"
