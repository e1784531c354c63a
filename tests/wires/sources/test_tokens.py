from datetime import UTC, datetime, timedelta

from kawaraban.wires.models import Source
from kawaraban.wires.sources.tokens import OVERLAP, is_right, rotate

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_only_digests_are_kept(source: Source) -> None:
    token = rotate(source, NOW)
    source.refresh_from_db()
    assert len(token) > 40 and token not in str(vars(source)) and is_right(source, token, NOW)


def test_former_token_holds_for_a_while(source: Source) -> None:
    first = rotate(source, NOW)
    second = rotate(source, NOW)
    assert is_right(source, first, NOW) and is_right(source, second, NOW)
    assert not is_right(source, first, NOW + OVERLAP) and is_right(source, second, NOW + OVERLAP)
    third = rotate(source, NOW)
    assert [is_right(source, token, NOW) for token in (first, second, third)] == [False, True, True]


def test_leaked_token_ends_at_once(source: Source) -> None:
    tokens = [rotate(source, NOW), rotate(source, NOW), rotate(source, NOW, timedelta())]
    assert [is_right(source, token, NOW) for token in tokens] == [False, False, True]


def test_source_without_a_token_takes_none(source: Source) -> None:
    assert not is_right(source, "", NOW) and not is_right(source, "-", NOW) and not is_right(None, "-", NOW)
    rotate(source, NOW)
    assert not is_right(source, "", NOW) and not is_right(source, source.token_hash, NOW) and not is_right(source, "\udcff", NOW)
