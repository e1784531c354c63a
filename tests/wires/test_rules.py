from datetime import timedelta

import pytest

from kawaraban.demo import builders
from kawaraban.wires.copy import Copy, Subject
from kawaraban.wires.house import House
from kawaraban.wires.models import FlashRule
from kawaraban.wires.rules import Rule, fits, fitting, rule_of, rules, sight
from kawaraban.wires.steering import steering
from kawaraban.wires.trying import trials
from tests.wires.conftest import NOW, File

HOUR = timedelta(hours=1)
SEA = (Subject("medtop", "20000756"), Subject("Shiomi", "sea-food"))


def copy(headline: str = "港都の連絡船", **more: object) -> Copy:
    return builders.make_copy(headline, **{"agency": "潮見通信", "subjects": SEA, "urgency": 3, "body_text": "ＡＩで運ぶ。", **more})


@pytest.mark.parametrize(
    ("rule", "is_fit"),
    [
        ({}, True),
        ({"agency": "潮見通信"}, True),
        ({"agency": " 潮見通信 "}, True),
        ({"agency": "凪通信"}, False),
        ({"max_urgency": 3}, True),
        ({"max_urgency": 2}, False),
        ({"scheme": "medtop", "code": "20000756"}, True),
        ({"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "2000"}, True),
        ({"code": "20000756"}, True),
        ({"code": "sea"}, True),
        ({"scheme": "shiomi"}, True),
        ({"scheme": "medtop", "code": "sea"}, False),
        ({"scheme": "subj", "code": "2"}, False),
        ({"words": "地震\n連絡船"}, True),
        ({"words": "ai"}, True),
        ({"words": "\n \n"}, True),
        ({"words": "地震"}, False),
        ({"agency": "潮見通信", "words": "連絡船", "max_urgency": 2}, False),
    ],
)
def test_rule_fits(rule: dict, is_fit: bool) -> None:
    assert fits(rule_of(FlashRule(**rule)), sight(copy())) is is_fit


def test_source_names_the_agency_of_a_copy_that_names_none() -> None:
    assert fits(Rule(agency="凪通信"), sight(copy(agency=""), "凪通信"))


def test_first_rule_that_fits_decides() -> None:
    known = (Rule(1, max_urgency=1), Rule(2, section="海"), Rule(3, section="空"))
    assert fitting(known, sight(copy())) == known[1]
    assert fitting(known[:1], sight(copy())) is None


def test_rules_are_those_that_are_on_in_their_order(db: None) -> None:
    for order, name, is_on in ((3, "c", True), (1, "a", True), (2, "b", False)):
        FlashRule.objects.create(name=name, order=order, is_on=is_on, section=name)
    assert [rule.section for rule in rules()] == ["a", "c"]


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ((), ("ビジネス", True, 48, 0, 0)),
        ((Rule(7, section="海", hours=2, position=-1),), ("海", True, 2, -1, 7)),
        ((Rule(7, is_flashed=False),), ("ビジネス", False, 48, 0, 7)),
        ((Rule(7, hours=0),), ("ビジネス", False, 0, 0, 7)),
        ((Rule(7, max_urgency=1, section="海"),), ("ビジネス", True, 48, 0, 0)),
    ],
)
def test_steering_by_rules(known: tuple[Rule, ...], wanted: tuple) -> None:
    house = House(sections={"medtop": {"20": "ビジネス"}}, rules=known)
    found = steering(copy(), house, section="その他", shown_from=NOW, now=NOW)
    assert (found.section, found.is_flashed, (found.flash_until - NOW) / HOUR, found.position, found.rule) == wanted


def test_rule_steers_what_comes(filed: File) -> None:
    FlashRule.objects.create(agency="潮見通信", words="連絡船", section="海", hours=3, position=-2)
    item = filed(copy(published=NOW)).item
    assert (item.section, item.flash_until - NOW, item.position) == ("海", 3 * HOUR, -2)
    FlashRule.objects.update(is_flashed=False)
    assert not filed(copy(guid="other", published=NOW)).item.is_flashed


def test_trial_says_what_rules_would_do_and_does_nothing(filed: File) -> None:
    item = filed(copy(published=NOW)).item
    known = (Rule(5, section="海", is_flashed=False), Rule(6), Rule(7, max_urgency=1))
    (found,) = trials(known, House(), NOW)
    assert (found.steering.section, found.steering.is_flashed, found.fitting, found.is_other_section) == ("海", False, (5, 6), True)
    item.refresh_from_db()
    assert item.is_flashed


def test_trial_shows_nothing_that_was_taken_back(filed: File) -> None:
    filed(copy(published=NOW))
    filed(Copy(format="nitf", guid="urn:shiomi:1", version=2, status="canceled"), 1)
    filed(copy(guid="later", published=NOW, embargoed_until=NOW + HOUR))
    builders.make_wire_item("手で作った配信", now=NOW)
    assert [found.item.guid for found in trials((), House(), NOW) if found.item.source] == ["later"]
