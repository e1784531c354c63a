"""What each slot shows."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from kawaraban.desk import models
from kawaraban.desk.clock import today
from kawaraban.desk.querysets import private
from kawaraban.pages import reading, when
from kawaraban.pages import slot_contexts as contexts
from kawaraban.pages.cards import card, cards
from kawaraban.pages.contexts import Entry
from kawaraban.pages.cutting import cut_columns
from kawaraban.pages.directories import all_issues, cover
from kawaraban.pages.heads import magazine, style_sheet
from kawaraban.pages.images import image
from kawaraban.pages.made_from import DAY, HOUR, note
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.rendering import rendered
from kawaraban.pages.ruby import ruby_text
from kawaraban.pages.suggesting import script as suggesting_script
from kawaraban.pages.values import Link
from kawaraban.pages.wire import ADDRESS as WIRE_ADDRESS
from kawaraban.pages.wire import entry
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import MostRead, most_read
from kawaraban.search.query import LENGTH
from kawaraban.wires.models import Banner, WireItem

TOPICS, BANNERS = 12, 2


def style() -> contexts.Style:
    return contexts.Style(style_sheet())


def beacon() -> contexts.Beacon:
    note(HOUR)
    return contexts.Beacon(reading.token(timezone.now()), reading.script())


def banner() -> contexts.Banner:
    current = Banner.objects.current(timezone.now()).select_related("item")
    return contexts.Banner(tuple(banner_line(found) for found in current[:BANNERS]))


def banner_line(found: Banner) -> contexts.BannerLine:
    level = Banner.Level(found.level)
    address = f"{WIRE_ADDRESS}/{found.item_id}" if found.item_id else ""
    return contexts.BannerLine(found.text, str(level.label), level.name.lower(), address, when.list_date(found.starts), when.iso(found.starts))


def masthead() -> contexts.Masthead:
    front = magazine()
    note(DAY)
    return contexts.Masthead(front.title, front.latin, front.tagline, when.day(timezone.now()), section_links(), LENGTH, suggesting_script())


def footer() -> contexts.Footer:
    front = magazine()
    note(DAY)
    children = front.get_children().live().exclude(private())
    directories = children.type(models.Topics, models.Authors, models.Issues, models.Mooks)
    return contexts.Footer(
        name=front.title,
        latin=front.latin,
        publisher=front.publisher or front.title,
        year=today().year,
        sections=section_links(),
        directories=tuple(Link(page.title, f"/{page.slug}") for page in directories),
        notices=tuple(Link(page.title, f"/{page.slug}") for page in children.type(models.Notice)),
    )


def section_links() -> tuple[Link, ...]:
    return tuple(Link(section.title, section.address) for section in models.Section.objects.shown().order_by("path"))


def latest() -> contexts.Latest:
    newest = models.Article.objects.published().editorial().newest_first().for_cards()
    return contexts.Latest(cards(newest[: settings.KAWARABAN.lists.latest]))


def wire() -> contexts.Wire:
    flashed = WireItem.objects.flashed()[: settings.KAWARABAN.lists.wire]
    return contexts.Wire(tuple(entry(item, cut=True) for item in flashed), WIRE_ADDRESS)


def current_magazine() -> contexts.Magazine:
    note(DAY)
    current = all_issues().filter(on_sale_date__lte=today()).first()
    return contexts.Magazine(cover(current) if current else None, directory_address(models.Issues))


def newsletter() -> contexts.Newsletter:
    return contexts.Newsletter(magazine().newsletter_blurb)


def rankings() -> contexts.Rankings:
    length = settings.KAWARABAN.lists.ranking
    lists = (ranking(window, most_read(window, length)) for window in Window)
    return contexts.Rankings(tuple(found for found in lists if found.ranked))


def section_rankings(section_key: int) -> contexts.SectionRankings:
    """The list of the shortest time that is full, else the fullest."""
    section = models.Section.objects.get(pk=section_key)
    length = settings.KAWARABAN.lists.ranking
    found = [(window, most_read(window, length, section_key)) for window in Window]
    window, fullest = max(found, key=lambda one: len(one[1].articles))
    return contexts.SectionRankings(Link(section.title, section.address), ranking(window, fullest) if fullest.articles else None)


def ranking(window: Window, found: MostRead) -> contexts.Ranking:
    places = tuple(ranked(place, article) for place, article in enumerate(found.articles, 1))
    return contexts.Ranking(window.value, str(window.label), places, when.article_date(found.as_of) if found.as_of else "")


def ranked(rank: int, article: models.Article) -> contexts.Ranked:
    """A place in a list. What is cut is set plainly: a cut title has no phrases to keep together."""
    lists = settings.KAWARABAN.lists
    is_whole = rank <= lists.ranking_whole
    title = broken_at_phrases(article.full_headline) if is_whole else ruby_text(cut_columns(article.full_headline, lists.ranking_columns))
    return contexts.Ranked(rank, card(article), title, is_whole)


def topics() -> contexts.Topics:
    found = models.Topic.objects.shown().filter(is_featured=True).order_by("path")[:TOPICS]
    return contexts.Topics(tuple(contexts.Topic(topic.title, topic.address, topic.is_sponsored) for topic in found))


def mook() -> contexts.Mook:
    found = models.Mook.objects.shown().filter(is_on_sale=True).select_related("cover").prefetch_related("cover__renditions").order_by("path")[:4]
    return contexts.Mook(
        tuple(Entry(item.title, item.address, "", item.blurb, image(item.cover, "cover")) for item in found), directory_address(models.Mooks)
    )


def directory_address(kind: type[models.ReaderPage]) -> str:
    page = kind.objects.shown().first()
    return page.address if page else ""


# Slot → what makes its context; one that takes an argument is printed once for each (the key of a section).
SLOTS: dict[str, Callable[..., Any]] = {
    "style": style,
    "beacon": beacon,
    "banner": banner,
    "masthead": masthead,
    "latest": latest,
    "wire": wire,
    "magazine": current_magazine,
    "newsletter": newsletter,
    "rankings": rankings,
    "section_rankings": section_rankings,
    "topics": topics,
    "mook": mook,
    "footer": footer,
}


def slot_html(name: str, *scope: int) -> str:
    """A slot as HTML, for a scope when it has one."""
    return rendered(SLOTS[name](*scope), "slots/")
