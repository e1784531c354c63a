"""The most-read lists of the site: reckoned, printed when they change, left by what is withdrawn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.pages import slots
from kawaraban.pages.models import Change
from kawaraban.readership import sites
from kawaraban.readership.columns import Bucket, Column, Grain, column
from kawaraban.readership.lists import listed, rerank
from kawaraban.readership.models import Exclusion, Pin, Window
from kawaraban.readership.rankings import most_read, replace_imported
from kawaraban.readership.spool import Record, Writer, written
from kawaraban.readership.stores.site import SiteStore
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stores.store import Change as Counted
from kawaraban.readership.stores.store import Offset, Outrun, Remembered
from kawaraban.readership.turn import Turn, fold

HOUR = 3_600_000
Reads = Callable[..., None]


def stamp(moment: datetime | None = None) -> int:
    return round((moment or timezone.now()).timestamp() * 1000)


@pytest.fixture
def articles(front: Front) -> list[Article]:
    return [builders.make_article(f"記事{place}", slug=f"article-{place}") for place in range(5)]


@pytest.fixture
def rules(settings: Any) -> Callable[..., None]:
    def change(**fields: int) -> None:
        settings.KAWARABAN = replace(settings.KAWARABAN, readership=replace(settings.KAWARABAN.readership, **fields))

    return change


def titles(window: Window = Window.DAY, length: int = 10, section: int = 0) -> list[str]:
    return [article.title for article in most_read(window, length, section).articles]


def marked() -> set[str]:
    return set(Change.objects.exclude(address="").values_list("address", flat=True))


def test_lists_follow_the_reads(articles: list[Article], read: Reads) -> None:
    for article, times in zip(articles, (3, 9, 0, 5, 1), strict=True):
        read(article, times)
    assert rerank(stamp()) == {0, articles[0].section_id}
    assert titles() == ["記事1", "記事3", "記事0", "記事4"]
    assert titles(Window.MONTH, section=articles[0].section_id) == titles()


def test_lists_are_printed_only_when_they_change(articles: list[Article], read: Reads) -> None:
    read(articles[0], 3)
    assert rerank(stamp())
    Change.objects.all().delete()
    read(articles[0], 3)
    assert (rerank(stamp()), marked()) == (set(), set())
    read(articles[1], 30)
    section = articles[1].section_id
    assert rerank(stamp()) == {0, section}


def test_tie_goes_to_the_newer(articles: list[Article], read: Reads) -> None:
    Article.objects.filter(slug="article-2").update(published_at=timezone.now() - timedelta(minutes=1))
    for article in articles:
        read(article, 2)
    rerank(stamp())
    assert titles()[0] == "記事2"


def made_by_chance(chance: random.Random, now: datetime) -> Iterator[tuple[Article, bool]]:
    """Articles of three sections, and whether each may be ranked."""
    sections = [builders.make_section(f"部{place}", slug=f"part-{place}") for place in range(3)]
    for place in range(16):
        paid = {"is_sponsored": True, "sponsor": "澪電機"} if chance.random() < 0.15 else {}
        article = builders.make_article(f"記事{place}", slug=f"a-{place}", section=chance.choice(sections), **paid)
        article.published_at = now - timedelta(minutes=chance.randrange(1, 10))
        is_live, is_excluded = chance.random() < 0.85, chance.random() < 0.1
        Article.objects.filter(pk=article.pk).update(published_at=article.published_at, live=is_live)
        if is_excluded:
            Exclusion.objects.create(article=article, reason="誤報", made_at=now)
        yield article, is_live and not is_excluded and not paid


@pytest.mark.parametrize("seed", range(6))
def test_lists_equal_a_count_by_hand(front: Front, read: Reads, seed: int) -> None:
    """Of the magazine and of each section, from raw reads and from what the articles are."""
    chance, now = random.Random(seed), timezone.now()
    articles = dict(made_by_chance(chance, now))
    raw = [(chance.choice([*articles]), chance.choice([1, 20, 100, 160, 400, 700, 800]), chance.randrange(1, 4)) for _ in range(90)]
    for article, hours, times in raw:
        read(article, times, now - timedelta(hours=hours))
    rerank(stamp(now))
    for window, length in ((Window.DAY, 24), (Window.WEEK, 168), (Window.MONTH, 720)):
        reads = Counter[Article]()
        for article, hours, times in raw:
            reads[article] += times if hours < length and articles[article] else 0
        order = sorted(+reads, key=lambda article: (reads[article], article.published_at, article.pk), reverse=True)
        assert titles(window) == [article.title for article in order][:10]
        for section in {article.section_id for article in articles}:
            assert titles(window, section=section) == [article.title for article in order if article.section_id == section][:10]


def test_withdrawn_while_first_leaves_at_once(articles: list[Article], read: Reads) -> None:
    for place, article in enumerate(articles):
        read(article, 10 - place)
    rerank(stamp())
    articles[0].unpublish()
    assert titles(length=3) == ["記事1", "記事2", "記事3"]
    assert "記事0" not in slots.slot_html("rankings")
    rerank(stamp())
    assert titles(length=3) == ["記事1", "記事2", "記事3"]


def test_what_is_paid_for_embargoed_or_excluded_is_not_ranked(articles: list[Article], read: Reads) -> None:
    for place, article in enumerate(articles):
        read(article, 10 - place)
    Article.objects.filter(slug="article-0").update(is_sponsored=True)
    Article.objects.filter(slug="article-1").update(published_at=timezone.now() + timedelta(hours=1))
    Exclusion.objects.create(article=articles[2], reason="誤報", made_at=timezone.now())
    rerank(stamp())
    assert titles() == ["記事3", "記事4"]


def test_old_articles_are_left_out_by_the_setting(articles: list[Article], read: Reads, rules: Callable[..., None]) -> None:
    Article.objects.filter(slug="article-0").update(published_at=timezone.now() - timedelta(days=9))
    for article in articles[:2]:
        read(article, 4)
    rules(oldest_24h=7)
    rerank(stamp())
    assert (titles(), titles(Window.WEEK)) == (["記事1"], ["記事1", "記事0"])


def test_empty_night_keeps_the_last_good_list(articles: list[Article], read: Reads, rules: Callable[..., None]) -> None:
    rules(least_reads=5)
    read(articles[0], 6)
    rerank(stamp())
    tomorrow = timezone.now() + timedelta(hours=25)
    read(articles[1], 1, tomorrow)
    assert 0 in rerank(stamp(tomorrow))
    assert titles() == ["記事0"]
    assert listed("24h")[1] is not None
    assert "as-of" in slots.slot_html("rankings")
    assert rerank(stamp(tomorrow)) == set()
    read(articles[1], 6, tomorrow)
    rerank(stamp(tomorrow))
    assert (titles(), listed("24h")[1]) == (["記事1"], None)


def test_imported_ranks_fade_out(articles: list[Article], read: Reads) -> None:
    replace_imported(Window.DAY, articles)
    assert titles(length=3) == ["記事0", "記事1", "記事2"]
    read(articles[3], 1)
    rerank(stamp())
    assert titles(length=3) == ["記事3", "記事0", "記事1"]
    for article in articles[2:]:
        read(article, 2)
    rerank(stamp())
    assert titles(length=3) == ["記事3", "記事4", "記事2"]


def test_pin_that_ends_is_printed(articles: list[Article], read: Reads) -> None:
    for place, article in enumerate(articles):
        read(article, 10 - place)
    now = timezone.now()
    rerank(stamp(now))
    Pin.objects.create(article=articles[4], window="24h", position=1, reason="特集", made_at=now, until=now + timedelta(hours=1))
    assert titles(length=2) == ["記事4", "記事0"]
    Change.objects.all().delete()
    assert rerank(stamp(now + timedelta(hours=2))) == {0}


def test_section_list_is_a_slot(articles: list[Article], read: Reads) -> None:
    read(articles[0], 1)
    rerank(stamp())
    html = slots.slot_html("section_rankings", articles[0].section_id)
    assert f"{articles[0].section.title}の人気ランキング" in html
    assert "記事0" in html and "記事1" not in html


@pytest.mark.django_db(transaction=False)
def test_turn_counts_and_ranks(articles: list[Article], tmp_path: Path, settings: Any) -> None:
    settings.KAWARABAN = replace(settings.KAWARABAN, home=tmp_path)
    now = timezone.now()
    writer = Writer(settings.KAWARABAN.reads / "spool")
    writer.append(b"".join(written(Record(stamp(now), reader, 1, articles[2].pk)) for reader in range(7)))
    clock = iter(range(0, 10_000, 6))
    turn = Turn(lambda: float(next(clock)))
    assert turn(now, lambda: False) == 7
    assert titles() == ["記事2"]
    writer.append(written(Record(stamp(now), 3, 1, articles[1].pk)))
    assert turn(now, lambda: False) == 1
    writer.close()


def test_folding_keeps_the_days(articles: list[Article], read: Reads) -> None:
    now = timezone.now()
    read(articles[0], 5, now - timedelta(days=40))
    read(articles[0], 4, now)
    fold(stamp(now))
    store = sites.store()
    totals = [sum(found.total for found in store.columns(grain, "accepted", 0, 2 * stamp(now)).values()) for grain in Grain]
    assert totals == [4, 4, 9]
    assert store.readers(sites.days().day(stamp(now - timedelta(days=40)))).total == 0
    assert store.readers(sites.days().day(stamp(now))).total == 4


# The stores, which must do the same.


@pytest.fixture(params=["sqlite", "site", pytest.param("valkey", marks=pytest.mark.slow), pytest.param("valkey packed", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path, db: None) -> Any:
    found = made(request, tmp_path)
    yield found
    found.close()


def made(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param in ("sqlite", "site"):
        return SqliteStore(tmp_path) if request.param == "sqlite" else SiteStore()
    server = request.getfixturevalue("server")
    from kawaraban.readership.stores.valkey import ValkeyStore

    class Packed(ValkeyStore):
        """All is packed at once, as if it were long over."""

        def commit(self, change: Counted, version: int) -> int:
            super().commit(change, version)
            self.pack(1 << 50)
            return self.version()

    return (Packed if request.param == "valkey packed" else ValkeyStore)(server)


def readers(*keys: int, until: int = 10) -> Remembered:
    import numpy as np

    return Remembered(Column(np.array(sorted(keys), np.uint64), np.ones(len(keys), np.uint32)), until)


def test_store_adds_and_keeps_the_greatest(store: Any) -> None:
    hour, day = Bucket(Grain.HOUR, 7 * HOUR, "accepted"), Bucket(Grain.DAY, 0, "network:largest")
    for counts, most in (({1: 2, 9: 1}, {1: 5}), ({1: 3, 70_000: 300}, {1: 4, 2: 1})):
        store.commit(Counted(added={hour: column(counts)}, greatest={day: column(most)}), store.version())
    assert store.columns(Grain.HOUR, "accepted", 0, 8 * HOUR)[7 * HOUR].as_dict() == {1: 5, 9: 1, 70_000: 300}
    assert store.some(Grain.DAY, "network:largest", [0, 1])[0].as_dict() == {1: 5, 2: 1}
    assert store.columns(Grain.HOUR, "accepted", 0, 7 * HOUR) == {}
    assert store.measures() == {"accepted", "network:largest"}
    assert (store.drop(Grain.HOUR, 8 * HOUR), store.columns(Grain.HOUR, "accepted", 0, 8 * HOUR)) == (1, {})


def test_store_remembers_readers_in_runs(store: Any) -> None:
    for number in range(40):
        store.commit(Counted(readers={5: readers(number, 2**64 - 1 - number)}), store.version())
    assert store.readers(5).keys.tolist() == sorted([*range(40), *(2**64 - 1 - number for number in range(40))])
    assert len(store.runs("readers", 5)) < 8
    assert len(store.readers(6)) == 0
    store.forget(11)
    assert len(store.readers(5)) == 0


def test_store_refuses_an_old_version(store: Any) -> None:
    store.commit(Counted(offsets={"a": Offset(1, 2), "b": Offset(3, 4)}), store.version())
    with pytest.raises(Outrun):
        store.commit(Counted(offsets={"a": Offset(9, 9)}), store.version() - 1)
    assert store.offsets() == {"a": Offset(1, 2), "b": Offset(3, 4)}
    store.commit(Counted(offsets={"a": Offset(2**40, 2)}, forgotten={"b"}), store.version())
    assert store.offsets() == {"a": Offset(2**40, 2)}


def test_old_reads_of_the_site(articles: list[Article], tmp_path: Path, settings: Any) -> None:
    from kawaraban.readership.commands import run
    from kawaraban.readership.replaying import Told

    now = stamp()
    names = [articles[0].address, str(articles[0].pk), articles[1].address + "/?utm_source=x", "/gone"]
    file = tmp_path / "reads.csv"
    file.write_text("at,article,reader\n" + "".join(f"{now - 60_000},{name},r{place}\n" for place, name in enumerate(names)))
    told = Told()
    run(sites.replay_of(file, "csv", settings.KAWARABAN, now), told)
    assert (told.accepted, told.unknown) == (3, 1)
    expected = [{"rank": 1, "article": articles[0].address, "reads": 2}, {"rank": 2, "article": articles[1].address, "reads": 1}]
    assert sites.rankings("24h", now, 10, now) == expected
    rerank(now)
    assert titles() == ["記事0", "記事1"]
