import dataclasses
import os
import tomllib
from pathlib import Path

import pytest

from kawaraban import conf
from kawaraban.conf import FILE_NAME, TABLES, Configuration, ConfigurationError, load, new_file

KEY = '[secrets]\nkey = "a long random text"\n'


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KAWARABAN_")]:
        monkeypatch.delenv(name)


def home(folder: Path, text: str) -> Path:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path, text: str = KEY) -> Configuration:
    return load(home(folder, text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[site\n", "not readable as TOML"),
        ("key = ", "not readable as TOML"),
        ("[sites]\n", "unknown table [sites]. Known: site, serve,"),
        ("site = 1\n", "[site] must be a table"),
        ('[site]\nadress = "x"\n', "unknown setting site.adress. Known: address, language, time_zone."),
        ("[site]\naddress = 5\n", "site.address must be a text in quotes, not 5."),
        ('[serve]\nport = "8000"\n', "serve.port must be a whole number, not '8000'."),
        ("[serve]\nport = true\n", "serve.port must be a whole number, not True."),
        ("[serve]\nport = 8000.5\n", "serve.port must be a whole number, not 8000.5."),
        ('[site]\ntime_zone = "Asia/Toyko"\n', "site.time_zone: 'Asia/Toyko' is no time zone. Use a name such as Asia/Tokyo."),
        ('[site]\nlanguage = "fr"\n', "site.language must be ja or en, not 'fr'."),
        ('[site]\naddress = "magazine.example"\n', "site.address must look like https://magazine.example, not 'magazine.example'."),
        ('[site]\naddress = "ftp://magazine.example"\n', "site.address must look like"),
        ('[site]\naddress = "https://magazine.example/path"\n', "site.address must look like"),
        ('[site]\naddress = "https://"\n', "site.address must look like"),
        ('[site]\naddress = "https://[::1"\n', "site.address must look like"),
        ('[serve]\ndesk_address = "desk.example"\n', "serve.desk_address must look like"),
        ("[serve]\nport = 0\n", "serve.port must lie between 1 and 65535, not 0."),
        ("[serve]\ndesk_port = 65536\n", "serve.desk_port must lie between 1 and 65535, not 65536."),
        ("[serve]\nport = 9000\ndesk_port = 9000\n", "serve.port and serve.desk_port are both 9000"),
        ("[lists]\npage_size = 0\n", "lists.page_size must be 1 or more, not 0."),
        ("[lists]\nranking_columns = -1\n", "lists.ranking_columns must be 1 or more, not -1."),
        ("[headlines]\nheadline = 0\n", "headlines.headline must be 1 or more, not 0."),
        ('[dates]\narticle = "{jahr}"\n', "dates.article"),
        ('[dates]\nday = "{year"\n', "dates.day"),
        ('[dates]\nmoment = "{0}"\n', "dates.moment"),
        ('[dates]\nweekdays = "月火水"\n', "dates.weekdays"),
        ('[readership]\nengine = "redis"\n', "readership.engine must be database or valkey, not 'redis'."),
        ('[readership]\nengine = "valkey"\n', "readership.valkey must say where the server is"),
        ('[readership]\nengine = "valkey"\nvalkey = "http://me:secret@host"\n', "valkey://host:6379/0, valkeys://… or unix:///path."),
        ('[readership]\nengine = "valkey"\nvalkey = "valkey://host:port"\n', "readership.valkey must say where the server is"),
        ('[readership]\nengine = "valkey"\nvalkey = "valkey://host"\nvalkey_prefix = "a{b"\n', "readership.valkey_prefix must be letters"),
        ('[search]\nengine = "solr"\n', "search.engine must be database or opensearch, not 'solr'."),
        ('[search]\nengine = "opensearch"\n', "search.opensearch names no address"),
        ('[search]\nopensearch = "search.lan"\n', "search.opensearch must look like https://search.lan:9200, not 'search.lan'."),
        ('[search]\nopensearch_prefix = "Shiomi *"\n', "search.opensearch_prefix must be small letters"),
        ('[secrets]\nkey = ""\n', "secrets.key is empty"),
        ("", "secrets.key is empty"),
    ],
)
def test_fault_has_its_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as fault:
        loaded(tmp_path, text if "[secrets]" in text or not text else f"{text}{KEY}")
    assert sentence in str(fault.value)


def test_home_without_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"is no Kawaraban home: it has no {FILE_NAME}. Make one with: kawaraban init"):
        load(tmp_path)


def test_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="not readable as TOML"):
        load(tmp_path)


def test_defaults(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert (found.readers_address, found.desk_address) == ("http://127.0.0.1:8000", "http://127.0.0.1:8001")
    assert (found.data, found.media, found.theme) == (tmp_path / "data", tmp_path / "media", tmp_path / "theme")
    assert (found.lists.wire_title, found.lists.ranking_columns, found.lists.ranking_whole) == (25, 51, 3)


@pytest.mark.parametrize("address", ["https://magazine.example", "https://magazine.example/", "http://localhost:8080"])
def test_address_that_fits(tmp_path: Path, address: str) -> None:
    assert loaded(tmp_path, f'[site]\naddress = "{address}"\n{KEY}').readers_address == address


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("KAWARABAN_PORT", "9100", "port"), ("KAWARABAN_DESK_PORT", "9101", "desk_port")],
)
def test_environment_overrides_ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(loaded(tmp_path).serve, field) == int(value)


@pytest.mark.parametrize("value", ["abc", "-1", "80.5", "0", "65536", " ", "²"])
def test_environment_port_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KAWARABAN_PORT", value)
    with pytest.raises(ConfigurationError):
        loaded(tmp_path)


def test_environment_brings_the_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWARABAN_SECRET_KEY", "from outside")
    assert loaded(tmp_path, "").secrets.key == "from outside"


def test_environment_brings_the_shared_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWARABAN_VALKEY_URL", "valkeys://me:secret@counts.example:6380/1")
    found = loaded(tmp_path, f'[readership]\nengine = "valkey"\n{KEY}')
    assert found.readership.valkey == "valkeys://me:secret@counts.example:6380/1"


def test_library_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawaraban.conf.checking.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'kawaraban\[valkey\]'"):
        loaded(tmp_path, f'[readership]\nengine = "valkey"\nvalkey = "unix:///tmp/socket"\n{KEY}')


def test_environment_brings_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWARABAN_DATABASE_URL", "postgres://host/name")
    assert loaded(tmp_path).database.url == "postgres://host/name"


def test_new_file_is_the_defaults(tmp_path: Path) -> None:
    found = loaded(tmp_path, new_file())
    for name, kind in TABLES.items():
        if name != "secrets":
            assert getattr(found, name) == kind()
    assert len(found.secrets.key) >= 50


def test_new_file_with_every_line_in_force(tmp_path: Path) -> None:
    """What stands there behind a # can be used as it stands."""
    names = {entry.name for kind in TABLES.values() for entry in dataclasses.fields(kind)}
    text = "\n".join(line[2:] if line.startswith("# ") and line[2:].partition(" = ")[0] in names else line for line in new_file().splitlines())
    assert {name: set(table) for name, table in tomllib.loads(text).items()} == {
        name: {entry.name for entry in dataclasses.fields(kind)} for name, kind in TABLES.items()
    }
    assert loaded(tmp_path, text).lists == conf.Lists()


def test_new_secret_each_time() -> None:
    assert new_file() != new_file()


@pytest.mark.parametrize("kind", TABLES.values(), ids=lambda kind: kind.__name__)
def test_every_setting_has_its_help(kind: type) -> None:
    assert all(entry.metadata["help"].endswith((".", ")")) for entry in dataclasses.fields(kind))


SOURCE = {"key": "shiomi", "agency": "潮見通信", "address": "https://shiomi.example/feed"}


def source(**more: object) -> str:
    lines = [f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"' for name, value in (SOURCE | more).items()]
    return "\n".join(["[[wires.source]]", *lines, "", KEY])


def test_sources_are_tables_of_their_own(tmp_path: Path) -> None:
    found = loaded(tmp_path, f"[wires]\nflash_hours = 24\n{source()}{source(key='kitahama', kind='push', address='')}".replace(KEY, "", 1))
    assert (found.wires.flash_hours, [entry.key for entry in found.sources], found.sources[0].kind) == (24, ["shiomi", "kitahama"], "poll")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (source(key="潮見"), "its key must be letters"),
        (source(key="../x"), "its key must be letters"),
        (source().replace(KEY, "") + source(), "two sources have this key"),
        (source(agency=""), "name the agency"),
        (source(kind="ftp"), "kind must be poll, folder, mailbox or push, not 'ftp'."),
        (source(address=""), "its address is missing"),
        (source(after="burn"), "after must be keep or delete, not 'burn'."),
        (source(schedule=0), "schedule must be 1 or more"),
        (source(adress="x"), "unknown setting wires.source.adress"),
        (source(key=1), "wires.source.key must be a text in quotes, not 1."),
        (f"[wires]\nsource = 1\n{KEY}", "a source begins with [[wires.source]]"),
        (f'[wires]\nprivate_hosts = "10.0.0.0/99"\n{KEY}', "wires.private_hosts: '10.0.0.0/99' is no name"),
        (f'[wires]\nprivate_hosts = "a b"\n{KEY}', "wires.private_hosts: 'a b' is no name"),
    ],
)
def test_source_that_can_not_be_used(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, text)
    assert sentence in str(caught.value)
