from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Status, Unreadable
from kawaraban.wires.formats import nitf
from tests.wires.formats.conftest import as_json, expected, named, samples

HEAD = '<nitf><head><docdata><doc-id id-string="a"/>{}</docdata></head><body><body.content>{}</body.content></body></nitf>'


def one(docdata: str = "", content: str = "") -> Copy:
    (copy,) = nitf.read(HEAD.format(docdata, content).encode())
    return copy


@pytest.mark.parametrize("sample", samples("nitf"), ids=named)
def test_samples(sample: Path) -> None:
    assert nitf.fits(sample.read_bytes())
    assert [as_json(copy) for copy in nitf.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"<rss/>", "the root is rss"),
        (b"<nitf/>", "no identifier"),
        (b"<nitf><head><docdata><doc-id id-string=' '/></docdata></head></nitf>", "no identifier"),
        (HEAD.format("", f"<p>{'x' * 2_000_000}</p>").encode(), "body is longer"),
    ],
    ids=["empty", "rss", "bare", "blank", "long"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        nitf.read(data)


@pytest.mark.parametrize("data", [b"", b"<rss/>", b"<NewsML/>", b'{"uri": "<nitf>"}', b"\xff\xfe\x00", b"<nitf"])
def test_what_does_not_fit(data: bytes) -> None:
    assert not nitf.fits(data)


@pytest.mark.parametrize("kind", ["KILL", "Mandatory Kill", "mandatory-kill", "withdrawal"])
def test_message_to_the_desk_kills(kind: str) -> None:
    assert one(f'<ed-msg msg-type="{kind}"/>').status is Status.CANCELED
    assert one(f'<ed-msg info="{kind}"/>').status is Status.USABLE


def test_release_no_later_than_issue_is_no_embargo() -> None:
    copy = one('<date.issue norm="20260901T120000Z"/><date.release norm="20260901T200000+0900"/>')
    assert copy.embargoed_until is None


def test_nothing_active_is_left_in_the_body() -> None:
    copy = one("", '<p onclick="x()">港<script>alert(1)</script><a href="java&#10;script:alert(1)">町</a>&lt;script&gt;</p>')
    assert copy.body_html == '<p>港alert(1)<a rel="nofollow noopener">町</a>&lt;script&gt;</p>'


@pytest.mark.parametrize(("given", "urgency"), [("0", 5), ("1", 1), ("9", 9), ("99", 9), ("", 5)])
def test_urgency(given: str, urgency: int) -> None:
    assert one(f'<urgency ed-urg="{given}"/>').urgency == urgency


def test_torn_base64_is_no_medium() -> None:
    assert one("", '<media><media-object encoding="base64">iVB*</media-object></media>').media == ()
