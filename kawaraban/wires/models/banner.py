from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kawaraban.wires.models.wire_item import WireItem


class BannerQuerySet(models.QuerySet["Banner"]):
    def current(self, now: datetime) -> "BannerQuerySet":
        """What readers see on every page now. One raised from an item goes when the item may not be shown."""
        begun = self.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=now), starts__lte=now)
        is_shown = models.Exists(WireItem.objects.usable(now).filter(pk=models.OuterRef("item")))  # asked of each banner, not of a million items
        return begun.filter(models.Q(item__isnull=True) | is_shown).order_by("-level", "-starts", "-pk")

    def turning(self, since: datetime, until: datetime) -> "BannerQuerySet":
        """What comes or goes by the clock."""
        span = (since, until)
        begins, ends, freed = (models.Q(**{f"{name}__gt": span[0], f"{name}__lte": span[1]}) for name in ("starts", "ends", "item__embargoed_until"))
        return self.filter(begins | ends | freed)


class Banner(models.Model):
    """速報: a line over every page that an editor has raised."""

    class Level(models.IntegerChoices):
        NEWS = 1, _("news")
        BREAKING = 2, _("breaking")
        EMERGENCY = 3, _("emergency")

    text = models.CharField(_("text"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.BREAKING)
    item = models.ForeignKey(WireItem, on_delete=models.CASCADE, null=True, blank=True, related_name="banners", verbose_name=_("wire item"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("raised by")
    )
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"), null=True, blank=True)

    objects = BannerQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("banner")
        verbose_name_plural = _("banners")
        ordering = ["-starts", "-pk"]
        indexes = [models.Index(fields=["ends", "starts"], name="banner_time")]

    def __str__(self) -> str:
        return self.text

    def is_standing(self, now: datetime) -> bool:
        """What `current` asks of the database."""
        lasts = self.starts <= now and (self.ends is None or self.ends > now)
        return lasts and (self.item is None or self.item.is_usable(now))
