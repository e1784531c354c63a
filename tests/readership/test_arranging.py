from kawaraban.readership.arranging import arranged
from kawaraban.readership.movement import moves
from kawaraban.readership.ranks import Rank

READS = {1: 50, 2: 40, 3: 30, 4: 20, 5: 10, 9: 0}
MADE = [Rank(place, key, READS[key]) for place, key in enumerate([1, 2, 3, 4, 5], 1)]


def keys(pins: dict[int, int], held: tuple[int, ...] = (), length: int = 4) -> list[int]:
    found = arranged(MADE, length, READS.__getitem__, pins, held)
    assert [rank.rank for rank in found] == list(range(1, len(found) + 1))
    assert all(rank.reads == READS[rank.article] for rank in found)
    return [rank.article for rank in found]


def test_readers_make_the_list_where_nobody_sets_anything() -> None:
    assert keys({}) == [1, 2, 3, 4]


def test_pin_stands_at_its_rank_and_the_others_move_down() -> None:
    assert keys({2: 9}) == [1, 9, 2, 3]
    assert keys({1: 5, 3: 9}) == [5, 1, 9, 2]


def test_pin_of_what_is_ranked_anyway_stands_there_once() -> None:
    assert keys({3: 1}) == [2, 3, 1, 4]


def test_pin_beyond_a_short_list_is_its_last() -> None:
    assert [rank.article for rank in arranged(MADE[:1], 10, READS.__getitem__, {7: 9})] == [1, 9]


def test_held_list_stays_and_is_filled_from_below() -> None:
    assert keys({}, (4, 5, 3)) == [4, 5, 3, 1]
    assert keys({1: 9}, (4, 5, 3)) == [9, 4, 5, 3]


def test_moves_up_down_same_and_new() -> None:
    found = moves([7, 1, 2, 8], [1, 2, 3, 4, 7])
    assert {key: (move.places, move.kind, move.mark) for key, move in found.items()} == {
        7: (4, "up", "▲4"),
        1: (-1, "down", "▼1"),
        2: (-1, "down", "▼1"),
        8: (None, "new", ""),
    }
    assert moves([1], [1])[1].kind == "same"
