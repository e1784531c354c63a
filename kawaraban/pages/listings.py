"""Lists of articles: a section's, the latest, a topic's, an author's; and the front page made of lists."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kawaraban.desk import models
from kawaraban.pages.cards import card, cards, page_size
from kawaraban.pages.contexts import Band, FrontPage, Listing
from kawaraban.pages.heads import absolute, head, magazine
from kawaraban.pages.images import image
from kawaraban.pages.paging import page_of, paging
from kawaraban.pages.values import Link

LEADS = 6
BAND = 5


def listing(title: str, address: str, articles, wanted: str | None, *, crumbs: tuple[Link, ...] = (), feed: str = "/feed.xml", **more) -> Listing:
    """The page of a list of articles that ?page= asks for. Raises Http404."""
    found = page_of(articles.for_cards(), wanted, page_size())
    where = paging(found, address)
    description = more.get("description", "")
    numbered = _("%(title)s (page %(number)d of %(count)d)") % {"title": title, "number": where.number, "count": where.count}
    return Listing(
        head=head(
            title if where.number == 1 else numbered,
            address if where.number == 1 else f"{address}?page={where.number}",
            description=description,
            feed=feed,
            crumbs=crumbs or (),
            previous=where.previous,
            following=where.following,
        ),
        crumbs=crumbs,
        title=title,
        cards=cards(found.object_list),
        paging=where,
        **{
            "label": "",
            "latin": "",
            "description": "",
            "sponsor": "",
            "image": None,
            "is_person": False,
            "is_numbered": False,
            "section_key": 0,
            **more,
        },
    )


def section(page: models.Section, wanted: str | None) -> Listing:
    articles = models.Article.objects.published().in_section(page).newest_first()
    more = {"latin": page.latin, "description": page.description, "section_key": page.pk}
    return listing(page.title, page.address, articles, wanted, feed=f"{page.address}/feed.xml", **more)


def month(page: models.Month, wanted: str | None) -> Listing:
    above = models.Section.objects.parent_of(page).get()
    year, number = page.slug.split("-")
    articles = models.Article.objects.published().child_of(page).newest_first()
    title = _("%(section)s, %(year)s/%(month)s") % {"section": above.title, "year": year, "month": int(number)}
    return listing(
        title, page.address, articles, wanted, crumbs=(Link(above.title, above.address),), feed=f"{above.address}/feed.xml", latin=above.latin
    )


def latest(wanted: str | None) -> Listing:
    return listing(pgettext("list of articles", "Latest"), "/latest", models.Article.objects.published().newest_first(), wanted, latin="LATEST")


def topic(page: models.Topic, wanted: str | None) -> Listing:
    articles = models.Article.objects.published().on_topic(page)
    is_series = page.kind != models.Topic.Kind.HUB
    return listing(
        page.title,
        page.address,
        articles.oldest_first() if is_series else articles.newest_first(),
        wanted,
        crumbs=above(page),
        label=page.get_kind_display(),
        description=page.blurb,
        sponsor=page.sponsor if page.is_sponsored else "",
        image=image(page.picture, "figure", is_first=True),
        is_numbered=is_series,
    )


def author(page: models.Author, wanted: str | None) -> Listing:
    return listing(
        page.title,
        page.address,
        models.Article.objects.published().by_author(page).newest_first(),
        wanted,
        crumbs=above(page),
        label=page.job,
        latin=page.latin,
        description=page.biography,
        image=image(page.picture, "portrait"),
        is_person=True,
    )


def above(page: models.ReaderPage) -> tuple[Link, ...]:
    """The directory that a page lies in."""
    parent = page.get_parent()
    return (Link(parent.title, "/" + parent.slug),)


def front_page(page: models.Front) -> FrontPage:
    picked = [lead.article_id for lead in page.leads.all()]
    published = models.Article.objects.published()
    by_key = {article.pk: article for article in published.among(picked).for_cards()}
    leads = [by_key[key] for key in picked if key in by_key]
    newest = published.editorial().exclude(pk__in=[article.pk for article in leads]).newest_first().for_cards()
    leads += list(newest[: LEADS - len(leads)])
    told = {article.pk for article in leads}
    front = magazine()
    return FrontPage(
        head=head("", "/", description=front.description, data=(website(front),)),
        crumbs=(),
        name=front.title,
        tagline=front.tagline,
        hero=card(leads[0], is_first=True, shape="figure", sizes="(min-width: 1200px) 760px, 100vw") if leads else None,
        leads=cards(leads[1:]),
        bands=tuple(band for found in models.Section.objects.shown().order_by("path") if (band := band_of(found, told))),
    )


def band_of(page: models.Section, told: set[int]) -> Band | None:
    """A section's newest, without what leads the front page already; nothing for a section without articles."""
    newest = models.Article.objects.published().in_section(page).exclude(pk__in=told).newest_first().for_cards()
    found = cards(newest[:BAND])
    return Band(Link(page.title, page.address), page.latin, found[0], found[1:]) if found else None


def website(front: models.Front) -> dict[str, str]:
    return {"@context": "https://schema.org", "@type": "WebSite", "name": front.title, "alternateName": front.latin, "url": absolute("/")}
