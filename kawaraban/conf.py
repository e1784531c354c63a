"""kawaraban.toml: every setting of a home, its default and its help.

The reference page docs/reference/settings.md and the file that `kawaraban init`
writes are both made from the fields below.
"""

import dataclasses
import hmac
import os
import secrets
import tomllib
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE_NAME = "kawaraban.toml"


class ConfigurationError(Exception):
    """A kawaraban.toml that can't be used; its text says where and what to do."""


def setting(default: Any, help: str) -> Any:  # noqa: A002
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True)
class Site:
    address: str = setting("", "Public address of the reader pages, such as https://magazine.example; empty: the readers' host and port.")
    language: str = setting("ja", "Language of the reader pages and the desk's first language: ja or en.")
    time_zone: str = setting("Asia/Tokyo", "Time zone of every date shown, and of the day boundary.")


@dataclass(frozen=True)
class Serve:
    host: str = setting("127.0.0.1", "Address on which readers and desk are answered.")
    port: int = setting(8000, "Port of the reader pages (KAWARABAN_PORT overrides it).")
    desk_port: int = setting(8001, "Port of the desk (KAWARABAN_DESK_PORT overrides it).")
    workers: int = setting(1, "Processes that answer readers.")
    hsts: bool = setting(False, "Tell browsers to come by HTTPS only, for a year. Turn on when the site answers by HTTPS and is to stay so.")
    access_log: str = setting(
        "", "File for one JSON line a request, below the home: data/logs/access.jsonl; empty: none, as when nginx in front writes one."
    )
    desk_address: str = setting("", "Address at which editors reach the desk; empty: host and desk_port.")


@dataclass(frozen=True)
class Database:
    url: str = setting("", "postgres://user:password@host/name; empty: the SQLite file data/kawaraban.sqlite3.")


@dataclass(frozen=True)
class Dates:
    article: str = setting(
        "{year}年{month}月{day}日（{weekday}）{hour:02}時{minute:02}分",
        "Date of an article. Fields: year month day weekday hour minute month_name.",
    )
    day: str = setting("{year}年{month}月{day}日（{weekday}）", "Date without a time: masthead, archives.")
    moment: str = setting("{hour:02}:{minute:02}", "Time of a wire item of today.")
    earlier: str = setting("{month}/{day}", "Date of a wire item or article of an earlier day, in lists.")
    cover: str = setting("{year}年{month}月{day}日号", "An issue's cover date.")
    on_sale: str = setting("（{month}/{day}発売）", "An issue's on-sale date, right after the cover date.")
    weekdays: str = setting("月火水木金土日", "Names of the weekdays from Monday: seven letters, or names set apart by commas.")


@dataclass(frozen=True)
class Lists:
    page_size: int = setting(20, "Articles on one page of a listing.")
    latest: int = setting(8, "Articles in the latest list under every page.")
    related: int = setting(5, "Articles of the same section under the flash list.")
    wire: int = setting(8, "Wire items in the flash list.")
    wire_title: int = setting(25, "Characters after which a title in the flash list is cut (no ellipsis).")
    ranking: int = setting(10, "Titles in a most-read list.")
    ranking_whole: int = setting(3, "First ranks whose titles are shown whole.")
    ranking_columns: int = setting(51, "Columns of the other ranks' titles, the ellipsis counted; a wide character is two.")


@dataclass(frozen=True)
class Headlines:
    headline: int = setting(60, "Greatest number of characters of a headline.")
    deck: int = setting(40, "Greatest number of characters of a deck.")
    lead: int = setting(200, "Greatest number of characters of a lead.")
    dash: str = setting("── ", "What stands between headline and deck.")


@dataclass(frozen=True)
class Wires:
    payload_bytes: int = setting(10 << 20, "Greatest number of bytes of a payload from an agency; what is longer is quarantined.")
    item_bytes: int = setting(1 << 20, "Greatest number of bytes of one item's text.")
    archive_days: int = setting(365, "Days that payloads stay in the archive; 0: for good. What could not be read stays until it is.")
    flash_hours: int = setting(48, "Hours that an item is flashed, when no rule of the desk says otherwise.")
    group_hours: int = setting(36, "Hours within which copies of one story are sent.")


@dataclass(frozen=True)
class Mail:
    server: str = setting("", "smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465; empty: nothing is mailed.")
    sender: str = setting("", "Address that mails come from; empty: desk@ and the host of site.address.")


@dataclass(frozen=True)
class Secrets:
    key: str = setting("", "Signs sessions and tokens; made by `kawaraban init`. KAWARABAN_SECRET_KEY overrides it.")


@dataclass(frozen=True)
class Configuration:
    home: Path
    site: Site = Site()
    serve: Serve = Serve()
    database: Database = Database()
    dates: Dates = Dates()
    lists: Lists = Lists()
    headlines: Headlines = Headlines()
    wires: Wires = Wires()
    mail: Mail = Mail()
    secrets: Secrets = Secrets()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def media(self) -> Path:
        return self.home / "media"

    @property
    def theme(self) -> Path:
        return self.home / "theme"

    @property
    def edition(self) -> Path:
        return self.data / "edition"

    @property
    def token(self) -> str:
        """What the newsstand shows the desk, so that nobody else can ask it to print."""
        return hmac.new(self.secrets.key.encode(), b"kawaraban newsstand", "sha256").hexdigest()

    @property
    def readers_address(self) -> str:
        return self.site.address or f"http://{self.serve.host}:{self.serve.port}"

    @property
    def desk_address(self) -> str:
        return self.serve.desk_address or f"http://{self.serve.host}:{self.serve.desk_port}"


TABLES: dict[str, type] = {
    "site": Site,
    "serve": Serve,
    "database": Database,
    "dates": Dates,
    "lists": Lists,
    "headlines": Headlines,
    "wires": Wires,
    "mail": Mail,
    "secrets": Secrets,
}


def load(home: Path) -> Configuration:
    """The configuration of a home, environment applied.

    Raises ConfigurationError for a home without the file, or with one that can't be used.
    """
    file = home / FILE_NAME
    if not file.is_file():
        raise ConfigurationError(f"{home} is no Kawaraban home: it has no {FILE_NAME}. Make one with: kawaraban init {home}")
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: not readable as TOML: {error}") from error
    if unknown := sorted(set(raw) - set(TABLES)):
        raise ConfigurationError(f"{file}: unknown table [{unknown[0]}]. Known: {', '.join(TABLES)}.")
    tables = {name: read_table(file, name, kind, raw.get(name, {})) for name, kind in TABLES.items()}
    return checked(with_environment(Configuration(home=home, **tables)))


def read_table(file: Path, name: str, kind: type, raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise ConfigurationError(f"{file}: [{name}] must be a table.")
    known = {entry.name: entry for entry in dataclasses.fields(kind)}
    for key, value in raw.items():
        if key not in known:
            raise ConfigurationError(f"{file}: unknown setting {name}.{key}. Known: {', '.join(known)}.")
        wanted = type(known[key].default)
        if type(value) is not wanted:
            told = {"str": "a text in quotes", "int": "a whole number", "bool": "true or false"}[wanted.__name__]
            raise ConfigurationError(f"{file}: {name}.{key} must be {told}, not {value!r}.")
    return kind(**raw)


def with_environment(found: Configuration) -> Configuration:
    serve = dataclasses.replace(
        found.serve,
        port=port_from_environment("KAWARABAN_PORT", found.serve.port),
        desk_port=port_from_environment("KAWARABAN_DESK_PORT", found.serve.desk_port),
    )
    key = os.environ.get("KAWARABAN_SECRET_KEY", found.secrets.key)
    url = os.environ.get("KAWARABAN_DATABASE_URL", found.database.url)
    return dataclasses.replace(found, serve=serve, secrets=Secrets(key), database=Database(url))


def port_from_environment(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a port between 1 and 65535, not {value!r}.")
    return int(value)


def checked(found: Configuration) -> Configuration:
    """The same configuration, or ConfigurationError for a value that nothing could work with."""
    if sentence := next(faults(found), ""):
        raise ConfigurationError(sentence)
    return found


def faults(found: Configuration) -> Iterator[str]:
    if found.site.time_zone not in zoneinfo.available_timezones():
        yield f"site.time_zone: {found.site.time_zone!r} is no time zone. Use a name such as Asia/Tokyo."
    if found.site.language not in ("ja", "en"):
        yield f"site.language must be ja or en, not {found.site.language!r}."
    for name, value in (("site.address", found.site.address), ("serve.desk_address", found.serve.desk_address)):
        if value and not is_address(value):
            yield f"{name} must look like https://magazine.example, not {value!r}."
    yield from faults_of_ports(found.serve)
    for name, table in (("lists", found.lists), ("headlines", found.headlines)):
        for key, value in vars(table).items():
            if isinstance(value, int) and value < 1:
                yield f"{name}.{key} must be 1 or more, not {value}."
    yield from faults_of_dates(found.dates)
    yield from faults_of_wires(found.wires)
    yield from faults_of_mail(found.mail)
    if not found.secrets.key:
        yield "secrets.key is empty: put a long random text there, or into KAWARABAN_SECRET_KEY."


def faults_of_ports(serve: Serve) -> Iterator[str]:
    for name in ("port", "desk_port"):
        if not 0 < getattr(serve, name) < 65536:
            yield f"serve.{name} must lie between 1 and 65535, not {getattr(serve, name)}."
    if serve.workers < 1:
        yield f"serve.workers must be 1 or more, not {serve.workers}."
    if serve.port == serve.desk_port:
        yield f"serve.port and serve.desk_port are both {serve.port}: readers and desk each need their own."


def faults_of_dates(dates: Dates) -> Iterator[str]:
    if len(dates.weekdays.split(",") if "," in dates.weekdays else dates.weekdays) != 7:
        yield f"dates.weekdays must name seven days, Monday first, not {dates.weekdays!r}."
    for name, pattern in vars(dates).items():
        try:
            pattern.format(**dict.fromkeys(("year", "month", "day", "hour", "minute"), 1), weekday="", month_name="")
        except (KeyError, IndexError, ValueError, AttributeError):
            yield f"dates.{name}: {pattern!r} can't be filled in. Its fields are year month day weekday hour minute month_name, in braces."


def faults_of_wires(wires: Wires) -> Iterator[str]:
    for key, value in vars(wires).items():
        least = 0 if key == "archive_days" else 1
        if value < least:
            yield f"wires.{key} must be {least} or more, not {value}."


def faults_of_mail(mail: Mail) -> Iterator[str]:
    try:
        parts = urlsplit(mail.server)
        is_server = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_server = False
    if mail.server and not is_server:
        yield "mail.server must look like smtp://user:password@host:587 or smtps://user:password@host:465."
    if mail.sender and "@" not in mail.sender:
        yield f"mail.sender must be a mail address, not {mail.sender!r}."


def is_address(text: str) -> bool:
    """Whether it is scheme and host of a site, with nothing after them."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query and (parts.port or 1) > 0
    except ValueError:
        return False


def new_file() -> str:
    """The text of a kawaraban.toml with every setting, each commented out but for a fresh secret."""
    lines = ["# Every setting of this magazine. A line that starts with # shows the default.", ""]
    for name, kind in TABLES.items():
        lines.append(f"[{name}]")
        for entry in dataclasses.fields(kind):
            value = f'"{entry.default}"' if isinstance(entry.default, str) else str(entry.default).lower()
            shown = f'key = "{secrets.token_urlsafe(48)}"' if (name, entry.name) == ("secrets", "key") else f"# {entry.name} = {value}"
            lines += [f"# {entry.metadata['help']}", shown]
        lines.append("")
    return "\n".join(lines)
