"""Lists of things that are no articles: topics, authors, issues, mooks; and the pages of issues and mooks."""

from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from kawaraban.desk import models
from kawaraban.pages import when
from kawaraban.pages.cards import page_size
from kawaraban.pages.contexts import ContentsEntry, ContentsPart, Cover, Directory, Entry, Issue, Issues, Mook, Notice
from kawaraban.pages.heads import head
from kawaraban.pages.images import image
from kawaraban.pages.listings import above
from kawaraban.pages.paging import page_of, paging
from kawaraban.pages.ruby import with_ruby, without_ruby
from kawaraban.pages.values import Link


def directory(page: models.ReaderPage, shape: str, entries) -> Directory:
    return Directory(head=head(page.title, page.address), crumbs=(), title=page.title, shape=shape, entries=tuple(entries))


def topics(page: models.Topics) -> Directory:
    found = models.Topic.objects.shown().child_of(page).order_by("path").select_related("picture").prefetch_related("picture__renditions")
    return directory(
        page, "topics", (Entry(topic.title, topic.address, kind_label(topic), topic.blurb, image(topic.picture, "card")) for topic in found)
    )


def kind_label(topic: models.Topic) -> str:
    return f"PR {topic.sponsor}".strip() if topic.is_sponsored else str(topic.get_kind_display())


def authors(page: models.Authors) -> Directory:
    found = (
        models.Author.objects.shown().child_of(page).order_by("reading", "title").select_related("picture").prefetch_related("picture__renditions")
    )
    return directory(
        page, "authors", (Entry(author.title, author.address, author.job, author.biography, image(author.picture, "portrait")) for author in found)
    )


def mooks(page: models.Mooks) -> Directory:
    found = models.Mook.objects.shown().child_of(page).order_by("path").select_related("cover").prefetch_related("cover__renditions")
    return directory(page, "mooks", (Entry(mook.title, mook.address, sale(mook), mook.blurb, image(mook.cover, "cover")) for mook in found))


def sale(mook: models.Mook) -> str:
    return _("On sale now") if mook.is_on_sale else _("Sold out")


def all_issues():
    return models.Issue.objects.shown().select_related("cover").prefetch_related("cover__renditions").order_by("-cover_date")


def cover(page: models.Issue, *, is_first: bool = False) -> Cover:
    return Cover(
        title=_("Special: %(line)s") % {"line": page.title},
        line=page.title,
        address=page.address,
        dates=when.issue_dates(page.cover_date, page.on_sale_date),
        image=image(page.cover, "cover", is_first=is_first),
        lines=lines(page.cover_lines),
        blurb=page.blurb,
    )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def issues(page: models.Issues, wanted: str | None) -> Issues:
    found = page_of(all_issues().child_of(page), wanted, page_size())
    where = paging(found, page.address)
    return Issues(
        head=head(
            page.title,
            page.address if where.number == 1 else f"{page.address}?page={where.number}",
            previous=where.previous,
            following=where.following,
        ),
        crumbs=(),
        title=page.title,
        covers=tuple(cover(issue) for issue in found.object_list),
        paging=where,
    )


def issue(page: models.Issue) -> Issue:
    shown = cover(page, is_first=True)
    newer = models.Issue.objects.shown().filter(cover_date__gt=page.cover_date).order_by("cover_date").first()
    older = models.Issue.objects.shown().filter(cover_date__lt=page.cover_date).order_by("-cover_date").first()
    crumbs = above(page)
    return Issue(
        head=head(f"{shown.title} {shown.dates}", page.address, description=page.blurb, crumbs=crumbs),
        crumbs=crumbs,
        cover=shown,
        parts=contents(page),
        newer=Link(newer.title, newer.address) if newer else None,
        older=Link(older.title, older.address) if older else None,
    )


def contents(page: models.Issue) -> tuple[ContentsPart, ...]:
    """The contents by heading; an article that readers may not see gives neither title nor address."""
    entries = list(page.contents.all())
    shown = {article.pk: article for article in models.Article.objects.published().among(entry.article_id for entry in entries if entry.article_id)}
    parts: list[tuple[str, list[ContentsEntry]]] = []
    for entry in entries:
        if entry.heading or not parts:
            parts.append((entry.heading, []))
        article = shown.get(entry.article_id)
        if title := entry.title or (without_ruby(article.full_headline) if article else ""):
            parts[-1][1].append(ContentsEntry(title, article.address if article else "", entry.first_page))
    return tuple(ContentsPart(heading, tuple(found)) for heading, found in parts if found)


def mook(page: models.Mook) -> Mook:
    crumbs = above(page)
    facts = (
        (_("On sale since"), when.day(page.on_sale_date) if page.on_sale_date else ""),
        (_("Price"), _("¥%(price)s, tax included") % {"price": f"{page.price_yen:,}"} if page.price_yen else ""),
        (_("Number of pages"), str(page.page_count or "")),
    )
    return Mook(
        head=head(page.title, page.address, description=page.blurb, crumbs=crumbs),
        crumbs=crumbs,
        title=page.title,
        image=image(page.cover, "cover", is_first=True),
        blurb=page.blurb,
        contents=lines(page.contents),
        facts=tuple(fact for fact in facts if fact[1]),
        is_on_sale=page.is_on_sale,
    )


def notice(page: models.Notice) -> Notice:
    return Notice(head=head(page.title, page.address), crumbs=(), title=page.title, html=with_ruby(expand_db_html(page.body)))
