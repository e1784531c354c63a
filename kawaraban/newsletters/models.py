from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscriber(models.Model):
    """An address that asked for the newsletter."""

    address = models.EmailField(_("e-mail address"), unique=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.address
