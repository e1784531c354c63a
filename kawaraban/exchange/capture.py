"""The plain text of one captured article page, read into values.

Blocks are known by the marks that stand above them (capture_lines.py), so a
page may lack any of them but the article; lines below a newsletter's
invitation or below 好評発売中 say nothing that a magazine could keep.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kawaraban.exchange.capture_lines import (
    FLASH,
    MAGAZINE,
    MOOK,
    MOST_READ,
    NEWSLETTER,
    ON_SALE,
    RELATED,
    Block,
    Line,
    UnreadableCapture,
    blocks,
    numbered,
    pairs,
    within,
)
from kawaraban.exchange.capture_story import Story, is_latin, read_story
from kawaraban.exchange.headlines import completed, sameness

__all__ = ["Capture", "Cover", "Flash", "Special", "Subject", "UnreadableCapture", "read"]

WINDOWS = 3  # 24 hours, 7 days, 30 days
RANK = re.compile(r"(\d{1,2})[.位]?")
COVER_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日.{0,12}号\s*\((?:\d{4}年)?(\d{1,2})[/月](\d{1,2})日?発売\)")
SERIES = re.compile(r"シーズン\s*\d|第\s*[\d一二三四五六七八九十]+")


@dataclass(frozen=True)
class Flash:
    section: str
    title: str


@dataclass(frozen=True)
class Cover:
    """An issue of the magazine; what the page says of it."""

    alt: str
    title: str
    further_lines: tuple[str, ...]
    cover_date: date
    on_sale_date: date
    blurb: str


@dataclass(frozen=True)
class Subject:
    """A topic hub, a series, or a sponsored series, whose name is its sponsor's."""

    title: str
    kind: Literal["hub", "series", "sponsored"]


@dataclass(frozen=True)
class Special:
    alt: str
    title: str


@dataclass(frozen=True)
class Capture:
    """rankings: titles by rank, for 24 hours, 7 days, 30 days; each as whole as any list of the page shows it."""

    story: Story
    picks: tuple[str, ...]
    wire: tuple[Flash, ...]
    issues: tuple[Cover, ...]
    newsletter: str
    rankings: tuple[tuple[str, ...], ...]
    topics: tuple[Subject, ...]
    mooks: tuple[Special, ...]
    mooks_are_on_sale: bool


def read(text: str) -> Capture:
    """What a captured page says. Raises UnreadableCapture."""
    lines = numbered(text)
    if not lines:
        raise UnreadableCapture("The headline is missing: the file has no line with anything on it. Capture the page again.")
    first, *marked = blocks(lines)
    if not first.lines:
        raise UnreadableCapture(f"The headline is missing: the page begins with {lines[0]}. Capture the page from its top.")
    marks = (RELATED, FLASH, MAGAZINE, NEWSLETTER, MOST_READ, MOOK, ON_SALE)
    by_mark = {mark: [block for block in marked if block.mark == mark] for mark in marks}
    ranks, names = read_most_read([line for block in by_mark[MOST_READ] for line in block.lines])
    picks = distinct(within(line, 255, "title of an article") for block in by_mark[RELATED] for line in block.lines)
    picks, *ranks = completed([picks, *ranks])
    return Capture(
        story=read_story(first.lines),
        picks=tuple(distinct(picks)),
        wire=tuple(flash for block in by_mark[FLASH] for flash in read_wire(block)),
        issues=tuple(read_issue(block) for block in by_mark[MAGAZINE] if block.lines),
        newsletter=next((block.head.text for block in by_mark[NEWSLETTER]), ""),
        rankings=tuple(tuple(titles) for titles in ranks),
        topics=read_topics(names),
        mooks=tuple(mook for block in by_mark[MOOK] for mook in read_mooks(block)),
        mooks_are_on_sale=bool(by_mark[ON_SALE]),
    )


def distinct(titles: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for title in titles:
        found.setdefault(sameness(title), title)
    return list(found.values())


def read_wire(block: Block) -> list[Flash]:
    told = pairs(block.lines, "section", "title", block.head)
    return [Flash(within(section, 60, "section"), within(title, 255, "title")) for section, title in told]


def read_most_read(lines: Sequence[Line]) -> tuple[list[list[str]], list[Line]]:
    """The lists, which begin anew with each rank 1, and the lines after the last title. Other lines between are headings."""
    lists: list[list[str]] = []
    place = after = 0
    while place < len(lines):
        if rank := RANK.fullmatch(lines[place].plain):
            if int(rank[1]) == 1 or not lists:
                lists.append([])
            lists[-1].append(ranked_title(lines, place, int(rank[1]), len(lists[-1]) + 1))
            place = after = place + 1
        place += 1
    if len(lists) > WINDOWS:
        raise UnreadableCapture(
            f"There are {len(lists)} lists of ranks, the last ending with {lines[after]}; a page has {WINDOWS}. Delete those too many."
        )
    return lists, list(lines[after + 1 :] if lists else lines)


def ranked_title(lines: Sequence[Line], place: int, rank: int, expected: int) -> str:
    if rank != expected:
        raise UnreadableCapture(f"Rank {expected} is missing: {lines[place]}, stands where it should. Add the rank and its title.")
    if place + 1 == len(lines) or RANK.fullmatch(lines[place + 1].plain):
        raise UnreadableCapture(f"The title of rank {rank} is missing: no title follows {lines[place]}. Add it below.")
    return within(lines[place + 1], 255, f"title of rank {rank}")


def read_topics(lines: Sequence[Line]) -> tuple[Subject, ...]:
    """The names below the lists: the last ones in Latin letters are sponsored series (each named after its
    sponsor), one with シーズン or 第 and a number is a series, any other a hub."""
    sponsored = 0
    while sponsored < len(lines) and is_latin(lines[-1 - sponsored]):
        sponsored += 1
    first_sponsored = len(lines) - sponsored
    found = []
    for place, line in enumerate(lines):
        title = within(line, 120, "topic's name")
        found.append(Subject(title, "sponsored" if place >= first_sponsored else "series" if SERIES.search(line.plain) else "hub"))
    return tuple(found)


def read_mooks(block: Block) -> list[Special]:
    told = pairs(block.lines, "cover's alternative text", "title", block.head)
    return [Special(within(alt, 200, "cover's alternative text"), within(title, 255, "title of a special issue")) for alt, title in told]


def read_issue(block: Block) -> Cover:
    at = next((place for place, line in enumerate(block.lines) if COVER_DATE.fullmatch(line.plain)), None)
    if at is None:
        raise UnreadableCapture(
            f"The issue's dates are missing: none of the lines after {block.head}, up to {block.lines[-1]}, looks like "
            f"2026年3月10日号(3/3発売). Add such a line below the cover line."
        )
    if at == 0:
        raise UnreadableCapture(
            f"The cover line is missing: nothing stands between {block.head}, and {block.lines[0]}. "
            f"Add the cover's alternative text and its main line."
        )
    cover_date, on_sale_date = issue_dates(block.lines[at])
    above = block.lines[:at]
    title = above[min(1, at - 1)]
    return Cover(
        alt=within(above[0], 200, "cover's alternative text"),
        title=within(title, 255, "cover line"),
        further_lines=tuple(line.text for line in above[2:]),
        cover_date=cover_date,
        on_sale_date=on_sale_date,
        blurb="\n".join(line.text for line in block.lines[at + 1 :]),
    )


def issue_dates(line: Line) -> tuple[date, date]:
    """Cover date and on-sale date; an issue is on sale before the date on its cover, if need be in the year before."""
    dates = COVER_DATE.fullmatch(line.plain)
    year, month, day, sale_month, sale_day = (int(part) for part in dates.groups()) if dates else (0, 0, 0, 0, 0)
    sale_year = year - ((sale_month, sale_day) > (month, day))
    try:
        return date(year, month, day), date(sale_year, sale_month, sale_day)
    except ValueError:
        raise UnreadableCapture(f"The issue's dates are missing: {line}, names a day that does not exist. Correct it.") from None
