from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Partly, Relation, Status, Unreadable
from kawaraban.wires.formats import iptc7901
from tests.wires.formats.conftest import as_json, expected, named, samples


def message(head: str = "shm0007 4 eco 10 SHIOMI", keywords: str = "", text: str = "港の朝=\n\n港町で。", tail: str = "010030 GMT Sep 26") -> bytes:
    return f"\x01{head}\r\n{keywords}\x02{text}\x03{tail}\x04".encode()


def one(*parts: str, **named_parts: str) -> Copy:
    (copy,) = iptc7901.read(message(*parts, **named_parts))
    return copy


@pytest.mark.parametrize("sample", samples("iptc7901"), ids=named)
def test_samples(sample: Path) -> None:
    assert iptc7901.fits(sample.read_bytes())
    assert [as_json(copy) for copy in iptc7901.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "none begins with SOH"),
        (b"shm0001 5 gen \x02x\x03", "none begins with SOH"),
        (b"\x01shm0001 5 gen\r\nx", "no STX"),
        (b"\x01shm0001 5 gen\r\n\x02half of it", "it is torn"),
        (b"\x01shm 5 gen\r\n\x02x\x03", "its head is not source, number, priority and category: 'shm 5 gen'"),
        (b"\x01shm0001 5 gen\r\n\x02" + b"x" * 1_048_576 + b"\x03", "longer than 1048576 bytes"),
        (b"\x01" * 2_001, "more than 2000 items|no STX"),
        (b" " * 10_485_761, "more lines, than any"),
    ],
    ids=["empty", "no SOH", "no STX", "torn", "no number", "long", "many", "huge"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        iptc7901.read(data)


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"shm0001 5 gen x", b"\x16\x16\x01a0001\x1fcpsta\r\nr b ", b"<x>\x01shm0001 0 gen x</x>", b"\xff\xfe\x01"]
)
def test_what_does_not_fit(data: bytes) -> None:
    assert not iptc7901.fits(data)


def test_bad_message_between_good_ones() -> None:
    with pytest.raises(Partly) as partly:
        iptc7901.read(message() + b"\x01shm0008 4 eco\r\n\x02torn" + message("shm0009 4 eco 1"))
    assert [copy.guid for copy in partly.value.read] == ["shm0007-20260901", "shm0009-20260901"]
    assert [*map(str, partly.value.faults)] == ["item 2: it is torn: neither ETX nor EOT ends its text"]


def test_message_without_a_date_is_known_by_what_it_says() -> None:
    first, again, other = one(tail=""), one(tail="soon"), one(text="x=\n", tail="")
    assert first.guid == again.guid != other.guid
    assert first.published is None and first.guid.startswith("shm0007-")


@pytest.mark.parametrize(
    ("keywords", "text", "status", "links"),
    [
        ("港/KILL/shm0006\r\n", "x=\n", Status.CANCELED, [(Relation.KILLS, "shm0006-20260901")]),
        ("港/取消\r\n", "【取消】shm0999=\n", Status.CANCELED, [(Relation.KILLS, "shm0999-20260831")]),
        ("港/CORRECTION\r\n", "x=\nCorrection: shm0001-20260815, para 2\n\ny", Status.USABLE, [(Relation.CORRECTS, "shm0001-20260815")]),
        ("港/差し替え\r\n", "港=\n差し替え: abc0005\n", Status.USABLE, [(Relation.UPDATES, "abc0005-20260901")]),
        ("港/取り消し訴訟\r\n", "shm0001は勝訴=\n", Status.USABLE, []),
        ("港/保留\r\n", "x=\n", Status.WITHHELD, []),
        ("", "EMBARGO\n港の朝=\n", Status.WITHHELD, []),
        ("配信取消\r\n", "shm0007の港の朝=\n", Status.CANCELED, []),  # its own number: this item
    ],
)
def test_orders(keywords: str, text: str, status: Status, links: list[tuple[Relation, str]]) -> None:
    copy = one(keywords=keywords, text=text)
    assert copy.status is status
    assert [(link.relation, link.guid) for link in copy.links] == links


def test_control_characters_do_not_reach_the_text() -> None:
    copy = one(text="a\x1b[31m\x00b=\n\n<script>x\x07</script>")
    assert (copy.headline, copy.body_html) == ("a[31mb", "<p>&lt;script&gt;x&lt;/script&gt;</p>")


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc-jp", "iso-2022-jp"])
def test_encodings_of_one_stream(codec: str) -> None:
    stream = message() + "\x01shm0008 4 eco 1\r\n\x02港の夕べ=\n\n暮れる。\x03010040 GMT Sep 26\x04".encode(codec)
    assert [copy.headline for copy in iptc7901.read(stream)] == ["港の朝", "港の夕べ"]
