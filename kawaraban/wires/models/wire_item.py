from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kawaraban.desk.fields import AddressField

# What the index of the flash holds; `flashed` asks for just this.
IN_FLASH = {"status": "usable", "is_hidden": False, "is_best": True, "is_flashed": True, "replaced_by": None}


class WireItemQuerySet(models.QuerySet["WireItem"]):
    def usable(self, now: datetime | None = None) -> "WireItemQuerySet":
        """Items that readers may see: not withheld, not killed, not replaced or hidden, their embargo over."""
        moment = now or timezone.now()
        over = Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=moment)
        return self.filter(over, status=WireItem.Status.USABLE, is_hidden=False, replaced_by__isnull=True, published__lte=moment)

    def withdrawn(self) -> "WireItemQuerySet":
        """Items that were taken back, hidden by an editor or replaced. Whether readers ever saw them is not told."""
        return self.filter(~Q(status=WireItem.Status.USABLE) | Q(is_hidden=True) | Q(replaced_by__isnull=False))

    def best(self) -> "WireItemQuerySet":
        """Of the items of one story only the best."""
        return self.filter(is_best=True)

    def flashed(self, now: datetime | None = None) -> "WireItemQuerySet":
        """What the flash shows, in its order: the pinned, then by place, then the newest. One look into one index."""
        moment = now or timezone.now()
        return self.usable(moment).filter(Q(flash_until__isnull=True) | Q(flash_until__gt=moment), **flag_filters()).in_flash_order()

    def in_flash_order(self) -> "WireItemQuerySet":
        return self.order_by("-is_pinned", "position", "-published", "-pk")

    def sections(self) -> list[str]:
        """The sections that these items are of, each found by one look into an index."""
        found: list[str] = []
        while following := self.filter(section__gt=found[-1] if found else "").order_by("section").values_list("section", flat=True).first():
            found.append(following)
        return found

    def newest_first(self) -> "WireItemQuerySet":
        return self.order_by("-published", "-pk")

    def falling_due(self, since: datetime, until: datetime) -> "WireItemQuerySet":
        """Items that look different to readers by the clock alone: an embargo over, a moment of sending reached, a flash ended."""
        span = (since, until)
        ended = Q(flash_until__gt=span[0], flash_until__lte=span[1], is_flashed=True)
        freed = Q(embargoed_until__gt=span[0], embargoed_until__lte=span[1])
        return self.filter(ended | freed | Q(published__gt=span[0], published__lte=span[1]))


def is_over(moment: str | None, now: datetime) -> bool:
    return moment is None or datetime.fromisoformat(moment) <= now


def flag_filters() -> dict[str, bool]:
    return {"is_flashed": True, "is_best": True}


class WireItem(models.Model):
    """Agency copy as readers see it: the current face of one identifier. Its versions hold all that came.

    A killed item keeps no text here; its versions do, for those who may read them.
    """

    class Status(models.TextChoices):
        USABLE = "usable", _("usable")
        WITHHELD = "withheld", _("withheld")
        CANCELED = "canceled", _("killed")

    class Notice(models.TextChoices):
        NONE = "", _("none")
        CORRECTION = "correction", _("correction")

    # What it is.
    guid = models.CharField(_("identifier"), max_length=255, help_text=_("The agency’s own; a longer one is kept as its digest."))
    namespace = models.CharField(_("whose identifier"), max_length=80, blank=True, help_text=_("The agency of its source, spelled plainly."))
    source = models.ForeignKey(
        "wires.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="wire_items",
        verbose_name=pgettext_lazy("wire", "source"),
    )
    story = models.ForeignKey(
        "wires.Story", on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="items", verbose_name=_("story")
    )
    is_best = models.BooleanField(_("shown for its story"), default=True)

    # What it says: its newest version.
    face = models.ForeignKey(
        "wires.WireVersion", on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("version shown")
    )
    version = models.PositiveBigIntegerField(_("version number"), default=1)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    section = models.CharField(_("section"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=255, blank=True)
    slugline = models.CharField(_("slugline"), max_length=255, blank=True)
    byline = models.CharField(_("byline"), max_length=255, blank=True)
    dateline = models.CharField(_("dateline"), max_length=255, blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Paragraphs, an empty line between."))
    language = models.CharField(_("language"), max_length=12, default="ja")
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=5)
    subjects = models.JSONField(_("subjects"), default=list, blank=True, help_text=_("Vocabulary, code and name of each."))
    credit = models.CharField(_("copyright"), max_length=255, blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    editorial_note = models.TextField(_("note to editors"), blank=True, help_text=_("Never shown to readers."))
    address = AddressField(_("address at the agency"), max_length=500, blank=True)
    notice = models.CharField(_("notice to readers"), max_length=10, choices=Notice, default=Notice.NONE, blank=True)
    notice_text = models.TextField(_("text of the notice"), blank=True, help_text=_("What the agency wants readers to be told of its correction."))
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)

    # When.
    published = models.DateTimeField(_("sent at"), db_index=True)
    updated = models.DateTimeField(_("changed"), null=True, blank=True)
    received = models.DateTimeField(_("received"), default=timezone.now, db_index=True, help_text=_("Its newest version."))
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True, blank=True)

    # Whether it may be shown.
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.USABLE)
    killed_at = models.DateTimeField(_("taken back"), null=True, blank=True, help_text=_("When the kill was filed."))
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="replaces", verbose_name=_("item that corrects it")
    )
    is_hidden = models.BooleanField(_("hidden"), default=False, help_text=_("An editor has taken it off the reader pages."))

    # The flash.
    is_flashed = models.BooleanField(_("flashed"), default=True)
    flash_until = models.DateTimeField(_("flashed until"), null=True, blank=True)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    position = models.SmallIntegerField(_("place"), default=0, help_text=_("The lower ones stand above the others, whatever their time."))

    # By which a feed with random identifiers is recognised.
    address_digest = models.CharField(max_length=32, blank=True, editable=False)
    title_digest = models.CharField(max_length=32, blank=True, editable=False)
    text_digest = models.CharField(max_length=32, blank=True, editable=False)

    objects = WireItemQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wire item")
        verbose_name_plural = _("wire items")
        ordering = ["-published", "-pk"]
        permissions = [
            ("read_killed", _("Can read copy that its agency has taken back")),
            ("steer_flash", _("Can flash, pin, hide and reorder wire items")),
        ]
        constraints = [models.UniqueConstraint(fields=["guid", "namespace"], name="item_once")]
        indexes = [
            models.Index(fields=["-is_pinned", "position", "-published", "-id"], name="item_flash", condition=Q(**IN_FLASH)),
            models.Index(fields=["section", "-published"], name="item_section"),
            models.Index(fields=["source", "-received"], name="item_source"),
            # Of what is nearly always empty only what isn't: SQLite would take an index of all the empty ones for a good way to the flash.
            models.Index(fields=["story"], name="item_story", condition=Q(story__isnull=False)),
            models.Index(fields=["replaced_by"], name="item_replaced", condition=Q(replaced_by__isnull=False)),
            models.Index(fields=["killed_at"], name="item_killed", condition=Q(killed_at__isnull=False)),
            models.Index(fields=["embargoed_until"], name="item_embargo", condition=Q(embargoed_until__isnull=False)),
            models.Index(fields=["flash_until"], name="item_flash_end", condition=Q(flash_until__isnull=False, is_flashed=True)),
            models.Index(fields=["namespace", "address_digest"], name="item_address", condition=~Q(address_digest="")),
            models.Index(fields=["namespace", "title_digest"], name="item_title", condition=~Q(title_digest="")),
        ]

    def __str__(self) -> str:
        return self.headline or self.guid

    def is_usable(self, now: datetime) -> bool:
        """Whether readers may see it: what `usable` asks of the database."""
        is_free = self.embargoed_until is None or self.embargoed_until <= now
        return is_free and self.status == self.Status.USABLE and not self.is_hidden and self.replaced_by_id is None and self.published <= now

    def was_ever_free(self, now: datetime) -> bool:
        """Whether readers may have seen any of its versions; an item without versions may be changed in place."""
        told = list(self.versions.values_list("status", "copy__embargoed_until", "copy__published"))
        return not told or any(status == self.Status.USABLE and all(is_over(moment, now) for moment in moments) for status, *moments in told)

    def successor(self, now: datetime) -> "WireItem | None":
        """What readers see in place of an item that was corrected under another identifier."""
        found, seen = self.replaced_by, {self.pk}
        while found and found.pk not in seen:
            if found.is_usable(now):
                return found
            seen.add(found.pk)
            found = found.replaced_by
        return None

    def others(self) -> WireItemQuerySet:
        """The other items of its story."""
        return WireItem.objects.filter(story_id=self.story_id).exclude(pk=self.pk) if self.story_id else WireItem.objects.none()
