"""Brings the sources of kawaraban.toml into the database, where the desk shows them and can't change them."""

from typing import Any

from kawaraban.conf import Configuration, WireSource
from kawaraban.wires.models import Source

SAME = ("kind", "agency", "section", "language", "format", "address", "schedule", "patience", "rank")
TOLD = ("user", "mailbox", "after")  # passwords stay in the file


def merge(found: Configuration) -> None:
    """When desk or worker starts. One that was taken out of the file is the desk's again, switched off."""
    for entry in found.sources:
        Source.objects.update_or_create(key=entry.key, defaults=values_of(entry))
    gone = Source.objects.filter(is_from_file=True).exclude(key__in=[entry.key for entry in found.sources])
    gone.update(is_from_file=False, is_on=False)


def values_of(entry: WireSource) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in SAME}
    settings = {name: getattr(entry, name) for name in TOLD}
    return values | {"name": entry.name or entry.key, "settings": settings, "is_from_file": True, "is_on": True}
