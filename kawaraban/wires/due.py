"""What changes for readers by the clock alone."""

from datetime import datetime

from django.conf import settings

from kawaraban.wires.grouping import choose_best
from kawaraban.wires.house import house
from kawaraban.wires.models import Banner, WireItem


def fall_due(since: datetime, until: datetime) -> list[WireItem]:
    """The items whose embargo, moment of sending or flash has ended since; the pages that show them are to be printed again.

    The flash's index keeps only what is flashed, so that one look finds it among a million.
    """
    items = list(WireItem.objects.falling_due(since, until))
    ended = [item.pk for item in items if item.is_flashed and item.flash_until and item.flash_until <= until]
    WireItem.objects.filter(pk__in=ended).update(is_flashed=False)
    choose_again(items, until)
    return items


def turn_back(now: datetime, wrong: datetime) -> list[WireItem]:
    """The items whose embargo or moment of sending a clock that went before its time has passed: they are not free yet."""
    items = list(WireItem.objects.falling_due(now, wrong))
    choose_again(items, now)
    return items


def choose_again(items: list[WireItem], now: datetime) -> None:
    for story in {item.story_id for item in items if item.story_id}:
        choose_best(story, house(settings.KAWARABAN), now)


def are_banners_due(since: datetime, until: datetime) -> bool:
    """Whether one begins or ends, by itself or with the embargo of its item."""
    return Banner.objects.turning(since, until).exists()
