"""Groups the items that tell one story, and says which of them is shown."""

from collections import Counter
from datetime import datetime

from django.db.models import Q

from kawaraban.wires import signatures
from kawaraban.wires.best import Member, best
from kawaraban.wires.house import House
from kawaraban.wires.models import Band, Instruction, Story, WireItem
from kawaraban.wires.signatures import Shingles

MOST = 5  # candidates compared in full
ALIKE, CONTAINED = 0.5, 0.8  # of two agencies' copies
IDENTICAL = 0.9  # of one agency's: its reports of two days may be as alike as two agencies' of one


def text_of(item: WireItem) -> str:
    return f"{item.headline}\n{item.body}"


def join_story(item: WireItem, house: House, now: datetime) -> None:
    """Finds the story of an item that has been saved, or has a new text; notes by what the next is to find it."""
    found = signatures.shingles(text_of(item))
    bands = signatures.bands(found)
    note_bands(item, bands)
    if bands and item.story_id is None and (other := nearest(item, found, bands, house)):
        tie(item, other)
    if item.story_id:
        choose_best(item.story_id, house, now)


def note_bands(item: WireItem, bands: list[int]) -> None:
    Band.objects.bulk_create(Band(item=item, value=value, published=item.published) for value in bands)


def nearest(item: WireItem, found: Shingles, bands: list[int], house: House) -> WireItem | None:
    """The item most like it among those sent about the same time."""
    span = (item.published - house.group, item.published + house.group)
    shared = Band.objects.filter(value__in=bands, published__range=span).exclude(item=item).values_list("item_id", flat=True)
    keys = [key for key, _ in Counter(shared).most_common(MOST)]
    if not keys:
        return None
    likely = ((likeness(item, found, other), other) for other in WireItem.objects.filter(pk__in=keys))
    degree, other = max(likely, key=lambda pair: (pair[0], -pair[1].pk), default=(0.0, None))
    return other if degree else None


def likeness(item: WireItem, found: Shingles, other: WireItem) -> float:
    """How much of the same story they tell; 0 for another."""
    if item.namespace == other.namespace and item.title_digest != other.title_digest:
        return 0.0
    both, shorter = signatures.likeness(found, signatures.shingles(text_of(other)))
    if item.namespace == other.namespace:
        return both if both >= IDENTICAL else 0.0
    return max(both, shorter) if both >= ALIKE or shorter >= CONTAINED else 0.0


def join_updated(item: WireItem, updated: WireItem, house: House, now: datetime) -> None:
    """An item and the one that it updates are one story, however little their texts have in common."""
    choose_best(tie(item, updated), house, now)


def join_updates(item: WireItem, house: House, now: datetime) -> None:
    """An item that came after those that update it."""
    updates = Instruction.objects.filter(kind=Instruction.Kind.UPDATES, guid=item.guid, namespace=item.namespace).exclude(by=item)
    for update in updates.select_related("by"):
        join_updated(update.by, item, house, now)


def tie(item: WireItem, other: WireItem) -> int:
    """Makes two items one story, with all that are of theirs already; gives its key."""
    if item.story_id and item.story_id == other.story_id:
        return item.story_id
    stories = {story for story in (item.story_id, other.story_id) if story}
    kept = min(stories) if stories else Story.objects.create().pk
    joined = Q(pk__in=(item.pk, other.pk)) | Q(story_id__in=stories - {kept})
    WireItem.objects.filter(joined).update(story=kept)
    Story.objects.filter(pk__in=stories - {kept}).delete()
    item.story_id = other.story_id = kept
    return kept


def forget_bands(item: WireItem) -> None:
    """Nothing is found by the text of an item that has another, or may not be read any more."""
    Band.objects.filter(item=item).delete()


def choose_best(story: int, house: House, now: datetime) -> None:
    """Marks the item that is shown for a story. While readers may see none of them, each is: the first that they may see shows at once."""
    items = list(WireItem.objects.filter(story_id=story).select_related("source"))
    usable = [item for item in items if item.is_usable(now)]
    updated = updated_by(usable)
    chosen = best([member(item, updated.get(item.pk, frozenset())) for item in usable], house.language)
    for item in items:
        is_best = chosen in (None, item.pk)
        if item.is_best != is_best:
            item.is_best = is_best
            item.save(update_fields=["is_best"])


def updated_by(items: list[WireItem]) -> dict[int, frozenset[int]]:
    """Which of some items each of them updates."""
    keys = {(item.namespace, item.guid): item.pk for item in items}
    found: dict[int, set[int]] = {}
    orders = Instruction.objects.filter(kind=Instruction.Kind.UPDATES, by__in=keys.values())
    for by, *name in orders.values_list("by_id", "namespace", "guid"):
        if (key := keys.get((name[0], name[1]))) is not None:
            found.setdefault(by, set()).add(key)
    return {by: frozenset(updated) for by, updated in found.items()}


def member(item: WireItem, updates: frozenset[int] = frozenset()) -> Member:
    rank = item.source.rank if item.source else 0
    return Member(item.pk, len(item.body), item.language, item.updated or item.published, rank, item.is_pinned, updates)


def prune_bands(before: datetime) -> int:
    """Forgets by what older items were found."""
    return Band.objects.filter(Q(published__lt=before)).delete()[0]
