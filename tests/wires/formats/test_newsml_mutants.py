"""Both NewsML formats against documents that went wrong or mean harm."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.formats import newsml1, newsmlg2
from tests.wires.formats.mutants import assert_read_or_refused, shuffled, torn

FORMATS = [newsmlg2, newsml1]
LITTLE = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
MUCH = settings(LITTLE, max_examples=4_000)
both = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.NAME)


def check(form: ModuleType, data: some.DataObject, mutants: Callable[[str], some.SearchStrategy[bytes]]) -> None:
    mutant = data.draw(mutants(form.NAME))
    assert form.fits(mutant) in {True, False}
    assert_read_or_refused(form.read, mutant)


@both
@LITTLE
@given(data=some.data())
def test_torn_document(form: ModuleType, data: some.DataObject) -> None:
    check(form, data, torn)


@both
@LITTLE
@given(data=some.data())
def test_shuffled_document(form: ModuleType, data: some.DataObject) -> None:
    check(form, data, shuffled)


@pytest.mark.slow
@pytest.mark.parametrize("mutants", [torn, shuffled], ids=["torn", "shuffled"])
@both
@MUCH
@given(data=some.data())
def test_many_mutants(form: ModuleType, mutants: Callable[[str], some.SearchStrategy[bytes]], data: some.DataObject) -> None:
    check(form, data, mutants)


@both
@LITTLE
@given(data=some.binary(max_size=200) | some.text(max_size=200).map(str.encode))
def test_any_bytes(form: ModuleType, data: bytes) -> None:
    assert form.fits(data) in {True, False}
    assert_read_or_refused(form.read, data)


G2 = '<newsItem guid="a">{}</newsItem>'
ONE = "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier></Identification>{}</NewsItem></NewsML>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("form", "data", "reason"),
    [
        (newsmlg2, BOMB + G2.format("<contentMeta><headline>&c;</headline></contentMeta>"), "entities of its own"),
        (newsmlg2, FILE + G2.format("<contentMeta><headline>&a;</headline></contentMeta>"), "entities of its own"),
        (newsmlg2, G2.format("<contentSet><inlineXML>" + "<p>" * 200 + "</p>" * 200 + "</inlineXML></contentSet>"), "nested more than"),
        (newsmlg2, G2.format(f"<a b='{'x' * 11_000_000}'/>"), "larger"),
        (newsml1, BOMB + ONE.format("<Comment>&c;</Comment>"), "entities of its own"),
        (newsml1, FILE + ONE.format("<Comment>&a;</Comment>"), "entities of its own"),
        (newsml1, ONE.format("<NewsComponent>" * 200 + "</NewsComponent>" * 200), "nested more than"),
        (newsml1, ONE.format(f"<a b='{'x' * 11_000_000}'/>"), "larger"),
    ],
    ids=["g2 bomb", "g2 file", "g2 deep", "g2 large", "1 bomb", "1 file", "1 deep", "1 large"],
)
def test_crafted_document_is_refused(form: ModuleType, data: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        form.read(data.encode())


LONG = "x" * 300_000
NAMES = f'<assert qcode="a:b">{"<name>y</name>" * 20_000}<name>{LONG}</name></assert>'
PERSON = "<subject qcode='a:b' type='cpnat:person'/>"
PLACE = "<located literal='x'><broader qcode='a:b'/></located>"
HEADLINES = "".join(f"<headline role='sub'>{number}</headline>" for number in range(50_000))
FIGURE = "<figure>" + "<img src='a'/>" * 50_000 + f"<figcaption>{LONG}</figcaption></figure>"
TOPIC = f"<TopicSet><Topic Duid='t'><Description>{LONG}</Description></Topic></TopicSet>"
CAPTION = f"<ContentItem><DataContent>{LONG}</DataContent></ContentItem>"


def within(path: str, held: str) -> str:
    """Something within elements of some names."""
    names = path.split("/")
    return "".join(f"<{name}>" for name in names) + held + "".join(f"</{name.partition(' ')[0]}>" for name in reversed(names))


# Each would take minutes, or all memory, if the reading went over something in it again and again.
HEAVY_G2 = {
    "subjects": G2.format(within("contentMeta", PERSON * 60_000) + NAMES),
    "places": G2.format(within("contentMeta", PLACE * 50_000) + NAMES),
    "second headlines": G2.format(within("contentMeta", HEADLINES)),
    "links": G2.format(within("itemMeta", "<link residref='b'/>" * 100_000)),
    "texts": G2.format(within("contentSet", "<inlineData><![CDATA[<script>]]></inlineData>" * 50_000)),
    "figures": G2.format(within("contentSet/inlineXML", FIGURE)),
    "package": G2.replace("newsItem", "packageItem").format(within("groupSet/group", "<itemRef residref='b'/>" * 100_000)),
    "message": within("newsMessage", within("header/sender", LONG) + within("itemSet", G2.format("") * 1_500)),
}
HEAVY_1 = {
    "envelope": within("NewsML", f"<NewsEnvelope><SentFrom><Party FormalName='{LONG}'/></SentFrom></NewsEnvelope>" + ONE[8:-9].format("") * 1_500),
    "topics": within("NewsML", TOPIC + ONE[8:-9].format(within("NewsComponent/DescriptiveMetadata", "<TopicOccurrence Topic='#t'/>" * 60_000))),
    "captions": ONE.format(within("/".join(["NewsComponent"] * 45), "<Role FormalName='Photo'/>" + CAPTION)),
    "codes": ONE.format(within("NewsComponent/DescriptiveMetadata/SubjectCode", "<Subject FormalName='1'/>" * 100_000)),
    "instructions": ONE.format(within("NewsManagement", "<AssociatedWith NewsItem='b'/>" * 100_000)),
    "components": ONE.format("<NewsComponent/>" * 200_000),
}
HEAVY = [(newsmlg2, name, data) for name, data in HEAVY_G2.items()] + [(newsml1, name, data) for name, data in HEAVY_1.items()]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "data"), [(form, data) for form, _, data in HEAVY], ids=[f"{form.NAME} {name}" for form, name, _ in HEAVY])
def test_heavy_document_is_read_or_refused_in_time(form: ModuleType, data: str) -> None:
    assert_read_or_refused(form.read, data.encode())
