from datetime import UTC, datetime, timedelta

import pytest

from kawaraban.wires.sources.pauses import pause, wished

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "failures", "seconds"), [(60, 0, 60), (60, 1, 120), (60, 3, 480), (60, 9, 3600), (60, 10**9, 3600), (7200, 5, 7200), (0, 0, 1)]
)
def test_pause_grows_with_failures_and_has_an_end(schedule: int, failures: int, seconds: int) -> None:
    assert pause(schedule, failures, 0.5) == timedelta(seconds=seconds)
    assert timedelta(seconds=seconds * 0.9) == pause(schedule, failures, 0) < pause(schedule, failures, 1) == timedelta(seconds=seconds * 1.1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("9" * 400, 86400),
        ("Fri, 20 Nov 2026 09:05:00 GMT", 300),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 0),
        ("Mon, 20 Nov 2034 09:05:00 GMT", 86400),
        ("", 0),
        ("-5", 0),
        ("soon", 0),
        ("１２", 0),
    ],
)
def test_wished(header: str, seconds: float) -> None:
    assert wished(header, NOW) == seconds
