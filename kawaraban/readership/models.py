from django.db import models
from django.utils.translation import gettext_lazy as _

from kawaraban.readership.steering import Clearance, Exclusion, Hold, Pin, Report
from kawaraban.readership.tables import Count, Progress, RankedList, Remembrance

__all__ = ["Clearance", "Count", "Exclusion", "Hold", "ImportedRank", "Pin", "Progress", "RankedList", "Remembrance", "Report", "Window"]


class Window(models.TextChoices):
    DAY = "24h", _("24 hours")
    WEEK = "7d", _("7 days")
    MONTH = "30d", _("30 days")


class ImportedRank(models.Model):
    """A place in a most-read list that came with an import; shown until the site has reads of its own."""

    window = models.CharField(_("window"), max_length=3, choices=Window)
    position = models.PositiveSmallIntegerField(_("rank"))
    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="imported_ranks", verbose_name=_("article"))

    class Meta:
        verbose_name = _("imported rank")
        verbose_name_plural = _("imported ranks")
        ordering = ["window", "position"]
        constraints = [models.UniqueConstraint(fields=["window", "position"], name="one_article_a_rank")]

    def __str__(self) -> str:
        return f"{self.window} #{self.position}"
