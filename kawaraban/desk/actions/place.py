from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Month, Section


def month_of(section: Section, moment=None) -> Month:
    """The container of a section for the month of a moment (site time zone), made when missing."""
    slug = f"{local(moment):%Y-%m}"
    found = Month.objects.child_of(section).filter(slug=slug).first()
    return found or section.add_child(instance=Month(title=slug, slug=slug))


def place(article: Article) -> Article:
    """Moves an article to where its section and month say; nothing happens when it lies there."""
    parent = article.get_parent()
    if isinstance(parent.specific, Month) and parent.get_parent().pk == article.section_id:
        return article
    article.move(month_of(article.section, article.published_at), pos="last-child")
    return Article.objects.get(pk=article.pk)
