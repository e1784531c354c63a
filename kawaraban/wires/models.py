from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawaraban.desk.fields import AddressField


class WireItemQuerySet(models.QuerySet["WireItem"]):
    def usable(self, now: datetime | None = None) -> "WireItemQuerySet":
        """Items that readers may see: not withheld, not killed, their embargo over."""
        moment = now or timezone.now()
        over = models.Q(embargoed_until__isnull=True) | models.Q(embargoed_until__lte=moment)
        return self.filter(over, status=WireItem.Status.USABLE, published__lte=moment)

    def newest_first(self) -> "WireItemQuerySet":
        return self.order_by("-published", "-pk")


class WireItem(models.Model):
    """Agency copy as readers see it."""

    class Status(models.TextChoices):
        USABLE = "usable", _("usable")
        WITHHELD = "withheld", _("withheld")
        CANCELED = "canceled", _("killed")

    guid = models.CharField(_("identifier"), max_length=255, unique=True)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    section = models.CharField(_("section"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=255)
    body = models.TextField(_("text"), blank=True, help_text=_("Paragraphs, an empty line between."))
    language = models.CharField(_("language"), max_length=12, default="ja")
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=5)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.USABLE)
    published = models.DateTimeField(_("sent at"), db_index=True)
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True, blank=True)
    address = AddressField(_("address at the agency"), max_length=500, blank=True)

    objects = WireItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("wire item")
        verbose_name_plural = _("wire items")
        ordering = ["-published", "-pk"]

    def __str__(self) -> str:
        return self.headline
