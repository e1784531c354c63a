"""How old what a reader got was."""

import gzip
import json
import math

import pytest

from benchmarks.freshness import Version, ages, events, read_versions
from benchmarks.verify import Answer, Wrong

VERSIONS = {"wire": [Version(b"<old>", 0.0, 10.0), Version(b"<old><new>", 10.0, math.inf)], "foot": [Version(b"<foot>", 0.0, math.inf)]}
SHEETS = {"/a": ["<head>", ["wire"], "<text>", ["foot"]]}


def answer(text: str, asked: float) -> Answer:
    return Answer("/a", 200, {"content-encoding": "gzip"}, gzip.compress(text.encode()), asked)


def age(text: str, asked: float) -> float:
    return ages([answer(text, asked)], SHEETS, VERSIONS)[0].seconds


def test_newest_has_no_age() -> None:
    assert age("<head><old><new><text><foot>", 99.0) == 0.0


def test_replaced_is_as_old_as_what_replaced_it() -> None:
    assert age("<head><old><text><foot>", 10.25) == 0.25


def test_not_yet_replaced_has_no_age() -> None:
    assert age("<head><old><text><foot>", 9.0) == 0.0


@pytest.mark.parametrize(
    "text",
    ["<head><other><text><foot>", "<Head><old><text><foot>", "<head><old><text>", "<head><old><text><foot> more", "<head><old><text", ""],
)
def test_what_never_was_the_page_is_wrong(text: str) -> None:
    with pytest.raises(Wrong, match="/a"):
        age(text, 1.0)


def test_inset_may_say_something_else_and_must_be_there() -> None:
    sheets = {"/a": ["<head>", ["~picks"], "<text>"]}
    assert ages([answer('<head><aside class="picks" id="x"><p>new</p></aside>\n<text>', 1.0)], sheets, {})[0].seconds == 0.0
    for text in ("<head><text>", '<head><aside class="other"></aside>\n<text>', '<head><aside class="picks"></aside>\n<other>'):
        with pytest.raises(Wrong, match="/a"):
            ages([answer(text, 1.0)], sheets, {})


def test_answer_that_is_no_page_is_wrong() -> None:
    with pytest.raises(Wrong, match="503"):
        ages([Answer("/a", 503, {}, b"")], SHEETS, VERSIONS)


def test_versions_are_read_without_repetitions(tmp_path) -> None:
    told = [("begin", 0.0, "a"), ("wire", 5.0, "b"), ("publish", 7.0, "b"), ("wire", 9.0, "c")]
    file = tmp_path / "day.jsonl"
    file.write_text("".join(json.dumps({"event": event, "at": at, "slots": {"wire": text}}) + "\n" for event, at, text in told))
    assert read_versions(file) == {"wire": [Version(b"a", 0.0, 5.0), Version(b"b", 5.0, 9.0), Version(b"c", 9.0, math.inf)]}
    assert events(file) == {"wire": 2, "publish": 1}
