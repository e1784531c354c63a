from kawaraban.newsstand.allowance import Allowance, Allowances


def test_so_many_at_once_then_so_many_a_second() -> None:
    allowance = Allowance(2.0, 3.0, 100.0)
    assert [allowance.take(1.0, 100.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert allowance.take(1.0, 100.25) == 0.25
    assert allowance.take(1.0, 100.5) == 0.0
    assert [allowance.take(1.0, 1000.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_half_counts_half() -> None:
    allowance = Allowance(1.0, 1.0, 0.0)
    assert [allowance.take(0.5, 0.0) for _ in range(3)] == [0.0, 0.0, 0.5]


def test_names_have_theirs_and_are_forgotten_when_nothing_is_used_up() -> None:
    allowances = Allowances(1.0, 1.0, most=2)
    assert [allowances.take(b"a", 1.0, 0.0), allowances.take(b"b", 1.0, 0.5), allowances.take(b"a", 1.0, 0.5)] == [0.0, 0.0, 0.5]
    allowances.forget(1.2)
    assert list(allowances.kept) == [b"b"]
    allowances.take(b"c", 1.0, 1.2)
    allowances.take(b"d", 1.0, 1.2)
    assert list(allowances.kept) == [b"c", b"d"]
