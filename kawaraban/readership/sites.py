"""The counts of the site that is entered."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from kawaraban.conf import VALKEY, Configuration, listed
from kawaraban.desk.addresses import address_of
from kawaraban.desk.models import Article
from kawaraban.readership.days import HOUR, Days
from kawaraban.readership.ranks import ranked
from kawaraban.readership.replaying import Replay
from kawaraban.readership.robots import Robots
from kawaraban.readership.stores.site import SiteStore
from kawaraban.readership.stores.store import Store
from kawaraban.readership.stretches import Kept, counted, stretch

MINUTES_KEPT, HOURS_KEPT = 26 * HOUR, 35 * 24 * HOUR
REMEMBERED = 24 * HOUR  # what a replay may still need of old days


@cache
def store() -> Store:
    """As readership.engine says."""
    rules = settings.KAWARABAN.readership
    if rules.engine != VALKEY:
        return SiteStore()
    from kawaraban.readership.server import Server  # with a library that only this engine needs
    from kawaraban.readership.stores.valkey import ValkeyStore

    return ValkeyStore(Server(rules.valkey, rules.valkey_prefix))


@cache
def days() -> Days:
    return Days(ZoneInfo(settings.KAWARABAN.site.time_zone))


def kept(now: int) -> Kept:
    """Which columns the site still has."""
    return Kept(days().hour(now - MINUTES_KEPT) + HOUR, days().after(days().day(now - HOURS_KEPT)))


def rankings(window: str, at: int, length: int, now: int) -> list[dict[str, int | str]]:
    """As `kawaraban rankings` prints them: what readers may see and nobody paid for."""
    counts = counted(store(), [stretch(window, at)], days(), kept=kept(now))[0]
    found = ranked(counts, length, ties)
    pages = {page.pk: page for page in Article.objects.among(rank.article for rank in found).only("pk", "url_path")}
    return [{"rank": rank.rank, "article": address_of(pages[rank.article]), "reads": rank.reads} for rank in found]


def ties(keys: Sequence[int]) -> dict[int, tuple]:
    """Of articles that may be ranked, what is newer; stubs come last."""
    found = Article.objects.listable().editorial().among(keys).order_by().values_list("pk", "published_at")
    return {key: (at.timestamp() if at else 0.0,) for key, at in found}


def replay_of(file: Path, form: str, configuration: Configuration, now: int) -> Replay:
    """Old reads name articles by address or by key."""
    keys: dict[str, int] = {}
    for page in Article.objects.only("pk", "url_path").iterator():
        keys[str(page.pk)] = keys[address_of(page)] = page.pk
    robots = Robots(listed(configuration.readership.not_robots))
    return Replay(file, form, store(), days(), lambda name: found_key(keys, name), robots, None, kept(now), now + REMEMBERED)


def found_key(keys: dict[str, int], name: str) -> int:
    return keys.get(name) or keys.get("/" + name.partition("?")[0].strip("/"), 0)
