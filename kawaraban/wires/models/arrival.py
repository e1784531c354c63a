from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kawaraban.wires.fault import Fault, fault_of


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self) -> "ArrivalQuerySet":
        """Archived and not read yet, the oldest first."""
        return self.filter(state=Arrival.State.WAITING).order_by("received_at", "pk")

    def quarantined(self) -> "ArrivalQuerySet":
        """What could not be read, in whole or in part."""
        return self.filter(state=Arrival.State.QUARANTINED)


class Arrival(models.Model):
    """A payload that came in and lies in the archive."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        QUARANTINED = "quarantined", _("quarantined")
        ASIDE = "aside", _("set aside")

    source = models.ForeignKey("wires.Source", on_delete=models.PROTECT, related_name="arrivals", verbose_name=pgettext_lazy("wire", "source"))
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of its bytes."))
    file = models.CharField(_("file"), max_length=255, blank=True, help_text=_("In the archive; empty once it is past its time."))
    name = models.CharField(_("name"), max_length=255, blank=True, help_text=_("What the sender called it."))
    content_type = models.CharField(_("MIME type"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    received_at = models.DateTimeField(_("received"), db_index=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    format = models.CharField(_("format"), max_length=20, blank=True)
    items = models.PositiveIntegerField(_("number of items"), default=0, help_text=_("That were read from it."))
    reasons = models.JSONField(_("reasons"), default=list, blank=True, help_text=_("A sentence for each thing that could not be read."))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = ArrivalQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        ordering = ["-received_at", "-pk"]
        permissions = [("read_payloads", _("Can read payloads as they came, and have quarantined ones tried again"))]
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="arrival_once")]
        indexes = [
            models.Index(fields=["received_at"], name="arrival_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["received_at"], name="arrival_quarantined", condition=models.Q(state="quarantined")),
        ]

    @property
    def faults(self) -> list[Fault]:
        """Reasons of an earlier release are sentences."""
        return [fault_of(reason) if isinstance(reason, dict) else Fault(str(reason)) for reason in self.reasons]

    def __str__(self) -> str:
        return self.name or self.digest[:12]
