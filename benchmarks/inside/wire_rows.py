"""Wire items written into the database as rows, as the wires would have filed them: with version, arrival and, the latest ones, bands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.utils import timezone

from benchmarks.inside.dispatch import AGENCY, FOLDER, Dispatch
from kawaraban.demo import builders
from kawaraban.pages.printing import changed, postponed
from kawaraban.wires import identity, signatures
from kawaraban.wires.archive import Payload
from kawaraban.wires.copy import Copy
from kawaraban.wires.grouping import text_of
from kawaraban.wires.house import House, house
from kawaraban.wires.models import Arrival, Band, Source, WireItem, WireVersion
from kawaraban.wires.reading import read
from kawaraban.wires.settling import Filing, show, version_of
from kawaraban.wires.truth import Standing

A_DAY = 4_000  # items: what several agencies send together
CHUNK = 5_000
KEY = "shiomi"
# A home that could not be finished is made anew. Each version would be looked for in all items' faces, of which there is no index.
SWIFTLY = ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000", "PRAGMA foreign_keys=OFF")


def source() -> Source:
    return Source.objects.filter(key=KEY).first() or builders.make_source(AGENCY, key=KEY, kind=Source.Kind.FOLDER, address=FOLDER)


def dispatches(count: int, now: datetime) -> Iterator[Dispatch]:
    """The oldest first, the last a minute ago."""
    for number in range(count):
        yield Dispatch(number, (now - timedelta(minutes=1, days=(count - 1 - number) / A_DAY)).replace(microsecond=0))


def fill(count: int) -> None:
    """Into SQLite: elsewhere the sequences would not know of the keys."""
    now, agency = timezone.now(), source()
    rest, maker = dispatches(count, now), Maker(agency, house(settings.KAWARABAN), now)
    run(*SWIFTLY)
    while chunk := list(islice(rest, CHUNK)):
        with transaction.atomic():
            write(chunk, maker)
    run("ANALYZE")
    with postponed():
        changed(WireItem.objects.newest_first()[0])


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Maker:
    """Makes the rows of dispatches. Only the first is read: of the others is told in which they differ."""

    def __init__(self, agency: Source, rules: House, now: datetime) -> None:
        self.agency, self.rules, self.now = agency, rules, now
        first = Dispatch(0, now)
        [self.shape] = read(first.ninjs())
        self.last = {model: model.objects.aggregate(last=models.Max("pk"))["last"] or 0 for model in (Arrival, WireItem, WireVersion)}

    def copy(self, dispatch: Dispatch) -> Copy:
        """What `read` makes of its ninjs."""
        return replace(
            self.shape,
            guid=dispatch.guid,
            version=dispatch.version,
            headline=dispatch.headline,
            slugline=dispatch.slugline,
            urgency=dispatch.urgency,
            published=dispatch.sent,
            updated=dispatch.sent,
            body_html=dispatch.body,
            body_text="\n\n".join(dispatch.prose.paragraphs),
            media=tuple(replace(part, address=dispatch.picture("original")) for part in self.shape.media),
        )

    def key(self, model: type[models.Model]) -> int:
        self.last[model] += 1
        return self.last[model]

    def rows(self, dispatch: Dispatch) -> tuple[Arrival, WireItem, WireVersion]:
        copy, arrival = self.copy(dispatch), self.arrival(dispatch)
        filing = Filing(self.agency, self.rules, dispatch.sent, dispatch.sent, arrival)
        item = WireItem(guid=identity.guid_of(copy.guid), namespace=identity.namespace_of(self.agency.agency), source=self.agency)
        show(item, copy, Standing(0, copy.version, copy.status), filing)
        item.is_flashed = bool(item.is_flashed and (item.flash_until is None or item.flash_until > self.now))
        version = version_of(copy, filing)
        item.pk, version.pk = self.key(WireItem), self.key(WireVersion)
        item.face, version.item = version, item
        return arrival, item, version

    def arrival(self, dispatch: Dispatch) -> Arrival:
        data = dispatch.ninjs()
        payload = Payload(data, f"{dispatch.number}.json")
        return Arrival(
            pk=self.key(Arrival),
            source=self.agency,
            digest=payload.digest,
            name=payload.name,
            size=len(data),
            received_at=dispatch.sent,
            state=Arrival.State.READ,
            format=self.shape.format,
            items=1,
            attempts=1,
            read_at=dispatch.sent,
        )

    def bands(self, item: WireItem) -> list[Band]:
        """Those of items old enough have been forgotten."""
        if item.published < self.now - 2 * self.rules.group:
            return []
        return [Band(item=item, value=value, published=item.published) for value in signatures.bands(signatures.shingles(text_of(item)))]


def write(chunk: Sequence[Dispatch], maker: Maker) -> None:
    made = [maker.rows(dispatch) for dispatch in chunk]
    for rows in zip(*made, strict=True):
        pour(rows)
    if bands := [band for _, item, _ in made for band in maker.bands(item)]:
        pour(bands)


def pour(rows: Sequence[models.Model]) -> None:
    """As bulk_create, in a third of its time: one statement, prepared once."""
    meta, database = rows[0]._meta, connections[DEFAULT_DB_ALIAS]  # its proxy would be asked for each value
    fields = [field for field in meta.concrete_fields if rows[0].pk is not None or not field.primary_key]
    columns = ", ".join(database.ops.quote_name(field.column) for field in fields)
    statement = f"INSERT INTO {database.ops.quote_name(meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    with database.cursor() as cursor:
        cursor.executemany(statement, ([field.get_db_prep_save(getattr(row, field.attname), database) for field in fields] for row in rows))
