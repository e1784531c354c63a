from benchmarks.slots import EIGHTHS, medians, ratios, sums


def eighths(*slots: int, first: int) -> dict[int, int]:
    """As many in each eighth of a slot, counted from the second on and with the first one after it."""
    return {(first + place) * EIGHTHS + eighth + 1: count for place, count in enumerate(slots) for eighth in range(EIGHTHS)}


def test_odd_slot_is_compared_with_those_around_it() -> None:
    assert ratios(sums(eighths(100, 90, 80, 60, 120, first=4))) == [1.0, 0.6]


def test_only_what_is_there_whole_counts() -> None:
    found = eighths(100, 50, 100, 80, 100, first=0)
    del found[9]
    assert ratios(sums(found)) == [0.8]
    assert ratios({}) == []


def test_slot_at_either_end_has_nothing_around_it() -> None:
    assert ratios(sums(eighths(50, 100, 50, first=3))) == []


def test_median_of_a_slot_is_without_its_beginning() -> None:
    assert medians([(4.05, 9.0), (4.2, 1.0), (4.5, 3.0), (4.9, 2.0), (5.5, 7.0)]) == {4: 2.0, 5: 7.0}
