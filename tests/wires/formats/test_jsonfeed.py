import json
from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.formats import jsonfeed, ninjs
from tests.wires.formats.conftest import as_json, expected, named, samples

FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "潮見通信"}


def feed(*items: object, **fields: object) -> bytes:
    return json.dumps(FEED | fields | {"items": items}).encode()


def one(**fields: object) -> Copy:
    (copy,) = jsonfeed.read(feed({"id": "1"} | fields))
    return copy


@pytest.mark.parametrize("sample", samples("jsonfeed"), ids=named)
def test_samples(sample: Path) -> None:
    assert jsonfeed.fits(sample.read_bytes()) and not ninjs.fits(sample.read_bytes())
    assert [as_json(copy) for copy in jsonfeed.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed JSON"),
        (b"[]", "no items"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no items"),
        (json.dumps(FEED | {"items": {"id": "1"}}).encode(), "no items"),
        (feed() + b"\n" + feed(), "no items"),
        (feed({"title": "x"}), "neither an id nor a url"),
        (feed(3), "not an object"),
        (feed(*[{"id": "1"}] * 2_001), "more than 2000 items"),
        (feed({"id": "1", "content_html": "x" * 2_000_000}), "longer than"),
        (b'{"items": [{"id": "1"}], "title": "x", "title": "y"}', "no items"),
        (feed({"id": "1"}, title="\ud800"), "half of a character"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        jsonfeed.read(data)


def test_bad_item_leaves_its_neighbours() -> None:
    with pytest.raises(Partly, match="1 of 3 items can't be read: item 2: it has neither") as partly:
        jsonfeed.read(feed({"id": "1"}, {}, {"id": "3"}))
    assert [copy.guid for copy in partly.value.read] == ["1", "3"]


@pytest.mark.parametrize("data", [feed().decode().encode("utf-16"), b"\xef\xbb\xbf" + feed(), b"\n " + feed()])
def test_what_fits(data: bytes) -> None:
    assert jsonfeed.fits(data)


@pytest.mark.parametrize(
    "data", [b"", b"<rss/>", b"{}", b"[" + feed() + b"]", b'{"version": "1"}', b'{"a": "\\"version\\": \\"https://jsonfeed.org/version/1"}']
)
def test_what_does_not_fit(data: bytes) -> None:
    assert not jsonfeed.fits(data)


def test_nothing_active_is_left() -> None:
    copy = one(content_html='<p onclick="x()">港<script>x</script></p>', url="javascript:x", image="data:x", attachments=[{"url": "file:///x"}])
    assert copy.body_html == "<p>港</p>"
    assert copy.address == "" and copy.media == ()


@pytest.mark.parametrize("field", ["authors", "author", "tags", "attachments", "image", "content_html", "date_published", "url"])
@pytest.mark.parametrize("value", [None, [], {}, "x", 3, True, [None], [[]], [{}], {"a": {}}])
def test_odd_values_stop_nothing(field: str, value: object) -> None:
    assert one(**{field: value}).guid == "1"
