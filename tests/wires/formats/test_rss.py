from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Media, Partly, Status, Subject, Unreadable
from kawaraban.wires.formats import rss
from tests.wires.formats.conftest import as_json, expected, named, samples

NAMESPACES = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
DECLARATIONS = " ".join(f"xmlns:a{number}='urn:x'" for number in range(200))
ITEM = "<item><title>港</title><guid>a</guid>{}</item>"


def feed(*items: str) -> bytes:
    return f'<rss version="2.0" {NAMESPACES}><channel><link>https://wire.example/d/</link>{"".join(items)}</channel></rss>'.encode()


def one(content: str) -> Copy:
    (copy,) = rss.read(feed(ITEM.format(content)))
    return copy


@pytest.mark.parametrize("sample", samples("rss"), ids=named)
def test_samples(sample: Path) -> None:
    assert rss.fits(sample.read_bytes())
    assert [as_json(copy) for copy in rss.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no feed"),
        (b"<html/>", "no feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>', "entities of its own"),
        (b'<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]><rss/>', "entities of its own"),
        (b"<rss>" + b"<a>" * 120 + b"</a>" * 120 + b"</rss>", "nested more than"),
        (feed("<item/>"), "neither a guid nor a link"),
        (feed("<item><category>x</category></item>"), "neither a guid nor a link"),
        (feed(*[ITEM.format("")] * 2_001), "more than 2000 items"),
        (feed(ITEM.format("<category>x</category>" * 201)), "more than 200 elements"),
        (feed(ITEM.format(f"<description>{'x' * 1_100_000}</description>")), "longer than"),
        (feed("<b/>" * 100_000), "more than 100000 elements"),
        (f"<rss {DECLARATIONS}/>".encode(), "100 namespaces"),
        (feed(ITEM.format(f"<description {DECLARATIONS}><a {DECLARATIONS}/></description>")), "more than 200 namespaces"),
        (feed(ITEM.format('<media:content url="/1"/>' * 501)), "more than 500 elements about media"),
        (b"<rss><item><title>x", "item 1: the feed breaks off in it"),
        (b"<rss><channel>", "no items that can be made out"),
        (b"<rss>" + b"<b>x" * 60_000, "too many"),
        (b"<rss><b>" + b"x" * 600_000, "too large"),
        (b"<rss>" + b" " * (10 << 20), "larger than"),
        (b'<feed xmlns:at="http://purl.org/atompub/tombstones/1.0"><at:deleted-entry/></feed>', "does not say which"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        rss.read(data)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"<rss>",
        b"\xef\xbb\xbf \n<rss version='2.0'>",
        b"<!-- <html> --><rss/>",
        b'<feed xmlns="http://www.w3.org/2005/Atom">',
        b"\xff\xfe<\0r\0s\0s\0>\0",
    ],
)
def test_what_fits(data: bytes) -> None:
    assert rss.fits(data)


@pytest.mark.parametrize(
    "data", [b"", b"<nitf/>", b"<html><rss/></html>", b"<feed/>", b"<entry/>", b"<rdf:RDF/>", b'{"a": "<rss>"}', b"From: a\n\n<rss>", b"<"]
)
def test_what_does_not_fit(data: bytes) -> None:
    assert not rss.fits(data)


def test_file_is_not_brought_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<item><title>secret</title></item>")
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
    assert "secret" not in str(rss.read(feed(ITEM.format(f"<description>x</description>{include}"))))
    assert rss.read(f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss><item><title>&secret;</title></item></rss>'.encode())[0].headline == "&secret;"


def test_name_of_a_file_is_no_feed() -> None:
    with pytest.raises(Unreadable, match="no feed"):
        rss.read(__file__.encode())


def test_bad_item_leaves_its_neighbours() -> None:
    with pytest.raises(Partly, match="1 of 3 items can't be read: item 2: it has neither") as partly:
        rss.read(feed(ITEM.format(""), "<item/>", ITEM.format("<category>x</category>")))
    assert [copy.subjects for copy in partly.value.read] == [(), (Subject("", "x"),)]


def test_feed_that_breaks_off_keeps_what_came_whole() -> None:
    with pytest.raises(Partly, match="item 2: the feed breaks off in it") as partly:
        rss.read(feed(ITEM.format(""), "<item><title>町</title><guid>b</guid><description>長い文の途").split(b"</channel>")[0])
    assert [copy.guid for copy in partly.value.read] == ["a"]


def test_nothing_active_is_left_in_the_body() -> None:
    html = '<p onclick="x()">港<script>alert(1)</script><a href="javascript:alert(1)">町</a><svg><title>x</title></svg><iframe src="//x">'
    copy = one(f"<description><![CDATA[{html}]]></description>")
    assert copy.body_html == '<p>港<a rel="nofollow noopener">町</a></p>'


def test_broken_character_is_lost_alone() -> None:
    data = feed(ITEM.format(f"<description>{'港町の朝。' * 300}</description>")).replace("町".encode(), b"\xe7\x94", 1)
    (copy,) = rss.read(data)
    assert copy.body_text.startswith("港\ufffdの朝。港町の朝。")


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("kei@wire.example (波止 圭)", "波止 圭"),
        ("波止 圭 &lt;kei@wire.example>", "波止 圭"),
        ("波止 圭", "波止 圭"),
        ("kei@wire.example", ""),
        ("x" * 5_000, "x" * 300),
    ],
)
def test_byline_is_a_name(author: str, byline: str) -> None:
    assert one(f"<author>{author}</author>").byline == one(f"<dc:creator>{author}</dc:creator>").byline == byline


@pytest.mark.parametrize(
    ("media", "found"),
    [
        (
            '<media:content url="1.jpg"><media:title>船</media:title></media:content><media:credit>潮見</media:credit>',
            [Media("https://wire.example/d/1.jpg", caption="船", credit="潮見")],
        ),
        ('<media:content url="/1"/><media:content url="/1" width="9"/>', [Media("https://wire.example/1", width=9)]),
        (
            '<media:group><media:content url="/1" width="9"/><media:content url="/2" isDefault="true"/></media:group>',
            [Media("https://wire.example/2")],
        ),
        ('<media:content url="javascript:x"/><media:content/><media:group/><media:player url="https://x.example"/>', []),
        ('<media:thumbnail url="/1" width="x"/><media:thumbnail url="/2"/>', [Media("https://wire.example/1")]),
        ('<enclosure url="file:///etc/x"/><enclosure/>', []),
    ],
)
def test_media(media: str, found: list[Media]) -> None:
    assert list(one(media).media) == found


def test_caption_is_no_text_of_the_item() -> None:
    copy = one('<media:description>船</media:description><media:title>題</media:title><media:content url="/1"/>')
    assert copy.headline == "港" and copy.body_text == "" and copy.media[0].caption == "船"


@pytest.mark.parametrize("guid", ["<guid>b</guid>", '<guid isPermaLink="false">b</guid>', "<guid>b</guid><link/>"])
def test_guid_that_is_no_address_is_none(guid: str) -> None:
    (copy,) = rss.read(feed(f"<item><title>x</title>{guid}</item>"))
    assert (copy.guid, copy.address) == ("b", "")


def test_item_without_any_identifier_has_the_same_at_each_poll() -> None:
    guids = {copy.guid for _ in range(2) for copy in rss.read(feed("<item><title>x</title></item>", "<item><title>y</title></item>"))}
    assert len(guids) == 2


def test_deleted_entry_is_a_kill() -> None:
    data = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><at:deleted-entry ref="a" when="soon"/></feed>'
    )
    assert [(copy.guid, copy.status) for copy in rss.read(data)] == [("a", Status.CANCELED)]


def test_feed_without_items() -> None:
    assert rss.read(feed()) == []
