"""Bytes of agencies as text: as declared by a mark or a label, else as the bytes tell. Pure, and never raises.

Japanese comes first: short texts fit several encodings, and libraries that guess by statistics take them for Chinese.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable
from encodings.aliases import aliases
from functools import cache, partial

from kawaraban.wires.jis import LOST, characters, euc_jp, iso_2022_jp

Decode = Callable[[bytes], str]

SAMPLE = 32_768  # bytes that a guess looks at
MARKS = {codecs.BOM_UTF8: "utf_8", codecs.BOM_UTF16_LE: "utf_16_le", codecs.BOM_UTF16_BE: "utf_16_be"}
ESCAPES = re.compile(rb"\x1b(?:\$[@AB]|\$\([@-DO-Q]|\(I)")
# Spellings of names, without their signs. What goes by the name of Shift_JIS is the code page 932.
SPELLINGS = {
    "cp932": "shiftjis xshiftjis sjis xsjis csshiftjis mskanji cp932 ms932 windows932 windows31j cswindows31j ibm943 cp943 cp943c xmscp932",
    "euc_jp": "eucjp xeucjp xeuc ujis eucjpms xeucjpms eucjpwin cp51932 windows51932 cseucpkdfmtjapanese extendedunixcodepackedformatforjapanese",
    "iso2022_jp": "iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpext iso2022jpms csiso2022jp csiso2022jp2 "
    "cp50220 cp50221 cp50222 jis jis7 jis8",
    # Said of everything, also of Japanese: no reason to believe it.
    "": "ascii usascii iso88591 latin latin1 l1 cp1252 windows1252 ansi 8bit unknown8bit unknown binary utf7",
}
NAMED = {spelt: name for name, spellings in SPELLINGS.items() for spelt in spellings.split()}
OTHERS = re.compile(
    r"utf_(?:8|16|16_le|16_be)|iso8859_(?:[2-9]|1[0-6])|cp(?:125[0-8]|437|850|852|855|866|874|949|950)|koi8_[ru]|mac_\w+"
    r"|gb2312|gbk|gb18030|big5(?:hkscs)?|euc_kr|johab|tis_620|shift_jis(?:_2004|x0213)|euc_jis(?:_2004|x0213)"
)
ALIASES = {re.sub(r"[^a-z0-9]", "", alias): name for alias, name in [*aliases.items(), *((name, name) for name in aliases.values())]}
CP1252 = {byte: bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
LETTER = "[A-Za-z]"
HIGH = "[À-ÖØ-öø-ÿŒœŠšŽž‘’“”–—…«»]"
SIGN = "[“”‘’–—…«»©®°£€§¿¡½]"
IN_WORDS = re.compile(rf"(?<={LETTER}){HIGH}|{HIGH}(?={LETTER})|{SIGN}(?=[\s\d.,]|$)|(?<=[\s\d]){SIGN}")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
UNMISTAKABLE = re.compile("[\u0800-\uffff]")  # three bytes in UTF-8, which no other encoding has by chance


def decoded(data: bytes, label: str = "") -> str:
    """label: of the encoding, as the sender spelt it; believed as long as the bytes agree."""
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return decoder(name)(data[len(mark) :])
    name = named(label)
    if not name or is_denied(data, name):
        return detected(data)
    text = decoder(width(data) if name == "utf_16" else name)(data)
    return detected(data) if LOST in text else text


def is_denied(data: bytes, name: str) -> bool:
    """Whether the bytes are certainly something else: a label of seven bits on eight, or one of others on UTF-8."""
    return not data.isascii() and (name == "iso2022_jp" or UNMISTAKABLE.search(utf_8(data) or "") is not None)


def utf_8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def named(label: str) -> str:
    """The name of a label's encoding; "" for one that is unknown, not of text, or given without looking."""
    spelt = re.sub(r"[^a-z0-9]", "", label[:60].lower())
    found = NAMED.get(spelt, ALIASES.get(spelt, ""))
    return found if spelt in NAMED or OTHERS.fullmatch(found) else ""


def decoder(name: str) -> Decode:
    """What makes text of bytes, with LOST for each that it can't read."""
    own: dict[str, Decode] = {"euc_jp": euc_jp, "iso2022_jp": iso_2022_jp, "cp1252": cp1252}
    return own.get(name) or partial(by_codec, name)


def by_codec(name: str, data: bytes) -> str:
    return data.decode(name, "replace")


def cp1252(data: bytes) -> str:
    """Latin-1 with the code page's signs; the bytes that it leaves open stay controls."""
    return data.decode("latin-1").translate(CP1252)


def detected(data: bytes) -> str:
    if ESCAPES.search(data):
        return iso_2022_jp(data)
    if data.count(b"\0") * 5 > len(data):
        return decoder(width(data))(data)
    text = utf_8(data)
    return decoder(likeliest(data))(data) if text is None else text


def width(data: bytes) -> str:
    """Which UTF-16 it is, without a mark: the zeros of ASCII stand first in the big-endian one."""
    return "utf_16_be" if data[:SAMPLE:2].count(0) > data[1:SAMPLE:2].count(0) else "utf_16_le"


def likeliest(data: bytes) -> str:
    """The encoding in which eight-bit bytes read most like text; the first of several."""
    sample = data[:SAMPLE].rpartition(b"\n")[0] if len(data) > SAMPLE else data
    scores = {name: likeness(decoder(name)(sample or data[:SAMPLE])) for name in ("euc_jp", "cp932", "utf_8")}
    scores["cp1252"] = western(cp1252(sample))
    return max(scores, key=scores.__getitem__)


def likeness(text: str) -> float:
    """How much a text looks like Japanese."""
    return sum(count * weight(sign) for sign, count in Counter(text).items() if sign > "\x7f")


def weight(sign: str) -> float:
    if "ぁ" <= sign <= "ヾ":
        return 2
    if "｡" <= sign <= "ﾟ":
        return 0.25
    if sign in (LOST, "\x80", "\xa0") or "\ue000" <= sign <= "\uf8ff":
        return -6
    return 1 if sign in everyday() else -2


@cache
def everyday() -> frozenset[str]:
    """The signs of JIS X 0208 and the kanji of its first level: rows 1 to 47."""
    return frozenset(sign for code, sign in characters().items() if code < 0x5021)


def western(text: str) -> float:
    """How much a text looks like one of Western Europe, where accented letters stand among plain ones."""
    fitting = len(IN_WORDS.findall(text))
    return 2 * fitting - 3 * (len(BEYOND_ASCII.findall(text)) - fitting)
