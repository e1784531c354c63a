"""What the worker does for the press: the long tail, what falls due by the clock, and what has never been printed."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.utils import timezone
from wagtail.models import Page

from kawaraban.desk.addresses import address_of
from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Front, Month, Section
from kawaraban.pages import made_from, relating
from kawaraban.pages.heads import magazine
from kawaraban.pages.printer import SPECIAL, Printer, seconds
from kawaraban.pages.printing import banner_changed, changed, tell_changes
from kawaraban.pages.receipts import note_printed
from kawaraban.press.queue import Urgency
from kawaraban.wires.due import are_banners_due, turn_back
from kawaraban.wires.due import fall_due as fall_due_on_the_wires

# The site's own addresses, beside those of its pages.
OWN = (
    *SPECIAL,
    "/latest",
    "/wire",
    "/ranking",
    "/newsletter",
    "/feed.xml",
    "/opensearch.xml",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/sitemaps/pages.xml",
    "/robots.txt",
    "/manifest.webmanifest",
)
RETRY_AFTER = 60.0
RELATING_SECONDS = 0.2  # a turn, for finding related reading
RELATED_AT_ONCE = 1000  # articles for which nobody has looked
DESK_SECONDS = 0.3  # so long what can't wait is left to the process that made the change


class Tail:
    """One worker's turn after turn. What it knows of the past is in the edition, so it may end at any time."""

    def __init__(self) -> None:
        self.is_retry_due = seconds(RETRY_AFTER)

    def turn(self, press: Printer, stop: Event, is_over: Callable[[], bool]) -> int:
        """Tells what has changed, then prints what is marked; gives how many it was. Raises Outdated, EditionFull, database errors."""
        fall_due(press, timezone.now())
        tell_changes(press)
        if not press.edition.noted("is filled"):
            fill(press)
        is_desk_at_it = 0 <= time.time() - press.edition.told_at() < DESK_SECONDS  # not when the clock was set back
        printed = press.work_off(lambda: stop.is_set() or is_over(), most=Urgency.FIRST if is_desk_at_it else Urgency.NOW)
        note_printed(press, timezone.now())
        printed += relating.work_off(press.edition, either(is_over, seconds(RELATING_SECONDS)))
        if not printed and press.edition.is_wasteful():
            press.edition.move(lambda: stop.is_set() or is_over())
        if not printed and self.is_retry_due():
            self.is_retry_due = seconds(RETRY_AFTER)
            press.retry()
            sweep(press)
            relating.want_those_without(RELATED_AT_ONCE)
        return printed


def either(one: Callable[[], bool], other: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: one() or other()


def sweep(press: Printer) -> None:
    """Drops the slots of earlier generations once no page is theirs."""
    if press.edition.noted("swept") != str(press.generation) and not press.edition.outdated_addresses():
        press.edition.forget_older()
        press.edition.note("swept", str(press.generation))


def fall_due(press: Printer, now: datetime) -> None:
    """The day's end, and copy whose time has come since the last look. What was missed while no worker ran is caught up."""
    end(press, made_from.HOUR, str(int(now.timestamp()) // 3600))
    end(press, made_from.DAY, local(now).date().isoformat())
    seen = press.edition.noted("seen until")
    last = datetime.fromisoformat(seen) if seen else now
    was_set_back = now < last  # what the wrong clock has freed is not free yet
    found = fall_due_on_the_wires(last, now) if seen and not was_set_back else turn_back(now, last)
    for item in found:
        changed(item)
    if is_banner_due := bool(seen) and are_banners_due(min(last, now), max(last, now)):
        banner_changed()
    if found or is_banner_due or not seen or was_set_back or (now - last).total_seconds() > 30:
        press.edition.note("seen until", now.isoformat())


def end(press: Printer, stretch: str, current: str) -> None:
    """Marks what tells the day or hour in which it was printed, when another one has begun."""
    if (before := press.edition.noted(stretch)) != current:
        if before:
            press.edition.tell(dict.fromkeys(press.edition.made_from(stretch), Urgency.FIRST))
        press.edition.note(stretch, current)


def fill(press: Printer) -> int:
    """Marks every page of the site that has not been printed, or with an earlier theme or release; gives their number."""
    if not Front.objects.live().exists():
        return 0
    marks: dict[str, Urgency] = {}
    there = set(press.edition.addresses())
    old = press.edition.outdated_addresses()
    for address in (*OWN, *site_addresses()):
        if address not in there:
            marks[address] = Urgency.FILL
    marks |= dict.fromkeys(old, Urgency.FILL)
    press.edition.mark(marks)
    press.edition.note("is filled", "yes")
    return len(marks)


def site_addresses() -> list[str]:
    """The addresses of all live pages, the newest articles first."""
    front = magazine()
    pages = Page.objects.live().descendant_of(front, inclusive=True)
    others = [address_of(page) for page in pages.not_exact_type(Article, Month).only("url_path")]
    feeds = [f"{address}/feed.xml" for address in (section.address for section in Section.objects.shown())]
    articles = Article.objects.live().newest_first().values_list("url_path", flat=True)
    start = len(front.url_path) - 1
    months = [f"/sitemaps/{month:%Y-%m}.xml" for month in Article.objects.published().order_by().datetimes("published_at", "month")]
    return [*others, *feeds, *months, *(url_path[start:].rstrip("/") for url_path in articles)]
