"""The parts of the dashboard that its pages share: shares as rows, steering as lines, flags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kawaraban.desk.models import Article
from kawaraban.readership.actions.steering import list_name
from kawaraban.readership.charts import percent
from kawaraban.readership.days import Days
from kawaraban.readership.desk import wording
from kawaraban.readership.figures import Network, Share, days_until, networks, suspicious
from kawaraban.readership.models import Clearance, Exclusion, Hold, Pin
from kawaraban.readership.stores.store import Store

LOOKED = 3  # days back that flags are looked for, today among them
MOST = 50


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    count: int
    percent: float

    @property
    def count_text(self) -> str:
        return wording.number(self.count)


def share_rows(found: Iterable[Share], name: Any) -> list[Row]:
    told = list(found)
    whole = sum(share.count for share in told)
    return [Row(name(share.name), share.count, percent(share.count, whole)) for share in told]


def captions() -> dict[str, str]:
    return {
        "sections": _("By section, 24 hours"),
        "referrers": _("Where readers came from, 24 hours"),
        "rejected": _("Not counted, by reason, 24 hours"),
        "nothing": _("No reads in this time."),
        "nothing_rejected": _("Nothing was rejected."),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """Something that editors have set. kind: as the address that undoes it has it."""

    kind: str
    pk: int
    what: str
    article: Article | None
    reason: str
    made_by: Any
    made_at: datetime
    until: datetime | None = None


def steering(now: datetime, article: Article | None = None) -> list[Line]:
    """Of an article, or all: pins, exclusions, holds, and flags settled of late. Four queries."""
    of_article = {"article": article} if article else {}
    pins = Pin.objects.standing(now).filter(**of_article).select_related("article", "section", "made_by")
    exclusions = Exclusion.objects.standing(now).filter(**of_article).select_related("article", "made_by")
    holds = Hold.objects.none() if article else Hold.objects.standing(now).select_related("section", "made_by")
    settled = Clearance.objects.filter(**of_article).select_related("article", "made_by").order_by("-day", "-pk")[:5]
    return [
        *(
            line("pin", pin, _("Pinned at rank %(rank)d: %(list)s") % {"rank": pin.position, "list": list_name(pin.window, pin.section)})
            for pin in pins
        ),
        *(line("exclusion", found, _("Excluded: %s") % list_name(found.window, None)) for found in exclusions),
        *(line("hold", found, _("Held: %s") % list_name(found.window, found.section)) for found in holds),
        *(line("clearance", found, _("Flag settled: %s") % found.day) for found in settled),
    ]


def line(kind: str, found: Any, what: str) -> Line:
    article = None if isinstance(found, Hold) else found.article
    return Line(kind, found.pk, what, article, found.reason, found.made_by, found.made_at, getattr(found, "until", None))


@dataclass(frozen=True, slots=True)
class Flag:
    article: Article
    day: date
    share: int
    largest: int
    reads: int

    @property
    def largest_text(self) -> str:
        return wording.number(self.largest)

    @property
    def reads_text(self) -> str:
        return wording.number(self.reads)


def flags(store: Store, now: int, days: Days) -> list[Flag]:
    """What nobody has settled; all of an article together."""
    rules = settings.KAWARABAN.readership
    return unsettled(suspicious(store, days_until(now, LOOKED, days), days, rules.flag_share, rules.flag_least))


def unsettled(found: Sequence[Network]) -> list[Flag]:
    if not found:
        return []
    keys = {network.article for network in found}
    settled = set(Clearance.objects.filter(article__in=keys).values_list("article_id", "day"))
    articles = Article.objects.select_related("section").in_bulk([network.article for network in found[: 4 * MOST]])
    left = [network for network in found if network.article in articles and (network.article, network.day) not in settled]
    first = {network.article: place for place, network in reversed([*enumerate(left)])}
    left = sorted(left[:MOST], key=lambda network: first[network.article])
    return [Flag(articles[network.article], network.day, network.share, network.largest, network.reads) for network in left]


def shares_of_networks(store: Store, now: int, days: Days, article: Article) -> list[Flag]:
    """The largest network's share of an article's reads on the last days, today first."""
    found = networks(store, days_until(now, 7, days), days, article.pk)
    return [Flag(article, network.day, network.share, network.largest, network.reads) for network in reversed(found)]
