"""The tables of the counts, which only stores/site.py and lists.py know."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Count(models.Model):
    """A column of counts: see columns.py."""

    grain = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=40)
    start = models.BigIntegerField()  # ms since 1970
    counts = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("column of counts")
        verbose_name_plural = _("columns of counts")
        constraints = [models.UniqueConstraint(fields=["grain", "measure", "start"], name="one_column_a_bucket")]

    def __str__(self) -> str:
        return f"{self.grain} {self.measure} {self.start}"


class Remembrance(models.Model):
    """A run of what is remembered of a day's readers or networks: see stores/rows.py."""

    kind = models.CharField(max_length=8)
    day = models.BigIntegerField()  # its start, ms since 1970
    number = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)
    counts = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("run of a day’s readers")
        verbose_name_plural = _("runs of a day’s readers")
        constraints = [models.UniqueConstraint(fields=["kind", "day", "number"], name="one_run_a_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.number}"


class Progress(models.Model):
    """How far a source of reads has been counted. That without a name has the version of the counts as its place."""

    source = models.CharField(max_length=255, unique=True)
    place = models.BigIntegerField()
    at = models.BigIntegerField()  # ms since 1970

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("progress of counting")
        verbose_name_plural = _("progress of counting")

    def __str__(self) -> str:
        return f"{self.source} {self.place}"


class RankedList(models.Model):
    """A list of most read articles as it was last reckoned, longer than it is shown, so that something can be left out of it at once."""

    window = models.CharField(_("window"), max_length=3, choices=[("24h", _("24 hours")), ("7d", _("7 days")), ("30d", _("30 days"))])
    section = models.PositiveBigIntegerField(_("section"), default=0)  # its key; 0: the whole magazine's
    articles = models.JSONField(_("articles"))  # [key, reads] by rank
    as_of = models.DateTimeField(_("as of"))
    is_old = models.BooleanField(_("last good list"), default=False)  # too few were read since

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("most-read list")
        verbose_name_plural = _("most-read lists")
        constraints = [models.UniqueConstraint(fields=["window", "section"], name="one_list_a_window_and_section")]

    def __str__(self) -> str:
        return f"{self.window} {self.section or ''}"
