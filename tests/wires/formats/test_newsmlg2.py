from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Link, Partly, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats import newsmlg2
from tests.wires.formats.conftest import as_json, expected, named, samples

ITEM = """<newsItem guid="a" version="2">{catalog}<itemMeta>{meta}</itemMeta><contentMeta>{content}</contentMeta>
<contentSet>{held}</contentSet></newsItem>"""
MESSAGE = "<newsMessage><header>{}</header><itemSet>{}</itemSet></newsMessage>"
STAT = "http://cv.iptc.org/newscodes/pubstatusg2/"


def one(meta: str = "", content: str = "", held: str = "", catalog: str = "") -> Copy:
    (copy,) = newsmlg2.read(ITEM.format(meta=meta, content=content, held=held, catalog=catalog).encode())
    return copy


@pytest.mark.parametrize("sample", samples("newsmlg2"), ids=named)
def test_samples(sample: Path) -> None:
    assert newsmlg2.fits(sample.read_bytes())
    assert [as_json(copy) for copy in newsmlg2.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"<NewsML/>", "the root is NewsML, not an item"),
        (b"<newsItem/>", "this newsItem has no guid"),
        (b"<packageItem guid=' '/>", "this packageItem has no guid"),
        (MESSAGE.format("", "<weatherItem guid='a'/>").encode(), "item 1: weatherItem is not a kind of item"),
        (ITEM.format(catalog="", meta="", content="", held=f"<inlineData>{'x' * 1_100_000}</inlineData>").encode(), "body is longer"),
    ],
    ids=["empty", "other", "bare", "blank", "unknown", "long"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        newsmlg2.read(data)


@pytest.mark.parametrize("data", [b"", b"<nitf/>", b"<NewsML/>", b"<newsitem/>", b"<rss/>", b'{"a": "<newsItem>"}', b"\xff\xfe\x00", b"<newsItem"])
def test_what_does_not_fit(data: bytes) -> None:
    assert not newsmlg2.fits(data)


@pytest.mark.parametrize("name", ["knowledgeItem", "conceptItem", "planningItem", "catalogItem"])
def test_knowledge_and_plans_are_no_news(name: str) -> None:
    data = f'<{name} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta/></{name}>'.encode()
    assert newsmlg2.fits(data)
    assert newsmlg2.read(data) == []


def test_bad_item_does_not_stop_its_neighbours() -> None:
    with pytest.raises(Partly) as partly:
        newsmlg2.read(MESSAGE.format("", "<newsItem guid='a'/><newsItem/><anyItem guid='b'/><packageItem guid='c'/>").encode())
    assert [copy.guid for copy in partly.value.read] == ["a", "c"]
    assert [*map(str, partly.value.faults)] == ["item 2: this newsItem has no guid", "item 3: anyItem is not a kind of item that is read"]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("", Status.USABLE),
        ('<pubStatus qcode="stat:usable"/>', Status.USABLE),
        ('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD),
        ('<pubStatus qcode="stat:canceled"/>', Status.CANCELED),
        ('<pubStatus qcode="stat:cancelled"/>', Status.CANCELED),
        ('<pubStatus qcode="own:CANCELED"/>', Status.CANCELED),
        (f'<pubStatus uri="{STAT}canceled"/>', Status.CANCELED),
        (f'<pubStatus uri="{STAT}usable"/>', Status.USABLE),
        ('<pubStatus qcode="stat:maybe"/>', Status.WITHHELD),
        ("<pubStatus/>", Status.WITHHELD),
        ("<pubStatus>usable</pubStatus>", Status.WITHHELD),
        ('<pubStatus qcode="stat:usable"/><pubStatus qcode="stat:canceled"/>', Status.CANCELED),
        ('<signal qcode="sig:kill"/>', Status.CANCELED),
        ('<pubStatus qcode="stat:usable"/><signal uri="https://cv.shiomi.example/sig#Kill"/>', Status.CANCELED),
        ("<embargoed/>", Status.WITHHELD),
        ("<embargoed>soon</embargoed>", Status.WITHHELD),
        ("<embargoed>2026-09-02T05:00:00+09:00</embargoed>", Status.USABLE),
        ('<embargoed/><pubStatus qcode="stat:canceled"/>', Status.CANCELED),
    ],
)
def test_status(told: str, status: Status) -> None:
    assert one(told).status is status


@pytest.mark.parametrize(
    ("told", "links"),
    [
        ('<signal qcode="sig:correction"/>', [Link(Relation.CORRECTS, "a")]),
        ('<signal qcode="sig:update"/>', [Link(Relation.UPDATES, "a")]),
        ('<signal qcode="sig:cwarn"/>', []),
        ('<link rel="irel:previousVersion" residref="b" version="1"/>', [Link(Relation.UPDATES, "b", 1)]),
        ('<signal qcode="sig:correction"/><link rel="irel:previousVersion" residref="b"/>', [Link(Relation.CORRECTS, "b")]),
        ('<signal qcode="sig:kill"/><link rel="irel:previousVersion" residref="b" version="1"/>', [Link(Relation.KILLS, "b")]),
        ('<pubStatus qcode="stat:canceled"/><link rel="irel:previousVersion" residref="b" version="1"/>', [Link(Relation.UPDATES, "b", 1)]),
        ('<pubStatus qcode="stat:canceled"/><link rel="irel:previousVersion" residref="a"/>', []),
        ('<pubStatus qcode="stat:canceled"/><signal qcode="sig:update"/><link residref="b"/>', [Link(Relation.SEE_ALSO, "b")]),
        ('<link rel="x:corrects" href="https://wire.example/b"/>', [Link(Relation.CORRECTS, "https://wire.example/b")]),
        ('<link rel="irel:evolvedFrom" residref="b"/><link rel="irel:seeAlso" residref="b"/>', [Link(Relation.SEE_ALSO, "b")]),
    ],
)
def test_links(told: str, links: list[Link]) -> None:
    assert list(one(told).links) == links


def test_first_version_that_is_canceled_kills_what_it_would_update() -> None:
    meta = '<pubStatus qcode="stat:canceled"/><link rel="irel:previousVersion" residref="b" version="4"/>'
    (copy,) = newsmlg2.read(f'<newsItem guid="a"><itemMeta>{meta}</itemMeta></newsItem>'.encode())
    assert copy.links == (Link(Relation.KILLS, "b"),)


CATALOG = '<catalog><scheme alias="x" uri="https://cv.iptc.org/newscodes/subjectcode/"/><scheme alias="medtop" uri="https://cv.shiomi.example/own"/></catalog>'


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        ('qcode="subj:04000000"', Subject("subj", "04000000")),
        ('qcode="x:04000000"', Subject("subj", "04000000")),
        ('qcode="medtop:5"', Subject("https://cv.shiomi.example/own", "5")),
        ('qcode="mediatopic:5"', Subject("medtop", "5")),
        ('qcode="t:a:b"', Subject("t", "a:b")),
        ('qcode="bare"', Subject("", "bare")),
        ('uri="http://cv.iptc.org/newscodes/mediatopic/20000346"', Subject("medtop", "20000346")),
        ('uri="http://www.iptc.org/x/7"', Subject("http://www.iptc.org/x", "7")),
        ('uri="https://cv.shiomi.example/orgs#O9"', Subject("https://cv.shiomi.example/orgs", "O9")),
        ('uri="http://cvx.iptc.org/iso3166-1a2/JP"', Subject("iso3166-1a2", "JP")),
        ('literal="港"', Subject("", "港")),
    ],
)
def test_concept_is_named_by_its_vocabulary(told: str, subject: Subject) -> None:
    assert one(content=f"<subject {told}/>", catalog=CATALOG).subjects == (subject,)


def test_catalog_of_the_message_counts_for_its_items() -> None:
    header = '<catalog><scheme alias="x" uri="http://cv.iptc.org/newscodes/mediatopic/"/></catalog>'
    item = '<newsItem guid="{}">{}<contentMeta><subject qcode="x:1"/></contentMeta></newsItem>'
    own = '<catalog><scheme alias="x" uri="http://cv.iptc.org/newscodes/subjectcode/"/></catalog>'
    copies = newsmlg2.read(MESSAGE.format(header, item.format("a", "") + item.format("b", own)).encode())
    assert [copy.subjects[0].scheme for copy in copies] == ["medtop", "subj"]


def test_agency_is_the_provider_or_the_sender_or_the_source() -> None:
    item = '<newsItem guid="a"><itemMeta>{}</itemMeta><contentMeta><infoSource literal="市役所"/></contentMeta></newsItem>'
    provided, sent = (item.format(meta) for meta in ('<provider literal="潮見通信"/>', ""))
    copies = newsmlg2.read(MESSAGE.format("<sender>岬通信</sender>", provided + sent).encode()) + newsmlg2.read(sent.encode())
    assert [copy.agency for copy in copies] == ["潮見通信", "岬通信", "市役所"]


def test_names_are_those_of_the_language_of_the_item() -> None:
    names = '<name xml:lang="en">Port</name><name xml:lang="ja-JP">港</name>'
    assert one(content=f'<language tag="ja"/><subject literal="p">{names}</subject>').subjects == (Subject("", "p", "港"),)
    assert one(content=f'<language tag="de"/><subject literal="p">{names}</subject>').subjects == (Subject("", "p", "Port"),)


def test_kind_of_a_concept_may_be_asserted() -> None:
    told = '<assert qcode="p:1"><name>波多野 花</name><type qcode="cpnat:person"/></assert>'
    copy = one(content='<subject qcode="p:1"/>', catalog=told)
    assert (copy.people, copy.subjects) == (("波多野 花",), ())


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        ('<headline role="hld:sub">副</headline><headline>主</headline>', "主"),
        ('<headline role="hld:main">主</headline><headline role="hld:kicker">上</headline>', "主"),
        ('<headline role="hld:web">網</headline>', "網"),
        ("<headline>  一\n 二 </headline>", "一 二"),
        ("<slugline>港</slugline>", "港"),
        ("<headline/><slugline>港</slugline>", "港"),
    ],
)
def test_headline(told: str, headline: str) -> None:
    assert one(content=told).headline == headline


@pytest.mark.parametrize(("told", "urgency"), [("<urgency>1</urgency>", 1), ("<urgency>12</urgency>", 9), ("<urgency>0</urgency>", 5), ("", 5)])
def test_urgency(told: str, urgency: int) -> None:
    assert one(content=told).urgency == urgency


@pytest.mark.parametrize(
    ("held", "html"),
    [
        ("<inlineData>一\n\n二 &lt;b&gt;</inlineData>", "<p>一</p><p>二 &lt;b&gt;</p>"),
        ("<inlineData contenttype='text/html'>&lt;p onclick='x()'>一&lt;script>alert(1)&lt;/script></inlineData>", "<p>一</p>"),
        ("<inlineData><![CDATA[<p>一<img src=x onerror=alert(1)><style>p{}</style></p>]]></inlineData>", "<p>一</p>"),
        ("<inlineData contenttype='text/plain' encoding='encd:base64'>5riv</inlineData>", "<p>港</p>"),
        ("<inlineXML><div><p>一<object data='x'>二</object></p></div></inlineXML>", "<p></p><p>一二</p>"),
        ("<inlineXML/><inlineData/>", ""),
        ("<inlineXML><block><p>一</p></block></inlineXML>", "<p>一</p>"),
        ("<inlineXML><p>一</p></inlineXML><inlineXML><nitf><body><body.content><p>二</p></body.content></body></nitf></inlineXML>", "<p>二</p>"),
        ("<inlineXML><sports-content><t>3–1</t></sports-content></inlineXML>", "3–1"),
    ],
)
def test_body(held: str, html: str) -> None:
    assert one(held=held).body_html.replace("<p></p>", "") == html.replace("<p></p>", "")


def test_nitf_within_holds_back_what_its_envelope_lets_through() -> None:
    nitf = '<inlineXML><nitf><head><docdata management-status="{}"><date.release norm="20260902T000000Z"/></docdata></head></nitf></inlineXML>'
    assert one(held=nitf.format("canceled")).status is Status.CANCELED
    assert one(held=nitf.format("draft")).status is Status.WITHHELD
    embargoed = one("<embargoed>2026-09-01T00:00:00Z</embargoed>", held=nitf.format("embargoed")).embargoed_until
    assert embargoed is not None
    assert embargoed.day == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:image/png;base64,AAAA", "../x.jpg", "a/../../x.jpg", "C:\\x.jpg", "", " "])
def test_medium_out_of_reach_is_none(address: str) -> None:
    assert one(held=f'<remoteContent href="{address}" contenttype="image/jpeg"/>').media == ()


@pytest.mark.parametrize(
    "held", ["<remoteContent href='x{}.jpg' contenttype='image/jpeg'/>", "<inlineXML/>", "<inlineData encoding='base64'>*</inlineData>"]
)
def test_many_renditions_are_one_medium_at_most(held: str) -> None:
    assert len(one(held="".join(held.format(number) for number in range(3_000))).media) <= 1
