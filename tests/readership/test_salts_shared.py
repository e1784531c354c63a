"""One salt for all hosts, that the server can't read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from kawaraban.conf import load
from kawaraban.readership.forwarder import Forwarder
from kawaraban.readership.readers import Salts
from kawaraban.readership.sharing import Foreign, share
from kawaraban.readership.spool import Record, Writer, written
from tests.servers import SharedServer

if TYPE_CHECKING:
    from kawaraban.readership.server import Server

pytestmark = pytest.mark.slow
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime.now(UTC).replace(hour=3, minute=0).timestamp()  # noon in Tokyo
TODAY = datetime.fromtimestamp(NOW, TOKYO).date()
TOMORROW = TODAY + timedelta(days=1)
KEY = b"the home's secret"


def kept(salts: Salts, day: date) -> bytes:
    """What a newsstand of that host uses."""
    salts.share(day)
    return salts.of(day)


def test_hosts_have_one_salt_today_and_tomorrow(tmp_path: Path, server: Server) -> None:
    hosts = [Salts(tmp_path / name) for name in ("one", "other", "third")]
    for salts in hosts:
        share(salts, server, KEY, TOKYO, NOW)
    today, tomorrow = ({kept(salts, day) for salts in hosts} for day in (TODAY, TOMORROW))
    assert len(today) == len(tomorrow) == 1 and today != tomorrow


def test_host_that_began_the_day_alone_gives_its_salt_to_the_others(tmp_path: Path, server: Server) -> None:
    one, other = Salts(tmp_path / "one"), Salts(tmp_path / "other")
    own = kept(one, TODAY)
    share(one, server, KEY, TOKYO, NOW)
    share(other, server, KEY, TOKYO, NOW)
    assert kept(other, TODAY) == kept(one, TODAY) == own


def test_host_that_began_the_day_apart_takes_the_salt_of_the_others(tmp_path: Path, server: Server) -> None:
    one, other = Salts(tmp_path / "one"), Salts(tmp_path / "other")
    share(one, server, KEY, TOKYO, NOW)
    assert kept(other, TODAY) != kept(one, TODAY)
    share(other, server, KEY, TOKYO, NOW)
    assert kept(other, TODAY) == kept(one, TODAY)
    assert other.file(TODAY).stat().st_mode & 0o777 == 0o600


def test_server_sees_no_salt_and_keeps_it_no_longer_than_the_day(tmp_path: Path, server: Server) -> None:
    salts = Salts(tmp_path)
    share(salts, server, KEY, TOKYO, NOW)
    for day, ends in ((TODAY, TOMORROW), (TOMORROW, TOMORROW + timedelta(days=1))):
        name = server.key("salt", day.isoformat())
        assert kept(salts, day) not in server.ask("GET", name)
        assert server.ask("PEXPIRETIME", name) == datetime(ends.year, ends.month, ends.day, tzinfo=TOKYO).timestamp() * 1000


def test_home_with_another_secret_is_told(tmp_path: Path, server: Server) -> None:
    share(Salts(tmp_path / "one"), server, KEY, TOKYO, NOW)
    with pytest.raises(Foreign, match="secret"):
        share(Salts(tmp_path / "other"), server, b"another", TOKYO, NOW)


def test_home_with_another_secret_sends_its_reads_all_the_same(tmp_path: Path, shared_server: SharedServer, server: Server) -> None:
    (tmp_path / "kawaraban.toml").write_text(
        f'[secrets]\nkey = "a key"\n[readership]\nengine = "valkey"\nvalkey = "{shared_server.address}"\nvalkey_prefix = "test"\n'
    )
    config, told = load(tmp_path), []
    share(Salts(tmp_path / "other"), server, b"another", ZoneInfo(config.site.time_zone), time.time())
    writer = Writer(config.reads / "spool")
    writer.append(written(Record(round(time.time() * 1000), 1, 1, 1)))
    forwarder = Forwarder(config, told.append)
    forwarder.turn(lambda: False)
    writer.close()
    assert server.ask("XLEN", server.key("reads")) == 1
    assert [sentence.split()[:3] for sentence in told] == [["the", "secret", "key"]]
    assert (config.data / "run" / "unsent").read_text() == "0 0"


def test_midnight_without_a_server(tmp_path: Path, shared_server: SharedServer, server: Server) -> None:
    hosts = [Salts(tmp_path / name) for name in ("one", "other")]
    for salts in hosts:
        share(salts, server, KEY, TOKYO, NOW)
    server.ask("FLUSHALL")
    fresh = [Salts(salts.folder) for salts in hosts]  # as newsstands that ask nobody
    assert kept(fresh[0], TOMORROW) == kept(fresh[1], TOMORROW)
