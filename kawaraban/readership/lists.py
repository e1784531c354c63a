"""The most-read lists of the site and its sections, as they were last reckoned."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from kawaraban.desk.models import Article, Section
from kawaraban.readership import sites
from kawaraban.readership.models import Exclusion, Hold, Pin
from kawaraban.readership.ranks import Rank, ranked_by_scope
from kawaraban.readership.signals import reranked
from kawaraban.readership.stretches import by_window
from kawaraban.readership.tables import Progress, RankedList

SPARE = 3  # times the length of a list: what steps in for what is withdrawn
RECKONED = "lists"  # the progress that tells when
FURTHEST = 20_000  # articles that are looked at for the sections' lists


def rerank(now: int) -> set[int]:
    """Reckons all lists anew; gives the sections whose lists show something else, with 0 for the magazine, and tells who listens."""
    sections = set(Section.objects.shown().order_by().values_list("pk", flat=True))
    length = settings.KAWARABAN.lists.ranking
    changed: set[int] = set()
    counts = by_window(sites.store(), now, sites.days(), sites.kept(now))
    with transaction.atomic():
        before = {(found.window, found.section): found for found in RankedList.objects.all()}
        for window, column in counts.items():
            found = ranked_by_scope(column, SPARE * length, Dated(window, now), sections, FURTHEST)
            for section, ranks in found.items():
                total = column.total if section == 0 else sum(rank.reads for rank in ranks)
                if keep(before.get((window, section)), new_list(window, section, ranks, now), is_enough=is_good(total), length=length):
                    changed.add(section)
        changed |= lapsed(now)
        RankedList.objects.filter(section__in={section for _, section in before} - sections - {0}).delete()
        if changed:
            reranked.send(sender=RankedList, sections=changed)
    return changed


def lapsed(now: int) -> set[int]:
    """The sections whose lists editors had set until a moment that has come since they were last reckoned."""
    found, _ = Progress.objects.get_or_create(source=RECKONED, defaults={"place": 0, "at": now})
    since, until = (datetime.fromtimestamp(at / 1000, UTC) for at in (found.at, now))
    Progress.objects.filter(source=RECKONED).update(at=now)
    ended = {"until__gt": since, "until__lte": until}
    sections = {key or 0 for kind in (Pin, Hold) for key in kind.objects.filter(**ended).values_list("section_id", flat=True)}
    excluded = set(Exclusion.objects.filter(**ended).values_list("article__section_id", flat=True))
    return sections | excluded | ({0} if excluded else set())


def is_good(reads: int) -> bool:
    """Whether enough were read for a list to mean something."""
    return reads >= settings.KAWARABAN.readership.least_reads


def new_list(window: str, section: int, ranks: Sequence[Rank], now: int) -> RankedList:
    articles = [[rank.article, rank.reads] for rank in ranks]
    return RankedList(window=window, section=section, articles=articles, as_of=datetime.fromtimestamp(now / 1000, UTC))


def keep(before: RankedList | None, found: RankedList, *, is_enough: bool, length: int) -> bool:
    """Stores a list, or has the last good one stay; True when readers see something else."""
    if before is None and not (found.articles and is_enough):
        return False
    if before is not None and before.articles and not is_enough:
        was_old, before.is_old = before.is_old, True
        if not was_old:
            before.save()
        return not was_old
    if before is None:
        found.save()
        return True
    found.pk = before.pk
    if before.is_old or before.articles != found.articles:
        found.save(force_update=True)
    return before.is_old or top(before, length) != top(found, length)


def top(found: RankedList, length: int) -> list[int]:
    return [key for key, _ in found.articles[:length]]


class Dated:
    """What may be ranked in a window now, with the section and the moment of publication of each."""

    def __init__(self, window: str, now: int) -> None:
        self.now = datetime.fromtimestamp(now / 1000, UTC)
        self.days = getattr(settings.KAWARABAN.readership, f"oldest_{window}")

    def __call__(self, keys: Sequence[int]) -> dict[int, tuple[int, tuple]]:
        found = Article.objects.listable(self.now).editorial().among(keys).order_by()
        if self.days:
            found = found.since(self.now - timedelta(days=self.days))
        return {key: (section, (at.timestamp() if at else 0.0,)) for key, section, at in found.values_list("pk", "section_id", "published_at")}


def listed(window: str, section: int = 0) -> tuple[list[int], datetime | None]:
    """Articles by rank, some more than are shown, and as of when if that is not now."""
    found = RankedList.objects.filter(window=window, section=section).first()
    if found is None:
        return [], None
    return [key for key, _ in found.articles], found.as_of if found.is_old else None
