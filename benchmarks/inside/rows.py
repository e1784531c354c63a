"""Articles written into the database as rows, under the containers of their section and month; the reference index is left out."""

import itertools
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from benchmarks.inside.model import Models, slug, values_of
from benchmarks.inside.mould import Mould, mould
from kawaraban.conf import Configuration
from kawaraban.desk.models import Article, Byline, Month, Pick, Section
from kawaraban.pages.models import ReadAlso
from kawaraban.search.wording import LONGEST, for_index

CHUNK = 2000
TITLE_CHARACTERS = 27.0


@dataclass
class Shape:
    """What all articles of one model share."""

    article: Article
    body: Mould
    bylines: list[Byline]
    topics: list[int]
    picks: list[Pick]
    related: list[int]


def fill(found: Configuration, models: Models, count: int) -> None:
    with transaction.atomic():
        months = months_for(models, count)
        shapes = {model.key: shape_of(models, model) for model in models.models}
        places = dict.fromkeys(months, 0)
        for numbers in chunks(range(count), CHUNK):
            write([row(models, shapes[models.of(number).key], months, places, number) for number in numbers], shapes, models)
        for (section_key, month), number in places.items():
            Page.objects.filter(pk=months[section_key, month].pk).update(numchild=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def chunks(numbers: range, size: int) -> Iterator[list[int]]:
    rest = iter(numbers)
    while found := list(itertools.islice(rest, size)):
        yield found


def months_for(models: Models, count: int) -> dict[tuple[int, str], Month]:
    """The containers, made when missing; each empty."""
    wanted = {(models.of(number).section_key, models.month(number)): models.moment(number) for number in range(count)}
    sections = Section.objects.in_bulk({key for key, _ in wanted})
    found = {}
    for (key, month), moment in sorted(wanted.items()):
        container = sections[key].month_of(moment)
        found[key, month] = container
    return found


def shape_of(models: Models, model) -> Shape:
    article = Article.objects.get(pk=model.key)
    raw = json.dumps([{**block, "id": str(uuid.uuid4())} for block in article.body.raw_data], ensure_ascii=False)
    paragraphs = [block["value"][3:-4] for block in article.body.raw_data if block["type"] == "paragraph"]
    names = {f"paragraph {place}": text for place, text in enumerate(paragraphs)}
    related = ReadAlso.objects.get(key=f"page:{article.pk}").articles
    topics, picks = [topic.pk for topic in article.topics.all()], list(article.picks.all())
    return Shape(article, mould(raw, names), list(article.bylines.all()), topics, picks, related)


def row(models: Models, shape: Shape, months, places, number: int) -> tuple[Article, dict[str, str]]:
    model, values, moment = models.of(number), values_of(models, number), models.moment(number)
    place = (model.section_key, models.month(number))
    container = months[place]
    places[place] = child = max(places[place], container.numchild) + 1
    like = shape.article
    article = Article(
        pk=models.first_key + number,
        path=Page._get_path(container.path, container.depth + 1, child),
        depth=container.depth + 1,
        numchild=0,
        title=values["headline"],
        draft_title=values["headline"],
        slug=slug(number),
        url_path=f"{container.url_path}{slug(number)}/",
        content_type=ContentType.objects.get_for_model(Article),
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        locale_id=like.locale_id,
        translation_key=uuid.uuid4(),
        kicker=like.kicker,
        lead=values["lead"],
        picture_id=like.picture_id,
        author_note=like.author_note,
        section_id=model.section_key,
        published_at=moment,
    )
    article.__dict__["body"] = shape.body.pour(values)  # as JSON: no block is made of it
    return article, values


def write(rows: Iterable[tuple[Article, dict[str, str]]], shapes: dict[int, Shape], models: Models) -> None:
    made = [article for article, _ in rows]
    Page.objects.bulk_create(
        [Page(**{field.attname: getattr(article, field.attname) for field in Page._meta.local_concrete_fields}, pk=article.pk) for article in made]
    )
    insert_articles(made)
    bylines, topics, picks = [], [], []
    for article in made:
        shape = shapes[models.of(article.pk - models.first_key).key]
        bylines += [
            Byline(article_id=article.pk, author_id=byline.author_id, role=byline.role, sort_order=byline.sort_order) for byline in shape.bylines
        ]
        topics += [Article.topics.through(article_id=article.pk, topic_id=topic) for topic in shape.topics]
        picks += [Pick(article_id=article.pk, picked_id=pick.picked_id, sort_order=pick.sort_order) for pick in shape.picks]
    Byline.objects.bulk_create(bylines)
    Article.topics.through.objects.bulk_create(topics)
    Pick.objects.bulk_create(picks)
    related = [ReadAlso(key=f"page:{article.pk}", articles=shapes[models.of(article.pk - models.first_key).key].related) for article in made]
    ReadAlso.objects.bulk_create(related)
    kind = ContentType.objects.get_for_model(Article).pk
    IndexEntry.objects.bulk_create(entry(kind, article, values) for article, values in rows)


def insert_articles(made: list[Article]) -> None:
    """The rows of the article's own table: Django's bulk_create refuses models with a parent."""
    fields = Article._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Article._meta.db_table} ({columns}) VALUES ({marks})",  # noqa: S608
            [[stored(field, article) for field in fields] for article in made],
        )


def stored(field, article: Article):
    if field.name == "body":
        return article.__dict__["body"]
    return field.get_db_prep_save(article.pk if field.primary_key else getattr(article, field.attname), connection)


def entry(kind: int, article: Article, values: dict[str, str]) -> IndexEntry:
    paragraphs = "".join(text for name, text in values.items() if name.startswith("paragraph"))
    return IndexEntry(
        content_type_id=kind,
        object_id=str(article.pk),
        title_norm=TITLE_CHARACTERS / len(article.title),
        autocomplete=f"{worded(article.title)} {worded(article.kicker)}",
        body=f"{worded(article.kicker)} {worded(article.lead)} {worded(paragraphs)}",
        title=worded(article.title),
    )


def worded(text: str) -> str:
    """As the desk's search words it, sentence by sentence: the same ones come again and again."""
    return " ".join(dict.fromkeys(word for sentence in text.split("。") for word in words(sentence, is_long=len(text) > LONGEST)))


@lru_cache(maxsize=100_000)
def words(sentence: str, *, is_long: bool) -> tuple[str, ...]:
    return tuple(for_index(sentence + " " * LONGEST * is_long).split())
