import json
from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Link, Partly, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats import ninjs
from tests.wires.formats.conftest import as_json, expected, named, samples


def one(**fields: object) -> Copy:
    (copy,) = ninjs.read(json.dumps({"uri": "urn:a"} | fields).encode())
    return copy


@pytest.mark.parametrize("sample", samples("ninjs"), ids=named)
def test_samples(sample: Path) -> None:
    assert ninjs.fits(sample.read_bytes())
    assert [as_json(copy) for copy in ninjs.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed JSON"),
        (b"[1]", "item 1: it is not an object"),
        (b"{}", "no identifier"),
        (b'{"uri": " ", "guid": 0}', None),
        (b'{"uri": {"a": "b"}}', "no identifier"),
        (b'{"uri": "urn:a", "pubstatus": "canceled", "pubstatus": "usable"}', "'pubstatus' stands twice"),
        (json.dumps({"uri": "urn:a", "body_html": "x" * 2_000_000}).encode(), "longer than"),
        (json.dumps({"uri": "urn:a", "body_html": "<img>" + "&" * 1_000_000}).encode(), "body is longer"),
        (json.dumps([{"uri": "urn:a"}] * 2_001).encode(), "more than 2000 items"),
        (b'{"data": ' * 90 + b"1" + b"}" * 90, "no identifier"),
        (b"[" * 90 + b"]" * 90, "not an object"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_can_not_be_read(data: bytes, reason: str | None) -> None:
    if reason is None:
        assert ninjs.read(data)[0].guid == "0"
        return
    with pytest.raises(Unreadable, match=reason):
        ninjs.read(data)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n \n"])
def test_bad_line_leaves_its_neighbours(end: bytes) -> None:
    with pytest.raises(Partly, match="1 of 3 items can't be read: item 2: this is not well-formed JSON") as partly:
        ninjs.read(b'{"uri": "urn:a"}\n{"uri": \n{"uri": "urn:b"}' + end)
    assert [copy.guid for copy in partly.value.read] == ["urn:a", "urn:b"]


@pytest.mark.parametrize(
    "data", [b'[{"uri": "urn:a"}]', b'  {"guid" : "a"}', '{"uri": "港"}'.encode("utf-16"), b'\xef\xbb\xbf{"uri": "a"}', b'{"uri": ']
)
def test_what_fits(data: bytes) -> None:
    assert ninjs.fits(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss/>",
        b"{}",
        b'{"url": "a"}',
        b'"uri": 1',
        b"\xff\xfe\x00",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"uri": "a"}]}',
    ],
)
def test_what_does_not_fit(data: bytes) -> None:
    assert not ninjs.fits(data)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, "usable"),
        ("", "usable"),
        ("usable", "usable"),
        ("Corrected", "usable"),
        ("withheld", "withheld"),
        ("hold", "withheld"),
        (1, "withheld"),
        (["canceled"], "withheld"),
        ("Cancelled", "canceled"),
        ("stat:canceled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/canceled", "canceled"),
        ({"literal": "canceled"}, "canceled"),
        ("killed", "canceled"),
    ],
)
def test_status(given: object, status: str) -> None:
    assert one(pubstatus=given).status is one(pubStatus=given).status is Status(status)


@pytest.mark.parametrize("given", ["", " ", "soon", True, 1, ["2026-09-02T05:00:00+09:00"], "2026-13-01T00:00:00Z"])
def test_embargo_without_an_end_is_withheld(given: object) -> None:
    copy = one(embargoed=given)
    assert copy.status is Status.WITHHELD and copy.embargoed_until is None


@pytest.mark.parametrize("given", [None, False])
def test_no_embargo(given: object) -> None:
    assert one(embargoed=given).status is Status.USABLE


def test_killed_item_under_embargo_is_killed() -> None:
    assert one(embargoed="soon", pubstatus="canceled").status is Status.CANCELED


@pytest.mark.parametrize(
    ("signals", "links"),
    [
        (["correction"], [Link(Relation.CORRECTS, "urn:a", 2)]),
        ([{"uri": "sig:correction"}], [Link(Relation.CORRECTS, "urn:a", 2)]),
        ({"correction": True}, [Link(Relation.CORRECTS, "urn:a", 2)]),
        (
            {"correction": "urn:b", "updates": ["urn:c", {"uri": "urn:d"}]},
            [Link(Relation.CORRECTS, "urn:b"), Link(Relation.UPDATES, "urn:c"), Link(Relation.UPDATES, "urn:d")],
        ),
        ([{"name": "updates", "uri": "urn:b"}], [Link(Relation.UPDATES, "urn:b")]),
        (["update", "unheard", 3, None, {}], []),
        ({"correction": False, "kills": None}, []),
    ],
)
def test_signals_link(signals: object, links: list[Link]) -> None:
    assert one(signals=signals, version="3").links == tuple(links)


def test_signal_that_kills_the_item_itself() -> None:
    assert one(signals=["kill"]).status is Status.CANCELED
    assert one(signals={"kills": "urn:b"}).status is Status.USABLE


@pytest.mark.parametrize(
    ("concept", "subject"),
    [
        ({"uri": "https://cv.iptc.org/newscodes/mediatopic/20000344", "name": "経済"}, Subject("medtop", "20000344", "経済")),
        ({"scheme": "http://cv.iptc.org/newscodes/warnfactor/", "code": "x"}, Subject("warnfactor", "x")),
        ({"literal": "medtop:20000344"}, Subject("medtop", "20000344")),
        ({"uri": "urn:x"}, Subject("", "urn:x")),
        ({"uri": "https://x.example/"}, Subject("", "https://x.example/")),
        ("経済", Subject("", "経済")),
    ],
)
def test_subject(concept: object, subject: Subject) -> None:
    assert one(subjects=[concept, {}, {"rel": "about"}]).subjects == (subject,)


def test_nothing_active_is_left_in_the_body() -> None:
    html = '<p onclick="x()">港<script>alert(1)</script><a href="java\nscript:alert(1)">町</a><iframe src="//x"></iframe>&lt;script&gt;</p>'
    copy = one(bodies=[{"contentType": "text/html", "value": html}], headlines=[{"value": "<b>港</b>", "contenttype": "text/html"}])
    assert copy.body_html == '<p>港<a rel="nofollow noopener">町</a>&lt;script&gt;</p>'
    assert copy.headline == "港"


def test_text_that_looks_like_markup_stays_text() -> None:
    copy = one(body_text="<b>港</b> & 町", headline="<b> & 町")
    assert copy.body_html == "<p>&lt;b&gt;港&lt;/b&gt; &amp; 町</p>" and copy.headline == "<b> & 町"


@pytest.mark.parametrize(("given", "urgency"), [(0, 5), (1, 1), ("3", 3), (3.0, 3), (99, 9), (-1, 5), ("high", 5), (None, 5), (10**17, 9)])
def test_urgency(given: object, urgency: int) -> None:
    assert one(urgency=given).urgency == urgency


@pytest.mark.parametrize(
    "field", ["associations", "renditions", "subjects", "bodies", "headlines", "rightsinfo", "infosources", "people", "signals", "byline", "type"]
)
@pytest.mark.parametrize(
    "value",
    [[], {}, "x", 3, True, [None], [[]], [{}], {"a": None}, {"a": [{}]}, {"a": {"renditions": [{}, 3]}}, [{"renditions": {"a": {"href": 3}}}]],
)
def test_odd_values_stop_nothing(field: str, value: object) -> None:
    assert one(**{field: value}).guid == "urn:a"
