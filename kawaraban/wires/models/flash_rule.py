from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class FlashRule(models.Model):
    """Which section an item is of and whether it is flashed. The first rule that fits decides; what it leaves empty fits all."""

    name = models.CharField(_("name"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Rules are tried in this order."))
    is_on = models.BooleanField(_("on"), default=True)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    scheme = models.CharField(_("vocabulary"), max_length=80, blank=True, help_text=_("Of the subject: medtop, subj, or the agency’s own."))
    code = models.CharField(_("code"), max_length=80, blank=True, help_text=_("How the subject’s code begins."))
    max_urgency = models.PositiveSmallIntegerField(
        _("urgency up to"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)], help_text=_("1 is the most urgent.")
    )
    words = models.TextField(_("words"), blank=True, help_text=_("One a line; any of them in headline or text."))
    section = models.CharField(_("section"), max_length=60, blank=True, help_text=_("Empty: as its subjects say."))
    is_flashed = models.BooleanField(_("flashed"), default=True)
    hours = models.PositiveSmallIntegerField(_("for hours"), null=True, blank=True, help_text=_("Empty: as kawaraban.toml says."))
    position = models.SmallIntegerField(_("place"), default=0, help_text=_("The lower ones stand above the others, whatever their time."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("flash rule")
        verbose_name_plural = _("flash rules")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.order)
