"""あわせて読みたい: what stands there for an article or wire item, of what editors picked and the machine found.

Whatever was found, it is asked for again as readers may see it, so nothing withdrawn, embargoed or private stands there, nor the article itself.
"""

from collections.abc import Iterable

from django.conf import settings

from kawaraban.desk import models
from kawaraban.pages.cards import cards
from kawaraban.pages.inset_contexts import OnThis, Picks, Related
from kawaraban.pages.models import ReadAlso
from kawaraban.pages.values import Link


def read_also(page: models.Article) -> tuple[Picks, Related]:
    """Editors' picks first, then what was found; the section's newest while nothing has been looked for yet."""
    lists = settings.KAWARABAN.lists
    picked = [pick.picked_id for pick in page.picks.all()]
    found = found_for(f"page:{page.pk}") if page.pk else None
    most = max(lists.picks, len(picked)) + lists.related
    chosen = shown(picked, found or [], page.pk, most)
    if found is None:
        chosen += newest(page.section_id, [page.pk, *(article.pk for article in chosen)], lists.picks + lists.related - len(chosen))
    first = max(lists.picks, sum(article.pk in picked for article in chosen))
    section = Link(page.section.title, page.section.address)
    is_stub = page.published_at is None
    return Picks(cards(chosen[:first]), is_stub), Related(section, cards(chosen[first : first + lists.related]))


def on_this(key: int) -> OnThis:
    """For a wire item."""
    return OnThis(cards(shown([], found_for(f"wire:{key}") or [], None, settings.KAWARABAN.lists.picks)))


def found_for(key: str) -> list[int] | None:
    """None: nobody has looked yet."""
    return ReadAlso.objects.filter(key=key).values_list("articles", flat=True).first()


def shown(picked: list[int], found: list[int], but: int | None, most: int) -> list[models.Article]:
    """The first of those that readers may see, in order. What was paid for is there only when an editor picked it."""
    keys = [key for key in dict.fromkeys([*picked, *found]) if key != but]
    if not keys:
        return []
    seen = dict(models.Article.objects.published().among(keys).values_list("pk", "is_sponsored"))
    chosen = [key for key in keys if key in seen and (key in picked or not seen[key])][:most]
    articles = {article.pk: article for article in models.Article.objects.live().among(chosen).for_cards().defer("body")}
    return [articles[key] for key in chosen if key in articles]


def newest(section: int, but: Iterable[int | None], most: int) -> list[models.Article]:
    if most <= 0:
        return []
    found = models.Article.objects.published().editorial().in_section(section).exclude(pk__in=[key for key in but if key])
    return list(found.newest_first().for_cards()[:most])
