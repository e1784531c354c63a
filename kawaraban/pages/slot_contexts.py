"""The context of every slot: a piece shared by pages.

The class name in snake case is the slot and its template: pages/slots/<slot>.html.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from kawaraban.pages.contexts import Cover, Entry, WireEntry
from kawaraban.pages.values import Card, Link, told


@dataclass(frozen=True)
class Style:
    css: SafeString = told("The style sheets, squeezed.")


@dataclass(frozen=True)
class Beacon:
    """In the head of articles: what tells that one was read. Nothing at all when reads aren't counted."""

    token: str = told("The hour's token, without which no read is taken.")
    script: SafeString = told("The script, named in the policy by its hash.")


@dataclass(frozen=True)
class BannerLine:
    text: str = told("What an editor has raised.")
    label: str = told("速報 or the like, by its level.")
    level: str = told("news, breaking or emergency.")
    address: str = told("Path of the wire item that it was raised from, or empty.")
    time: str = told("Since when, as lists show it.")
    iso_time: str = told("The same for <time>.")


@dataclass(frozen=True)
class Banner:
    """速報: what stands over every page while it lasts. Nothing at all when there is none."""

    lines: tuple[BannerLine, ...] = told("The most urgent first.")


@dataclass(frozen=True)
class Masthead:
    name: str = told("Name of the magazine.")
    latin: str = told("Its name in Latin letters.")
    tagline: str = told("Its tagline.")
    day: str = told("Today.")
    sections: tuple[Link, ...] = told("The sections.")
    longest: int = told("Characters that may be looked for.")
    script: SafeString = told("The script that suggests while one is typing, named in the policy by its hash.")


@dataclass(frozen=True)
class Footer:
    name: str = told("Name of the magazine.")
    latin: str = told("Its name in Latin letters.")
    publisher: str = told("Who publishes it.")
    year: int = told("Year of the copyright notice.")
    sections: tuple[Link, ...] = told("The sections.")
    directories: tuple[Link, ...] = told("Topics, authors, issues, mooks.")
    notices: tuple[Link, ...] = told("About us, rights and the like.")


@dataclass(frozen=True)
class Latest:
    cards: tuple[Card, ...] = told("The newest articles of all sections.")


@dataclass(frozen=True)
class Wire:
    entries: tuple[WireEntry, ...] = told("The newest wire items, their titles cut.")
    address: str = told("The whole list.")


@dataclass(frozen=True)
class Magazine:
    cover: Cover | None = told("The current issue, or nothing.")
    address: str = told("The list of issues.")


@dataclass(frozen=True)
class Newsletter:
    blurb: str = told("The invitation, may be empty.")


@dataclass(frozen=True)
class Ranked:
    rank: int = told("Place in the list.")
    card: Card = told("The article.")
    title: SafeString = told("Its headline, cut to the columns that the rank has.")
    is_whole: bool = told("Not cut: one of the first ranks, shown with its picture.")


@dataclass(frozen=True)
class Ranking:
    window: str = told("24h, 7d or 30d.")
    name: str = told("Its name, such as 24時間.")
    ranked: tuple[Ranked, ...] = told("First rank first.")
    as_of: str = told("When it was reckoned, if too little has been read since to say something new; else empty.")


@dataclass(frozen=True)
class Rankings:
    lists: tuple[Ranking, ...] = told("The lists that have entries.")


@dataclass(frozen=True)
class SectionRankings:
    """For one section: what was read most in it, in the shortest time in which there is enough."""

    section: Link = told("The section.")
    list: Ranking | None = told("Its list, or nothing.")


@dataclass(frozen=True)
class Topic:
    title: str = told("Name.")
    address: str = told("Path.")
    is_sponsored: bool = told("PR label.")


@dataclass(frozen=True)
class Topics:
    topics: tuple[Topic, ...] = told("Hubs, series and sponsored series shown on every page.")


@dataclass(frozen=True)
class Mook:
    mooks: tuple[Entry, ...] = told("Special issues on sale.")
    address: str = told("The list of mooks.")
