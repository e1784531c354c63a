from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectSection(models.Model):
    """Which section a subject belongs to."""

    scheme = models.CharField(
        _("vocabulary"), max_length=80, help_text=_("medtop: IPTC Media Topics; subj: IPTC subject codes; or the agency’s own.")
    )
    code = models.CharField(_("code"), max_length=80, help_text=_("How the subject’s code begins. The longest that fits decides."))
    name = models.CharField(_("name of the subject"), max_length=120, blank=True)
    section = models.CharField(_("section"), max_length=60)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("section of a subject")
        verbose_name_plural = _("sections of subjects")
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="subject_once")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code} → {self.section}"
