from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Month, Section


def month_of(section: Section, moment=None) -> Month:
    """The container of a section for the month of a moment (site time zone), made when missing."""
    slug = f"{local(moment):%Y-%m}"
    found = Month.objects.child_of(section).filter(slug=slug).first()
    return found or section.add_child(instance=Month(title=slug, slug=slug))


def place(article: Article) -> Article:
    """Moves an article to where its section and month say; nothing happens when it lies there.

    Its last component gets a number when another article there has the same.
    """
    parent = article.get_parent()
    if isinstance(parent.specific, Month) and parent.get_parent().pk == article.section_id:
        return article
    month = month_of(article.section, article.published_at)
    if (slug := free_slug(article.slug, month)) != article.slug:
        rename(article, slug)
    article.move(month, pos="last-child")
    return Article.objects.get(pk=article.pk)


def rename(article: Article, slug: str) -> None:
    """Gives an article and the revision that editors go on from another last component of its address."""
    article.slug = slug
    article.save(update_fields=["slug", "url_path"], clean=False)
    if revision := article.latest_revision:
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def free_slug(slug: str, month: Month) -> str:
    taken = set(month.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
