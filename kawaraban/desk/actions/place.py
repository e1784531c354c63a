from kawaraban.desk.models import Article, Month


def place(article: Article) -> Article:
    """Moves an article to where its section and month say; nothing happens when it lies there.

    Its last component gets a number when another article there has the same.
    """
    parent = article.get_parent()
    if isinstance(parent.specific, Month) and parent.get_parent().pk == article.section_id:
        return article
    month = article.section.month_of(article.published_at)
    if (slug := month.free_slug(article.slug)) != article.slug:
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
