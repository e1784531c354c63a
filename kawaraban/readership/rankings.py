from collections.abc import Iterable

from kawaraban.desk.models import Article
from kawaraban.readership.lists import listed
from kawaraban.readership.models import ImportedRank, Window


def most_read(window: Window, length: int, section: int = 0) -> list[Article]:
    """The articles of a most-read list, first rank first; what readers may not see, and what was paid for, left out.

    Ranks that came with an import stand behind those of the magazine's own reads, as long as these do not fill the list.
    """
    keys, _ = listed(window, section)
    if section == 0 and len(keys) < length:
        imported = ImportedRank.objects.filter(window=window).order_by("position").values_list("article_id", flat=True)
        keys = list(dict.fromkeys([*keys, *imported[: 2 * length]]))
    if not keys:
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
