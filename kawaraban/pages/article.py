"""The article page."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kawaraban.desk import models
from kawaraban.pages import when
from kawaraban.pages.assets import asset
from kawaraban.pages.bodies import pages_of, reading_minutes
from kawaraban.pages.contexts import Article
from kawaraban.pages.heads import absolute, head, magazine
from kawaraban.pages.images import image, shared_address
from kawaraban.pages.inset_contexts import Picks, Related
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.read_also import read_also
from kawaraban.pages.reading import seal
from kawaraban.pages.rendering import printing_word
from kawaraban.pages.ruby import ruby_text, without_ruby
from kawaraban.pages.values import Block, Credited, Link, Subheading

WHOLE = "all"


def article(page: models.Article, rest: tuple[str, ...] = ()) -> Article:
    """The context of an article, or of one of its pages: rest is (), ("2",) or ("all",). Raises Http404."""
    pages = pages_of(page)
    number = page_number(rest, len(pages))
    blocks = sum(pages, ()) if number == 0 else pages[number - 1]
    following = f"{page.address}/{number + 1}" if 0 < number < len(pages) else ""
    named = credited(page)
    picks, related = insets(page)
    title = without_ruby(page.full_headline)
    picture = image(page.picture, "figure", caption=page.picture_caption, is_first=True)
    crumbs = (Link(pgettext("list of articles", "Latest"), "/latest"), Link(page.section.title, page.section.address))
    modified = changed_later(page)
    return Article(
        head=article_head(page, title, named, number, len(pages), following),
        crumbs=crumbs,
        kicker=page.kicker,
        headline=broken_at_phrases(page.title),
        deck=broken_at_phrases(page.deck),
        dash=settings.KAWARABAN.headlines.dash,
        original_title=page.original_title,
        original_language=page.original_language,
        original_address=page.original_address,
        date=when.article_date(page.published_at) if page.published_at else "",
        iso_date=when.iso(page.published_at) if page.published_at else "",
        modified=when.article_date(modified) if modified else "",
        iso_modified=when.iso(modified) if modified else "",
        minutes=reading_minutes(pages),
        credits=named,
        is_sponsored=page.is_sponsored,
        sponsor=page.sponsor,
        image=picture,
        lead=ruby_text(page.lead),
        blocks=blocks,
        author_note=page.author_note if number in (0, len(pages)) else "",
        topics=tuple(Link(topic.title, topic.address) for topic in shown_topics(page)),
        about=f"page:{page.pk}" if page.pk else "",
        picks=picks,
        related=related,
        number=number,
        count=len(pages),
        page_links=tuple(Link(str(place), page.address if place == 1 else f"{page.address}/{place}") for place in range(1, len(pages) + 1)),
        following=following,
        following_title=first_subheading(pages[number]) if following else "",
        whole=f"{page.address}/{WHOLE}" if len(pages) > 1 and number else "",
        share_links=share_links(title, absolute(page.address)),
        is_stub=page.is_stub,
        seal=seal(page.pk),
    )


def page_number(rest: tuple[str, ...], count: int) -> int:
    """The page that the end of an address asks for; 0 is the whole article. Raises Http404 for any other."""
    if not rest:
        return 1
    if rest == (WHOLE,) and count > 1:
        return 0
    if (
        len(rest) == 1
        and rest[0].isascii()
        and rest[0].isdecimal()
        and not rest[0].startswith("0")
        and len(rest[0]) < 4
        and 1 < int(rest[0]) <= count
    ):
        return int(rest[0])
    raise Http404


def changed_later(page: models.Article):
    """When the article was published anew, a day or more after it first was; else nothing."""
    first, last = page.first_published_at, page.last_published_at
    return last if page.published_at and first and last and last - first >= timedelta(days=1) else None


def credited(page: models.Article) -> tuple[Credited, ...]:
    bylines = list(page.bylines.all())
    authors = models.Author.objects.in_bulk({byline.author_id for byline in bylines})
    shown = set(models.Author.objects.shown().filter(pk__in=authors).values_list("pk", flat=True)) if authors else set()
    found = [(byline, authors[byline.author_id]) for byline in bylines if byline.author_id in authors]
    return tuple(
        Credited(
            name=author.title,
            address=author.address if author.pk in shown else "",
            role=byline.role,
            role_name="" if byline.role == models.Byline.Role.AUTHOR else byline.get_role_display(),
        )
        for byline, author in found
    )


def shown_topics(page: models.Article):
    keys = [topic.pk for topic in page.topics.all()]
    return models.Topic.objects.shown().filter(pk__in=keys).order_by("path") if keys else []


def insets(page: models.Article) -> tuple[Picks, Related]:
    """Left empty while the page is printed: the press makes its insets by themselves."""
    if printing_word.get():
        return Picks((), page.is_stub), Related(Link(page.section.title, page.section.address), ())
    return read_also(page)


def first_subheading(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if isinstance(block, Subheading)), "")


def share_links(title: str, address: str) -> tuple[Link, ...]:
    text, url = quote(title, safe=""), quote(address, safe="")
    return (
        Link("X", f"https://x.com/intent/post?text={text}&url={url}"),
        Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}"),
        Link("LINE", f"https://social-plugins.line.me/lineit/share?url={url}"),
        Link(_("Hatena"), f"https://b.hatena.ne.jp/entry/panel/?url={url}"),
        Link(_("Mail"), f"mailto:?subject={text}&body={url}"),
    )


def article_head(page: models.Article, title: str, named, number: int, count: int, following: str):
    shared = shared_address(page.picture)
    address = page.address if number < 2 else f"{page.address}/{number}"
    previous = "" if number < 2 else page.address if number == 2 else f"{page.address}/{number - 1}"
    return head(
        title if number < 2 else _("%(title)s (page %(number)d of %(count)d)") % {"title": title, "number": number, "count": count},
        address,
        description=page.search_description or without_ruby(page.lead),
        feed=f"{page.section.address}/feed.xml",
        kind="article",
        image=absolute(shared) if shared else "",
        image_alt=page.picture.alt if shared and page.picture else "",
        published=when.iso(page.published_at) if page.published_at else "",
        modified=when.iso(page.last_published_at or page.published_at) if page.published_at else "",
        section=page.section.title,
        is_hidden=page.is_stub,
        previous=previous,
        following=following,
        crumbs=(Link(page.section.title, page.section.address),),
        data=() if page.is_stub else (news_article(page, title, named, shared),),
    )


def news_article(page: models.Article, title: str, named, shared: str) -> dict[str, Any]:
    """The article in schema.org's words. Source: https://schema.org/NewsArticle"""
    front = magazine()
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "AdvertiserContentArticle" if page.is_sponsored else "NewsArticle",
        "headline": title[:110],
        "description": without_ruby(page.lead),
        "inLanguage": settings.KAWARABAN.site.language,
        "datePublished": when.iso(page.published_at),
        "dateModified": when.iso(max(page.published_at, page.last_published_at or page.published_at)),
        "articleSection": page.section.title,
        "mainEntityOfPage": absolute(page.address),
        "isAccessibleForFree": True,
        "author": people(named, "author") or [{"@type": "Organization", "name": front.title, "url": absolute("/")}],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": front.publisher or front.title,
            "url": absolute("/"),
            "logo": {"@type": "ImageObject", "url": absolute(asset("kawaraban/icons/icon-512.png")), "width": 512, "height": 512},
        },
    }
    if shared:
        told["image"] = [{"@type": "ImageObject", "url": absolute(shared), "width": 1200, "height": 630}]
    if translators := people(named, "translator"):
        told["translator"] = translators
    if page.original_title:
        told["translationOfWork"] = original(page)
    if page.is_sponsored:
        told["sponsor"] = {"@type": "Organization", "name": page.sponsor}
    return told


def people(named, role: str) -> list[dict[str, str]]:
    return [
        {"@type": "Person", "name": person.name, **({"url": absolute(person.address)} if person.address else {})}
        for person in named
        if person.role == role
    ]


def original(page: models.Article) -> dict[str, str]:
    found = {"@type": "NewsArticle", "headline": page.original_title, "inLanguage": page.original_language, "url": page.original_address}
    return {name: value for name, value in found.items() if value}
