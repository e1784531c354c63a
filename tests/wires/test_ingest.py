from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError

from kawaraban.demo import builders
from kawaraban.wires import ingest, taking
from kawaraban.wires.archive import Archive, Payload, Unkept
from kawaraban.wires.copy import Copy, Partly, Unreadable
from kawaraban.wires.fault import Fault
from kawaraban.wires.filing import file
from kawaraban.wires.ingest import again, keep, receive, receive_all, take_in
from kawaraban.wires.models import Arrival, Source, WireItem, WireVersion
from tests.wires.conftest import NOW
from tests.wires.payloads import nitf, payload

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("archive")


def reading(monkeypatch: pytest.MonkeyPatch, outcome: list[Copy] | Exception) -> None:
    def read(data: bytes, form: str = "") -> list[Copy]:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(taking, "read", read)


def headlines() -> list[str]:
    return list(WireItem.objects.order_by("pk").values_list("headline", flat=True))


def test_payload_is_archived_and_its_item_filed(source: Source, archive: Archive) -> None:
    arrival = receive(source, payload(headline="着いた話"), NOW)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.items, arrival.format, arrival.reasons, arrival.attempts) == ("read", 1, "nitf", [], 1)
    assert archive.read(arrival.file).payload == payload(headline="着いた話")
    assert WireVersion.objects.get().arrival == arrival and headlines() == ["着いた話"]


def test_payload_that_came_before_is_known_again(source: Source, archive: Archive) -> None:
    first = receive(source, payload(), NOW)
    assert receive(source, payload(name="again.xml"), NOW + MINUTE) == first
    assert (Arrival.objects.count(), WireItem.objects.count(), len(list(archive.files()))) == (1, 1, 1)


def test_payload_that_can_not_be_read_is_quarantined_with_its_reason(source: Source, archive: Archive) -> None:
    arrival = receive(source, payload(b"<nitf><head/></nitf>"), NOW)
    assert arrival.state == "quarantined" and "no identifier" in str(arrival.faults[0])
    assert list(Arrival.objects.quarantined()) == [arrival] and archive.has(arrival.file)


def test_bad_item_stops_no_other(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = [builders.make_copy(f"第{number}報", guid=f"urn:{number}") for number in range(3)]
    reading(monkeypatch, Partly([copies[0], copies[2]], [Fault("item 2: no identifier")]))
    arrival = receive(source, payload(), NOW)
    assert (arrival.state, arrival.items, [*map(str, arrival.faults)]) == ("quarantined", 2, ["item 2: no identifier"])
    assert headlines() == ["第0報", "第2報"]


@pytest.mark.parametrize("error", [IntegrityError("constraint"), ValueError("what nobody foresaw")])
def test_item_that_can_not_be_filed_stops_no_other(source: Source, monkeypatch: pytest.MonkeyPatch, caplog, error: Exception) -> None:
    def file_some(copy: Copy, filing: object) -> object:
        if copy.guid == "urn:1":
            file(copy, filing)
            raise error
        return file(copy, filing)

    reading(monkeypatch, [builders.make_copy(f"第{number}報", guid=f"urn:{number}") for number in range(3)])
    monkeypatch.setattr(taking, "file", file_some)
    arrival = receive(source, payload(), NOW)
    assert arrival.state == "quarantined" and str(arrival.faults[0]).startswith("urn:1: it can't be filed")
    assert "第0報" in headlines() and "第2報" in headlines()


def test_database_that_fails_leaves_the_payload_waiting(source: Source, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(copy: Copy, filing: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(taking, "file", fail)
        receive(source, payload(), NOW)
    arrival = Arrival.objects.waiting().get()
    take_in([arrival], NOW + MINUTE)
    assert (arrival.state, len(headlines())) == ("read", 1)


def test_database_that_fails_again_and_again_is_no_fault_of_the_payload(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(copy: Copy, filing: object) -> None:
        raise OperationalError("database or disk is full")

    arrival = keep(source, payload(), NOW)
    monkeypatch.setattr(taking, "file", fail)
    for _ in range(2 * ingest.ATTEMPTS):
        with pytest.raises(OperationalError):
            take_in(Arrival.objects.waiting(), NOW)
    assert list(Arrival.objects.waiting()) == [arrival]


def test_neighbours_of_what_ends_the_process_are_read(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    arrivals = [keep(source, payload(guid=guid, headline=guid), NOW) for guid in ("a", "deadly", "b")]

    def read(data: bytes, form: str) -> list[Copy]:
        if b"deadly" in data:
            raise SystemExit
        return reader(data, form)

    reader = taking.read
    monkeypatch.setattr(taking, "read", read)
    for _ in range(2 * ingest.ATTEMPTS):
        with suppress(SystemExit):
            take_in(Arrival.objects.waiting(), NOW)
    for arrival in arrivals:
        arrival.refresh_from_db()
    assert [arrival.state for arrival in arrivals] == ["read", "quarantined", "read"] and headlines() == ["a", "b"]


def test_payload_is_archived_while_the_database_is_down(source: Source, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise OperationalError("no connection")

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(Arrival.objects, "filter", down)
        receive(source, payload(), NOW)
    assert [archive.read(kept.file).payload for kept in archive.files()] == [payload()]


def test_reader_that_fails_quarantines_the_payload(source: Source, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    reading(monkeypatch, ZeroDivisionError("secret detail"))
    arrival = receive(source, payload(), NOW)
    assert arrival.state == "quarantined" and [*map(str, arrival.faults)] == ["it can't be read, for a reason that nobody foresaw: ZeroDivisionError"]


def test_full_archive_takes_nothing_in(source: Source, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.folder.parent.joinpath("archive").write_bytes(b"no folder")
    with pytest.raises(Unkept):
        receive(source, payload(), NOW)
    assert not Arrival.objects.exists() and not WireItem.objects.exists()


@pytest.mark.parametrize(
    ("setting", "reason"), [({"payload_bytes": 100}, "wires.payload_bytes allows 100"), ({"item_bytes": 10}, "wires.item_bytes")]
)
def test_limits_are_settings(source: Source, settings, setting: dict[str, int], reason: str) -> None:
    from dataclasses import replace

    settings.KAWARABAN = replace(settings.KAWARABAN, wires=replace(settings.KAWARABAN.wires, **setting))
    arrival = receive(source, payload(), NOW)
    assert arrival.state == "quarantined" and reason in str(arrival.faults[0]) and headlines() == []


def test_kept_payload_waits_for_the_worker(source: Source) -> None:
    arrival = keep(source, payload(), NOW)
    assert list(Arrival.objects.waiting()) == [arrival] and headlines() == []
    assert keep(source, payload(), NOW) == arrival
    take_in([arrival], NOW + MINUTE)
    assert arrival.state == "read" and WireItem.objects.get().received == NOW


def test_what_ends_the_process_that_reads_it_is_quarantined(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    arrival = keep(source, payload(), NOW)
    for _ in range(ingest.ATTEMPTS):
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(taking, "read", lambda data, form: exit())
            take_in(Arrival.objects.waiting(), NOW)
    take_in(Arrival.objects.waiting(), NOW)
    arrival.refresh_from_db()
    assert arrival.state == "quarantined" and "ended the process 5 times" in str(arrival.faults[0])
    assert again(arrival, NOW).state == "read"


def test_try_again(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        reading(patch, Unreadable("it is in a format that nobody knows yet"))
        arrival = receive(source, payload(), NOW)
    assert arrival.state == "quarantined"
    assert again(arrival, NOW + MINUTE).state == "read"
    assert (arrival.reasons, arrival.read_at, len(headlines())) == ([], NOW + MINUTE, 1)


def test_several_at_once_are_filed_in_a_few_transactions(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "BATCH", 4)
    sent = [payload(guid=f"n{number}", headline=f"{number}") for number in range(9)] + [payload(b"no format"), payload(guid="n0", headline="0")]
    arrivals = receive_all(source, sent, NOW)
    assert [arrival.state for arrival in arrivals] == ["read"] * 9 + ["quarantined", "read"]
    assert arrivals[0] == arrivals[-1] and headlines() == [str(number) for number in range(9)]


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 9])
def test_long_payload_is_filed_in_stretches(source: Source, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(ingest, "BATCH", 4)
    reading(monkeypatch, [builders.make_copy(str(number), guid=str(number)) for number in range(count)])
    arrival = receive(source, payload(), NOW)
    assert (arrival.items, headlines()) == (count, [str(number) for number in range(count)])


def test_source_knows_how_it_does(source: Source) -> None:
    receive(source, payload(), NOW)
    receive(source, payload(), NOW + 2 * MINUTE)
    receive(source, payload(version=2), NOW + 4 * MINUTE)
    receive(source, payload(b"no format"), NOW + 5 * MINUTE)
    source.refresh_from_db()
    assert (source.items, source.quarantined, source.usual_rhythm) == (2, 1, 240)
    assert (source.last_seen, source.last_item) == (NOW + 5 * MINUTE, NOW + 4 * MINUTE)


def test_sender_names_no_path(source: Source, archive: Archive) -> None:
    arrival = receive(source, Payload(nitf(), "../../../x\udcff.xml", "t" * 300), NOW)
    assert (arrival.name, len(arrival.content_type)) == ("x.xml", 120)
    assert [file.parent.parent for file in archive.folder.rglob("*.gz")] == [archive.folder]
