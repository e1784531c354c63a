"""The drawing of charts from numbers."""

import pytest

from kawaraban.readership.charts import ceiling, columns, curve, percent


@pytest.mark.parametrize(
    ("greatest", "top", "step"),
    [
        (0, 2, 1),
        (1, 2, 1),
        (2, 2, 1),
        (3, 3, 1),
        (9, 10, 5),
        (11, 15, 5),
        (39, 40, 10),
        (41, 60, 20),
        (550, 600, 200),
        (2200, 3000, 1000),
        (40_001, 60_000, 20_000),
    ],
)
def test_scale_ends_soon_above_what_it_holds(greatest: int, top: int, step: int) -> None:
    assert ceiling(greatest) == (top, step)


def test_scale_has_two_to_four_steps() -> None:
    for greatest in (*range(200), *range(200, 200_000, 77), 0.5, 9.01, 99.99, 400.5):
        top, step = ceiling(greatest)
        assert top >= greatest and top % step == 0 and 2 <= top // step <= 4


def test_curve_of_numbers() -> None:
    found = curve([0, 5, 10], [10, 10, 10, 0], ["0", "1", "2", "3"], every=2)
    assert found.line == "M125 1000L375 500L625 0"
    assert found.area == "M125 1000L375 500L625 0L625 1000L125 1000Z"
    assert found.usual == "M125 0L375 0L625 0L875 1000"
    assert found.last == (62.5, 0)
    assert [(tick.at, tick.label, tick.is_minor) for tick in found.across] == [(12.5, "0", False), (62.5, "2", True)]
    assert [tick.label for tick in found.up] == ["10", "5", "0"]


def test_curve_of_nothing() -> None:
    found = curve([], [], ["0", "1"])
    assert (found.line, found.area, found.usual, found.last) == ("", "", "", None)


def test_columns_stand_upon_each_other() -> None:
    [bar, empty] = columns([6, 0], [2, 0], ["0", "1"]).bars
    assert (bar.y, bar.height, bar.upper_y, bar.upper_height) == (250, 750, 0, 250)
    assert (empty.height, empty.upper_height) == (0, 0)
    assert 0 < bar.x < bar.x + bar.width < 500 < empty.x


def test_columns_never_leave_the_chart() -> None:
    bars = columns([7, 123, 9999], [1, 0, 3], ["", "", ""]).bars
    assert all(0 <= bar.upper_y <= bar.y <= 1000 and bar.x + bar.width <= 1000 for bar in bars)


def test_percent_of_nothing_is_nothing() -> None:
    assert percent(0, 0) == 0 and percent(1, 3) == 33.3
