from django.db import models
from django.utils.translation import gettext_lazy as _


class Noted(models.Model):
    """Something that may have to be found otherwise than before. Every host's index follows these, and remembers how far it is.

    Stored in the transaction of the change itself, so that neither is there without the other.
    """

    key = models.CharField(_("what"), max_length=80)
    created = models.DateTimeField(_("since"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key


class Wording(models.Model):
    """How far the desk's entries are worded in a way of cutting text. Until they are, the desk's search asks in the earlier way, too."""

    version = models.CharField(_("way of cutting"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    key = models.CharField(_("last one done"), max_length=40, blank=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("wording of the desk’s search")
        verbose_name_plural = _("wording of the desk’s search")

    def __str__(self) -> str:
        return self.version
