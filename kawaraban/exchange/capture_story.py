"""The article on a captured page: what stands above the first mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Literal

from kawaraban.exchange.capture_lines import Line, UnreadableCapture, within

Role = Literal["author", "translator", "photographer", "editor"]

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?:\([^()\d]{1,4}\))?\s*(\d{1,2})(?:時(\d{1,2})分|:(\d{2}))")
DATELIKE = re.compile(r"\d{4}\s*[年./-]")
DASH = re.compile(r"\s*[─―—–]{2,}\s*|\s+[─―—–]\s+|[─]\s*")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")

ROLES: dict[str, Role] = {
    "文": "author",
    "取材・文": "author",
    "訳": "translator",
    "翻訳": "translator",
    "写真": "photographer",
    "撮影": "photographer",
    "編集": "editor",
    "構成": "editor",
}
ROLE = re.compile(rf"(?P<role>{'|'.join(ROLES)})\s*[:：]\s*(?P<name>.+)")
NAME = re.compile(
    r"[ァ-ヴー]+(?:[・＝=･ ][ァ-ヴー]+)+"
    r"|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+"
    r"|.{0,20}(?:編集部|取材班|記者|特派員|通信社?|新聞社?|ロイター|共同|時事)"
    r"|[々〇\u3400-\u9fff]{1,4} ?[々〇\u3040-\u30ff\u3400-\u9fff]{1,5}"
)
PARTICLES = re.compile(r"[とのをにがはで]")

CLOSERS = ")）]］」』】〉》〕。’”"
AGENCY = r"(?:[々\u30a1-\u30f6ー\u3400-\u9fff]{0,12}(?:通信社?|新聞社?|提供|撮影)|ロイター|共同|時事|アフロ|ゲッティ)"
NO_JAPANESE = r"[^\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uff66-\uff9f]"
CREDIT = re.compile(rf"(?:[A-Za-z\u00c0-\u024f©]|{AGENCY})(?:{NO_JAPANESE}|{AGENCY})*|(?:写真)?(?:提供|撮影)[:：/／].{{1,40}}")

CLOSING = tuple("。.」』?？!！)）…:：、")
LABELS = "動画|映像|写真|画像|フォト|図|グラフ|地図|マップ|表|関連|参考|特集|音声|漫画|マンガ|クイズ|記事"
RELATED = re.compile(rf"(?P<label>【[^】]*(?:{LABELS})[^】]*】)\s*(?P<title>\S.*)")
LONGEST_LABEL, LONGEST_SUBHEADING, MOST_ABOVE_LEAD = 20, 30, 6


@dataclass(frozen=True)
class Byline:
    name: str
    role: Role = "author"


@dataclass(frozen=True)
class Photo:
    """A picture's words. Caption and credit, set side by side, are the line that was printed."""

    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Piece:
    """A block of the body; label is a related link's, in its brackets."""

    kind: Literal["paragraph", "subheading", "related"]
    text: str
    label: str = ""


@dataclass(frozen=True)
class Story:
    """published is a moment in the site's time zone, without saying so."""

    listing: str
    kicker: str
    headline: str
    deck: str
    original_title: str
    published: datetime
    bylines: tuple[Byline, ...]
    photo: Photo | None
    lead: str
    body: tuple[Piece, ...]

    @property
    def full_headline(self) -> str:
        return f"{self.headline}── {self.deck}" if self.deck else self.headline


def read_story(lines: Sequence[Line]) -> Story:
    """The article of a page's first lines. Raises UnreadableCapture."""
    at = next((place for place, line in enumerate(lines) if DATE.fullmatch(line.plain)), None)
    if at is None:
        raise no_date(lines)
    listing, kicker, title, original = read_head(lines[:at], lines[at])
    headline, deck = divided(title.text)
    above, lead, below = around_lead(lines[at + 1 :])
    bylines, photo = read_above(above)
    if not below:
        raise UnreadableCapture(f"The text is missing: no paragraph follows {lines[-1]}. Capture the whole page and import it again.")
    return Story(
        listing=listing.text,
        kicker=within(kicker, 40, "kicker") if kicker else "",
        headline=headline,
        deck=deck,
        original_title=original.text if original else "",
        published=moment_of(lines[at]),
        bylines=bylines,
        photo=photo,
        lead=lead,
        body=read_body(below),
    )


def no_date(lines: Sequence[Line]) -> UnreadableCapture:
    looked_at = next((line for line in lines if DATELIKE.match(line.plain)), lines[-1])
    return UnreadableCapture(f"The date is missing: {looked_at}, is not one. Add a line such as 2026年3月4日(水)7時42分 between headline and text.")


def moment_of(line: Line) -> datetime:
    year, month, day, hour, minute = (int(part) for part in re.findall(r"\d+", line.plain))
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        raise UnreadableCapture(f"The date is missing: {line}, names a day or time that does not exist. Correct it.") from None


def read_head(lines: Sequence[Line], date: Line) -> tuple[Line, Line | None, Line, Line | None]:
    """Listing, kicker, headline and original title from the lines above the date."""
    if len(lines) < 2:
        raise UnreadableCapture(
            f"The headline is missing: above the date, {date}, must stand the listing's name, any kicker and the headline. Add them."
        )
    listing, *rest = lines
    original = rest[-1] if len(rest) > 1 and is_latin(rest[-1]) and (len(rest) > 2 or follows_headline(rest)) else None
    named = rest[:-1] if original else rest
    if len(named) > 2:
        raise UnreadableCapture(
            f"The headline is missing: {named[-1]}, is one line too many between listing and date. "
            f"Leave kicker, headline and original headline there."
        )
    title = named[-1]
    within(title, 255, "headline")
    if original:
        within(original, 255, "original headline")
    return listing, named[0] if len(named) == 2 else None, title, original


def follows_headline(rest: Sequence[Line]) -> bool:
    """True when the first of two lines is the headline and not the kicker, which stands right below the listing."""
    return rest[0].is_apart or not rest[1].is_apart


def is_latin(line: Line) -> bool:
    return bool(LATIN.search(line.plain)) and not JAPANESE.search(line.plain)


def divided(headline: str) -> tuple[str, str]:
    """Headline and deck, which a dash divides."""
    parts = DASH.split(headline, maxsplit=1)
    if len(parts) == 2 and all(parts) and len(parts[1]) <= 120:
        return parts[0], parts[1]
    return headline, ""


def around_lead(lines: Sequence[Line]) -> tuple[Sequence[Line], str, Sequence[Line]]:
    """What stands between date and text, the lead without its brackets, and the text."""
    start = next((place for place, line in enumerate(lines[: MOST_ABOVE_LEAD + 1]) if line.text[0] in "<＜"), None)
    if start is None:
        above = lines_above_text(lines)
        return lines[:above], "", lines[above:]
    end = next((place for place, line in enumerate(lines[start : start + 5], start) if line.text[-1] in ">＞"), None)
    if end is None:
        raise UnreadableCapture(
            f"The end of the lead is missing: {lines[start]}, opens an angle bracket that nothing closes. Close it after the lead."
        )
    return lines[:start], "".join(line.text for line in lines[start : end + 1])[1:-1].strip(), lines[end + 1 :]


def lines_above_text(lines: Sequence[Line]) -> int:
    """How many lines belong to byline and picture when no lead marks where the text begins."""
    beside = len(list(takewhile(lambda line: not line.is_apart and not line.text.endswith("。"), lines)))
    if beside == len(lines):
        return 0
    has_photo = beside > 1 or (beside == 1 and not names_somebody(lines[0])) or bool(with_credit(lines[beside].text)[1])
    return beside + has_photo


def read_above(lines: Sequence[Line]) -> tuple[tuple[Byline, ...], Photo | None]:
    """Bylines and picture: the last two lines are alternative text and caption, those before them bylines.

    One or two lines are told apart by looking for a name that the caption does not repeat.
    """
    match list(lines):
        case []:
            return (), None
        case [line] if names_somebody(line):
            return bylines(line), None
        case [line]:
            caption, credit = with_credit(line.text)
            is_caption = credit or line.is_apart
            return (), Photo("", caption, credit) if is_caption else Photo(alt_in(line))
        case [first, second] if names_somebody(first) and first.text not in second.text:
            if not second.is_apart:
                return bylines(first), Photo(alt_in(second))
            return bylines(first), Photo("", *with_credit(second.text))
        case [*names, alt, caption]:
            return tuple(byline for line in names for byline in bylines(line)), Photo(alt_in(alt), *with_credit(caption.text))
    raise AssertionError(lines)


def alt_in(line: Line) -> str:
    return within(line, 200, "alternative text")


def bylines(line: Line) -> tuple[Byline, ...]:
    """The names on a byline, each with the role that a prefix such as 訳: gives."""
    within(line, 120, "byline")
    found = []
    for part in name_parts(line):
        role = ROLE.fullmatch(part)
        found.append(Byline(role["name"].strip(), ROLES[role["role"]]) if role else Byline(part))
    return tuple(found)


def name_parts(line: Line) -> list[str]:
    return [part for part in re.split(r"\s*、\s*|\s+/\s+|\s*／\s*", line.text) if part]


def names_somebody(line: Line) -> bool:
    return len(line.text) <= 60 and all(is_name(part) for part in name_parts(line))


def is_name(part: str) -> bool:
    if ROLE.fullmatch(part):
        return True
    bare = re.sub(r"\s*[(（][^()（）]*[)）]$", "", part)
    return bool(NAME.fullmatch(bare)) and not (re.search(r"[\u3400-\u9fff]", bare) and PARTICLES.search(bare[1:-1]))


def with_credit(line: str) -> tuple[str, str]:
    """A caption's line as caption and credit: the Latin letters or agency after the last full stop or closing bracket."""
    for place in range(len(line) - 2, -1, -1):
        credit = line[place + 1 :]
        if line[place] in CLOSERS and CREDIT.fullmatch(credit) and len(credit) <= 120:
            return line[: place + 1], credit
    return line, ""


def read_body(lines: Sequence[Line]) -> tuple[Piece, ...]:
    return tuple(read_piece(line, lines[place + 1] if place + 1 < len(lines) else None) for place, line in enumerate(lines))


def read_piece(line: Line, following: Line | None) -> Piece:
    related = RELATED.fullmatch(line.text)
    if related and len(related["label"]) <= LONGEST_LABEL and not line.text.endswith("。"):
        return Piece("related", related["title"], related["label"])
    stands_alone = line.is_apart and following is not None and following.is_apart
    is_short = len(line.text) <= LONGEST_SUBHEADING and not line.text.endswith(CLOSING) and line.text[0] not in "・─―—-「『<＜"
    return Piece("subheading" if stands_alone and is_short else "paragraph", line.text)
