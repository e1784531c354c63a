from datetime import timedelta

import pytest

from kawaraban.demo import builders
from kawaraban.wires.copy import Link, Relation, Status
from kawaraban.wires.models import Source, Story, WireItem
from tests.wires.conftest import NOW, File
from tests.wires.test_signatures import ENGLISH, JAPANESE


@pytest.fixture
def nagi(source: Source) -> Source:
    return builders.make_source("凪通信", key="nagi", rank=50)


def copy(guid: str, text: str = JAPANESE, headline: str = "新造連絡船、試験航海を終える", **more: object):
    return builders.make_copy(headline, guid=guid, body_text=text, **more)


def best() -> list[str]:
    return sorted(WireItem.objects.usable(NOW + timedelta(days=1)).best().values_list("guid", flat=True))


def test_two_agencies_tell_one_story(filed: File, nagi: Source) -> None:
    one = filed(copy("a")).item
    two = filed(copy("b", f"［灯崎 凪通信］　{JAPANESE}", "連絡船が試験航海"), 5, by=nagi).item
    for item in (one, two):
        item.refresh_from_db()
    assert one.story == two.story is not None and best() == ["b"], "the desk ranks that agency first"
    assert list(one.others()) == [two] and list(WireItem.objects.flashed(NOW + timedelta(hours=1))) == [two]


def test_one_agency_tells_it_in_two_formats(filed: File) -> None:
    filed(copy("a"))
    filed(copy("b", format="ninjs"), 1)
    assert Story.objects.count() == 1 and best() == ["a"]


@pytest.mark.parametrize(
    "other",
    [
        {"text": ENGLISH},
        {"text": JAPANESE, "headline": "続報・新造連絡船、就航の日決まる"},
        {"published": NOW - timedelta(hours=37)},
        {"text": "短い", "headline": "短い"},
    ],
    ids=["another text", "its own follow-up", "two days before", "too short"],
)
def test_other_story_stays_by_itself(filed: File, other: dict) -> None:
    filed(copy("a", published=NOW))
    filed(copy("b", **other), 1)
    assert best() == ["a", "b"] and not Story.objects.exists()


def test_killed_best_makes_room_for_the_next(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(copy("b"), 1, by=nagi)
    assert best() == ["b"]
    filed(copy("b", version=2, status=Status.CANCELED), 2, by=nagi)
    assert best() == ["a"]
    filed(copy("b", version=3), 3, by=nagi)
    assert best() == ["b"]


def test_nothing_is_found_by_a_killed_text(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(copy("a", version=2, status=Status.CANCELED), 1)
    assert filed(copy("b"), 2, by=nagi).item.story is None


def test_embargoed_copy_does_not_hide_the_one_that_may_be_shown(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(copy("b", embargoed_until=NOW + timedelta(hours=2)), 1, by=nagi)
    assert [item.guid for item in WireItem.objects.flashed(NOW + timedelta(minutes=30))] == ["a"]


def test_third_joins_the_story_of_the_two(filed: File, nagi: Source) -> None:
    mio = builders.make_source("澪通信", key="mio", rank=1)
    for minute, (guid, by) in enumerate((("a", None), ("b", nagi), ("c", mio))):
        filed(copy(guid), minute, by=by)
    assert Story.objects.get().items.count() == 3 and best() == ["c"]


def test_update_of_a_member_keeps_its_story(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(copy("b"), 1, by=nagi)
    filed(copy("b", version=2, text="全く別の本文になった。" * 5), 2, by=nagi)
    assert Story.objects.get().items.count() == 2


def test_pinned_copy_is_shown(filed: File, nagi: Source) -> None:
    item = filed(copy("a")).item
    WireItem.objects.filter(pk=item.pk).update(is_pinned=True)
    filed(copy("b"), 1, by=nagi)
    assert best() == ["a"]


def update(*guids: str, guid: str = "u", **more: object):
    links = tuple(Link(Relation.UPDATES, name) for name in guids)
    return copy(guid, "二十二日に就航することが決まった。" * 9, "続報・就航の日決まる", links=links, **more)


@pytest.mark.parametrize("first", ["item", "update"])
def test_item_and_its_update_are_one_story_in_any_order(filed: File, first: str) -> None:
    copies = [copy("a", published=NOW), update("a", published=NOW + timedelta(minutes=5))]
    for minute, one in enumerate(copies if first == "item" else copies[::-1]):
        filed(one, 5 + minute)
    assert Story.objects.get().items.count() == 2 and best() == ["u"]


def test_update_of_update_is_shown_and_a_killed_one_is_not(filed: File) -> None:
    for minute, one in enumerate((copy("a"), update("a", guid="b"), update("b", guid="c"))):
        filed(one, minute)
    assert Story.objects.get().items.count() == 3 and best() == ["c"]
    filed(update("b", guid="c", version=2, status=Status.CANCELED), 3)
    assert best() == ["b"]


def test_two_stories_become_one_by_an_update(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(copy("b"), 1, by=nagi)
    filed(update(guid="c"), 2)
    filed(update(guid="d"), 3, by=nagi)
    assert Story.objects.count() == 2 and best() == ["b", "d"]
    filed(update("a", guid="c", version=2), 4)
    assert Story.objects.get().items.count() == 4 and len(best()) == 1


def test_older_copy_that_says_it_updates_is_not_shown_for_the_newer(filed: File) -> None:
    filed(copy("a", updated=NOW + timedelta(minutes=9)), 9)
    filed(update("a", updated=NOW), 10)
    assert best() == ["a"]


def test_update_by_another_agency_is_no_update(filed: File, nagi: Source) -> None:
    filed(copy("a"))
    filed(update("a"), 1, by=nagi)
    assert best() == ["a", "u"] and not Story.objects.exists()


def test_round_up_updates_nothing(filed: File) -> None:
    filed(copy("a"))
    filed(update("a", *map(str, range(20))), 1)
    assert best() == ["a", "u"]
