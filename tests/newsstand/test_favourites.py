from kawaraban.newsstand.answers import PageAnswer, frame
from kawaraban.newsstand.favourites import HALF_LIFE, LARGEST, Favourites
from kawaraban.press.stitch import END_BYTES

SIZE = 1_000


def answer(asked: float = 0.0) -> PageAnswer:
    parts = frame((b"header", b""))
    return PageAnswer(200, [], frame=parts, own=parts.lies.pack(0, 0, SIZE, SIZE, b"." * END_BYTES), asked=asked)


def filled(*asked: float) -> tuple[Favourites, list[PageAnswer]]:
    favourites, answers = Favourites(len(asked) * SIZE), [answer(number) for number in asked]
    for each in answers:
        favourites.offer(each, [b"pieces"])
    return favourites, answers


def test_everything_is_kept_while_there_is_room() -> None:
    _, answers = filled(0.0, 0.0, 0.0)
    assert all(each.pieces for each in answers)


def test_what_is_asked_for_less_goes() -> None:
    favourites, (often, once) = filled(9.0, 1.0)
    new = answer(2.0)
    favourites.offer(new, [b"new"])  # compared with the first, which stays
    favourites.offer(new, [b"new"])
    assert (often.pieces, once.pieces, new.pieces) == ([b"pieces"], None, [b"new"])
    assert favourites.bytes == 2 * SIZE


def test_what_comes_once_pushes_nothing_out() -> None:
    favourites, answers = filled(2.0, 2.0, 2.0)
    for _ in range(100):
        favourites.offer(answer(1.0), [b"new"])
    assert all(each.pieces for each in answers)


def test_an_access_counts_half_after_its_half_life() -> None:
    favourites, _ = filled(1.0)
    favourites.pass_time(HALF_LIFE, [])
    assert favourites.step == 2.0


def test_counts_are_scaled_before_they_are_too_large() -> None:
    favourites, answers = filled(LARGEST, LARGEST * 8)
    favourites.pass_time(HALF_LIFE * 101, answers)
    assert (favourites.step, [each.asked for each in answers]) == (1.0, [0.5, 4.0])
    favourites.pass_time(HALF_LIFE * 102, answers)
    assert favourites.step == 2.0


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    favourites = Favourites(SIZE - 1)
    large = answer()
    favourites.offer(large, [b"pieces"])
    assert (large.pieces, favourites.bytes) == (None, 0)
