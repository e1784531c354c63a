import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kawaraban.demo import builders
from kawaraban.wires.copy import Copy, Link, Media, Relation, Status, Subject
from kawaraban.wires.records import copy_of, digest, storable, told, weight

WHOLE = builders.make_copy(
    version=3,
    status=Status.WITHHELD,
    published=datetime(2026, 11, 20, 9, tzinfo=UTC),
    embargoed_until=datetime(2026, 11, 21, tzinfo=UTC),
    subjects=(Subject("medtop", "04000000", "経済"), Subject("", "港")),
    places=("港都",),
    people=("澪 千歳",),
    media=(Media("https://shiomi.example/1.jpg", "image/jpeg", "船", "潮見通信", 640, 480),),
    links=(Link(Relation.CORRECTS, "urn:shiomi:0", 2), Link(Relation.SEE_ALSO, "urn:shiomi:9")),
    address="https://shiomi.example/1",
)


@pytest.mark.parametrize("copy", [WHOLE, builders.make_copy(), Copy(format="", guid="")])
def test_copy_comes_back_from_json(copy: Copy) -> None:
    assert copy_of(json.loads(json.dumps(told(copy)))) == copy


def test_content_of_media_is_told_by_its_digest() -> None:
    (media,) = told(builders.make_copy(media=(Media("cid:1", content=b"picture"),)))["media"]
    assert set(media) == {"address", "digest", "size"} and media["size"] == 7
    assert copy_of(told(builders.make_copy(media=(Media("cid:1", content=b"picture"),)))).media == (Media("cid:1", size=7),)


@pytest.mark.parametrize("form", [{"format": "ninjs"}, {"body_html": "<p>別の組み方</p>"}])
def test_same_version_in_another_format_is_the_same(form: dict[str, str]) -> None:
    assert digest(replace(WHOLE, **form)) == digest(WHOLE)


@pytest.mark.parametrize("change", [{"version": 4}, {"headline": "別"}, {"status": Status.USABLE}, {"body_text": "別"}, {"embargoed_until": None}])
def test_what_tells_versions_apart(change: dict[str, object]) -> None:
    assert digest(replace(WHOLE, **change)) != digest(WHOLE)


def test_what_no_database_takes_is_left_out() -> None:
    copy = builders.make_copy("見出し\x00\ud800", media=(Media("cid:1\x00", content=b"\x00"),), subjects=(Subject("", "a\x00b"),))
    made = storable(copy)
    assert (made.headline, made.media, made.subjects) == ("見出し?", (Media("cid:1", content=b"\x00"),), (Subject("", "ab"),))
    assert storable(WHOLE) is WHOLE and storable(builders.make_copy("🚢")).headline == "🚢"


def test_numbers_have_bounds() -> None:
    made = storable(builders.make_copy(version=10**30, urgency=0, links=(Link(Relation.KILLS, "a", -1),)))
    assert (made.version, made.urgency, made.links[0].version) == (2**63 - 1, 1, 0)


def test_weight_counts_bytes() -> None:
    assert weight(Copy(format="", guid="", body_text="あ", body_html="<p>あ</p>")) == 3 + 10
