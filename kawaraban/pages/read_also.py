"""あわせて読みたい: what stands there for articles and wire items, of what editors picked and the machine found.

Whatever was found, it is asked for again as readers may see it, so nothing withdrawn, embargoed or private stands there, nor the article itself.
Of many lists that are made at once each question is asked once, and each article loaded once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings

from kawaraban.desk import models
from kawaraban.pages import made_from
from kawaraban.pages.cards import card
from kawaraban.pages.inset_contexts import OnThis, Picks, Related
from kawaraban.pages.models import ReadAlso
from kawaraban.pages.values import Card, Link


@dataclass(frozen=True, eq=False)
class Wish:
    """A list that is to be made: of an article, or of a wire item, which has no page here. picked, found: keys of articles.

    found: None when nobody has looked yet.
    """

    page: models.Article | None
    picked: tuple[int, ...]
    found: tuple[int, ...] | None

    @property
    def keys(self) -> list[int]:
        """What may stand there, in order."""
        own = self.page.pk if self.page else None
        return [key for key in dict.fromkeys((*self.picked, *(self.found or ()))) if key != own]

    @property
    def most(self) -> int:
        lists = settings.KAWARABAN.lists
        return max(lists.picks, len(self.picked)) + lists.related if self.page else lists.picks


class Reading:
    """What several lists show. Each notes what it was made from when it is made, not when all was loaded."""

    def __init__(self, wishes: Iterable[Wish]) -> None:
        all_of = list(wishes)
        seen = visible(key for wish in all_of for key in wish.keys)
        self.chosen = {wish: chosen(wish, seen) for wish in all_of}
        self.articles = loaded(key for keys in self.chosen.values() for key in keys)
        self.made: dict[int, tuple[Card, frozenset[str]]] = {}

    def read_also(self, wish: Wish) -> tuple[Picks, Related]:
        page, lists, keys = wish.page, settings.KAWARABAN.lists, self.shown(wish)
        first = max(lists.picks, sum(key in wish.picked for key in keys))
        section = Link(page.section.title, page.section.address)
        return Picks(self.cards(keys[:first]), page.published_at is None), Related(section, self.cards(keys[first : first + lists.related]))

    def on_this(self, wish: Wish) -> OnThis:
        return OnThis(self.cards(self.shown(wish)))

    def shown(self, wish: Wish) -> list[int]:
        return [key for key in self.chosen[wish] if key in self.articles]

    def cards(self, keys: Iterable[int]) -> tuple[Card, ...]:
        return tuple(map(self.card, keys))

    def card(self, key: int) -> Card:
        if key not in self.made:
            with made_from.noting() as notes:
                made_from.note_loaded_before((article := self.articles[key]), article.section, article.picture)
                self.made[key] = card(article), frozenset(notes.keys)
        found, keys = self.made[key]
        for noted in keys:
            made_from.note(noted)
        return found


def read_also(page: models.Article) -> tuple[Picks, Related]:
    """Editors' picks first, then what was found; the section's newest while nothing has been looked for yet."""
    wish = wish_for(page, found_for([f"page:{page.pk}"]))
    return Reading([wish]).read_also(wish)


def on_this(key: int) -> OnThis:
    """For a wire item."""
    wish = wish_for_item(key, found_for([f"wire:{key}"]))
    return Reading([wish]).on_this(wish)


def wish_for(page: models.Article, found: Mapping[str, list[int]]) -> Wish:
    there = found.get(f"page:{page.pk}")
    return Wish(page, tuple(pick.picked_id for pick in page.picks.all()), None if there is None else tuple(there))


def wish_for_item(key: int, found: Mapping[str, list[int]]) -> Wish:
    return Wish(None, (), tuple(found.get(f"wire:{key}", ())))


def found_for(keys: Iterable[str]) -> dict[str, list[int]]:
    """Without those for which nobody has looked yet."""
    return dict(ReadAlso.objects.filter(key__in=list(keys)).values_list("key", "articles"))


def visible(keys: Iterable[int]) -> dict[int, bool]:
    """Those of some articles that readers may see, each with whether it was paid for."""
    wanted = set(keys)
    return dict(models.Article.objects.published().among(wanted).values_list("pk", "is_sponsored")) if wanted else {}


def chosen(wish: Wish, seen: Mapping[int, bool]) -> list[int]:
    """The first of those that readers may see, in order. What was paid for is there only when an editor picked it."""
    keys = [key for key in wish.keys if key in seen and (key in wish.picked or not seen[key])][: wish.most]
    if wish.found is None and wish.page:
        lists = settings.KAWARABAN.lists
        keys += newest(wish.page.section_id, [wish.page.pk, *keys], lists.picks + lists.related - len(keys))
    return keys


def loaded(keys: Iterable[int]) -> dict[int, models.Article]:
    wanted = set(keys)
    if not wanted:
        return {}
    return {article.pk: article for article in models.Article.objects.live().among(wanted).for_cards().defer("body")}


def newest(section: int, but: Iterable[int | None], most: int) -> list[int]:
    if most <= 0:
        return []
    found = models.Article.objects.published().editorial().in_section(section).exclude(pk__in=[key for key in but if key])
    return list(found.newest_first().values_list("pk", flat=True)[:most])
