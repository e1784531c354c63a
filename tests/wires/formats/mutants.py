"""Documents that went wrong on their way: samples with torn bytes, and samples whose elements were moved, doubled, lost or filled with junk."""

from datetime import datetime

from hypothesis import strategies as some
from lxml import etree

from kawaraban.wires.copy import Copy, Partly, Read, Unreadable
from kawaraban.wires.xml import parsed
from tests.wires.formats.conftest import samples

TORN = (
    b"<",
    b">",
    b"&",
    b"&x;",
    b"&#0;",
    b"&#xD800;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"<?x ?>",
    b"</",
    b'"',
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"<!DOCTYPE a>",
)
WORDS = (
    *(
        "",
        " ",
        "-1",
        "0",
        "99999999999999999999",
        "１",
        "1e9",
        "x" * 3_000,
        "\u202e右",
        "\U0001f6a2",
        "a:b",
        ":",
        "#",
        "//",
        "http://[",
        "urn:newsml:a:b:c:1N",
    ),
    *(
        "stat:canceled",
        "sig:kill",
        "Embargoed",
        "Usable",
        "Kill",
        "20260901T000000+0900",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "20260901T0000+2500",
    ),
    *(
        "<p>x</p>",
        "<script>alert(1)</script>",
        "<p" * 300,
        "javascript:alert(1)",
        "data:text/html,x",
        "../../x",
        "file:///x",
        "AAAA",
        "=",
        "base64",
        "text/html",
        "image/png",
    ),
)


def plain_samples(name: str) -> list[bytes]:
    return [path.read_bytes() for path in samples(name)]


@some.composite
def torn(draw: some.DrawFn, name: str) -> bytes:
    """A sample in which a few runs of bytes are lost, doubled or replaced."""
    data = draw(some.sampled_from(plain_samples(name)))
    for _ in range(draw(some.integers(1, 3))):
        start = draw(some.integers(0, len(data)))
        end = min(len(data), start + draw(some.integers(0, 40)))
        put = draw(some.sampled_from(TORN) | some.just(data[start:end] * 2) | some.binary(max_size=5))
        data = data[:start] + put + data[end:]
    return data


@some.composite
def shuffled(draw: some.DrawFn, name: str) -> bytes:
    """A sample that is well-formed still, and whose elements are not where and what they should be."""
    root = parsed(draw(some.sampled_from(plain_samples(name))))
    for _ in range(draw(some.integers(1, 8))):
        elements = list(root.iter(etree.Element))
        change(draw, draw(some.sampled_from(elements)), draw(some.sampled_from(elements)))
    return etree.tostring(root, encoding="utf-8")


def change(draw: some.DrawFn, element: etree._Element, other: etree._Element) -> None:
    what = draw(some.sampled_from(["move", "lose", "say", "tell", "name"]))
    if what == "say":
        element.text = draw(some.sampled_from(WORDS))
    elif what == "tell" and element.attrib:
        element.set(draw(some.sampled_from(sorted(element.attrib))), draw(some.sampled_from(WORDS)))
    elif what == "name":
        element.tag = other.tag
    elif what == "lose" and element.getparent() is not None:
        element.getparent().remove(element)
    elif what == "move" and element not in other.iterancestors() and element is not other:
        other.append(etree.fromstring(etree.tostring(element, with_tail=False)))


def assert_read_or_refused(read: Read, data: bytes) -> None:
    """Whatever the bytes are, there are sound copies, or a sentence."""
    try:
        found = read(data)
    except Unreadable as reason:
        assert str(reason)
        assert "\n" not in str(reason)
        found = reason.read if isinstance(reason, Partly) else []
    for copy in found:
        assert_sound(copy)


def assert_sound(copy: Copy) -> None:
    assert copy.guid
    assert copy.version >= 1
    assert 1 <= copy.urgency <= 9
    assert "<script" not in copy.body_html.lower()
    assert "\0" not in copy.headline + copy.body_text
    for moment in (copy.published, copy.updated, copy.embargoed_until):
        assert moment is None or (isinstance(moment, datetime) and moment.utcoffset() is not None)
    for medium in copy.media:
        assert medium.address
        assert not medium.address.lower().startswith(("javascript:", "data:", "file:", "/", ".."))
    repr(copy).encode()
