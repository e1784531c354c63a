"""Takes an item down at its agency's order. The item's own status is set in the same transaction, and the press hears of it by that."""

from datetime import datetime

from django.db.models import Q

from kawaraban.wires import signals
from kawaraban.wires.copy import Status
from kawaraban.wires.models import Arrival, Banner, KillReceipt, WireItem
from kawaraban.wires.notices import Kind, notify, origins_of

KINDS: dict[Status, Kind] = {Status.CANCELED: "killed", Status.WITHHELD: "withheld"}


def take_down(item: WireItem, arrival: Arrival | None, now: datetime) -> KillReceipt:
    """Lowers the banners raised from an item, tells the editors of its articles, and leaves a receipt. The item has been saved."""
    articles = {origin.article_id: origin.article for origin in origins_of(item)}
    receipt = KillReceipt.objects.create(
        item=item,
        arrival=arrival,
        status=item.status,
        number=item.version,
        note=item.editorial_note,
        removed_at=now,
        articles=[{"key": key, "headline": article.title, "is_live": article.live} for key, article in articles.items()],
        banners=[banner.pk for banner in lower_banners(item, now)],
    )
    notify(item, KINDS[Status(item.status)], now)
    signals.taken_down.send(sender=WireItem, item=item, receipt=receipt)
    return receipt


def lower_banners(item: WireItem, now: datetime) -> list[Banner]:
    raised = list(item.banners.filter(Q(ends__isnull=True) | Q(ends__gt=now)))
    for banner in raised:
        banner.ends = now
        banner.save(update_fields=["ends"])
    return raised
