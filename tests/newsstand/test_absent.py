from kawaraban.newsstand.absent import Absent


def test_absent_address_is_remembered_for_a_while() -> None:
    absent = Absent(seconds=10)
    absent.add("/a", now=100.0)
    assert absent.has("/a", 109.9)
    assert not absent.has("/a", 110.0)
    assert not absent.has("/b", 100.0)


def test_absent_addresses_are_bounded_and_the_oldest_goes() -> None:
    absent = Absent(most=100)
    for number in range(1_000):
        absent.add(f"/{number}", 0.0)
        absent.add("/first", 0.0)
    assert len(absent) == 100
    assert absent.has("/first", 1.0)
    assert not absent.has("/0", 1.0)


def test_absent_addresses_are_forgotten_after_a_change() -> None:
    absent = Absent()
    absent.forget_after(7)
    absent.add("/a", 0.0)
    absent.forget_after(7)
    assert absent.has("/a", 1.0)
    absent.forget_after(8)
    assert not absent.has("/a", 1.0)
