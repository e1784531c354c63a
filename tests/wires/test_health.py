from datetime import UTC, datetime, timedelta

import pytest

from kawaraban.demo import builders
from kawaraban.wires.fault import Fault
from kawaraban.wires.health import Tally, failed, rhythm, seen, taken
from kawaraban.wires.models import Source

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = 3600


@pytest.mark.parametrize(
    ("usual", "silence", "told"),
    [(0, 60, 60), (60, 90, 90), (60, 30, 60), (60, 6000, 120), (HOUR, 0.5, HOUR), (8 * HOUR, 72 * HOUR, 16 * HOUR), (0, 0.1, 1)],
)
def test_rhythm_is_the_longest_usual_silence(usual: int, silence: float, told: int) -> None:
    assert rhythm(usual, silence) == told


def test_rhythm_forgets() -> None:
    usual = 8 * HOUR
    for _ in range(6 * 24 * 6):  # six days of an item every ten minutes
        usual = rhythm(usual, 600)
    assert HOUR < usual < 2.5 * HOUR


@pytest.mark.parametrize(("rhythm", "hours", "is_silent"), [(0, 99, False), (HOUR, 1.4, False), (HOUR, 1.6, True), (1, 0.1, False), (1, 0.2, True)])
def test_silent(db: None, rhythm: int, hours: float, is_silent: bool) -> None:
    builders.make_source(usual_rhythm=rhythm, last_item=NOW)
    assert Source.objects.silent(NOW + timedelta(hours=hours)).exists() is is_silent


def test_source_that_is_off_is_not_silent(db: None) -> None:
    builders.make_source(usual_rhythm=1, last_item=NOW, is_on=False)
    assert not Source.objects.silent(NOW + timedelta(days=9)).exists()


def test_late_payload_tells_nothing_of_the_rhythm(source: Source) -> None:
    for minute in (0, 10, 5):
        tally = Tally(source)
        tally.count(1, False, NOW + timedelta(minutes=minute))
        taken(tally)
    source.refresh_from_db()
    assert (source.items, source.usual_rhythm, source.last_item) == (3, 600, NOW + timedelta(minutes=10))


def test_failures_in_a_row_end_when_it_answers(source: Source) -> None:
    for _ in range(3):
        failed(source, Fault("no answer"))
    source.refresh_from_db()
    assert (source.failures, source.failures_in_a_row, source.last_error) == (3, 3, "no answer")
    seen(source, NOW)
    source.refresh_from_db()
    assert (source.failures, source.failures_in_a_row, source.last_seen) == (3, 0, NOW)
