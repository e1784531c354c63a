from pathlib import Path

import pytest
from lxml import etree

from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.limits import DEPTH
from kawaraban.wires.xml import Element, all_read, attribute, each_told, number, parsed, root_name, told, unqualified

ENTITIES = "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"plain", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<a>\0</a>", "not well-formed"),
        (b"<a>&nbsp;</a>", "'nbsp' not defined"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "klingon"),
        ('<?xml version="1.0" encoding="UTF-8"?><a>港</a>'.encode("cp932"), "not well-formed"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>港</a>'.encode(), "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities of its own"),
        (b"<!DOCTYPE a [<!ENTITY % b \"<!ENTITY c 'd'>\"> %b;]><a/>", "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY % b ""> %b;]><a/>', "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY % b SYSTEM "b"> %b; <!ENTITY c "d">]><a e="&c;"/>', "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY % b SYSTEM "b"> %b;]><a e="&b;"/>', "entities of its own"),
        (b'<!DOCTYPE a [<!NOTATION b SYSTEM "b"><!ENTITY c SYSTEM "c" NDATA b>]><a/>', "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/b">]><a>&b;</a>', "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/b">]><a c="&b;"/>', "not well-formed"),
        (f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]><x>&i;</x>'.encode(), "not well-formed|entities of its own"),
        (f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]><x y="&i;"/>'.encode(), "not well-formed|entities of its own"),
        (b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1), "nested more than"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "not well-formed|nested more than"),
        (b"<a>" + b"<b/>" * 1_000_001 + b"</a>", "more elements"),
        (b"<a>" + b" " * (10 << 20) + b"</a>", "larger"),
    ],
    ids=str,
)
def test_document_that_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        parsed(data)
    assert "\n" not in str(refused.value)


def test_depth_that_is_allowed() -> None:
    assert parsed(b"<a>" * DEPTH + b"</a>" * DEPTH).tag == "a"


def test_file_is_not_brought_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    with pytest.raises(Unreadable, match="entities of its own"):
        parsed(f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><a>&b;</a>'.encode())
    include = f'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="{secret.as_uri()}" parse="text"/></a>'
    assert told(parsed(include.encode())) == ""


def test_document_type_is_not_loaded_and_its_entities_are_spelt_out() -> None:
    data = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>一&mdash;二<b>三</b>&hellip;四&unheard;<!-- 五 --><?six?></a>'.encode()
    root = parsed(data)
    assert told(root) == "一—二三…四&unheard;"
    assert etree.tostring(root, encoding="unicode") == "<a>一—二<b>三</b>…四&amp;unheard;</a>"


@pytest.mark.parametrize("kind", ['SYSTEM "{}"', 'PUBLIC "-//X//DTD//EN" "{}"'])
def test_file_that_only_the_document_type_names_is_not_loaded(kind: str, tmp_path: Path) -> None:
    names = tmp_path / "names.dtd"
    names.write_text('<!ENTITY secret "secret"><!ATTLIST a b CDATA "secret">')
    outer, inner = kind.format(names.as_uri()), kind.format(names)
    root = parsed(f"<!DOCTYPE a {outer} [<!ENTITY % names {inner}> %names; <!ENTITY % unused {inner}>]><a>一&mdash;&secret;</a>".encode())
    assert etree.tostring(root, encoding="unicode") == "<a>一—&amp;secret;</a>"


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("UTF-8", "utf-8-sig", "港町①"),
        ("UTF-16", "utf-16", "港町①"),
        ("Shift_JIS", "cp932", "港町①髙"),
        ("shift-jis", "cp932", "～"),
        ("EUC-JP", "euc-jp", "港町"),
        ("ISO-2022-JP", "iso-2022-jp", "港町"),
        ("ISO-8859-1", "latin-1", "Café"),
    ],
)
def test_encodings(declared: str, codec: str, text: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'.encode(codec)
    assert told(parsed(data)) == text
    if codec != "iso-2022-jp":
        assert root_name(data) == "a"


def test_space_before_the_declaration_is_forgiven() -> None:
    assert parsed(b'\r\n <?xml version="1.0"?><a/>\n').tag == "a"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<nitf>", "nitf"),
        (b'<n:nitf xmlns:n="urn:x">', "nitf"),
        (b'<?xml version="1.0"?>\n<!-- <rss> -->\n<?x <feed>?><newsItem guid="a"/>', "newsItem"),
        (b'<!DOCTYPE nitf PUBLIC "-//X//DTD 3.2//EN" "nitf.dtd"><nitf/>', "nitf"),
        (b"<!DOCTYPE nitf [<!ENTITY rss '<rss>'> <!ELEMENT x ANY>]> <nitf/>", "nitf"),
        (b"<!DOCTYPE nitf [", ""),
        (b"<!-- ", ""),
        (b"<", ""),
        (b"", ""),
        (b'{"uri": "<nitf>"}', ""),
        (b"\n\n <nitf>", "nitf"),
        (b"\xff\xfe<", ""),
        (b"<" * 10_000, ""),
    ],
)
def test_name_of_the_root_from_the_first_bytes(data: bytes, name: str) -> None:
    assert root_name(data) == name


def test_finding_what_elements_tell() -> None:
    root = unqualified(parsed('<x:a xmlns:x="urn:x"><x:b c=" 1 "> 港\n町 </x:b><x:b>港 町</x:b><x:b/></x:a>'.encode()))
    assert told(root, "b") == "港 町"
    assert told(root, "d") == told(None) == attribute(root, "b", "d") == attribute(None, "b", "c") == ""
    assert each_told(root, "b") == ["港 町"]
    assert attribute(root, "b", "c") == "1"


@pytest.mark.parametrize(("text", "found"), [("12", 12), (" 3\n", 3), ("-1", 0), ("1.5", 0), ("", 0), (None, 0), ("9" * 5_000, 0), ("３", 0)])
def test_number(text: str | None, found: int) -> None:
    assert number(text) == found


def one(element: Element) -> Copy:
    if element.get("bad"):
        raise Unreadable(f"it is {element.get('bad')}")
    return Copy(format="x", guid=element.tag)


def test_good_items_are_read_beside_bad_ones() -> None:
    with pytest.raises(Partly) as partly:
        all_read(parsed(b"<x><a/><b bad='torn'/><c/></x>"), one)
    assert [copy.guid for copy in partly.value.read] == ["a", "c"]
    assert [*map(str, partly.value.faults)] == ["item 2: it is torn"]
    assert str(partly.value) == "1 of 3 items can't be read: item 2: it is torn"


def test_nothing_but_bad_items() -> None:
    with pytest.raises(Unreadable, match=r"^item 1: it is torn; item 2: it is lost$") as refused:
        all_read(parsed(b"<x><b bad='torn'/><b bad='lost'/></x>"), one)
    assert not isinstance(refused.value, Partly)


def test_too_many_items() -> None:
    with pytest.raises(Unreadable, match="more than 2000 items"):
        all_read(parsed(b"<x>" + b"<a/>" * 2_001 + b"</x>"), one)
