"""EUC-JP and ISO-2022-JP with the characters of NEC and IBM that agencies send and Python's decoders lack. Pure.

Every character is what the code page 932 makes of it, so that a text is the same in each Japanese encoding.
Sources: JIS X 0208 and 0212; eucJP-ms and CP51932; RFC 1468 and 1554, CP50220
"""

import re
from collections.abc import Callable
from functools import cache

LOST = "\ufffd"
CLEAR_HIGH = bytes(byte & 0x7F for byte in range(256))
SET_HIGH = bytes(byte | 0x80 for byte in range(256))
EUC = re.compile(
    rb"(?P<ascii>[\x00-\x7f]+)|(?P<pairs>(?:[\xa1-\xfe]{2})+)|(?P<katakana>(?:\x8e[\xa1-\xdf])+)|(?P<third>\x8f[\xa1-\xfe]{2})"
    rb"|[\x80-\x8d\x90-\xa0\xff]+|[\x80-\xff]"
)
ESCAPE = re.compile(rb"\x1b(\$[@AB]|\$\([@A-DO-Q]|\([A-Z@]|&@|\.[AF])|\x0e|\x0f")
PAIRS = re.compile(rb"(?:[\x21-\x7e]{2})+|[^\x21-\x7e]+|[\x21-\x7e]")


@cache
def characters() -> dict[int, str]:
    """The 94 rows of 94 cells, by their two bytes with the high bits clear."""
    return {row << 8 | cell: character(row, cell) for row in range(0x21, 0x7F) for cell in range(0x21, 0x7F)}


def character(row: int, cell: int) -> str:
    lead = (row + 1 >> 1) + (0x70 if row < 0x5F else 0xB0)
    trail = cell + (0x7E if row % 2 == 0 else 0x20 if cell > 0x5F else 0x1F)
    return bytes((lead, trail)).decode("cp932", "replace")[:1]


@cache
def outside() -> dict[bytes, str]:
    """IBM's characters that JIS X 0212 lacks, which eucJP-ms puts behind its rows."""
    codes = (bytes((lead, trail)) for lead in (0xFA, 0xFB, 0xFC) for trail in range(0x40, 0xFD) if trail != 0x7F)
    found = [told for code in codes if (told := code.decode("cp932", "ignore")) == "№" or (len(told) == 1 and is_outside(told))]
    places = [bytes((row, cell)) for row in range(0xF3, 0xF5) for cell in range(0xA1, 0xFF)]
    return dict(zip(places[0xF3 - 0xA1 :], found, strict=False))


def is_outside(told: str) -> bool:
    return told not in "￢￤" and not told.encode("euc_jp", "ignore")


def euc_jp(data: bytes) -> str:
    return "".join(map(euc_piece, EUC.finditer(data)))


def euc_piece(found: re.Match[bytes]) -> str:
    told = found[0]
    match found.lastgroup:
        case "ascii":
            return told.decode("ascii")
        case "pairs":
            return pairs(told.translate(CLEAR_HIGH))
        case "katakana":
            return told.replace(b"\x8e", b"").decode("cp932")
        case "third":
            return outside().get(told[1:]) or told.decode("euc_jp", "replace")[:1]
    return LOST * len(told)


def pairs(told: bytes) -> str:
    return told.decode("utf-16-be").translate(characters())


def iso_2022_jp(data: bytes) -> str:
    """Also with half-width katakana, by escape or by SO and SI, and with JIS X 0212."""
    done: list[str] = []
    read: Callable[[bytes], str] = roman
    place = 0
    for found in ESCAPE.finditer(data):
        done.append(read(data[place : found.start()]))
        read, place = reader(found, read), found.end()
    return "".join([*done, read(data[place:])])


def reader(found: re.Match[bytes], before: Callable[[bytes], str]) -> Callable[[bytes], str]:
    """How to read what follows an escape sequence."""
    match found[1]:
        case b"$@" | b"$B" | b"$(@" | b"$(B":
            return double
        case b"$(D":
            return supplement
        case b"(I":
            return katakana
        case None:
            return katakana if found[0] == b"\x0e" else roman
        case b"&@":  # announces a revision of the set that follows
            return before
        case bytes(name) if name.startswith((b"$", b".")):
            return lambda told: rare(found[0], told)
    return roman


def roman(told: bytes) -> str:
    """ASCII; JIS X 0201's yen and overline are sent for the backslash and the tilde. With eight bits, what the code page has there."""
    return told.decode("cp932", "replace")


def double(told: bytes) -> str:
    return "".join(pairs(piece) if is_pairs(piece) else roman(piece) for piece in PAIRS.findall(told))


def supplement(told: bytes) -> str:
    return "".join(euc_jp(third(piece.translate(SET_HIGH))) if is_pairs(piece) else roman(piece) for piece in PAIRS.findall(told))


def is_pairs(piece: bytes) -> bool:
    return len(piece) > 1 and 0x21 <= piece[0] <= 0x7E


def third(codes: bytes) -> bytes:
    """Pairs as the third set of EUC-JP has them."""
    return b"".join(b"\x8f" + codes[at : at + 2] for at in range(0, len(codes), 2))


def katakana(told: bytes) -> str:
    return "".join(chr(0xFF61 + (byte & 0x7F) - 0x21) if 0x21 <= byte & 0x7F <= 0x5F else chr(byte & 0x7F) for byte in told)


def rare(escape: bytes, told: bytes) -> str:
    """JIS X 0213, and the Chinese, Korean and Greek sets of ISO-2022-JP-2, as Python reads them."""
    codec = "iso2022_jp_2004" if escape[-1:] in b"OPQ" else "iso2022_jp_2"
    return (escape + told + b"\x1b(B").decode(codec, "replace")
