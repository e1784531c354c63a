"""Whatever arrives, a format reads it or says in a sentence why it can't."""

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.formats import jsonfeed, ninjs, rss
from tests.wires.formats.conftest import as_json, samples

FORMATS = [jsonfeed, ninjs, rss]
JSON = [jsonfeed, ninjs]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=3_000)

XML_TOKENS = [
    "&",
    "&#0;",
    "&#x110000;",
    "&nbsp;",
    "&a;",
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<?x ",
    "/>",
    "</",
    "<a:b>",
    "</item>",
    "<item>",
    "<entry>",
]
XML_TOKENS += [
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<script>",
    "<img src='//['>",
    "<svg><title>",
    " xmlns:a='",
    " xml:base='http://['",
    "<rss>",
    "<title/>",
]
JSON_TOKENS = ["{", "}", "[", "]", '"', ",", ":", "\\", "\\ud800", "null", "NaN", "1e999", "-0", "9" * 30, '{"uri":', "\n{"]
TOKENS = [*XML_TOKENS, *JSON_TOKENS, "\0", "\ufeff", "\u2028", "\x1b$B", "http://[", "2026-99-99T99:99:99+99:99", "x" * 400]
NAMES = ["name", "uri", "value", "role", "href", "items", "type", "renditions", "contentType"]
ODD = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8) | some.sampled_from(TOKENS),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(NAMES), inner, max_size=3),
    max_leaves=5,
)


def is_read_or_refused(module: ModuleType, data: bytes) -> None:
    module.fits(data)
    try:
        copies = module.read(data)
    except Partly as partly:
        copies = partly.read
    except Unreadable as reason:
        copies = []
        assert str(reason).encode() and "\n" not in str(reason)
    for copy in copies:
        assert isinstance(copy, Copy) and copy.guid and 1 <= copy.urgency <= 9
        assert json.dumps(as_json(copy), ensure_ascii=False).encode()


@some.composite
def spoilt(draw: some.DrawFn, module: ModuleType) -> bytes:
    """A sample with some of its bytes gone, doubled, changed or among others."""
    data = draw(some.sampled_from(samples(module.NAME))).read_bytes()
    for _ in range(draw(some.integers(1, 4))):
        start = draw(some.integers(0, len(data)))
        end = min(len(data), start + draw(some.integers(0, 200)))
        inner = draw(
            some.sampled_from(TOKENS).map(str.encode)
            | some.binary(max_size=4)
            | some.just(b"")
            | some.just(data[start:end] * 2)
            | some.just(data[end:])
        )
        data = data[:start] + inner + data[end:]
    return data


@some.composite
def rearranged(draw: some.DrawFn, module: ModuleType) -> bytes:
    """A sample of JSON with some of its values in the place of others, or replaced."""
    whole = [path for path in samples(module.NAME) if path.suffix == ".json"]
    holder: Any = [json.loads(draw(some.sampled_from(whole)).read_bytes())]
    for _ in range(draw(some.integers(1, 4))):
        parent, key = holder, 0
        while isinstance(parent[key], list | dict) and parent[key] and draw(some.integers(0, 3)):
            parent = parent[key]
            key = draw(some.sampled_from(list(parent) if isinstance(parent, dict) else range(len(parent))))
        parent[key] = draw(ODD)
    return json.dumps(holder[0]).encode()


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
@FEW
@given(some.data())
def test_spoilt_samples(module: ModuleType, data: some.DataObject) -> None:
    is_read_or_refused(module, data.draw(spoilt(module)))


@pytest.mark.parametrize("module", JSON, ids=lambda module: module.NAME)
@FEW
@given(some.data())
def test_rearranged_samples(module: ModuleType, data: some.DataObject) -> None:
    is_read_or_refused(module, data.draw(rearranged(module)))


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
@FEW
@given(some.binary(max_size=300) | some.lists(some.sampled_from(TOKENS), max_size=30).map(lambda tokens: "".join(tokens).encode()))
def test_any_bytes(module: ModuleType, data: bytes) -> None:
    is_read_or_refused(module, data)


@pytest.mark.slow
@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
@MANY
@given(some.data())
def test_many_spoilt_samples(module: ModuleType, data: some.DataObject) -> None:
    is_read_or_refused(module, data.draw(spoilt(module)))


@pytest.mark.slow
@pytest.mark.parametrize("module", JSON, ids=lambda module: module.NAME)
@MANY
@given(some.data())
def test_many_rearranged_samples(module: ModuleType, data: some.DataObject) -> None:
    is_read_or_refused(module, data.draw(rearranged(module)))
