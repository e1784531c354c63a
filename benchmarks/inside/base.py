"""A home with the demo edition, its pictures plain instead of drawn, and the models of all further articles."""

import io
from datetime import timedelta
from functools import cache
from statistics import median

from django.db import transaction
from django.utils import timezone
from PIL import Image

from benchmarks.inside import model
from benchmarks.inside.prose import prose
from kawaraban import homes
from kawaraban.conf import Configuration
from kawaraban.demo import builders
from kawaraban.demo.edition import Edition, make_sizes
from kawaraban.desk.models import Article, Pick, Section
from kawaraban.pages.models import ReadAlso
from kawaraban.pages.printing import postponed

SIZES = {"picture": (640, 400), "cover": (480, 640), "portrait": (320, 320)}
A_SECTION = 3  # models
FIRST_KEY = 1_000_000  # of the further articles: above all that come by themselves


class Plain(dict):
    """A drawing for whatever is asked for: one colour, in the size of its kind."""

    def __missing__(self, drawing):
        return plain(drawing[0])


@cache
def plain(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", SIZES[kind], "#35506b").save(out, "PNG")
    return out.getvalue()


def build(found: Configuration) -> None:
    homes.furnish(found.home, "汐見")
    now = timezone.now().replace(second=0, microsecond=0)
    with postponed():
        with transaction.atomic():
            Edition(now, Plain()).write()
        make_sizes(lambda line: None)
        with transaction.atomic():
            made = [make_model(now, place, article) for place, article in enumerate(chosen())]
    models = tuple(
        model.Model(article.pk, model.FIRST_NUMBER + place, article.address, article.published_at, article.section.slug, article.section_id, lengths)
        for place, (article, lengths) in enumerate(made)
    )
    model.write(found, model.Models(now, FIRST_KEY, models))


def chosen() -> list[Article]:
    """Of each section the articles whose length is nearest the middle."""
    every = list(Article.objects.published().editorial().select_related("section"))
    middle = median(size(article) for article in every)
    found = []
    for section in Section.objects.shown().order_by("path"):
        of_section = [article for article in every if article.section_id == section.pk]
        found += sorted(of_section, key=lambda article: abs(size(article) - middle))[:A_SECTION]
    return found


def size(article: Article) -> int:
    return sum(len(str(block.value)) for block in article.body)


def make_model(now, place: int, like: Article) -> tuple[Article, tuple[int, ...]]:
    """An article like another one, its words exchanged; what it reads of others is old, so that no day's end touches it."""
    raw = [block for block in like.body.raw_data if block["type"] not in ("page_break", "related")]
    lengths = tuple(max(40, len(block["value"]) - len("<p></p>")) for block in raw if block["type"] == "paragraph")
    told = prose(model.FIRST_NUMBER + place, lengths)
    paragraphs = iter(told.paragraphs)
    body = [{**block, "value": f"<p>{next(paragraphs)}</p>"} if block["type"] == "paragraph" else block for block in raw]
    moment = now - timedelta(days=model.MONTHS_DAYS + 40, minutes=place)
    article = builders.make_article(
        told.headline,
        now=moment,
        age=timedelta(0),
        section=like.section,
        slug=model.slug(model.FIRST_NUMBER + place),
        kicker=like.kicker,
        lead=told.lead,
        picture=like.picture,
        author_note=like.author_note,
        authors=[(byline.author, byline.role) for byline in like.bylines.all()],
        topics=list(like.topics.all()),
    )
    article.body = article.body.stream_block.to_python(body)
    article.picks = [Pick(picked=picked, sort_order=number) for number, picked in enumerate(Article.objects.published().oldest_first()[3:6])]
    article.save()
    found = Article.objects.published().oldest_first().exclude(pk=article.pk).values_list("pk", flat=True)[6:18]
    ReadAlso.objects.create(key=f"page:{article.pk}", articles=list(found))
    return article, lengths
