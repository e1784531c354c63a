"""What the invented agency of the running demo sends: real files, of every kind, read as they were written."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban.demo import agency, reading
from kawaraban.demo.agency import Kind, Sent, delivery, kind_of
from kawaraban.demo.sending import put
from kawaraban.wires.copy import Copy, Status
from kawaraban.wires.corrections import correction_of
from kawaraban.wires.reading import read

BEGAN, EVERY = datetime(2026, 11, 20, 9, tzinfo=UTC), timedelta(seconds=20)
DAY = [delivery(number, BEGAN, EVERY) for number in range(180)]


def copy_of(sent: Sent) -> Copy:
    [copy] = read(sent.data)
    return copy


def of_kind(kind: Kind) -> list[Sent]:
    return [sent for sent in DAY if sent.kind is kind]


def test_an_hour_has_a_bit_of_everything() -> None:
    kinds = Counter(sent.kind for sent in DAY)
    assert kinds == {Kind.ITEM: 120, Kind.URGENT: 24, Kind.CORRECTION: 24, Kind.KILL: 12}
    assert {copy_of(sent).format for sent in DAY} == {"ninjs", "newsmlg2"}
    assert {copy_of(sent).urgency for sent in of_kind(Kind.URGENT)} == {1, 2}
    assert len({sent.story.headline for sent in of_kind(Kind.ITEM)}) > 110


def test_the_same_is_sent_at_the_same_moment_and_other_things_at_another() -> None:
    assert [delivery(number, BEGAN, EVERY).data for number in range(180)] == [sent.data for sent in DAY]
    others = {delivery(number, BEGAN + EVERY, EVERY).story.guid for number in range(180)}
    assert others.isdisjoint(sent.story.guid for sent in DAY)


@pytest.mark.parametrize("sent", DAY[:45], ids=lambda sent: f"{sent.name}-{sent.kind}")
def test_file_is_read_as_it_was_written(sent: Sent) -> None:
    copy, story = copy_of(sent), sent.story
    assert (copy.guid, copy.version, copy.headline, copy.agency) == (story.guid, story.version, story.headline, "潮見通信")
    assert copy.body_text == "\n\n".join(story.paragraphs)
    assert (copy.published, copy.status) == (story.first_sent, Status.CANCELED if sent.kind is Kind.KILL else Status.USABLE)
    assert [subject.code for subject in copy.subjects] == [story.subject[0]]


def test_correction_puts_one_value_right_and_says_so() -> None:
    versions = {sent.story.guid: sent for sent in of_kind(Kind.ITEM) + of_kind(Kind.URGENT)}
    for sent in of_kind(Kind.CORRECTION):
        before, wrong, right = versions[sent.story.guid].story, *re.findall(r"「(\d+)」", sent.story.note)
        assert correction_of(copy_of(sent)).is_asked and sent.story.version == before.version + 1
        assert before.headline != sent.story.headline or before.paragraphs != sent.story.paragraphs
        assert wrong in before.headline and right in sent.story.headline and sent.story.sent > before.sent


def test_kill_takes_back_an_item_that_was_sent_and_not_corrected() -> None:
    corrected = {sent.story.guid for sent in of_kind(Kind.CORRECTION)}
    for sent in of_kind(Kind.KILL):
        assert sent.story.guid in {item.story.guid for item in of_kind(Kind.ITEM)} - corrected


def test_every_scene_can_be_filled_and_corrected() -> None:
    table = reading.table("agency")
    for scene in table["scene"] + table["urgent"]:
        fields = set(agency.FIELD.findall(scene["headline"] + scene["body"]))
        assert fields <= {*scene["values"], "place"} and {*scene["values"]} <= fields, scene["headline"]
        assert scene["wrong"][0] in agency.FIELD.findall(scene["headline"])
        assert agency.SPAN.fullmatch(scene["values"][scene["wrong"][0]])


def test_first_of_a_round_are_plain_items() -> None:
    assert [kind_of(number) for number in range(3)] == [Kind.ITEM] * 3
    assert all(kind_of(number - agency.BACK[number]) in (Kind.ITEM, Kind.URGENT) for number in agency.BACK)


def test_file_is_put_whole(tmp_path: Path) -> None:
    put(tmp_path / "incoming" / "shiomi", DAY[0])
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "incoming" / "shiomi").iterdir()] == [(DAY[0].name, DAY[0].data)]
