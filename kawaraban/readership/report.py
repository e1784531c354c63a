"""The weekly report: what it says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kawaraban.desk.models import Article, Front, Section
from kawaraban.readership.boards import moment, shown_in, site_days
from kawaraban.readership.columns import ACCEPTED, NONE, Column, Grain, added
from kawaraban.readership.days import Days, begin
from kawaraban.readership.explaining import joined
from kawaraban.readership.figures import reads, suspicious
from kawaraban.readership.models import Clearance, Window
from kawaraban.readership.ranks import Rank, ranked
from kawaraban.readership.stores.store import Store

MOST = 10


@dataclass(frozen=True, slots=True)
class Week:
    """monday: the first of its seven days. sections: title and reads, the most first. ranks: without pins and holds, by what was read alone."""

    monday: date
    by_day: tuple[int, ...]
    before: int  # reads of the week before
    rejected: int
    ranks: list[Rank]
    sections: list[tuple[str, int]]
    flagged: int  # articles that nobody has settled

    @property
    def total(self) -> int:
        return sum(self.by_day)


def week(store: Store, monday: date) -> Week:
    days = site_days()
    starts = week_of(monday, days)
    columns = store.columns(Grain.DAY, ACCEPTED, starts[0], starts[7])
    counts = added(columns.values())
    before = store.columns(Grain.DAY, ACCEPTED, week_of(monday - timedelta(days=7), days)[0], starts[0])
    return Week(
        monday,
        tuple(columns.get(start, NONE).total for start in starts[:7]),
        sum(column.total for column in before.values()),
        reads(store, Grain.DAY, starts[0], starts[7]).rejected_count,
        ranked(counts, MOST, shown_in(Window("7d"), None, moment(starts[7]))),
        by_section(counts),
        unsettled(store, starts[:7], days),
    )


def week_of(monday: date, days: Days) -> list[int]:
    """The starts of its days and of the Monday after."""
    return [begin(monday + timedelta(days=number), days.zone) for number in range(8)]


def by_section(counts: Column, batch: int = 5000) -> list[tuple[str, int]]:
    sums: Counter[int] = Counter()
    keys = counts.keys.tolist()
    for place in range(0, len(keys), batch):
        for key, section in Article.objects.among(keys[place : place + batch]).order_by().values_list("pk", "section_id"):
            sums[section] += counts.of(key)
    titles = dict(Section.objects.values_list("pk", "title"))
    return [(titles[key], count) for key, count in sums.most_common()]


def unsettled(store: Store, starts: Sequence[int], days: Days) -> int:
    rules = settings.KAWARABAN.readership
    found = {(network.article, network.day) for network in suspicious(store, starts, days, rules.flag_share, rules.flag_least)}
    return len(found - set(Clearance.objects.filter(article__in={key for key, _day in found}).values_list("article_id", "day")))


def subject(found: Week) -> str:
    told = {"magazine": magazine(), "since": short(found.monday), "until": short(found.monday + timedelta(days=6))}
    return " ".join((_("%(magazine)s: what was read from %(since)s to %(until)s") % told).split())


def body(found: Week) -> str:
    """Plain text, whole on a phone."""
    return "\n\n".join(filter(None, [summed(found), daily(found), listed(found), sections(found), noted(found), address()])) + "\n"


def magazine() -> str:
    front = Front.objects.first()
    return front.title if front else "Kawaraban"


def summed(found: Week) -> str:
    told = [_("%(count)s reads.") % {"count": f"{found.total:,}"}]
    if found.before:
        percent = round((found.total / found.before - 1) * 100)
        told.append(_("The week before: %(count)s (%(change)s).") % {"count": f"{found.before:,}", "change": f"{percent:+d}%"})
    return joined(told)


def daily(found: Week) -> str:
    if not found.total:
        return ""
    lines = ((found.monday + timedelta(days=number), count) for number, count in enumerate(found.by_day))
    return "\n".join(f"{short(day)}  {count:>9,}" for day, count in lines)


def listed(found: Week) -> str:
    if not found.ranks:
        return _("No article was read.")
    articles = Article.objects.defer_streamfields().in_bulk([rank.article for rank in found.ranks])
    root = settings.KAWARABAN.readers_address.rstrip("/")
    told = (
        f"{rank.rank:>2}. {one_line(articles[rank.article].full_headline)} ({rank.reads:,})\n    {root}{articles[rank.article].address}"
        for rank in found.ranks
    )
    return "\n".join([_("Most read"), *told])


def one_line(text: str) -> str:
    return " ".join(text.split())


def sections(found: Week) -> str:
    return "\n".join([_("By section"), *(f"{one_line(title)}  {count:,}" for title, count in found.sections)]) if found.sections else ""


def noted(found: Week) -> str:
    told = [_("Not counted: %s.") % f"{found.rejected:,}"]
    if found.flagged:
        told.append(_("Flagged and not settled: %d. The desk shows them.") % found.flagged)
    return joined(told)


def address() -> str:
    return f"{settings.KAWARABAN.desk_address.rstrip('/')}/desk/readership/"


def short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
