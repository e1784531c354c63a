from django.db import models
from django.utils.translation import gettext_lazy as _


class Window(models.TextChoices):
    DAY = "24h", _("24 hours")
    WEEK = "7d", _("7 days")
    MONTH = "30d", _("30 days")
