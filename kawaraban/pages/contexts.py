"""The context of every kind of page: what its template sees, and nothing else.

The class name in snake case is the template: FrontPage → pages/front_page.html.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from kawaraban.pages.inset_contexts import OnThis, Picks, Related
from kawaraban.pages.values import Block, Card, Credited, Image, Link, Paging, told


@dataclass(frozen=True)
class Head:
    """What stands in a page's <head>, and its place in the site."""

    title: str = told("Title of the page alone.")
    site_name: str = told("Name of the magazine.")
    language: str = told("Language of the page.")
    description: str = told("One or two sentences for search engines and shared links.")
    canonical: str = told("The page's whole address.")
    feed: str = told("Address of the feed that belongs to the page.")
    kind: str = told("Open Graph type.", default="website")
    image: str = told("Whole address of the picture for shared links, or empty.", default="")
    image_alt: str = told("Its alternative text.", default="")
    published: str = told("ISO date of publication, or empty.", default="")
    modified: str = told("ISO date of the last change, or empty.", default="")
    section: str = told("Section of an article, or empty.", default="")
    is_hidden: bool = told("Kept out of search engines.", default=False)
    previous: str = told("Address of the page before in a listing or an article.", default="")
    following: str = told("Address of the page after.", default="")
    data: tuple[dict[str, Any], ...] = told("JSON-LD objects.", default=())


@dataclass(frozen=True)
class Page:
    head: Head = told("Head of the page.")
    crumbs: tuple[Link, ...] = told("Way from the front page, the front page left out.")


@dataclass(frozen=True)
class Band:
    """A section on the front page."""

    section: Link = told("The section.")
    latin: str = told("Its name in Latin letters.")
    first: Card = told("Its newest article.")
    cards: tuple[Card, ...] = told("The next ones.")


@dataclass(frozen=True)
class FrontPage(Page):
    name: str = told("Name of the magazine.")
    tagline: str = told("Its tagline.")
    hero: Card | None = told("The story that leads, or nothing in an empty magazine.")
    leads: tuple[Card, ...] = told("The other leading stories.")
    bands: tuple[Band, ...] = told("The sections' newest.")


@dataclass(frozen=True)
class Article(Page):
    kicker: str = told("Kicker.")
    headline: SafeString = told("Headline, with its breaks between phrases.")
    deck: SafeString = told("Deck, or empty.")
    dash: str = told("What stands between the two.")
    original_title: str = told("Headline of the original, or empty.")
    original_language: str = told("Its language.")
    original_address: str = told("Its address, or empty.")
    date: str = told("Date of publication.")
    iso_date: str = told("The same for <time>.")
    modified: str = told("Date of the last change when it came a day or more later, or empty.")
    iso_modified: str = told("The same for <time>.")
    minutes: int = told("Reading time in minutes.")
    credits: tuple[Credited, ...] = told("Who had a hand in it.")
    is_sponsored: bool = told("Paid for.")
    sponsor: str = told("By whom.")
    image: Image | None = told("Picture above the text.")
    lead: SafeString = told("Lead, without its brackets.")
    blocks: tuple[Block, ...] = told("The text of this page of the article.")
    author_note: str = told("Note after the last page, or empty.")
    topics: tuple[Link, ...] = told("Topics and series.")
    about: str = told("What its insets are about, such as page:12; empty before it is saved.")
    picks: Picks = told("The inset under the text: what to read next.")
    related: Related = told("The inset under the flash list: what else to read.")
    number: int = told("Page of the article, from 1; 0 for all on one page.")
    count: int = told("Pages of the article.")
    page_links: tuple[Link, ...] = told("Its pages: number and address.")
    following: str = told("Address of the next page, or empty.")
    following_title: str = told("First subheading of the next page, or empty.")
    whole: str = told("Address of the whole article on one page, or empty.")
    share_links: tuple[Link, ...] = told("Where to share it: plain links, no script.")
    is_stub: bool = told("Only its headline is known, from an import.")
    seal: str = told("Its key, signed, for the script that tells that it was read; empty when reads aren't counted.")


@dataclass(frozen=True)
class Listing(Page):
    """Any list of articles: a section, the latest, a topic, an author's."""

    title: str = told("Name of the listing.")
    label: str = told("What kind it is, such as 連載; may be empty.")
    latin: str = told("Its name in Latin letters, or empty.")
    description: str = told("Sentences at its head, or empty.")
    sponsor: str = told("Who pays for it, or empty.")
    image: Image | None = told("Picture or portrait, or nothing.")
    is_person: bool = told("About a person: the picture is a portrait.")
    is_numbered: bool = told("A series: its articles in their order.")
    section_key: int = told("For the slot “section_rankings”; 0 for what is no section.")
    cards: tuple[Card, ...] = told("The articles of this page.")
    paging: Paging = told("Where one is.")


@dataclass(frozen=True)
class Entry:
    """A thing in a directory."""

    title: str = told("Its name.")
    address: str = told("Its path.")
    label: str = told("Kind or position, may be empty.")
    text: str = told("A sentence or two.")
    image: Image | None = told("Picture, or nothing.")


@dataclass(frozen=True)
class Directory(Page):
    """The list of topics, authors or mooks."""

    title: str = told("Its name.")
    shape: str = told("topics, authors or mooks.")
    entries: tuple[Entry, ...] = told("What it lists.")


@dataclass(frozen=True)
class Cover:
    """An issue as lists show it."""

    title: str = told("Main cover line with 特集：.")
    line: str = told("Main cover line alone.")
    address: str = told("Its path.")
    dates: str = told("Cover date and on-sale date.")
    image: Image | None = told("Cover.")
    lines: tuple[str, ...] = told("Further cover lines.")
    blurb: str = told("Sentence on the main story.")


@dataclass(frozen=True)
class Issues(Page):
    title: str = told("Its name.")
    covers: tuple[Cover, ...] = told("The issues of this page, newest first.")
    paging: Paging = told("Where one is.")


@dataclass(frozen=True)
class ContentsEntry:
    title: str = told("Title.")
    address: str = told("Path of the article, or empty.")
    page: int | None = told("Page in the paper.")


@dataclass(frozen=True)
class ContentsPart:
    heading: str = told("Heading, may be empty.")
    entries: tuple[ContentsEntry, ...] = told("Its lines.")


@dataclass(frozen=True)
class Issue(Page):
    cover: Cover = told("The issue.")
    parts: tuple[ContentsPart, ...] = told("Contents.")
    newer: Link | None = told("The issue after it.")
    older: Link | None = told("The issue before it.")


@dataclass(frozen=True)
class Mook(Page):
    title: str = told("Title.")
    image: Image | None = told("Cover.")
    blurb: str = told("What it is about.")
    contents: tuple[str, ...] = told("Contents.")
    facts: tuple[tuple[str, str], ...] = told("Name and value: on sale since, price, pages.")
    is_on_sale: bool = told("Can be bought now.")


@dataclass(frozen=True)
class Notice(Page):
    title: str = told("Title.")
    html: SafeString = told("Text.")


@dataclass(frozen=True)
class WireEntry:
    """A wire item in a list."""

    title: str = told("Headline.")
    address: str = told("Path of the item.")
    section: str = told("The agency's section.")
    time: str = told("Time, or the date when it isn't of today.")
    iso_time: str = told("The same for <time>.")


@dataclass(frozen=True)
class Wire(Page):
    title: str = told("Its name.")
    sections: tuple[Link, ...] = told("The agencies' sections.")
    current: str = told("The section chosen, or empty.")
    entries: tuple[WireEntry, ...] = told("The items of this page.")
    paging: Paging = told("Where one is.")


@dataclass(frozen=True)
class WireItem(Page):
    headline: SafeString = told("Headline, with its breaks between phrases.")
    language: str = told("Its language.")
    agency: str = told("Who sent it.")
    date: str = told("When it was published.")
    iso_date: str = told("The same for <time>.")
    byline: str = told("Who wrote it, or empty.")
    dateline: str = told("Where it was written, as it begins the text; or empty.")
    correction: str = told("That the agency has corrected it, and when; empty when it does not ask for that.")
    correction_text: str = told("The agency’s words about the correction, or empty.")
    paragraphs: tuple[str, ...] = told("Its text.")
    credit: str = told("The agency's copyright notice, or empty.")
    address_at_agency: str = told("Where the agency shows it, or empty.")
    others: tuple[Link, ...] = told("The same story of other agencies, or in other formats.")
    about: str = told("What its inset is about, such as wire:7.")
    on_this: OnThis = told("The inset under it: the magazine's articles on this.")


@dataclass(frozen=True)
class RankingPage(Page):
    """The most-read lists with a page of their own; the lists themselves are the slot."""

    title: str = told("Its name.")


@dataclass(frozen=True)
class SearchResult:
    """A piece that a search has found."""

    kind: str = told("article, wire, topic, author or issue.")
    label: str = told("Kicker of an article, what was asked for in <mark>; kind of anything else; may be empty.")
    headline: SafeString = told("Headline with its breaks between phrases, what was asked for in <mark>.")
    address: str = told("Path.")
    language: str = told("Language of the headline, or empty for the page's.")
    original: str = told("Headline of an article's original, what was asked for in <mark>; or empty.")
    original_language: str = told("Its language.")
    extract: SafeString = told("The text around the first match, what was asked for in <mark>.")
    place: str = told("Section and agency, a person's position, an issue's dates; may be empty.")
    byline: str = told("By whom an article is, when that is what was asked for, in <mark>; else empty.")
    date: str = told("Date, or empty.")
    iso_date: str = told("The same for <time>.")
    is_sponsored: bool = told("Paid for: the PR label stands beside the headline.")
    image: Image | None = told("Picture, or nothing.")


@dataclass(frozen=True)
class Choice:
    """One of several things that results can be narrowed to or ordered by."""

    title: str = told("Its name.")
    address: str = told("The search with it, from its first page.")
    count: int = told("Results that have it, 0 when nobody counted.")
    is_chosen: bool = told("Is what the page shows.")


@dataclass(frozen=True)
class SearchFacet:
    title: str = told("Section, topic, author or year.")
    choices: tuple[Choice, ...] = told("Its values, those with the most results first.")


@dataclass(frozen=True)
class SearchPage(Page):
    """Made when it is asked for, not printed; its slots are filled as on any page."""

    text: str = told("What is looked for, or empty.")
    longest: int = told("Characters that it may have.")
    hidden: tuple[tuple[str, str], ...] = told("Names and values that the form keeps: what the results are narrowed to.")
    order: str = told("The order chosen, for the form; empty for best first.")
    since: str = told("First day, or empty.")
    until: str = told("Last day, or empty.")
    fault: str = told("Why nothing was looked for, or empty.")
    count: str = told("How many results there are, in words; empty when nothing was looked for.")
    notices: tuple[str, ...] = told("That words were left out, that the index is being made.")
    meant: Link | None = told("What may have been meant, or nothing.")
    kinds: tuple[Choice, ...] = told("All, articles, wire items and so on, as far as there are any.")
    orders: tuple[Choice, ...] = told("Best first, newest first.")
    chosen: tuple[Link, ...] = told("What the results are narrowed to: name, and address of the search without it.")
    facets: tuple[SearchFacet, ...] = told("What they can be narrowed to.")
    results: tuple[SearchResult, ...] = told("The results of this page.")
    is_empty: bool = told("Something was looked for and nothing was found.")
    is_filling: bool = told("The index is being made: there is more than can be found yet.")
    feed: str = told("Address of the search's feed, or empty.")
    paging: Paging = told("Where one is.")


@dataclass(frozen=True)
class NewsletterPage(Page):
    title: str = told("Its name.")
    blurb: str = told("The invitation.")
    address: str = told("What the reader typed.")
    fault: str = told("What is wrong with it, or empty.")
    is_done: bool = told("The address is stored.")


@dataclass(frozen=True)
class Trouble(Page):
    """404, 410: a page in place of one that isn't to be had."""

    status: int = told("HTTP status.")
    title: str = told("What happened.")
    text: str = told("What the reader can do.")
