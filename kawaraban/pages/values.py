"""The shapes that pages and slots are made of. Every text is plain unless its type is SafeString."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString


def told(help: str, **options: Any) -> Any:  # noqa: A002
    """A field of a context with the help that the reference page prints."""
    return field(metadata={"help": help}, **options)


@dataclass(frozen=True)
class Link:
    title: str = told("Text of the link.")
    address: str = told("Path on this site, or a whole address.")


@dataclass(frozen=True)
class Source:
    mime: str = told("image/avif or image/webp.")
    widths: str = told("The srcset: addresses with their widths.")


@dataclass(frozen=True)
class Image:
    """A picture in the sizes that a page needs."""

    alt: str = told("What one sees.")
    sources: tuple[Source, ...] = told("One a file format, best first.")
    address: str = told("The largest, for <img> itself.")
    width: int = told("Pixels of the largest.")
    height: int = told("Pixels of the largest.")
    sizes: str = told("The sizes attribute.")
    caption: str = told("The sentence under it.", default="")
    credit: str = told("Who took or owns it.", default="")
    is_first: bool = told("In view when the page opens: loaded at once, others when they come near.", default=False)


@dataclass(frozen=True)
class Card:
    """An article in a list."""

    headline: SafeString = told("Headline with its breaks between phrases.")
    title: str = told("Headline as plain text.")
    address: str = told("Path of the article.")
    date: str = told("Date as lists show it.")
    iso_date: str = told("Date for <time>.")
    kicker: str = told("Kicker, may be empty.", default="")
    lead: str = told("Lead, may be empty.", default="")
    section: Link | None = told("Section, or nothing.", default=None)
    is_sponsored: bool = told("Paid for: the PR label stands beside the headline.", default=False)
    image: Image | None = told("Picture, or nothing.", default=None)


@dataclass(frozen=True)
class Credited:
    """Somebody who had a hand in an article."""

    name: str = told("Name.")
    address: str = told("Path of the author's page, empty when it isn't public.")
    role: str = told("author, translator, photographer or editor.")
    role_name: str = told("The role in the reader's language; empty for authors.")


@dataclass(frozen=True)
class Paging:
    """Where one is in a listing."""

    number: int = told("This page, from 1.")
    count: int = told("All pages.")
    previous: str = told("Address of the page before, or empty.")
    following: str = told("Address of the page after, or empty.")
    pages: tuple[tuple[int, str], ...] = told("Neighbouring pages: number and address; number 0 stands for a gap.")


# The blocks of a body. `kind` chooses the template pages/blocks/<kind>.html.


@dataclass(frozen=True)
class Paragraph:
    html: SafeString = told("One or more paragraphs as HTML.")
    kind: str = "paragraph"


@dataclass(frozen=True)
class Subheading:
    text: str = told("The subheading.")
    kind: str = "subheading"


@dataclass(frozen=True)
class Related:
    label: str = told("【動画】 or the like, may be empty.")
    title: str = told("Title of the piece.")
    address: str = told("Its address; empty when it has none.")
    kind: str = "related_link"


@dataclass(frozen=True)
class Figure:
    image: Image = told("Picture with caption and credit.")
    kind: str = "figure"


@dataclass(frozen=True)
class Quotation:
    text: str = told("What was said.")
    source: str = told("By whom or where, may be empty.")
    kind: str = "quotation"


@dataclass(frozen=True)
class Embed:
    title: str = told("What readers find there.")
    address: str = told("Where it is.")
    host: str = told("The other site's name.")
    kind: str = "embed"


Block = Paragraph | Subheading | Related | Figure | Quotation | Embed
