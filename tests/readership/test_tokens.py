import pytest

from kawaraban.readership import tokens
from kawaraban.readership.tokens import HOUR, Valid

KEY, NOW = b"a key", 490_000 * HOUR + 1800.0


def test_seal_is_of_one_article_and_key() -> None:
    assert tokens.seal(KEY, 12).startswith("12.")
    assert len({tokens.seal(key, article) for key in (KEY, b"another") for article in (1, 2)}) == 4


@pytest.mark.parametrize(("hours", "is_valid"), [(0, True), (1, True), (2, False), (-1, True), (-2, False)])
def test_token_is_valid_for_two_hours(hours: int, is_valid: bool) -> None:
    valid = Valid(KEY)
    valid.renew(NOW)
    assert (tokens.token(KEY, 490_000 - hours) in valid) == is_valid


def test_what_pages_still_carry_is_valid_until_two_hours_after() -> None:
    valid, old = Valid(KEY), tokens.token(KEY, 489_990)
    valid.renew(NOW, [old])
    valid.renew(NOW + 2 * HOUR - 1)
    assert old in valid
    valid.renew(NOW + 2 * HOUR)
    assert old not in valid


@pytest.mark.parametrize("told", ["", ".", "490000.", "490000.AAAAAAAAAAAA", "٣.x", "9" * 40 + ".x", "490000.潮", "\ud800.x"])
def test_made_up_token_is_not_ours(told: str) -> None:
    assert not tokens.is_ours(KEY, told)


def test_old_token_is_ours() -> None:
    assert tokens.is_ours(KEY, tokens.token(KEY, 3))
    assert not tokens.is_ours(b"another", tokens.token(KEY, 3))
