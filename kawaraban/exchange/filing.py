"""Filing a captured page: everything on it that the magazine does not have yet."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from html import escape

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from kawaraban.desk.actions.found import found
from kawaraban.desk.actions.place import place
from kawaraban.desk.models import Article, Author, Authors, Byline, Front, Issue, Issues, Mook, Mooks, Pick, Picture, Section, Topic, Topics
from kawaraban.desk.slugs import RESERVED
from kawaraban.exchange.capture import Capture, Cover, Flash, Special, Subject
from kawaraban.exchange.capture_story import Piece, Story
from kawaraban.exchange.headlines import Entry, Headlines, is_cut, sameness
from kawaraban.exchange.placeholder import placeholder
from kawaraban.exchange.publishing import AnyPage, publish, put
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported
from kawaraban.wires.models import WireItem

FALLBACK_SECTION = "ニュース"
SPECIAL = re.compile(r"^特集\s*[：:]\s*")
LANDSCAPE, COVER = (1600, 1000), (900, 1200)
MOST_PICKS = 8


class NoMagazine(LookupError):
    """This home holds no magazine yet. Make one with: kawaraban init FOLDER"""

    def __str__(self) -> str:
        return str(type(self).__doc__)


@dataclass(frozen=True)
class Made:
    """What an import made, and the page's article. An article filled from its stub counts as made; completed are stubs' titles."""

    article: Article
    articles: int = 0
    stubs: int = 0
    completed: int = 0
    sections: int = 0
    authors: int = 0
    pictures: int = 0
    wire_items: int = 0
    issues: int = 0
    mooks: int = 0
    topics: int = 0
    rankings: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {name: value for name, value in vars(self).items() if name != "article"}

    @property
    def is_nothing(self) -> bool:
        return not any(self.counts.values())


@dataclass
class Filing:
    """One import: where a page's contents go, what is known there already, and what has been made so far."""

    front: Front
    section_names: tuple[str, ...]
    headlines: Headlines
    made: Counter[str] = field(default_factory=Counter)
    pictures: list[Picture] = field(default_factory=list)

    def section(self) -> Section:
        """The first section of one of the names; none there, one with the last name is made."""
        present: dict[str, Section] = {sameness(section.title): section for section in Section.objects.child_of(self.front)}
        for name in self.section_names:
            if section := present.get(sameness(name)):
                return section
        made = Section(title=self.section_names[-1])
        if (slug := made.slug_base()) in RESERVED:
            made.slug = f"{slug}-desk"
        self.made["sections"] += 1
        return put(self.front, made)


def file(capture: Capture, section_name: str | None = None) -> Made:
    """Makes what is on a captured page and not yet here; a second time, nothing.

    Without a section's name the article goes to the section named like the
    page's listing, or else to ニュース. Raises NoMagazine.
    """
    front = Front.objects.first()
    if front is None:
        raise NoMagazine
    names = (section_name,) if section_name else (capture.story.listing, FALLBACK_SECTION)
    with transaction.atomic():
        filing = Filing(found(front.title), names, known_headlines())
        with files_only_if_kept(filing):
            article = file_article(filing, capture)
            file_wire(filing, capture.wire, article.published_at)
            for cover in capture.issues:
                file_issue(filing, cover)
            file_rankings(filing, capture.rankings)
            file_topics(filing, capture.topics)
            file_mooks(filing, capture.mooks, capture.mooks_are_on_sale)
    return Made(article=article, **filing.made)


@contextmanager
def files_only_if_kept(filing: Filing) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for picture in filing.pictures:
            picture.file.delete(save=False)
        raise


def known_headlines() -> Headlines:
    """All articles' headlines, hidden ones too: what was withdrawn must not come back as a stub."""
    rows = Article.objects.order_by("published_at", "pk").values_list("pk", "title", "deck", "published_at", "live")
    entries = [Entry(key, title, deck, is_stub=live and published is None) for key, title, deck, published, live in rows]
    return Headlines(sorted(entries, key=lambda entry: not entry.is_stub))


def file_article(filing: Filing, capture: Capture) -> Article:
    story = capture.story
    published = timezone.make_aware(story.published, timezone.get_default_timezone())
    if present := same_article(story, published):
        return present
    own = sameness(story.full_headline)
    picked = [article_titled(filing, title) for title in capture.picks[:MOST_PICKS] if sameness(title) != own]
    stubs = Headlines(entry for entry in filing.headlines.entries.values() if entry.is_stub)
    stub = stubs.find(story.full_headline)
    article = Article.objects.get(pk=stub.key) if stub else Article()
    article.section = filing.section()
    fill(filing, article, story)
    article.published_at = published
    article.picks = [Pick(picked_id=key) for key in picked if key != article.pk]
    if stub:
        publish(article, published)
        article = place(Article.objects.get(pk=article.pk))
    else:
        put(article.section.month_of(published), article, published)
    filing.headlines.add(Entry(article.pk, article.title, article.deck))
    filing.made["articles"] += 1
    return article


def same_article(story: Story, published: datetime) -> Article | None:
    """The article of that minute with the same headline, or with the same lead under a headline changed since."""
    headline, lead = (sameness(story.headline), sameness(story.deck)), sameness(story.lead)
    article: Article
    for article in Article.objects.filter(published_at=published):
        if (sameness(article.title), sameness(article.deck)) == headline or (lead and sameness(article.lead) == lead):
            return article
    return None


def fill(filing: Filing, article: Article, story: Story) -> None:
    article.title = article.draft_title = story.headline
    article.deck = story.deck
    article.kicker = story.kicker
    article.original_title = story.original_title
    article.original_language = "en" if story.original_title.isascii() and story.original_title else ""
    article.lead = story.lead
    article.body = [block(piece) for piece in story.body]
    article.bylines = [Byline(author=author_named(filing, byline.name), role=byline.role) for byline in story.bylines]
    if photo := story.photo:
        words = {"alt": photo.alt, "caption": photo.caption, "credit": photo.credit}
        article.picture = stand_in(filing, photo.alt or story.headline, LANDSCAPE, **words)


def block(piece: Piece) -> tuple[str, object]:
    match piece.kind:
        case "related":
            return "related", {"label": piece.label, "title": piece.text, "article": None, "address": ""}
        case "subheading":
            return "subheading", piece.text
    return "paragraph", RichText(f"<p>{escape(piece.text, quote=False)}</p>")


def author_named(filing: Filing, name: str) -> Author:
    authors = Authors.objects.child_of(filing.front).get()
    if present := titled(Author, authors, name):
        return present
    filing.made["authors"] += 1
    return put(authors, Author(title=name))


def titled(kind: type[AnyPage], parent: Page, title: str) -> AnyPage | None:
    wanted = sameness(title)
    keys = (key for key, name in kind.objects.child_of(parent).values_list("pk", "title") if sameness(name) == wanted)
    present: AnyPage | None = kind.objects.filter(pk=next(keys, None)).first()
    return present


def stand_in(filing: Filing, title: str, size: tuple[int, int], **words: str) -> Picture:
    """A drawn picture in place of one whose file did not come along."""
    data = placeholder(title, *size)
    name = f"placeholder-{sha256(title.encode()).hexdigest()[:12]}.png"
    picture = Picture(title=title[:255], file=ContentFile(data, name=name), file_size=len(data), is_placeholder=True, **words)
    filing.pictures.append(picture)
    picture.save()
    filing.made["pictures"] += 1
    return picture


def article_titled(filing: Filing, title: str, besides: Iterable[int] = ()) -> int:
    """The key of the article that a list's title names; a stub is made when there is none, its title completed when it can be."""
    entry = filing.headlines.find(title, set(besides))
    if entry is None:
        section = filing.section()
        stub = put(section.month_of(), Article(title=title, section=section, awaits_text=True))
        entry = Entry(stub.pk, title, is_stub=True)
        filing.headlines.add(entry)
        filing.made["stubs"] += 1
        return entry.key
    if entry.is_cut and (not is_cut(title) or len(title) > len(entry.title)):
        complete(entry.key, title)
        filing.headlines.add(Entry(entry.key, title, is_stub=True))
        filing.made["completed"] += 1
    return entry.key


def complete(key: int, title: str) -> None:
    """Gives a stub its longer title. A draft that somebody has begun from the stub is left as it is."""
    stub = Article.objects.get(pk=key)
    is_begun = stub.has_unpublished_changes
    stub.title = stub.draft_title = title
    if is_begun:
        stub.save(clean=False, update_fields=["title"])
    else:
        publish(stub)


def file_wire(filing: Filing, wire: Iterable[Flash], published: datetime) -> None:
    """The flash list; its times, which the page does not give, keep its order: a minute earlier with each place."""
    for minutes, flash in enumerate(wire, 1):
        digest = sha256(f"{flash.section}\n{flash.title}".encode()).hexdigest()[:40]
        told = {"section": flash.section, "headline": flash.title, "published": published - timedelta(minutes=minutes)}
        _, is_new = WireItem.objects.get_or_create(guid=f"capture:{digest}", defaults=told)
        filing.made["wire_items"] += is_new


def file_issue(filing: Filing, cover: Cover) -> None:
    issues = Issues.objects.child_of(filing.front).get()
    if Issue.objects.child_of(issues).filter(cover_date=cover.cover_date).exists():
        return
    line = SPECIAL.sub("", cover.title) or cover.title  # the site sets the word before every main cover line
    issue = Issue(title=line, cover_date=cover.cover_date, on_sale_date=cover.on_sale_date, blurb=cover.blurb)
    issue.cover_lines = "\n".join(cover.further_lines)
    issue.cover = stand_in(filing, cover.title, COVER, alt=cover.alt)
    put(issues, issue)
    filing.made["issues"] += 1


def file_rankings(filing: Filing, rankings: tuple[tuple[str, ...], ...]) -> None:
    for window, titles in zip(Window, rankings, strict=False):
        keys: dict[int, int] = {}
        for rank, title in sorted(enumerate(titles), key=lambda ranked: is_cut(ranked[1])):
            keys[rank] = article_titled(filing, title, besides=keys.values())
        articles = Article.objects.in_bulk(keys.values())
        filing.made["rankings"] += replace_imported(window, [articles[keys[rank]] for rank in sorted(keys)])


def file_topics(filing: Filing, subjects: Iterable[Subject]) -> None:
    topics = Topics.objects.child_of(filing.front).get()
    for subject in subjects:
        if titled(Topic, topics, subject.title) is None:
            put(topics, Topic(title=subject.title, kind=subject.kind, sponsor=subject.title if subject.kind == "sponsored" else ""))
            filing.made["topics"] += 1


def file_mooks(filing: Filing, specials: Iterable[Special], is_on_sale: bool) -> None:
    mooks = Mooks.objects.child_of(filing.front).get()
    for special in specials:
        if titled(Mook, mooks, special.title) is None:
            put(mooks, Mook(title=special.title, cover=stand_in(filing, special.title, COVER, alt=special.alt), is_on_sale=is_on_sale))
            filing.made["mooks"] += 1
