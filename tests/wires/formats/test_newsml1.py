from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Link, Media, Partly, Relation, Status, Subject, Unreadable
from kawaraban.wires.formats import newsml1
from tests.wires.formats.conftest import as_json, expected, named, samples

ITEM = """<NewsML{root}><NewsItem><Identification><NewsIdentifier><NewsItemId>a</NewsItemId>{revision}</NewsIdentifier></Identification>
<NewsManagement>{management}</NewsManagement>{held}</NewsItem></NewsML>"""
IDENTIFIED = "<NewsML><NewsItem><Identification><NewsIdentifier>{}</NewsIdentifier></Identification></NewsItem></NewsML>"
COMPONENT = "<NewsComponent>{}</NewsComponent>"
CONTENT = "<ContentItem><DataContent>{}</DataContent></ContentItem>"
PICTURE = '<ContentItem Href="a.jpg"><MimeType FormalName="image/jpeg"/></ContentItem>'


def one(management: str = "", held: str = "", revision: str = "<RevisionId>2</RevisionId>", root: str = "") -> Copy:
    (copy,) = newsml1.read(ITEM.format(management=management, held=held, revision=revision, root=root).encode())
    return copy


def text(content: str) -> Copy:
    return one(held=COMPONENT.format(content))


@pytest.mark.parametrize("sample", samples("newsml1"), ids=named)
def test_samples(sample: Path) -> None:
    assert newsml1.fits(sample.read_bytes())
    assert [as_json(copy) for copy in newsml1.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"<newsItem guid='a'/>", "the root is newsItem, not NewsML"),
        (b"<NewsML><NewsItem/></NewsML>", "item 1: it has no identifier: neither a PublicIdentifier nor a NewsItemId"),
        (ITEM.format(root="", revision="", management="", held=COMPONENT.format(CONTENT.format("x" * 1_100_000))).encode(), "body is longer"),
        (ITEM.format(root="", revision="", management="", held="<NewsComponent/>" * 1_001).encode(), "more than 1000 components"),
        (ITEM.format(root="", revision="", management="", held=COMPONENT.format(PICTURE * 101)).encode(), "more than 100 pictures"),
    ],
    ids=["empty", "other", "bare", "long", "components", "pictures"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        newsml1.read(data)


@pytest.mark.parametrize("data", [b"", b"<nitf/>", b"<newsItem/>", b"<newsml/>", b'{"a": "<NewsML>"}', b"\xff\xfe\x00", b"<NewsML"])
def test_what_does_not_fit(data: bytes) -> None:
    assert not newsml1.fits(data)


def test_bad_item_does_not_stop_its_neighbours() -> None:
    good = "<NewsItem><Identification><NewsIdentifier><NewsItemId>{}</NewsItemId></NewsIdentifier></Identification></NewsItem>"
    with pytest.raises(Partly) as partly:
        newsml1.read(f"<NewsML>{good.format('a')}<NewsItem/>{good.format('b')}<NewsItem><TopicSet/></NewsItem></NewsML>".encode())
    assert [copy.guid for copy in partly.value.read] == ["a", "b"]
    assert len(partly.value.faults) == 1


PARTS = "<ProviderId>p.example</ProviderId><DateId>20260901</DateId><NewsItemId>x</NewsItemId>"


@pytest.mark.parametrize(
    ("told", "guid", "version"),
    [
        (f"{PARTS}<RevisionId>3</RevisionId>", "urn:newsml:p.example:20260901:x", 3),
        (
            f"{PARTS}<RevisionId>3</RevisionId><PublicIdentifier>urn:newsml:p.example:20260901:x:3</PublicIdentifier>",
            "urn:newsml:p.example:20260901:x",
            3,
        ),
        (f"{PARTS}<PublicIdentifier>urn:newsml:p.example:20260901:x:4U</PublicIdentifier>", "urn:newsml:p.example:20260901:x", 4),
        (f"{PARTS}<PublicIdentifier>urn:newsml:p.example:20260901:x</PublicIdentifier>", "urn:newsml:p.example:20260901:x", 1),
        ("<PublicIdentifier>urn:newsml:p.example:20260901:x:y:12N</PublicIdentifier>", "urn:newsml:p.example:20260901:x:y", 12),
        ("<PublicIdentifier>shiomi-77</PublicIdentifier><RevisionId>0</RevisionId>", "shiomi-77", 1),
        ("<NewsItemId>77</NewsItemId>", "77", 1),
    ],
)
def test_identifier_is_the_same_in_all_revisions(told: str, guid: str, version: int) -> None:
    (copy,) = newsml1.read(IDENTIFIED.format(told).encode())
    assert (copy.guid, copy.version) == (guid, version)


CHANGE = '<StatusWillChange><FutureStatus FormalName="{}"/><DateAndTime>{}</DateAndTime></StatusWillChange>'
USABLE_AT = CHANGE.format("Usable", "20260902T050000+0900")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("", Status.USABLE),
        ('<Status FormalName="Usable"/>', Status.USABLE),
        ('<Status FormalName=" USABLE "/>', Status.USABLE),
        ('<Status FormalName="Canceled"/>', Status.CANCELED),
        ('<Status FormalName="Cancelled"/>', Status.CANCELED),
        ('<Status FormalName="Withheld"/>', Status.WITHHELD),
        ('<Status FormalName="Withheld"/>' + USABLE_AT, Status.WITHHELD),
        ('<Status FormalName="Maybe"/>', Status.WITHHELD),
        ("<Status/>", Status.WITHHELD),
        ('<Status FormalName="Embargoed"/>', Status.WITHHELD),
        ('<Status FormalName="Embargoed"/>' + USABLE_AT, Status.USABLE),
        ('<Status FormalName="Embargoed"/>' + USABLE_AT + CHANGE.format("usable", "soon"), Status.WITHHELD),
        ('<Status FormalName="Embargoed"/>' + CHANGE.format("Canceled", "20260902T050000+0900"), Status.WITHHELD),
        ('<Status FormalName="Usable"/><Instruction FormalName="Mandatory Kill"/>', Status.CANCELED),
        ('<Status FormalName="Embargoed"/><Instruction FormalName="取り消し"/>', Status.CANCELED),
        ('<Instruction FormalName="Update"/>', Status.USABLE),
    ],
)
def test_status(told: str, status: Status) -> None:
    assert one(told).status is status


def test_embargo_ends_at_its_last_moment() -> None:
    later = CHANGE.format("Usable", "20260903T050000+0900")
    assert one('<Status FormalName="Embargoed"/>' + later + USABLE_AT).embargoed_until == datetime(2026, 9, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize(("language", "hours"), [("ja", 9), ("en", 0), ("", 0)])
def test_moment_without_a_zone_is_japanese_in_japanese_copy(language: str, hours: int) -> None:
    copy = one("<FirstCreated>20260901T120000</FirstCreated>", root=f' xml:lang="{language}"')
    assert copy.published is not None
    assert copy.published.utcoffset() == timedelta(hours=hours)


REVISION = '<RevisionId PreviousRevision="1" Update="{}">2</RevisionId>'


@pytest.mark.parametrize("update", ["A", "U"])
def test_partial_revision_takes_an_item_away_and_adds_nothing(update: str) -> None:
    revision = REVISION.format(update)
    assert one('<Status FormalName="Canceled"/>', revision=revision).status is Status.CANCELED
    assert one('<Status FormalName="Withheld"/>', revision=revision).status is Status.WITHHELD
    assert one('<Status FormalName="Embargoed"/>' + USABLE_AT, revision=revision).status is Status.WITHHELD
    with pytest.raises(Unreadable, match="only changes parts of an earlier revision of a; ask the agency"):
        one('<Status FormalName="Usable"/>', revision=revision, held="<Update><Replace/></Update>")
    assert one('<Status FormalName="Usable"/>', revision=revision, held="<NewsComponent/>").status is Status.USABLE


OTHER = '<AssociatedWith NewsItem="urn:newsml:p:20260901:b:3"/>'
CORRECTION = '<Instruction FormalName="Correction"/>'


@pytest.mark.parametrize(
    ("told", "revision", "links"),
    [
        ("", REVISION.format("N"), [Link(Relation.UPDATES, "a", 1)]),
        (CORRECTION, REVISION.format("N"), [Link(Relation.CORRECTS, "a", 1)]),
        (CORRECTION, "", [Link(Relation.CORRECTS, "a")]),
        ('<Instruction FormalName="訂正"><RevisionStatus Revision="4"/></Instruction>', "", [Link(Relation.CORRECTS, "a", 4)]),
        (OTHER, "", [Link(Relation.SEE_ALSO, "urn:newsml:p:20260901:b", 3)]),
        (CORRECTION + OTHER, "", [Link(Relation.CORRECTS, "urn:newsml:p:20260901:b", 3)]),
        (CORRECTION + OTHER, REVISION.format("N"), [Link(Relation.CORRECTS, "a", 1), Link(Relation.SEE_ALSO, "urn:newsml:p:20260901:b", 3)]),
        ('<Instruction FormalName="Kill"/>' + OTHER, "", [Link(Relation.KILLS, "urn:newsml:p:20260901:b")]),
        ('<Status FormalName="Canceled"/>' + OTHER, "<RevisionId>2</RevisionId>", [Link(Relation.SEE_ALSO, "urn:newsml:p:20260901:b", 3)]),
        ('<Status FormalName="Canceled"/>' + OTHER, REVISION.format("N"), [Link(Relation.SEE_ALSO, "urn:newsml:p:20260901:b", 3)]),
    ],
)
def test_links(told: str, revision: str, links: list[Link]) -> None:
    assert list(one(told, revision=revision).links) == links


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (CONTENT.format("一\n\n二"), "<p>一</p><p>二</p>"),
        (CONTENT.format("　一\n　二\n三"), "<p>一</p><p>二\n三</p>"),
        (CONTENT.format("<p>一</p><p>二</p>"), "<p>一</p><p>二</p>"),
        (CONTENT.format("一<b>二</b>"), "一<strong>二</strong>"),
        (CONTENT.format("<body.content><p>一</p><media><media-caption>図</media-caption></media></body.content>"), "<p>一</p>"),
        (CONTENT.format("<![CDATA[<p onclick='x()'>一<script>alert(1)</script></p>]]>"), "<p>一</p>"),
        ('<ContentItem><Encoding Notation="base64"><DataContent>5riv</DataContent></Encoding></ContentItem>', "<p>港</p>"),
        (CONTENT.format("一") + CONTENT.format("二"), "<p>一</p><p>二</p>"),
        ("<NewsComponent>" * 40 + CONTENT.format("一") + "</NewsComponent>" * 40, "<p>一</p>"),
        ("<NewsLines><SubHeadLine>副</SubHeadLine></NewsLines>" + CONTENT.format("一"), "<h2>副</h2><p>一</p>"),
    ],
)
def test_body(content: str, html: str) -> None:
    assert text(content).body_html == html


def test_of_equivalent_texts_nitf_is_taken() -> None:
    nitf = "<nitf><body><body.content><p>二</p></body.content></body></nitf>"
    held = CONTENT.format("一") + CONTENT.format(nitf)
    assert one(held=f'<NewsComponent EquivalentsList="yes">{held}</NewsComponent>').body_html == "<p>二</p>"


@pytest.mark.parametrize(
    ("content", "body", "caption"),
    [
        (CONTENT.format("一") + PICTURE, "<p>一</p>", ""),
        (COMPONENT.format(CONTENT.format("説明") + PICTURE), "", "説明"),
        (COMPONENT.format('<Role FormalName="Main"/>' + CONTENT.format("一") + PICTURE), "<p>一</p>", ""),
        (COMPONENT.format('<Role FormalName="Caption"/>' + CONTENT.format("説明")) + PICTURE, "", "説明"),
        (COMPONENT.format('<Role FormalName="Photo"/>' + COMPONENT.format(PICTURE) + COMPONENT.format(CONTENT.format("説明"))), "", "説明"),
        (COMPONENT.format("<NewsLines><HeadLine>題</HeadLine></NewsLines>" + PICTURE), "", "題"),
    ],
    ids=["beside the text", "with a picture", "main", "role of a caption", "within a picture", "headline"],
)
def test_text_is_the_body_or_a_caption(content: str, body: str, caption: str) -> None:
    copy = text(content)
    assert copy.body_html == body
    assert copy.media == (Media("a.jpg", "image/jpeg", caption=caption),)


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        ('<Subject FormalName="04000000"/>', Subject("subj", "04000000")),
        ('<Subject FormalName="20000346"/>', Subject("medtop", "20000346")),
        ('<Subject FormalName="04000000" Vocabulary="urn:newsml:iptc.org:20100101:topicset.iptc-mediatopic:1"/>', Subject("medtop", "04000000")),
        ('<SubjectQualifier FormalName="X" Vocabulary="#v"/>', Subject("#v", "X")),
        ('<Subject FormalName="港"/>', Subject("", "港")),
    ],
)
def test_subject_codes(told: str, subject: Subject) -> None:
    assert text(f"<DescriptiveMetadata><SubjectCode>{told}</SubjectCode></DescriptiveMetadata>").subjects == (subject,)


@pytest.mark.parametrize(("told", "urgency"), [("1", 1), ("12", 9), ("0", 5), ("", 5), ("flash", 5)])
def test_urgency(told: str, urgency: int) -> None:
    assert one(f'<Urgency FormalName="{told}"/>').urgency == urgency
