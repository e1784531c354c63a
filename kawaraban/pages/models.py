from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Something that pages show has changed and has not been told to the press yet.

    Stored in the transaction of the change itself, so that neither is there without the other.
    """

    key = models.CharField(_("what"), max_length=80)
    address = models.CharField(_("address"), max_length=2000, blank=True)
    is_forced = models.BooleanField(_("printed even when it looks the same"), default=False)
    created = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("change to print")
        verbose_name_plural = _("changes to print")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key or self.address
