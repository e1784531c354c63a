"""Counts in the site's database, SQLite or PostgreSQL."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kawaraban.readership.columns import Bucket, Column, Grain, unpacked
from kawaraban.readership.stores.rows import RowStore, Run
from kawaraban.readership.stores.store import Offset
from kawaraban.readership.tables import Count, Progress, Remembrance

VERSION = ""  # the source whose place it is
NO_SOURCES = (VERSION, "lists")


def deleted(rows: QuerySet[Any]) -> int:
    """How many were; in one statement. Django would read each row first, for Wagtail's sake, who listens to every model."""
    return int(rows._raw_delete(rows.db) or 0)


class SiteStore(RowStore):
    @contextmanager
    def changing(self) -> Iterator[int]:
        Progress.objects.get_or_create(source=VERSION, defaults={"place": 0, "at": 0})
        with transaction.atomic():
            yield Progress.objects.select_for_update().get(source=VERSION).place

    def version(self) -> int:
        return Progress.objects.filter(source=VERSION).values_list("place", flat=True).first() or 0

    def set_version(self, version: int) -> None:
        Progress.objects.filter(source=VERSION).update(place=version)

    def stored(self, grain: Grain, measure: str, starts: Collection[int]) -> Iterator[tuple[int, bytes | memoryview]]:
        sought = sorted(starts)
        for place in range(0, len(sought), 500):
            yield from (
                Count.objects.filter(grain=grain, measure=measure, start__in=sought[place : place + 500]).values_list("start", "counts").iterator()
            )

    def columns(self, grain: Grain, measure: str, since: int, until: int) -> dict[int, Column]:
        found = Count.objects.filter(grain=grain, measure=measure, start__gte=since, start__lt=until).order_by("start")
        return {start: unpacked(stored) for start, stored in found.values_list("start", "counts")}

    def store(self, rows: Iterable[tuple[Bucket, bytes]]) -> None:
        Count.objects.bulk_create(
            (Count(grain=bucket.grain, start=bucket.start, measure=bucket.measure, counts=stored) for bucket, stored in rows),
            update_conflicts=True,
            unique_fields=["grain", "measure", "start"],
            update_fields=["counts"],
        )

    def measures(self) -> set[str]:
        return set(Count.objects.order_by().values_list("measure", flat=True).distinct())

    def drop(self, grain: Grain, before: int) -> int:
        return deleted(Count.objects.filter(grain=grain, start__lt=before))

    def runs(self, kind: str, day: int) -> list[Run]:
        return [Run(*row) for row in Remembrance.objects.filter(kind=kind, day=day).order_by("number").values_list("number", "length", "until")]

    def read_runs(self, kind: str, day: int, numbers: Collection[int]) -> list[bytes | memoryview]:
        return list(Remembrance.objects.filter(kind=kind, day=day, number__in=numbers).values_list("counts", flat=True))

    def replace_runs(self, kind: str, day: int, numbers: Collection[int], run: Run, stored: bytes) -> None:
        deleted(Remembrance.objects.filter(kind=kind, day=day, number__in=numbers))
        Remembrance.objects.create(kind=kind, day=day, number=run.number, length=run.length, until=run.until, counts=stored)

    def forget(self, now: int) -> None:
        deleted(Remembrance.objects.filter(until__lt=now))
        self.cached.clear()

    def wipe(self) -> None:
        """All counts go, with the commit."""
        for rows in (Count.objects.all(), Remembrance.objects.all(), Progress.objects.exclude(source__in=NO_SOURCES)):
            deleted(rows)

    def offsets(self) -> dict[str, Offset]:
        return {
            source: Offset(place, at) for source, place, at in Progress.objects.exclude(source__in=NO_SOURCES).values_list("source", "place", "at")
        }

    def store_offsets(self, offsets: Mapping[str, Offset], forgotten: Collection[str]) -> None:
        deleted(Progress.objects.filter(source__in=forgotten))
        Progress.objects.bulk_create(
            (Progress(source=source, place=offset.place, at=offset.at) for source, offset in offsets.items()),
            update_conflicts=True,
            unique_fields=["source"],
            update_fields=["place", "at"],
        )

    def names(self) -> dict[str, int]:
        return {}

    def store_names(self, names: Mapping[str, int]) -> None:
        if names:
            raise ValueError("a site's articles are pages")

    def close(self) -> None:
        """Its connection is Django's."""
