"""What of the magazine is searched: an article, wire item, topic, author or issue as the index takes it. Nothing that its page doesn't show."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from html import unescape
from typing import Any

from django.utils import timezone

from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Author, Byline, Issue, Picture, Topic
from kawaraban.desk.ruby import readings, without_ruby
from kawaraban.search.document import Document
from kawaraban.search.site.visible import id_of
from kawaraban.wires.models import WireItem

END_OF_LINE, TAG = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE), re.compile(r"<[^>]*>")
Marks = dict[str, tuple[str, ...]]


def documents(things: Iterable[Any]) -> list[Document]:
    """Of things of one kind or several; in a fixed number of queries for many."""
    found = list(things)
    articles = [thing for thing in found if isinstance(thing, Article)]
    if not articles:
        return [document(thing, {}) for thing in found]
    authors = names(byline.author_id for article in articles for byline in article.bylines.all())
    return [document(thing, authors) for thing in found]


def document(thing: Any, authors: dict[int, str]) -> Document:
    """authors: the names of an article's, by key."""
    if isinstance(thing, Article):
        return of_article(thing, authors)
    if isinstance(thing, WireItem):
        return of_wire(thing)
    if isinstance(thing, Topic):
        return Document(id_of(thing), thing.title, thing.blurb, marks={"kind": ("topic",), **paid(thing)})
    if isinstance(thing, Author):
        told, spelled = joined([thing.job, thing.biography]), joined([thing.reading, thing.latin])
        return Document(id_of(thing), thing.title, told, more=spelled, marks={"kind": ("author",)})
    return of_issue(thing)


def of_article(article: Article, authors: dict[int, str]) -> Document:
    written_by = [byline.author_id for byline in article.bylines.all()]
    marks: Marks = {
        "kind": ("article",),
        "section": (str(article.section_id),),
        "topic": tuple(str(topic.pk) for topic in article.topics.all()),
        "author": tuple(map(str, dict.fromkeys(written_by))),
        **year(article.published_at),
        **paid(article),
    }
    texts = list(texts_of(article.body))
    caption = article.picture_caption or (article.picture.caption if article.picture else "")
    named = [authors.get(key, "") for key in written_by]
    more = [article.original_title, *named, caption, article.author_note, article.sponsor if article.is_sponsored else ""]
    spoken = [reading for text in (article.title, article.deck, article.lead, *texts) for reading in readings(text)]
    return Document(
        id_of(article),
        without_ruby(joined([article.title, article.deck])),
        without_ruby(joined(texts)),
        article.published_at,
        without_ruby(joined([article.kicker, article.lead])),
        without_ruby(joined([*more, *dict.fromkeys(spoken)])),
        marks,
    )


def of_wire(item: WireItem) -> Document:
    paragraphs = item.body.replace("\n\n", "\n")
    told = joined([item.agency, item.byline, item.dateline, item.notice_text if item.notice else ""])
    marks: Marks = {"kind": ("wire",), "wire_section": (item.section,) if item.section else (), **year(item.published)}
    return Document(id_of(item), item.headline, paragraphs, item.published, more=told, marks=marks)


def of_issue(issue: Issue) -> Document:
    """Of its contents the lines that only the paper has; articles are found by themselves, as long as they may be."""
    told = [text for entry in issue.contents.all() for text in (entry.heading, "" if entry.article_id else entry.title)]
    lines = dict.fromkeys([issue.blurb, *issue.cover_lines.splitlines(), *told])
    day = datetime.combine(issue.on_sale_date, time(), timezone.get_default_timezone()).astimezone(UTC)
    cover_date = f"{issue.cover_date.year}年{issue.cover_date.month}月{issue.cover_date.day}日号"
    return Document(id_of(issue), issue.title, joined(lines), day, more=cover_date, marks={"kind": ("issue",), **year(day)})


def quotable(thing: Any, fields: Sequence[str]) -> tuple[str, ...]:
    """A piece's title, and what a result may quote of it: of the fields as the index has them nothing that the result says besides."""
    title, lead, body, more = fields
    match thing:
        case Article():
            caption = thing.picture_caption or caption_of(thing.picture)
            beside = {line for text in (caption, thing.author_note) for line in without_ruby(text).splitlines()}
            told = joined(line for line in more.splitlines() if line in beside)
            return title, lead.removeprefix(f"{without_ruby(thing.kicker)}\n"), body, told
        case Author():
            return title, body.removeprefix(f"{thing.job}\n")
        case Issue():
            return title, joined(line for line in body.splitlines() if line != title)
    return title, body


def shown_beside(thing: Any, bylines: Mapping[int, str]) -> dict[str, str]:
    """What a result says besides, in which it may have been found: by name."""
    match thing:
        case Article():
            found = {"kicker": thing.kicker, "deck": thing.deck, "original": thing.original_title, "byline": bylines.get(thing.pk, "")}
        case Author():
            found = {"job": thing.job}
        case _:
            found = {}
    return {name: without_ruby(text) for name, text in found.items() if text}


def bylines(things: Iterable[Any]) -> dict[int, str]:
    """Of the articles among some things by whom they are."""
    keys = [thing.pk for thing in things if isinstance(thing, Article)]
    rows = Byline.objects.filter(article__in=keys).order_by("sort_order").values_list("article_id", "author__title") if keys else ()
    found: dict[int, dict[str, None]] = {}
    for key, name in rows:
        found.setdefault(key, {})[name] = None
    return {key: "・".join(names) for key, names in found.items()}


def texts_of(body: Iterable[Any]) -> Iterator[str]:
    """The text of every block. A related link to an article is not its text: that article may be withdrawn any time."""
    for block in body:
        value = block.value
        match block.block_type:
            case "paragraph":
                yield plain(value.source)
            case "subheading":
                yield value
            case "related" if not value["article"]:
                yield value["title"]
            case "picture":
                yield value["caption"] or caption_of(value["picture"])
            case "quotation":
                yield joined([value["text"], value["source"]])
            case "embed":
                yield value["title"]


def caption_of(picture: Picture | None) -> str:
    return picture.caption if picture else ""


def plain(html: str) -> str:
    """The text of a paragraph; tags within a word don't part it."""
    return unescape(TAG.sub("", END_OF_LINE.sub("\n", html))).strip()


def joined(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, texts))


def paid(thing: Article | Topic) -> Marks:
    return {"paid": ("yes",)} if thing.is_sponsored else {}


def year(moment: datetime | None) -> Marks:
    """In the site's time zone."""
    return {"year": (str(local(moment).year),)} if moment else {}


def names(keys: Iterable[int]) -> dict[int, str]:
    """The names of authors. An article names them even when they have no page of their own."""
    return dict(Author.objects.filter(pk__in=set(keys)).values_list("pk", "title"))
