"""How a dispatch begins: headline, orders to the desk, byline, dateline; then its paragraphs."""

import re
from dataclasses import dataclass, replace

from kawaraban.wires.orders import taken
from kawaraban.wires.words import CONTROLS, one_line
from kawaraban.wires.wrapping import INDENT, joined, unwrapped

BYLINE = re.compile(r"\s*(?:By|BY|Von|Par|Por)\s+(?=[^\Wa-z\d_])(.{2,80})|\s*[【(（]?(?:文|記者|署名|筆者)[・:：=＝]\s?(.{1,40}?)[】)）]?")
PLACE_AND_AGENCY = re.compile(r"(?P<place>[^\Wa-z\d_][^()\n]{1,50}?)\s\((?P<agency>[^()\d\n]{2,30})\)(?P<dash>\s*[-–—_=]+)?\s*")
PLACE = re.compile(r"【(?P<place>[^】\n]{1,30}?(?:発|[＝=][^】\n]{1,20}))】\s*")
KANA = re.compile("[ぁ-ゖァ-ヺ]")
HEAD_LINES = 3  # of a headline
ASIDE_LINES = 6  # between headline and text


@dataclass(frozen=True, slots=True)
class Dispatch:
    headline: str = ""
    byline: str = ""
    dateline: str = ""
    orders: tuple[str, ...] = ()  # lines to the desk
    text: str = ""  # paragraphs, an empty line between


def dispatch(text: str, agencies: tuple[str, ...] = ()) -> Dispatch:
    """agencies: names by which the sender may call itself in a dateline."""
    lines = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    above, lines = asides(lines, headline=True)
    head = headline_lines(lines)
    below, rest = asides(lines[head:])
    dateline, body = placed(unwrapped("\n".join(rest)), agencies)
    return Dispatch(
        headline=closed(joined(lines[:head])) if head else "",
        byline=above.byline or below.byline,
        dateline=dateline,
        orders=above.orders + below.orders,
        text=body,
    )


def asides(lines: list[str], headline: bool = False) -> tuple[Dispatch, list[str]]:
    """The orders and the byline with which lines begin, and the lines from the first on that is neither. headline: it may be in a line of orders."""
    found, place = Dispatch(), 0
    for place, line in enumerate([*lines[: ASIDE_LINES * 2], ""]):  # noqa: B007 - where it stopped is the result
        kind, besides = taken(line)
        if byline := BYLINE.fullmatch(closed(line)):
            found = replace(found, byline=closed(byline[1] or byline[2]))
        elif kind and not (headline and besides and kind != "embargo"):
            found = replace(found, orders=(*found.orders, one_line(line)))
        elif line.strip():
            break
    return found, lines[place:]


def headline_lines(lines: list[str]) -> int:
    """How many lines the headline takes: up to an equals sign, or what is set off from the text; 0 when nothing is."""
    for place, line in enumerate(lines[:HEAD_LINES], 1):
        after = lines[place : place + 1]
        if line.rstrip().endswith(("=", "＝")) or not after or not after[0].strip() or INDENT.match(after[0]) or BYLINE.fullmatch(closed(after[0])):
            return place if line.strip() else 0
    return 0


def closed(line: str) -> str:
    """A line without the sign that ends it in typesetting."""
    return one_line(line).rstrip("=＝<>@ ")


def placed(text: str, agencies: tuple[str, ...]) -> tuple[str, str]:
    """The dateline with which a text begins, "" for none, and what follows it."""
    found = PLACE.match(text) or PLACE_AND_AGENCY.match(text)
    if found is None or not (found.re is PLACE or is_dateline(found, agencies)):
        return "", text
    return found["place"].strip(), text[found.end() :]


def agency_of(text: str) -> str:
    """The agency that stands in brackets behind the place with which a text begins."""
    found = PLACE_AND_AGENCY.match(text)
    return found["agency"] if found and is_dateline(found, ()) else ""


def is_dateline(found: re.Match[str], agencies: tuple[str, ...]) -> bool:
    """Whether a name before brackets is a place and not the subject of a sentence."""
    return found["place"].partition(",")[0].isupper() or bool(found["dash"]) or found["agency"].casefold() in map(str.casefold, agencies)


def language(text: str) -> str:
    """Only Japanese is told by its signs."""
    return "ja" if KANA.search(text) else ""
