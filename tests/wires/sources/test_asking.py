from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from kawaraban.demo import builders
from kawaraban.wires.archive import Unkept
from kawaraban.wires.models import Source
from kawaraban.wires.sources import asking
from kawaraban.wires.sources.asking import LEASE, ask, claim, due, look_now
from kawaraban.wires.sources.connecting import Unanswered

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def polled(db: None) -> Source:
    return builders.make_source(kind=Source.Kind.POLL, address="https://agency.example/feed")


def asked(source: Source, monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> str:
    def answer(source: Source, now: datetime) -> None:
        if error:
            raise error

    monkeypatch.setitem(asking.ASK, "poll", answer)
    assert claim(source, NOW)
    told = ask(source, lambda: NOW, lambda: 0.5)
    source.refresh_from_db()
    return told


def test_due_are_those_that_are_asked(polled: Source) -> None:
    for kind in (Source.Kind.FOLDER, Source.Kind.PUSH, Source.Kind.MAILBOX):
        builders.make_source(key=kind, kind=kind)
    builders.make_source(key="off", kind=Source.Kind.POLL, is_on=False)
    builders.make_source(key="later", kind=Source.Kind.POLL, next_at=NOW + timedelta(seconds=1))
    assert {source.key for source in due(NOW)} == {"shiomi", "mailbox"}


def test_one_of_several_processes_gets_it(polled: Source) -> None:
    other = Source.objects.get()
    assert claim(polled, NOW) and not claim(other, NOW)
    assert due(NOW) == [] and due(NOW + LEASE) == [polled]


def test_next_time_is_planned(polled: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(polled, monkeypatch) == ""
    assert (polled.next_at, polled.failures) == (NOW + timedelta(seconds=60), 0)


def test_failures_put_it_off_further_and_further(polled: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, minutes in ((1, 2), (2, 4), (3, 8)):
        assert asked(polled, monkeypatch, Unanswered("It is away.")) == "It is away."
        assert (polled.failures_in_a_row, polled.last_error, polled.next_at) == (number, "It is away.", NOW + timedelta(minutes=minutes))


def test_wish_to_be_left_alone_is_followed(polled: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(polled, monkeypatch, Unanswered("Too often.", 5000.0))
    assert polled.next_at == NOW + timedelta(seconds=5000)


@pytest.mark.parametrize(("error", "told"), [(Unkept("No room."), "No room."), (KeyError(1), "Something went wrong that should not: KeyError: 1.")])
def test_whatever_goes_wrong_is_one_sentence(polled: Source, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    assert asked(polled, monkeypatch, error) == told == polled.last_error


def test_fault_of_the_database_is_not_the_source_s(polled: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OperationalError):
        asked(polled, monkeypatch, OperationalError("gone"))


def test_look_now_is_not_lost_while_it_is_asked(polled: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(asking.ASK, "poll", lambda source, now: look_now(source))
    claim(polled, NOW)
    ask(polled, lambda: NOW, lambda: 0.5)
    assert due(NOW) == [polled]
