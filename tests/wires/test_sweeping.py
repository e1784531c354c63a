from datetime import UTC, datetime, timedelta

import pytest

from kawaraban.demo import builders
from kawaraban.wires import sweeping
from kawaraban.wires.archive import Archive
from kawaraban.wires.ingest import keep, receive, take_in
from kawaraban.wires.models import Arrival, Source, WireItem
from kawaraban.wires.sweeping import note_unknown, take_in_waiting
from kawaraban.wires.turn import Turn
from tests.wires.payloads import payload

SOON = timedelta(seconds=10)


def never() -> bool:
    return False


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def test_what_waits_is_read_oldest_first(source: Source, archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "ROUND", 2)
    for number in range(5):
        keep(source, payload(guid=f"n{number}", headline=str(number)), now + number * SOON)
    assert take_in_waiting(now + 9 * SOON, never) == 5
    assert list(WireItem.objects.order_by("pk").values_list("headline", flat=True)) == ["0", "1", "2", "3", "4"]
    assert take_in_waiting(now + 9 * SOON, never) == 0


def test_nothing_is_read_when_the_time_is_over(source: Source, archive: Archive, now: datetime) -> None:
    keep(source, payload(), now)
    assert take_in_waiting(now, lambda: True) == 0


def test_payload_without_a_row_gets_one(source: Source, archive: Archive, now: datetime) -> None:
    receive(source, payload(guid="known"), now)
    kept = archive.keep("shiomi", payload(name="lost.xml"), now)
    archive.keep("gone", payload(), now)
    assert note_unknown(now, 1) == 0, "it may be just being noted by who wrote it"
    assert note_unknown(now + SOON, 1) == 1
    arrival = Arrival.objects.waiting().get()
    assert (arrival.file, arrival.name, arrival.received_at) == (kept.file, "lost.xml", now)
    assert note_unknown(now + SOON, 1) == 0


def test_damaged_file_stops_no_other(source: Source, archive: Archive, now: datetime) -> None:
    kept = [archive.keep("shiomi", payload(guid=guid), now) for guid in ("a", "b")]
    (archive.folder / kept[0].file).write_bytes(b"damaged")
    assert note_unknown(now + SOON, 1) == 1


def test_turn_picks_up_all_that_was_left(source: Source, archive: Archive, now: datetime) -> None:
    keep(source, payload(guid="a"), now)
    archive.keep("shiomi", payload(guid="b"), now - timedelta(days=3))
    turn = Turn()
    assert turn(now + SOON, never) == 2
    assert turn(now + SOON, never) == 0
    assert WireItem.objects.count() == 2 and not Arrival.objects.waiting().exists()


def test_turn_that_fails_rests_and_goes_on(source: Source, archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    turn = Turn()
    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "take_in_waiting", lambda *_: 1 / 0)
        assert turn(now, never) == 0 and "go on" in caplog.text
    keep(source, payload(), now)
    assert turn(now, never) == 0
    turn.next["rested"] = 0.0
    assert turn(now, never) == 1


def test_turn_mails_in_a_thread(source: Source, archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[datetime] = []
    monkeypatch.setattr("kawaraban.wires.mails.are_waiting", lambda: True)
    monkeypatch.setattr("kawaraban.wires.mails.round_of", sent.append)
    turn = Turn()
    turn(now, never)
    turn.postman.join()
    assert sent == [now]


def test_turn_leaves_what_is_recent(source: Source, archive: Archive, now: datetime) -> None:
    receive(builders.make_source(key="other"), payload(), now)
    Turn()(now, never)
    assert len(list(archive.files())) == 1 and WireItem.objects.count() == 1


def test_what_was_begun_before_is_taken_in_last_and_alone(source: Source, archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    arrivals = [keep(source, payload(guid=f"n{number}"), now) for number in range(4)]
    Arrival.objects.filter(pk__in=[arrivals[1].pk, arrivals[2].pk]).update(attempts=2)
    Arrival.objects.filter(pk=arrivals[2].pk).update(attempts=1)
    rounds = []
    monkeypatch.setattr(sweeping, "take_in", lambda waiting, at: rounds.append([arrival.pk for arrival in waiting]) or take_in(waiting, at))
    assert take_in_waiting(now, never) == 4
    assert rounds == [[arrivals[0].pk, arrivals[3].pk], [arrivals[2].pk], [arrivals[1].pk]]
