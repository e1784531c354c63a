"""A site whose counts lie on a Valkey server: the worker's turn, alarms, the desk, commands."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kawaraban import health
from kawaraban.demo import builders
from kawaraban.readership import alarms, moving, posting, sites
from kawaraban.readership.columns import Grain
from kawaraban.readership.forwarding import forward
from kawaraban.readership.lists import listed
from kawaraban.readership.models import Report
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.spool import Record, Writer, written
from kawaraban.readership.stores.site import SiteStore
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.turn import Turn
from tests.servers import SharedServer

if TYPE_CHECKING:
    from kawaraban.conf import Configuration
    from kawaraban.desk.models import Article
    from kawaraban.readership.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def articles(front: Any) -> list[Article]:
    return [builders.make_article(f"記事{place}", slug=f"article-{place}") for place in range(5)]


@pytest.fixture
def engine(settings: Any, tmp_path: Path) -> Iterator[Callable[..., Configuration]]:
    """Has the site count where it is told."""
    before = settings.KAWARABAN

    def choose(name: str, address: str = "", **more: Any) -> Configuration:
        rules = replace(before.readership, engine=name, valkey=address, valkey_prefix="test", **more)
        settings.KAWARABAN = replace(before, home=tmp_path, readership=rules)
        sites.store.cache_clear()
        return settings.KAWARABAN

    yield choose
    sites.store.cache_clear()


@pytest.fixture
def shared(engine: Callable[..., Configuration], shared_server: SharedServer, server: Server) -> Configuration:
    return engine("valkey", shared_server.address)


@pytest.fixture
def away(engine: Callable[..., Configuration], tmp_path: Path) -> Configuration:
    return engine("valkey", f"unix://{tmp_path / 'nobody'}")


def take(found: Configuration, articles: list[Article], times: tuple[int, ...], at: datetime | None = None) -> None:
    writer = Writer(found.reads / "spool")
    moment = round((at or timezone.now()).timestamp() * 1000)
    reads = [(reader, article.pk) for article, count in zip(articles, times, strict=False) for reader in range(count)]
    writer.append(b"".join(written(Record(moment, reader, 1 + reader % 3, article)) for reader, article in reads))
    writer.close()
    (file,) = (found.reads / "spool").glob(f"*-{os.getpid()}-*")
    file.rename(file.with_name(f"host-1-{moment}.reads"))  # begun then, so that its clock is believed


def send(found: Configuration, server: Server) -> int:
    return forward(found.reads / "spool", server, lambda: time.time_ns() // 1_000_000)


def turned(turn: Turn, now: datetime | None = None) -> int:
    """A turn, and what its thread did."""
    count = turn(now or timezone.now(), lambda: False)
    assert turn.counter is not None and turn.counter.thread is not None
    turn.counter.thread.join(20)
    return count


def fast() -> Turn:
    clock = iter(range(0, 100_000, 60))
    return Turn(lambda: float(next(clock)))


def test_turn_counts_what_hosts_sent_and_ranks(articles: list[Article], shared: Configuration, server: Server) -> None:
    take(shared, articles, (3, 9, 0, 5))
    assert send(shared, server) == 17
    turn = fast()
    turned(turn)
    assert turned(turn) == 17
    assert listed("24h")[0] == [articles[place].pk for place in (1, 3, 0)]


def test_rankings_are_those_of_the_database_byte_for_byte(
    articles: list[Article], engine: Callable[..., Configuration], shared_server: SharedServer, server: Server
) -> None:
    now = round(timezone.now().timestamp() * 1000)
    found = engine("valkey", shared_server.address)
    for age in (1, 30, 300):
        take(found, articles, (age % 4, 9, 2, 5), timezone.now() - timedelta(hours=age))
    send(found, server)
    turned(fast())
    there = [json.dumps(sites.rankings(window, now, 10, now)) for window in ("24h", "7d", "30d")]
    found = engine("database")
    roll_up(found.reads / "spool", sites.store(), sites.days(), lambda: now)
    assert [json.dumps(sites.rankings(window, now, 10, now)) for window in ("24h", "7d", "30d")] == there
    assert len({*there}) == 3


def test_old_columns_are_folded_and_packed(articles: list[Article], shared: Configuration, server: Server) -> None:
    take(shared, articles, (4,), timezone.now() - timedelta(days=40))
    take(shared, articles, (3,))
    send(shared, server)
    turned(fast())
    turned(fast())
    assert [len(sites.store().columns(grain, "accepted", 0, 1 << 50)) for grain in Grain] == [1, 1, 2]
    assert len(server.ask("KEYS", "*:counts:*:accepted:*")) == 3


def test_server_that_is_away_keeps_the_lists_and_the_worker_going(
    articles: list[Article], shared: Configuration, server: Server, engine: Any
) -> None:
    take(shared, articles, (3, 9))
    send(shared, server)
    turn = fast()
    turned(turn), turned(turn)
    engine("valkey", "unix:///nobody/is/here")
    turn = fast()
    for _ in range(3):
        assert turned(turn) == 0
        assert turn.is_away
    assert listed("24h")[0] == [articles[1].pk, articles[0].pk]


@pytest.fixture
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.usefixtures("english")
def test_nothing_that_waits_is_no_alarm(shared: Configuration, server: Server) -> None:
    assert list(alarms.alarms(shared)) == []
    assert health.told_of_reads(shared) == "All reads are counted."


@pytest.mark.usefixtures("english")
def test_reads_that_wait_here_or_there_are_an_alarm(articles: list[Article], shared: Configuration, server: Server) -> None:
    take(shared, articles, (3,), timezone.now() - timedelta(minutes=5))
    (sentence,) = alarms.alarms(shared)
    assert sentence.startswith("3 reads of this host") and "forwarder" in sentence
    now = time.time_ns() // 1_000_000
    forward(shared.reads / "spool", server, lambda: now - 200_000)
    (sentence,) = alarms.alarms(shared)
    assert sentence.startswith("3 reads have") and "worker" in sentence
    assert health.told_of_reads(shared).startswith("3 reads wait to be counted, the first for 20")
    turned(fast())
    assert list(alarms.alarms(shared)) == []


def test_server_that_is_away_is_an_alarm(away: Configuration) -> None:
    (sentence,) = alarms.alarms(away)
    assert "nobody" in sentence and str(away.reads / "spool") in sentence and "\n" not in sentence


def test_server_that_would_lose_counts_is_an_alarm(shared: Configuration, server: Server) -> None:
    server.ask_all(
        [("CONFIG", "SET", "maxmemory", "100mb"), ("CONFIG", "SET", "maxmemory-policy", "allkeys-lru"), ("CONFIG", "SET", "appendonly", "no")]
    )
    try:
        eviction, persistence = alarms.alarms(shared)
    finally:
        server.ask_all(
            [("CONFIG", "SET", "maxmemory", "0"), ("CONFIG", "SET", "maxmemory-policy", "noeviction"), ("CONFIG", "SET", "appendonly", "yes")]
        )
    assert "noeviction" in eviction and "appendonly" in persistence


@pytest.mark.parametrize("name", ["readership:index", "wagtailadmin_home"])
def test_desk_stands_without_the_server(desk: Client, articles: list[Article], away: Configuration, name: str) -> None:
    answer = desk.get(reverse(name))
    assert answer.status_code == (200 if name == "wagtailadmin_home" else 503)
    html = unescape(answer.content.decode())
    assert "Traceback" not in html
    if name == "readership:index":
        assert "nobody" in html and "reads-blank" in html


def test_dashboard_reads_the_server(desk: Client, articles: list[Article], shared: Configuration, server: Server) -> None:
    take(shared, articles, (3, 9))
    send(shared, server)
    turned(fast())
    for address in (
        reverse("readership:index"),
        reverse("readership:article", args=(articles[1].pk,)),
        reverse("readership:export", args=("24h", "json")),
    ):
        answer = desk.get(address)
        assert answer.status_code == 200 and "9" in answer.content.decode()


def test_report_waits_for_the_server(away: Configuration, settings: Any, front: Any) -> None:
    settings.KAWARABAN = replace(away, readership=replace(away.readership, report_to="chief@magazine.example"))
    now = timezone.now().replace(hour=12)
    assert posting.send_due(now) is False
    assert Report.objects.get().mailed_at is None


@pytest.mark.django_db
def test_counts_move_to_the_server_and_back(
    articles: list[Article], engine: Callable[..., Configuration], shared_server: SharedServer, server: Server
) -> None:
    now = round(timezone.now().timestamp() * 1000)
    found = engine("database", shared_server.address)
    writer = Writer(found.reads / "spool")
    writer.append(b"".join(written(Record(now, reader, 1, articles[reader % 2].pk)) for reader in range(9)))
    roll_up(found.reads / "spool", sites.store(), sites.days(), lambda: now)
    database, there = SiteStore(), ValkeyStore(server)
    ranks = sites.rankings("24h", now, 10, now)
    assert moving.to_server(database, there, found.reads / "spool", replace=False) > 0
    found = engine("valkey", shared_server.address)
    assert (sites.rankings("24h", now, 10, now), send(found, server)) == (ranks, 0)
    writer.append(b"".join(written(Record(now, reader, 1, articles[1].pk)) for reader in range(12)))
    assert send(found, server) == 12
    with pytest.raises(moving.Immovable, match="12 reads"):
        moving.to_database(there, database, found.reads / "spool", replace=True)
    turned(fast())
    ranks = sites.rankings("24h", now, 10, now)
    assert [rank["reads"] for rank in ranks] == [12, 5]
    with pytest.raises(moving.Immovable, match="--replace"):
        moving.to_database(there, database, found.reads / "spool", replace=False)
    moving.to_database(there, database, found.reads / "spool", replace=True)
    found = engine("database", shared_server.address)
    assert sites.rankings("24h", now, 10, now) == ranks
    assert roll_up(found.reads / "spool", sites.store(), sites.days(), lambda: now) == 0
    writer.close()
