"""Wire items written into the database as rows, as the wires would have filed them: with version, arrival and, the latest ones, bands."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.inside.dispatch import AGENCY, FOLDER, Dispatch
from kawaraban.demo import builders
from kawaraban.pages.printing import changed, postponed
from kawaraban.wires import identity, signatures
from kawaraban.wires.archive import Payload, placed
from kawaraban.wires.grouping import text_of
from kawaraban.wires.house import house
from kawaraban.wires.models import Arrival, Band, Source, WireItem, WireVersion
from kawaraban.wires.reading import read
from kawaraban.wires.settling import Filing, show, version_of
from kawaraban.wires.truth import Standing

A_DAY = 4_000  # items: what several agencies send together
CHUNK = 1_000
KEY = "shiomi"


def source() -> Source:
    return Source.objects.filter(key=KEY).first() or builders.make_source(AGENCY, key=KEY, kind=Source.Kind.FOLDER, address=FOLDER)


def dispatches(count: int, now: datetime) -> Iterator[Dispatch]:
    """The oldest first, the last a minute ago."""
    for number in range(count):
        yield Dispatch(number, (now - timedelta(minutes=1, days=(count - 1 - number) / A_DAY)).replace(microsecond=0))


def fill(count: int) -> None:
    now, agency = timezone.now(), source()
    rest = dispatches(count, now)
    while chunk := list(islice(rest, CHUNK)):
        with transaction.atomic():
            write(chunk, agency, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with postponed():
        changed(WireItem.objects.newest_first()[0])


def write(chunk: list[Dispatch], agency: Source, now: datetime) -> None:
    rules = house(settings.KAWARABAN)
    made = [row(dispatch, agency, rules, now) for dispatch in chunk]
    Arrival.objects.bulk_create(version.arrival for _, version in made)
    items = WireItem.objects.bulk_create(item for item, _ in made)
    for item, (_, version) in zip(items, made, strict=True):
        version.item, version.arrival_id = item, version.arrival.pk
    for item, version in zip(items, WireVersion.objects.bulk_create(version for _, version in made), strict=True):
        item.face = version
    WireItem.objects.bulk_update(items, ["face"])
    recent = [item for item in items if item.published > now - 2 * rules.group]
    Band.objects.bulk_create(
        Band(item=item, value=value, published=item.published) for item in recent for value in signatures.bands(signatures.shingles(text_of(item)))
    )


def row(dispatch: Dispatch, agency: Source, rules, now: datetime) -> tuple[WireItem, WireVersion]:
    data = dispatch.ninjs()
    payload, [copy] = Payload(data, f"{dispatch.number}.json"), read(data)
    place = placed(agency.key, payload, dispatch.sent)
    arrival = Arrival(
        source=agency,
        digest=place.digest,
        file="",
        name=payload.name,
        size=len(data),
        received_at=dispatch.sent,
        state=Arrival.State.READ,
        format=copy.format,
        items=1,
        attempts=1,
        read_at=dispatch.sent,
    )
    filing = Filing(agency, rules, dispatch.sent, dispatch.sent, arrival)
    item = WireItem(guid=identity.guid_of(copy.guid), namespace=identity.namespace_of(agency.agency), source=agency)
    show(item, copy, Standing(0, copy.version, copy.status), filing)
    item.is_flashed = bool(item.is_flashed and (item.flash_until is None or item.flash_until > now))
    return item, version_of(copy, filing)
