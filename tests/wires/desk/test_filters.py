from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict

from kawaraban.demo import builders

if TYPE_CHECKING:
    from kawaraban.wires.models import WireItem

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def make(headline: str, minutes: int = 5, **more: Any) -> WireItem:
    return builders.make_wire_item(headline, now=NOW, received=NOW - timedelta(minutes=minutes), **more)


def shown(query: str, reads_killed: bool = True) -> list[str]:
    from kawaraban.wires.desk.filters import chosen, filters_of

    return [item.headline for item in chosen(filters_of(QueryDict(query)), reads_killed, NOW)]


@pytest.fixture
def items(db: None) -> None:
    make("港の祭り", 1, section="社会", language="en-GB", urgency=1, body="灯籠が流れた。")
    make("船の火事", 90, section="ビジネス", urgency=4, body="Talve号は100% 沈む。")
    make("解禁前", 2, embargoed_until=NOW + timedelta(hours=1))
    make("保留", 3, status="withheld", killed_at=NOW)
    make("ボツ", 4, is_hidden=True)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["港の祭り", "解禁前", "保留", "船の火事"]),
        ("section=社会", ["港の祭り"]),
        ("urgency=2", ["港の祭り"]),
        ("language=en", ["港の祭り"]),
        ("hours=1", ["港の祭り", "解禁前", "保留"]),
        ("words=灯籠", ["港の祭り"]),
        ("words=祭り 灯籠", ["港の祭り"]),
        ("words=talve", ["船の火事"]),
        ("words=100%25 沈む", ["船の火事"]),
        ("words=100_ 沈む", []),
        ("words=%25", ["船の火事"]),
        ("words=祭り 火事", []),
        ("state=embargoed", ["解禁前"]),
        ("state=taken_back", ["保留"]),
        ("state=spiked", ["ボツ"]),
        ("state=all", ["港の祭り", "解禁前", "保留", "ボツ", "船の火事"]),
        ("urgency=x&hours=-1&source=9999999999999999999&state=odd&each=yes", ["港の祭り", "解禁前", "保留", "船の火事"]),
        ("section=%00", ["港の祭り", "解禁前", "保留", "船の火事"]),
    ],
)
def test_chosen(items: None, query: str, wanted: list[str]) -> None:
    assert shown(query) == wanted


def test_words_find_nothing_in_what_may_not_be_read(items: None) -> None:
    assert shown("words=保留") == ["保留"]
    assert shown("words=保留", reads_killed=False) == []


def test_a_story_is_one_line_until_its_copies_are_asked_for(db: None) -> None:
    from kawaraban.wires.models import Story

    story = Story.objects.create()
    make("良い方", 1, story=story), make("別の方", 2, story=story, is_best=False)
    assert shown("") == ["良い方"]
    assert shown("each=1") == shown("words=方") == ["良い方", "別の方"]


def test_killed_copy_shows_beside_the_best_of_its_story(db: None) -> None:
    from kawaraban.wires.models import Story

    story = Story.objects.create()
    make("良い方", 1, story=story), make("取消", 2, story=story, is_best=False, status="canceled", killed_at=NOW)
    assert shown("") == ["良い方", "取消"]


def test_query_keeps_what_was_chosen_and_nothing_else() -> None:
    from kawaraban.wires.desk.filters import filters_of

    asked = QueryDict("words=港&urgency=2&section=&each=1&page=3")
    assert filters_of(QueryDict(filters_of(asked).query())) == filters_of(asked)
    assert filters_of(asked).query() == "urgency=2&words=%E6%B8%AF&each=1"


def test_below_a_place_with_items_of_one_moment(db: None) -> None:
    from kawaraban.wires.desk.filters import Place, below, place_of
    from kawaraban.wires.models import WireItem

    one, two, three = make("一"), make("二"), make("三", 9)
    found = below(WireItem.objects.order_by("-received", "-pk"), place_of(str(Place(two.received, two.pk))))
    assert list(found) == [one, three]


@pytest.mark.parametrize("text", ["", "~", "2026-11-20~1", "2026-13-40T00:00:00Z~1", "2026-11-20T00:00:00~1", "2026-11-20T00:00:00Z~-1"])
def test_place_of_nonsense(text: str) -> None:
    from kawaraban.wires.desk.filters import place_of

    assert place_of(text) is None


def test_words_of_a_page_are_looked_for_in_what_came_since(db: None) -> None:
    from kawaraban.wires.desk.filters import chosen, filters_of, lately

    make("港の祭り"), make("昨日の祭り", 60 * 20), make("古い祭り", 60 * 30)

    def told(query: str, since: datetime | None) -> list[str]:
        filters = filters_of(QueryDict(query))
        return [item.headline for item in lately(chosen(filters, True, NOW), filters, since)]

    every = ["港の祭り", "昨日の祭り", "古い祭り"]
    assert told("words=祭り", NOW) == every[:2]
    assert told("words=祭り", None) == told("", NOW) == every


@pytest.mark.parametrize("text", ["", "x", "2026-13-40T00:00:00Z", "2026-11-20T00:00:00", "0001-01-01T00:00:00Z"])
def test_moment_of_nonsense(text: str) -> None:
    from kawaraban.wires.desk.filters import moment_of

    assert moment_of(text) is None
