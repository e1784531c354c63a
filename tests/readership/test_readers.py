from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kawaraban.readership.readers import Hops, Salts, day_of, identity, network

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("192.0.2.1", "::ffff:192.0.2.9", True),
        ("2001:db8:1:100::1", "2001:db8:1:1ff:abcd::", True),
        ("2001:db8:1:100::1", "2001:db8:1:200::1", False),
        ("[2001:db8::1]", "2001:db8::1%eth0", True),
    ],
)
def test_network_of_an_address(one: str, other: str, is_same: bool) -> None:
    assert (network(one) == network(other)) == is_same
    assert network(one)


@pytest.mark.parametrize("address", ["", "unknown", "1.2.3", "::g", "1.2.3.4\0", ":" * 300, "潮"])
def test_no_address_is_no_network(address: str) -> None:
    assert network(address) == b""


def test_reader_changes_with_salt_network_and_agent() -> None:
    found = [identity(salt, prefix, agent) for salt in (b"1", b"2") for prefix in (b"a", b"b") for agent in ("x", "y\ud800")]
    assert len({reader.key for reader in found}) == 8
    assert len({reader.network for reader in found}) == 4


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1:999", "", "127.0.0.1"),
        ("127.0.0.1:999", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1:999", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1:999", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("198.51.100.7:999", "203.0.113.9", "198.51.100.7"),
        ("[::1]:999", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1:999", "10.0.0.1, 10.0.0.2", "10.0.0.1"),
    ],
)
def test_address_comes_from_the_trusted_hop(peer: str, forwarded: str, address: str) -> None:
    assert Hops(["127.0.0.1", "::1", "10.0.0.0/8"]).address(peer, forwarded) == address


@pytest.mark.parametrize(
    ("zone", "moment", "day", "hours"),
    [
        ("Asia/Tokyo", "2026-11-24T14:59:59", "2026-11-24", 1 / 3600),
        ("Asia/Tokyo", "2026-11-24T15:00:00", "2026-11-25", 24),
        ("Europe/Berlin", "2026-03-28T23:00:00", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-24T22:00:00", "2026-10-25", 25),
    ],
)
def test_day_of_a_moment(zone: str, moment: str, day: str, hours: float) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    found, end = day_of(now, ZoneInfo(zone))
    assert (found.isoformat(), end - now) == (day, pytest.approx(hours * 3600))


def shared(salts: Salts, day: date = DAY) -> bytes:
    salts.share(day)
    salts.forget_before(day)
    return salts.of(day)


def test_salt_is_shared_and_goes_with_its_day(tmp_path: Path) -> None:
    one, other = Salts(tmp_path), Salts(tmp_path)
    salt = shared(one)
    assert shared(one) == shared(other) == salt != b""
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    later = shared(other, date(2026, 11, 26))
    assert later != salt and [found.name for found in tmp_path.iterdir()] == ["salt-2026-11-26"]
    assert list(other.known) == [date(2026, 11, 26)]


def test_salt_of_the_next_day_is_shared_before_it_begins(tmp_path: Path) -> None:
    one, other = Salts(tmp_path), Salts(tmp_path)
    for salts in (one, other):
        shared(salts)
        salts.share(date(2026, 11, 26))
    assert one.of(DAY) == other.of(DAY) != one.of(date(2026, 11, 26)) == other.of(date(2026, 11, 26))
    assert len(list(tmp_path.iterdir())) == 2


def test_salt_without_a_folder_stays_the_same(tmp_path: Path) -> None:
    (tmp_path / "reads").write_text("no folder")
    salts = Salts(tmp_path / "reads")
    salt = shared(salts)
    assert shared(salts) == salt
    (tmp_path / "reads").unlink()
    assert shared(salts) == salt == (tmp_path / "reads" / "salt-2026-11-25").read_bytes()


def test_salt_cut_short_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "salt-2026-11-25").write_bytes(b"short")
    assert len(shared(Salts(tmp_path))) == 32
