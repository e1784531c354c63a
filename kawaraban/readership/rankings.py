from collections.abc import Iterable

from kawaraban.desk.models import Article
from kawaraban.readership.models import ImportedRank, Window


def most_read(window: Window, length: int) -> list[Article]:
    """The articles of a most-read list, first rank first; what readers may not see, and what was paid for, left out."""
    ranked = ImportedRank.objects.filter(window=window).order_by("position").values_list("article_id", flat=True)
    if not (keys := list(ranked[: 2 * length])):
        return []
    shown = {article.pk: article for article in Article.objects.listable().editorial().among(keys).for_cards()}
    return [shown[key] for key in keys if key in shown][:length]


def replace_imported(window: Window, articles: Iterable[Article]) -> bool:
    """Makes these articles the window's imported list; True when that changed anything."""
    wanted = [article.pk for article in articles]
    present = list(ImportedRank.objects.filter(window=window).order_by("position").values_list("article_id", flat=True))
    if wanted == present:
        return False
    ImportedRank.objects.filter(window=window).delete()
    ImportedRank.objects.bulk_create(ImportedRank(window=window, position=place, article_id=key) for place, key in enumerate(wanted, 1))
    return True
