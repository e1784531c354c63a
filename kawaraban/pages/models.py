from django.db import models
from django.utils import timezone
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


class ReadAlso(models.Model):
    """What the machine has found to read with an article or wire item. Whether readers may see it is asked whenever it is shown."""

    key = models.CharField(_("with what"), max_length=40, primary_key=True)
    articles = models.JSONField(_("articles"), default=list, help_text=_("Their keys, best first."))
    made = models.DateTimeField(_("found at"), auto_now=True)

    class Meta:
        verbose_name = _("related reading")
        verbose_name_plural = _("related reading")

    def __str__(self) -> str:
        return self.key


class Unrelated(models.Model):
    """An article or wire item whose related reading is to be found, or found anew."""

    key = models.CharField(_("with what"), max_length=40, unique=True)
    spreads = models.BooleanField(_("others may have it to read now"), default=False)
    noted = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("without related reading")
        verbose_name_plural = _("without related reading")
        ordering = ["-spreads", "pk"]

    def __str__(self) -> str:
        return self.key
