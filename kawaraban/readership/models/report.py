from django.db import models
from django.utils.translation import gettext_lazy as _


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
