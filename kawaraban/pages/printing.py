"""The only signal file: what happens at the desk and on the wires, told to the press and to the search's indexes.

A change is noted in its own transaction and printed right after the commit.
What that leaves, and what a killed process left, the worker prints.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import lmdb
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, post_page_move

from kawaraban.desk import models
from kawaraban.desk.actions.place import place
from kawaraban.pages import made_from, receipts
from kawaraban.pages.changes import Told, tell
from kawaraban.pages.made_from import key_of
from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, printer, seconds
from kawaraban.pages.relating import at_once, holders, want, want_section
from kawaraban.press.edition import SLOT, Outdated
from kawaraban.press.marks import INSET
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull
from kawaraban.readership.models import Exclusion, Hold, ImportedRank, Pin
from kawaraban.readership.signals import reranked
from kawaraban.search.site import log as search
from kawaraban.wires.models import Banner, KillReceipt, WireItem
from kawaraban.wires.signals import taken_down

log = logging.getLogger(__name__)

BANNER = f"{SLOT}banner"
READER_PAGES = tuple(
    kind for kind in vars(models).values() if isinstance(kind, type) and issubclass(kind, models.ReaderPage) and kind is not models.ReaderPage
)
# Wagtail withdraws a page whose time is over through the plain Page.
KINDS = (Page, *READER_PAGES, models.Picture, WireItem, Redirect)
# Fields that Wagtail saves by themselves and no reader sees.
UNSEEN = {
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "draft_title",
    "go_live_at",
    "expire_at",
}
SAVED = ((post_save, "steer"), (post_delete, "unsteer"))
GREATEST_SECONDS = 0.25  # an editor waits this long at most; the worker prints the rest
RELATING_SECONDS, MOST_RELATED = 0.1, 5  # the same for finding what to read with new articles
postponing: ContextVar[bool] = ContextVar("postponing", default=False)


@contextmanager
def postponed() -> Iterator[None]:
    """Leaves the printing of what changes here to the worker: for imports."""
    token = postponing.set(True)
    try:
        yield
    finally:
        postponing.reset(token)


def changed(thing: Model, *, is_forced: bool = False) -> None:
    """A page, picture, wire item or redirect looks different, or came, or went."""
    key = key_of(thing)
    note(Change(key=key, is_forced=is_forced))
    if not isinstance(thing, Redirect):
        search.note(key)


def outdated(address: str) -> None:
    """What stands at an address, or in a slot, must be printed again."""
    note(Change(address=address))


def note(change: Change) -> None:
    change.save()
    if not postponing.get():
        transaction.on_commit(print_now, robust=True)


def print_now() -> None:
    """Tells the press what has changed, and prints what can't wait. Failing that, the worker tries again."""
    try:
        press = printer()
        keys = list(Change.objects.order_by("pk").filter(key__startswith="page:").values_list("key", flat=True)[:MOST_RELATED])
        if tell_changes(press):
            at_once(press.edition, keys, seconds(RELATING_SECONDS))
            press.work_off(seconds(GREATEST_SECONDS), least=Urgency.NOW)
    except Outdated:
        log.warning("this process runs an earlier release or theme than what is printed: restart it")
    except (EditionFull, DatabaseError, lmdb.Error, OSError) as error:
        log.error("not printed yet, the worker tries again: %s", error)  # noqa: TRY400 - the sentence says it all


def tell_changes(press: Printer) -> int:
    """Moves the noted changes into the press's queue; gives their number. Both at once, or again the next time."""
    waiting = list(Change.objects.order_by("pk")[:1000])
    if not waiting:
        return 0
    told = Told()
    for key in dict.fromkeys(change.key for change in waiting if change.key):
        tell(told, press.edition, key, is_forced=any(change.is_forced for change in waiting if change.key == key))
    addresses = [change.address for change in waiting if change.address]
    told.mark((address for address in addresses if address.startswith(INSET)), Urgency.FIRST)
    told.mark((address for address in addresses if not address.startswith(INSET)), Urgency.NOW)
    want_related(press, told)
    if any(change.address == BANNER for change in waiting):
        told.withdrawn.add(BANNER.removeprefix(SLOT))  # one that has ended goes from the pages of earlier generations too
    press.edition.tell(told.marks, told.faces)
    if told.withdrawn:
        press.edition.blank_older(told.withdrawn)
    Change.objects.filter(pk__in=[change.pk for change in waiting]).delete()
    return len(waiting)


def want_related(press: Printer, told: Told) -> None:
    """Notes what is to have its related reading found anew: what has changed, and what had something gone to read."""
    want(told.articles, spreads=True)
    want(told.items)
    want_section(told.sections)
    want(holder for key in told.gone for holder in holders(press.edition, key))


def on_save(sender: type, instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **more: Any) -> None:
    if raw or (update_fields is not None and set(update_fields) <= UNSEEN):
        return
    if isinstance(instance, Page) and not instance.live and instance.first_published_at is None:
        return  # no reader has seen it, and none will for now
    changed(instance)


def on_delete(sender: type, instance: Any, **more: Any) -> None:
    changed(instance)


def on_move(sender: type, instance: Any, url_path_before: str, url_path_after: str, **more: Any) -> None:
    if url_path_before != url_path_after and (instance.live or instance.first_published_at):
        changed(instance.specific, is_forced=True)
        search.note_below(instance.pk)


def on_slug(sender: type, instance: Any, instance_before: Any, **more: Any) -> None:
    changed(instance, is_forced=True)


def on_restriction(sender: type, instance: Any, **more: Any) -> None:
    for page in instance.page.get_descendants(inclusive=True):
        note(Change(key=key_of(page), is_forced=True))
    search.note_below(instance.page_id)


def on_rank(sender: type, instance: Any, **more: Any) -> None:
    rankings_changed()


def on_reranked(sender: type, sections: set[int], **more: Any) -> None:
    for section in sorted(sections):
        if section:
            outdated(f"{SLOT}section_rankings:{section}")
        else:
            rankings_changed()


def on_steering(sender: type, instance: Pin | Hold | Exclusion, **more: Any) -> None:
    sections = {0, instance.article.section_id} if isinstance(instance, Exclusion) else {instance.section_id or 0}
    on_reranked(sender, sections)


def on_taken_down(sender: type, item: WireItem, receipt: KillReceipt, **more: Any) -> None:
    receipts.note_places(item, receipt)


def on_banner(sender: type, instance: Banner, **more: Any) -> None:
    banner_changed()


def banner_changed() -> None:
    outdated(BANNER)


def rankings_changed() -> None:
    outdated(f"{SLOT}rankings")


def file_under_its_month(sender: type, instance: models.Article, **more: Any) -> None:
    place(instance)


def listen() -> None:
    page_published.connect(file_under_its_month, sender=models.Article, dispatch_uid="kawaraban.file_under_its_month")
    for kind in KINDS:
        post_save.connect(on_save, sender=kind, dispatch_uid=f"kawaraban.save.{kind.__name__}")
        post_delete.connect(on_delete, sender=kind, dispatch_uid=f"kawaraban.delete.{kind.__name__}")
    for signal, told, kind, name in (
        (post_page_move, on_move, None, "move"),
        (page_slug_changed, on_slug, None, "slug"),
        (post_save, on_restriction, PageViewRestriction, "restrict"),
        (post_delete, on_restriction, PageViewRestriction, "free"),
        (post_save, on_rank, ImportedRank, "rank"),
        (post_delete, on_rank, ImportedRank, "unrank"),
        (post_save, on_banner, Banner, "banner"),
        (post_delete, on_banner, Banner, "unbanner"),
        (taken_down, on_taken_down, WireItem, "taken_down"),
        (reranked, on_reranked, None, "reranked"),
        *((signal, on_steering, kind, f"{kind.__name__}.{name}") for kind in (Pin, Hold, Exclusion) for signal, name in SAVED),
    ):
        signal.connect(told, sender=kind, dispatch_uid=f"kawaraban.{name}")
    made_from.listen(KINDS)
