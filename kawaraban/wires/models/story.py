from django.db import models
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """Items of one event, from several agencies or in several formats. The best of them is shown."""

    created = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return str(self.pk)
