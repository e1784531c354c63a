"""Today, for the top of the dashboard."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kawaraban.desk.clock import local
from kawaraban.readership import charts
from kawaraban.readership.boards import moment
from kawaraban.readership.columns import U32
from kawaraban.readership.days import Days
from kawaraban.readership.desk.wording import number
from kawaraban.readership.explaining import joined
from kawaraban.readership.figures import Day, day, lately, stamp
from kawaraban.readership.stores.store import Store


@dataclass(frozen=True, slots=True)
class Hour:
    label: str
    known: str
    usual: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Every text is ready to be shown."""

    as_of: datetime
    is_empty: bool
    five: str
    sixty: str
    today: str
    usual: str
    usual_label: str
    usual_key: str
    change: str
    change_kind: str
    curve: charts.Curve
    curve_title: str
    curve_desc: str
    hours: list[Hour]


def summary(store: Store, now: datetime, days: Days, among: U32 | None = None) -> Summary:
    found = day(store, stamp(now), days, among)
    labels = [f"{local(moment(start)).hour}" for start in found.starts]
    weekday = date_format(local(now), "l")
    five, sixty = lately(store, stamp(now), 5, among), lately(store, stamp(now), 60, among)
    return Summary(
        as_of=local(now),
        is_empty=not (found.so_far or found.usual or sixty or store.version()),
        five=number(five),
        sixty=number(sixty),
        today=number(found.so_far),
        usual=number(found.usual_so_far) if found.usual else "–",
        usual_label=_("usual by now on a %(weekday)s") % {"weekday": weekday},
        usual_key=_("usual on a %(weekday)s") % {"weekday": weekday},
        change=change(found.change),
        change_kind="down" if (found.change or 0) < 0 else "up",
        curve=charts.curve(found.hours, found.usual, labels),
        curve_title=_("Reads by the hour, today and on a usual %(weekday)s") % {"weekday": weekday},
        curve_desc=described(found, labels),
        hours=hours(found, labels),
    )


def change(percent: int | None) -> str:
    if percent is None:
        return ""
    return f"▲{percent:,}%" if percent > 0 else f"▼{-percent:,}%" if percent < 0 else "±0%"


def described(found: Day, labels: list[str]) -> str:
    """What somebody would see who looks at the curve."""
    told = [_("%(count)s reads today so far.") % {"count": number(found.so_far)}]
    if any(found.hours):
        best = max(range(len(found.hours)), key=lambda hour: found.hours[hour])
        told.append(_("Most from %(hour)s o’clock: %(count)s.") % {"hour": labels[best], "count": number(found.hours[best])})
    if found.change is not None:
        told.append(_("Usual up to now: %(count)s (%(change)s).") % {"count": number(found.usual_so_far), "change": change(found.change)})
    return joined(told)


def hours(found: Day, labels: list[str]) -> list[Hour]:
    known = [*(number(count) for count in found.hours), *[""] * (len(labels) - len(found.hours))]
    usual = [number(count) for count in found.usual] or [""] * len(labels)
    return [Hour(_("%s o’clock") % label, *told) for label, *told in zip(labels, known, usual, strict=True)]
