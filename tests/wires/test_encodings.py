import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.wires.encodings import decoded, named
from kawaraban.wires.jis import euc_jp, iso_2022_jp

# Short and real: where a guess by statistics goes wrong.
JAPANESE = [
    "港",
    "潮見通信",
    "速報",
    "訂正",
    "潮見港の再開発、来春に着工へ",
    "【潮見】沖合で漁船が転覆、三人を救助",
    "市長「暮らしの港に」",
    "きょうの天気",
    "カツオ、初水揚げ",
    "NATO首脳、潮見で会談",
    "灯台の灯を守る人びと――第三回",
    "１日午前９時半ごろ",
    "見出し: 港まつり\n配信日時: 2026-09-01 09:30\n\n港まつりが始まった。",
    "表示、能登、ソ連、十六",  # second bytes that are ASCII's backslash and its like
    "Harbour festival in 潮見 begins",
]
VENDORS = ["①港まつり", "髙瀬と﨑山の両氏", "№３ ㈱潮見 ㍉ Ⅳ", "四～六時"]
WESTERN = ["Café", "Élection à Bordeaux", "Über die Größe", "naïve señor", "It’s “done” – now", "Malmö – Ystad", "Às 9h, não há voo", "10 °C"]


def euc_bytes(text: str) -> bytes:
    """EUC-JP with the code page's characters at NEC's places, as CP51932 has them."""
    return b"".join(code if len(code) < 2 else bytes(byte | 0x80 for byte in code) for code in map(jis_bytes, text))


def jis_bytes(sign: str) -> bytes:
    lead, *trail = sign.encode("cp932")
    if not trail:
        return bytes((lead,))
    row = (lead - (0x70 if lead < 0xA0 else 0xB0)) * 2 - (trail[0] < 0x9F)
    cell = trail[0] - (0x7E if row % 2 == 0 else 0x20 if trail[0] > 0x7F else 0x1F)
    return bytes((row, cell))


def jis_escaped(text: str) -> bytes:
    """ISO-2022-JP with NEC's row 13, as CP50221 has it."""
    parts = re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text)
    return b"".join(part.encode() if part.isascii() else b"\x1b$B" + b"".join(map(jis_bytes, part)) + b"\x1b(B" for part in parts)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc-jp", "iso-2022-jp"])
@pytest.mark.parametrize("text", JAPANESE)
def test_japanese_is_told_from_its_bytes(text: str, codec: str) -> None:
    assert decoded(text.encode(codec)) == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(codec: str) -> None:
    text = "guid: shiomi-1\n見出し: 港まつり\n\n港町で。"
    assert decoded(text.encode(codec)) == text == decoded(text.encode(codec), "UTF-16")


@pytest.mark.parametrize("text", VENDORS)
def test_characters_of_vendors(text: str) -> None:
    assert decoded(text.encode("cp932")) == decoded(text.encode("cp932"), "Shift_JIS") == text
    assert decoded(euc_bytes(text)) == decoded(euc_bytes(text), "EUC-JP") == text
    assert decoded(jis_escaped(text)) == decoded(jis_escaped(text), "ISO-2022-JP") == text


@pytest.mark.parametrize("text", WESTERN)
def test_latin(text: str) -> None:
    assert decoded(text.encode("cp1252")) == decoded(text.encode("cp1252"), "ISO-8859-1") == text


@pytest.mark.parametrize("text", ["ﾆﾎﾝｶｲ ﾁｭｳﾌﾞ ｼﾞｼﾝ", "ｼｵﾐﾂｳｼﾝ"])
def test_half_width_katakana(text: str) -> None:
    shifted = b"\x0e" + bytes(byte & 0x7F for byte in text.encode("cp932")).replace(b" ", b"\x0f \x0e") + b"\x0f"
    assert decoded(text.encode("cp932")) == decoded(text.encode("euc-jp"), "eucJP-ms") == text
    assert decoded(text.encode("iso2022_jp_ext")) == text
    assert decoded(shifted, "ISO-2022-JP") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x8f\xf4\xfb\xc0\xa5", "髙瀬"),  # eucJP-ms, behind JIS X 0212
        (b"\x8f\xf3\xf3\x8f\xf3\xfd", "ⅰⅠ"),
        (b"\x8f\xb0\xa1", "丂"),
        (b"\xa1\xc1\xa1\xdd", "～－"),  # as in the code page 932
        (b"a\xa4", "a\ufffd"),
        (b"\x80\xff\xa1", "\ufffd\ufffd\ufffd"),
    ],
)
def test_euc_jp(data: bytes, text: str) -> None:
    assert euc_jp(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$BD,8+\x1b(JTV", "潮見TV"),
        (b"\x1b$@D,8+", "潮見"),  # JIS C 6226, and nothing that leads back to ASCII
        (b"\x1b$BD,\r\n8+\x1b(B.", "潮\r\n見."),
        (b"\x1b&@\x1b$BD,\x1b(B", "潮"),
        (b"\x1b(I1261\x1b(B", "ｱｲｶｱ"),
        (b"\x1b$(D0!\x1b(B", "丂"),
        ("愛한é".encode("iso2022_jp_2"), "愛한é"),
        ("俱𠀋".encode("iso2022_jp_2004"), "俱𠀋"),
        (b"\x1b$BD", "D"),
        ("ｱ港".encode("cp932"), "ｱ港"),
    ],
)
def test_iso_2022_jp(data: bytes, text: str) -> None:
    assert iso_2022_jp(data) == text


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Shift_JIS", "cp932"),
        ("shift-jis", "cp932"),
        ("x-sjis", "cp932"),
        ("MS_Kanji", "cp932"),
        ("Windows-31J", "cp932"),
        ("Shift_JIS-2004", "shift_jis_2004"),
        ("x-euc-jp", "euc_jp"),
        ("CP51932", "euc_jp"),
        ("ISO-2022-JP-2", "iso2022_jp"),
        ("cp50221", "iso2022_jp"),
        ("UTF8", "utf_8"),
        ("utf-16le", "utf_16_le"),
        ("KOI8-R", "koi8_r"),
        ("iso-8859-15", "iso8859_15"),
        ("us-ascii", ""),
        ("latin1", ""),
        ("", ""),
        ("klingon", ""),
        ("base64", ""),
        ("zip", ""),
        ("rot13", ""),
        ("idna", ""),
        ("unicode_escape", ""),
        ("..\0/x", ""),
        ("\udcff" * 9, ""),
        ("x" * 100_000, ""),
    ],
)
def test_labels(label: str, name: str) -> None:
    assert named(label) == name


@pytest.mark.parametrize(
    ("label", "codec"),
    [("UTF-8", "cp932"), ("ISO-2022-JP", "utf-8"), ("iso-8859-1", "cp932"), ("us-ascii", "euc-jp"), ("Shift_JIS", "utf-8"), ("klingon", "cp932")],
)
def test_label_that_the_bytes_deny(label: str, codec: str) -> None:
    assert decoded("潮見港の再開発へ".encode(codec), label) == "潮見港の再開発へ"


def test_label_that_alone_can_tell() -> None:
    assert decoded("Привет".encode("koi8-r"), "KOI8-R") == "Привет"
    assert decoded("首尔".encode("gb18030"), "gb2312") == "首尔"


def test_torn_text_keeps_what_can_be_read() -> None:
    text = "潮見港の再開発、来春に着工へ。"
    for codec in ("utf-8", "cp932", "euc-jp"):
        assert decoded(text.encode(codec)[:-1]).startswith(text[:-1])
        assert decoded(text.encode(codec) + b"\xff\n" + text.encode(codec)).startswith(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_nothing_raises(data: bytes, label: str) -> None:
    assert isinstance(decoded(data, label), str)
    for name in ("Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16", "UTF-8", "gbk"):
        assert isinstance(decoded(data, name), str)


ESCAPES = [b"\x1b$B", b"\x1b(I", b"\x1b$(D", b"\x1b$(Q", b"\x1b$A", b"\x1b.A", b"\x0e", b"\x0f", b"\x1b(B", b"0!", b"\xb1", b"\n"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(ESCAPES)))
def test_no_escape_raises(pieces: list[bytes]) -> None:
    assert isinstance(iso_2022_jp(b"".join(pieces)), str)
