from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from kawaraban.desk.models import Article
from kawaraban.readership.arranging import arranged
from kawaraban.readership.boards import places, set_in
from kawaraban.readership.lists import listed
from kawaraban.readership.models import Exclusion, ImportedRank, Window
from kawaraban.readership.ranks import Rank


class MostRead(NamedTuple):
    articles: list[Article]
    as_of: datetime | None  # when it was reckoned, if that is not now


def most_read(window: Window, length: int, section: int = 0) -> MostRead:
    """A most-read list, first rank first, as editors have set it; what readers may not see, and what was paid for, left out.

    Ranks that came with an import stand behind those of the magazine's own reads, as long as these do not fill the list.
    """
    now = timezone.now()
    keys, as_of = listed(window, section)
    if section == 0 and len(keys) < length:
        imported = ImportedRank.objects.filter(window=window).order_by("position").values_list("article_id", flat=True)
        keys = list(dict.fromkeys([*keys, *imported[: 2 * length]]))
    pins, hold = set_in(window, section or None, now)
    held = hold.articles if hold else []
    wanted = [*keys, *held, *(pin.article_id for pin in pins)]
    if not wanted:
        return MostRead([], None)
    excluded = Exclusion.objects.standing(now).filter(window__in=["", window]).values_list("article_id", flat=True)
    shown = {article.pk: article for article in Article.objects.listable(now).editorial().among({*wanted} - {*excluded}).for_cards()}
    ranks = [Rank(place, key, 0) for place, key in enumerate((key for key in keys if key in shown), 1)]
    set_ = places([pin for pin in pins if pin.article_id in shown])
    found = arranged(ranks, length, lambda key: 0, set_, [key for key in held if key in shown])
    return MostRead([shown[rank.article] for rank in found], as_of)


def replace_imported(window: Window, articles: Iterable[Article]) -> bool:
    """Makes these articles the window's imported list; True when that changed anything."""
    wanted = [article.pk for article in articles]
    present = list(ImportedRank.objects.filter(window=window).order_by("position").values_list("article_id", flat=True))
    if wanted == present:
        return False
    ImportedRank.objects.filter(window=window).delete()
    ImportedRank.objects.bulk_create(ImportedRank(window=window, position=place, article_id=key) for place, key in enumerate(wanted, 1))
    return True
