import json

import pytest

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import DEPTH, ITEM_BYTES
from kawaraban.wires.objects import Fields, number, objects, payload, sound, told, told_in_lines


def deep(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed JSON: Expecting value at line 1, column 1"),
        (b'{"a": 1', "not well-formed JSON: .* at line 1, column 8"),
        (b'{"a": "\n"}', "not well-formed JSON: Invalid control character"),
        (b'{\n"a": 1}\n{"b": 2}', "not well-formed JSON: Extra data at line 3"),
        (b"\xff\xff{}", "byte 0 is wrong"),
        ('{"a": "港"}'.encode("cp932"), "UTF-8"),
        (deep(100_000), "nested more than"),
        (b"[" * 200_000, "nested more than"),
        (b"[" * 300_000, "more values"),
        (b"[" + b"1," * 600_000 + b"1]", "more values"),
        (b'"' + b" " * (10 << 20) + b'"', "larger than"),
    ],
    ids=str,
)
def test_document_that_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        payload(data)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1, "b": 2, "a": 1}', "the name 'a' stands twice"),
        ('{"c": [{"a": 1, "\\n": 2, "\\n": 1}]}', r"the name '\\n' stands twice"),
        ('{"a": NaN}', "NaN where a number"),
        ('{"a": [-Infinity]}', "-Infinity where a number"),
        ('{"a": 1e999}', "number that is too large"),
        ('{"a": ' + "9" * 5_000 + "}", "a number of 5000 digits"),
        ('{"a": "\\ud800"}', "half of a character"),
        ('{"\\udfff": 1}', "half of a character"),
        ('{"a": "' + "x" * (ITEM_BYTES + 1) + '"}', "longer than"),
        (deep(DEPTH).decode(), "nested more than"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ('"x"', "not an object"),
    ],
    ids=lambda text: text[:30],
)
def test_item_that_is_refused(text: str, reason: str) -> None:
    (value,) = payload(text.encode())
    with pytest.raises(Unreadable, match=reason) as refused:
        sound(value)
    str(refused.value).encode()


def test_depth_that_is_allowed() -> None:
    (value,) = payload(deep(DEPTH - 1))
    assert sound(value) == value


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_encodings(codec: str) -> None:
    assert list(payload('{"a": "港町①😀"}'.encode(codec))) == [{"a": "港町①😀"}]


def test_lines_are_values_of_their_own() -> None:
    values = list(payload('{"a": "1\u2028"}\r\n\n{"b": }\n[3]\n'.encode()))
    assert values[0] == {"a": "1\u2028"} and values[2] == [3]
    with pytest.raises(Unreadable, match="not well-formed JSON: Expecting value at line 1, column 7"):
        sound(values[1])


def test_name_that_stands_twice_among_many() -> None:
    pairs = ",".join(f'"{number}":0' for number in range(20_000))
    (value,) = payload(f'{{{pairs},"19999":0}}'.encode())
    with pytest.raises(Unreadable, match="the name '19999' stands twice"):
        sound(value)


FIELDS: Fields = json.loads(
    """{"text": " 港\\n町 ", "none": null, "empty": " ", "number": 3, "true": true, "list": ["a"], "lines": "一\\r\\n 二",
    "named": {"x": {"a": 1}, "y": [{"a": 2}], "z": null}, "alone": {"a": 3}, "mixed": [{"a": 4}, " ", "b", [{"a": 5}], 6]}"""
)


@pytest.mark.parametrize(
    ("names", "found"),
    [(["text"], "港 町"), (["none", "empty", "text"], "港 町"), (["number"], "3"), (["true"], ""), (["list"], ""), (["missing"], ""), ([], "")],
)
def test_text_under_the_first_name_that_has_one(names: list[str], found: str) -> None:
    assert told(FIELDS, *names) == found


def test_text_keeps_its_lines() -> None:
    assert told_in_lines(FIELDS, "lines") == "一\n二"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("named", [{"name": "x", "a": 1}, {"name": "y", "a": 2}]),
        ("alone", [{"a": 3}]),
        ("mixed", [{"a": 4}, {"name": "b"}]),
        ("text", [{"name": " 港\n町 "}]),
        ("number", []),
        ("none", []),
    ],
)
def test_objects_however_they_are_listed(name: str, found: list[Fields]) -> None:
    assert objects(FIELDS, name) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (3, 3),
        (3.9, 3),
        (-1, 0),
        (10**18, 10**9),
        ("12", 12),
        (" 12.0 ", 12),
        ("1.5", 0),
        ("x", 0),
        ("３", 0),
        (True, 0),
        (None, 0),
        ([3], 0),
        ("9" * 50, 0),
    ],
)
def test_number(value: object, found: int) -> None:
    assert number({"a": value}, "a") == found
