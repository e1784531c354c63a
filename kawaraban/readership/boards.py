"""The most-read lists as the desk sees them: with what was before, what stands beyond their end, and what editors have set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings

from kawaraban.desk.models import Article
from kawaraban.readership import sites, stretches
from kawaraban.readership.arranging import arranged
from kawaraban.readership.columns import Column
from kawaraban.readership.days import HOUR
from kawaraban.readership.explaining import Neighbour, Out, Standing
from kawaraban.readership.figures import stamp
from kawaraban.readership.models import Exclusion, Hold, Pin, Window
from kawaraban.readership.movement import Move, moves
from kawaraban.readership.ranks import Rank, Shown, ranked
from kawaraban.readership.stores.store import Store

DEEP = 200  # ranks that the desk knows of
EARLIER = {Window.DAY: HOUR, Window.WEEK: 24 * HOUR, Window.MONTH: 24 * HOUR}  # ms; what a list's movement is measured from
site_days, site_store = sites.days, sites.store


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Board:
    """One list. ranks: as readers see it; made: as it would be without pins and holds, and beyond its end."""

    window: Window
    section: int | None
    now: datetime
    stretch: stretches.Stretch
    counts: Column
    ranks: list[Rank]
    made: list[Rank]
    moves: dict[int, Move]
    pins: list[Pin]
    hold: Hold | None

    @property
    def pinned(self) -> set[int]:
        return {pin.article_id for pin in self.pins}


def boards(store: Store, section: int | None, now: datetime) -> list[Board]:
    """All three."""
    at, days = stamp(now), site_days()
    spans = {window: stretches.stretch(window, at) for window in map(Window, Window.values)}
    earlier = {window: stretches.stretch(window, at - EARLIER[window]) for window in spans}
    columns = stretches.counted(store, [*spans.values(), *earlier.values()], days, kept=sites.kept(at))
    return [board(window, section, now, spans[window], columns[place], columns[place + len(spans)]) for place, window in enumerate(spans)]


def board(window: Window, section: int | None, now: datetime, stretch: stretches.Stretch, counts: Column, earlier: Column) -> Board:
    length = settings.KAWARABAN.lists.ranking
    shown = shown_in(window, section, now)
    made = ranked(counts, DEEP, shown)
    pins, hold = set_in(window, section, now)
    allowed = shown([*(pin.article_id for pin in pins), *(hold.articles if hold else [])]) if pins or hold else {}
    pins = [pin for pin in pins if pin.article_id in allowed]
    held = [key for key in hold.articles if key in allowed] if hold else []
    ranks = arranged(made, length, counts.of, places(pins), held)
    before = [rank.article for rank in ranked(earlier, 3 * length, shown)]
    return Board(window, section, now, stretch, counts, ranks, made, moves([rank.article for rank in ranks], before), pins, hold)


def places(pins: Sequence[Pin]) -> dict[int, int]:
    """Article by rank. A pin of one window goes before one of all; of two the later."""
    found: dict[int, int] = {}
    for pin in sorted(pins, key=lambda pin: (bool(pin.window), pin.made_at, pin.pk)):
        found = {position: key for position, key in found.items() if key != pin.article_id} | {pin.position: pin.article_id}
    return found


def set_in(window: Window, section: int | None, now: datetime) -> tuple[list[Pin], Hold | None]:
    hold = Hold.objects.standing(now).filter(window=window, section_id=section).first()
    return list(Pin.objects.standing(now).of_list(window, section)), hold


def shown_in(window: Window, section: int | None, now: datetime) -> Shown:
    """What a list may name, and what decides its ties."""
    excluded = excluded_from(window, now)
    oldest = oldest_in(window, now)

    def shown(keys: Sequence[int]) -> Mapping[int, tuple]:
        found = Article.objects.listable(now).editorial().among(key for key in keys if key not in excluded).order_by()
        if section is not None:
            found = found.in_section(section)
        if oldest is not None:
            found = found.since(oldest)
        return {key: (at.timestamp() if at else 0.0,) for key, at in found.values_list("pk", "published_at")}

    return shown


def excluded_from(window: Window, now: datetime) -> set[int]:
    return set(Exclusion.objects.standing(now).filter(window__in=["", window]).values_list("article_id", flat=True))


def oldest_in(window: Window, now: datetime) -> datetime | None:
    """Since when articles of a list must have been published."""
    days = getattr(settings.KAWARABAN.readership, f"oldest_{window}")
    return now - timedelta(days=days) if days else None


def standing(found: Board, article: Article) -> Standing:
    """Where an article stands in a list, and what would explain it."""
    reads = found.counts.of(article.pk)
    ranks = {rank.article: rank for rank in found.ranks}
    rank = ranks.get(article.pk) or next((rank for rank in found.made if rank.article == article.pk), None)
    order = found.ranks if article.pk in ranks else found.made
    near = [order[place - 1] if rank and 0 < place <= len(order) else None for place in ((rank.rank - 1, rank.rank + 1) if rank else (0, 0))]
    titles = dict(Article.objects.among(one.article for one in near if one).values_list("pk", "title"))
    ahead, behind = (one and Neighbour(one.rank, titles.get(one.article, ""), one.reads) for one in near)
    nothing: tuple[Out, str] = ("", "")
    out, reason = nothing if rank else why_out(found, article)
    told = Standing(
        window=str(found.window.label),
        since=moment(found.stretch.since),
        until=found.now,
        rank=rank.rank if rank else 0,
        reads=reads,
        length=settings.KAWARABAN.lists.ranking,
        out=out,
        reason=reason,
        ahead=ahead,
        behind=behind,
        left_out=left_out(found, reads) if rank else {},
    )
    return with_steering(told, found, article)


def with_steering(told: Standing, found: Board, article: Article) -> Standing:
    if found.hold and article.pk in found.hold.articles and told.rank:
        return replace(told, is_held=True, reason=found.hold.reason)
    pin = next((pin for pin in found.pins if pin.article_id == article.pk), None)
    return replace(told, is_pinned=True, reason=pin.reason) if pin and told.rank else told


def why_out(found: Board, article: Article) -> tuple[Out, str]:
    """For an article that is not ranked."""
    excluded = Exclusion.objects.standing(found.now).filter(article=article, window__in=["", found.window]).first()
    if excluded:
        return "excluded", excluded.reason
    return reasons([article.pk], found).get(article.pk, ""), ""


def reasons(keys: Sequence[int], found: Board) -> dict[int, Out]:
    """Why some articles are in no list; nothing of those that may be."""
    excluded, oldest = excluded_from(found.window, found.now), oldest_in(found.window, found.now)
    listable = {article.pk: article for article in Article.objects.listable(found.now).among(keys).only("pk", "is_sponsored", "published_at")}
    told: dict[int, Out] = {}
    for key in keys:
        if key in excluded:
            told[key] = "excluded"
        elif key not in listable:
            told[key] = "hidden"
        elif listable[key].is_sponsored:
            told[key] = "sponsored"
        elif oldest and (listable[key].published_at is None or listable[key].published_at < oldest):
            told[key] = "old"
    return told


def left_out(found: Board, reads: int) -> Counter[Out]:
    """How many were read more and may not be named, by why."""
    ranked_keys = {rank.article for rank in found.made}
    more = [key for key in found.counts.keys[found.counts.counts > reads].tolist() if key not in ranked_keys]
    if found.section is not None:
        more = list(Article.objects.in_section(found.section).among(more).values_list("pk", flat=True))
    return Counter(reasons(more[:DEEP], found).values())
