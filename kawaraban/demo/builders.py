"""Builders of content, for the demo edition, the tests and the benchmarks.

Each makes one thing with sensible values, any of which may be given.
"""

import io
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow

from kawaraban.desk.actions.found import found
from kawaraban.desk.clock import today
from kawaraban.desk.models import (
    Article,
    Author,
    Authors,
    Byline,
    Content,
    Front,
    Issue,
    Issues,
    Mook,
    Mooks,
    Notice,
    Picture,
    ReaderPage,
    Section,
    Topic,
    Topics,
)
from kawaraban.wires.copy import Copy
from kawaraban.wires.models import Source, WireItem

WEEK = timedelta(days=7)
AnyPage = TypeVar("AnyPage", bound=ReaderPage)


def make_front(name: str = "汐見") -> Front:
    return Front.objects.first() or found(name)


def out(page: AnyPage) -> AnyPage:
    """The page as one that has been published, so that taking it down is a withdrawal."""
    if page.live:
        page.first_published_at = page.last_published_at = timezone.now()
    return page


def make_section(title: str = "ワールド", **more: Any) -> Section:
    return make_front().add_child(instance=out(Section(title=title, **more)))


def make_author(name: str = "灘波澄香", **more: Any) -> Author:
    return Authors.objects.get().add_child(instance=out(Author(title=name, **more)))


def make_topic(name: str = "変わる海の道", **more: Any) -> Topic:
    return Topics.objects.get().add_child(instance=out(Topic(title=name, **more)))


def make_notice(title: str, body: str, **more: Any) -> Notice:
    return make_front().add_child(instance=out(Notice(title=title, body=body, **more)))


def make_picture(png: bytes | None = None, **more: Any) -> Picture:
    """A picture of a drawn file, or of a plain one of 320 × 200 pixels."""
    values = {"title": more.get("alt", "絵"), "alt": "港の朝", "caption": "朝の港。", "credit": "撮影・朝窓光", **more}
    return Picture.objects.create(file=ContentFile(jpeg(png or plain_png()), name=f"{uuid.uuid4().hex[:12]}.jpg"), **values)


def plain_png() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (320, 200), "#35506b").save(out, "PNG")
    return out.getvalue()


def jpeg(png: bytes) -> bytes:
    """A drawn picture as a photographer would deliver it."""
    out = io.BytesIO()
    Pillow.open(io.BytesIO(png)).convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def make_article(
    headline: str = "無人灯台に人が戻り始めた",
    *,
    section: Section | None = None,
    authors: Iterable[tuple[Author, str]] = (),
    topics: Iterable[Topic] = (),
    age: timedelta = timedelta(hours=1),
    now: datetime | None = None,
    **more: Any,
) -> Article:
    """A published article of the given age, in its month's container."""
    section = section or Section.objects.first() or make_section()
    published = (now or timezone.now()) - age
    values = {"published_at": published, "first_published_at": published, "last_published_at": published, **more}
    article = Article(title=headline, section=section, **values)
    article.bylines = [Byline(author=author, role=role) for author, role in authors]
    section.month_of(published).add_child(instance=article)
    if chosen := list(topics):
        article.topics.set(chosen)
        article.save()
    return article


def make_body(*paragraphs: str) -> list[tuple[str, Any]]:
    """A body of plain paragraphs."""
    return [("paragraph", f"<p>{paragraph}</p>") for paragraph in paragraphs or ("島の灯がふたたびともった。",)]


def make_issue(title: str = "海の道が変わる日", *, on_sale: date | None = None, entries: Iterable[Content] = (), **more: Any) -> Issue:
    day = on_sale or today()
    issue = Issue(title=title, on_sale_date=day, cover_date=day + WEEK, **more)
    issue.contents = list(entries)
    return Issues.objects.get().add_child(instance=out(issue))


def make_mook(title: str = "週末の灯台", **more: Any) -> Mook:
    return Mooks.objects.get().add_child(instance=out(Mook(title=title, **more)))


def make_wire_item(
    headline: str = "港都の新造連絡船、試験航海を終える", *, age: timedelta = timedelta(minutes=10), now: datetime | None = None, **more: Any
) -> WireItem:
    values = {"guid": uuid.uuid4().hex, "agency": "凪通信", "section": "ワールド", "published": (now or timezone.now()) - age, **more}
    return WireItem.objects.create(headline=headline, **values)


def make_source(agency: str = "潮見通信", *, key: str = "shiomi", **more: Any) -> Source:
    return Source.objects.create(**{"key": key, "name": f"{agency}の配信", "kind": Source.Kind.PUSH, "agency": agency, **more})


def make_copy(headline: str = "港都の新造連絡船、試験航海を終える", *, guid: str = "urn:shiomi:1", **more: Any) -> Copy:
    """A copy as a format reads it."""
    text = more.pop("body_text", "［港都 潮見通信］　港都の新造連絡船が試験航海を終えた。\n\n来月就航する。")
    html = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return Copy(**{"format": "nitf", "guid": guid, "headline": headline, "body_text": text, "body_html": html, "language": "ja", **more})
