from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kawaraban.wires.fault import fault_of

PATIENCE = 1.5  # times its usual rhythm a source may be silent before it is an alarm
LEAST_SILENCE = timedelta(minutes=10)


class SourceQuerySet(models.QuerySet["Source"]):
    def on(self) -> "SourceQuerySet":
        return self.filter(is_on=True)

    def due(self, now: datetime) -> "SourceQuerySet":
        """Sources to be asked now, the longest waiting first."""
        return self.on().filter(models.Q(next_at__isnull=True) | models.Q(next_at__lte=now)).order_by("next_at", "pk")

    def silent(self, now: datetime) -> "SourceQuerySet":
        """Sources from which nothing has come for longer than is usual."""
        return self.filter(pk__in=[source.pk for source in self.on() if source.is_silent(now)])


class Source(models.Model):
    """Where agency copy comes from: one way in, of one agency."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("watched folder")
        POLL = "poll", _("address that is asked")
        PUSH = "push", _("address that the agency sends to")
        MAILBOX = "mailbox", _("mailbox")

    key = models.SlugField(_("short name"), max_length=40, unique=True, help_text=_("Letters, digits and hyphens; part of addresses and file names."))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    agency = models.CharField(
        _("agency"),
        max_length=80,
        help_text=_("Whose copy it is. Identifiers are the agency’s own: sources of one agency must name it alike."),
    )
    section = models.CharField(_("section"), max_length=60, blank=True, help_text=_("Of items whose subjects tell none."))
    language = models.CharField(_("language"), max_length=12, default="ja", help_text=_("Of items that tell none: its code, such as ja or en."))
    format = models.CharField(_("format"), max_length=20, blank=True, help_text=_("Empty: recognised from the bytes."))
    address = models.CharField(_("address"), max_length=1000, blank=True, help_text=_("Folder, web address or mailbox."))
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    schedule = models.PositiveIntegerField(_("asked every"), default=60, help_text=_("Seconds."))
    patience = models.PositiveIntegerField(
        _("alarm after a silence of"), default=0, help_text=_("Minutes without an item; 0: when it is silent for longer than usual.")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=100, help_text=_("Of two agencies’ copies of one story the lower rank is shown."))
    token_hash = models.CharField(_("token’s hash"), max_length=128, blank=True, editable=False)
    previous_hash = models.CharField(_("previous token’s hash"), max_length=128, blank=True, editable=False)
    previous_until = models.DateTimeField(_("previous token holds until"), null=True, blank=True, editable=False)
    is_on = models.BooleanField(_("on"), default=True)
    is_from_file = models.BooleanField(_("set in kawaraban.toml"), default=False, editable=False)
    created = models.DateTimeField(_("since"), auto_now_add=True)

    # Health: what the machine notes.
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True, editable=False)
    last_item = models.DateTimeField(_("last item"), null=True, blank=True, editable=False)
    items = models.PositiveBigIntegerField(_("number of items"), default=0, editable=False)
    failures = models.PositiveBigIntegerField(_("failures"), default=0, editable=False)
    quarantined = models.PositiveBigIntegerField(_("quarantined"), default=0, editable=False)
    last_error = models.TextField(_("last fault"), blank=True, editable=False)  # in English
    fault = models.JSONField(default=dict, blank=True, editable=False)  # the same, to be said in any language
    usual_rhythm = models.PositiveIntegerField(_("usual rhythm"), default=0, help_text=_("Seconds that may pass between items; 0: not known yet."))
    next_at = models.DateTimeField(_("asked next"), null=True, blank=True, editable=False)
    etag = models.CharField("ETag", max_length=255, blank=True, editable=False)
    last_modified = models.CharField("Last-Modified", max_length=80, blank=True, editable=False)
    failures_in_a_row = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    state = models.JSONField(_("where it was left"), default=dict, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = pgettext_lazy("wire", "source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def last_fault(self) -> str:
        """In the language of who reads it."""
        try:
            return fault_of(self.fault).said(gettext) if self.fault else self.last_error
        except (KeyError, TypeError, ValueError):
            return self.last_error

    def is_silent(self, now: datetime) -> bool:
        """Whether nothing has come for longer than is set, or else than is usual. One whose rhythm isn't known is never silent."""
        silence = now - (self.last_item or self.created)
        if self.patience:
            return silence > timedelta(minutes=self.patience)
        return bool(self.usual_rhythm) and silence > max(LEAST_SILENCE, PATIENCE * timedelta(seconds=self.usual_rhythm))
