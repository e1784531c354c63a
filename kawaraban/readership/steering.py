"""What editors do to the rankings. Each has a reason; the log keeps what was undone."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WINDOWS = [("24h", _("24 hours")), ("7d", _("7 days")), ("30d", _("30 days"))]  # Window's


class SteeringQuerySet(models.QuerySet[Any]):
    def standing(self, now: datetime) -> "SteeringQuerySet":
        """Those that hold now."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=now))

    def of_list(self, window: str, section: int | None) -> "SteeringQuerySet":
        """Those of one list: its own, and those of all windows."""
        return self.filter(window__in=["", window], section_id=section)


class Steering(models.Model):
    """Until is empty for what lasts until somebody undoes it."""

    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = SteeringQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Pin(Steering):
    """An article at a fixed rank of a list, whatever it was read."""

    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="pins", verbose_name=_("article"))
    window = models.CharField(_("window"), max_length=3, choices=WINDOWS, blank=True)
    section = models.ForeignKey("desk.Section", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("section"))
    position = models.PositiveSmallIntegerField(_("rank"), validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        verbose_name = _("pinned rank")
        verbose_name_plural = _("pinned ranks")
        ordering = ["position", "-pk"]
        default_permissions = ()
        permissions = [
            ("view_readership", "Can see what is read"),
            ("steer_rankings", "Can pin, exclude and hold in the rankings, and settle flags"),
            ("export_readership", "Can export what is read"),
        ]

    def __str__(self) -> str:
        return f"{self.window} #{self.position}: {self.article_id}"


class Exclusion(Steering):
    """An article that no list names."""

    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="exclusions", verbose_name=_("article"))
    window = models.CharField(_("window"), max_length=3, choices=WINDOWS, blank=True)

    class Meta:
        verbose_name = _("exclusion from the rankings")
        verbose_name_plural = _("exclusions from the rankings")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.window} {self.article_id}"


class Hold(Steering):
    """A list that stays as it is. What readers may no longer see leaves it all the same."""

    window = models.CharField(_("window"), max_length=3, choices=WINDOWS)
    section = models.ForeignKey("desk.Section", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("section"))
    articles = models.JSONField(_("articles"), default=list)  # keys, first rank first

    class Meta:
        verbose_name = _("held ranking")
        verbose_name_plural = _("held rankings")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.window} {self.section_id or ''}"


class Clearance(models.Model):
    """Somebody has looked at an article that was flagged on a day, and found nothing wrong or seen to it."""

    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="clearances", verbose_name=_("article"))
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("since"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("settled flag")
        verbose_name_plural = _("settled flags")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="one_clearance_a_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}"


class Report(models.Model):
    """A weekly report that was mailed, or is being mailed; one a week."""

    monday = models.DateField(_("week from"), unique=True)
    claimed_at = models.DateTimeField(_("begun"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("weekly report")
        verbose_name_plural = _("weekly reports")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.monday}"
