"""kawaraban.toml: every setting of a home, its default and its help.

The reference page docs/reference/settings.md and the file that `kawaraban init`
writes are both made from the fields below.
"""

import dataclasses
import hmac
import importlib.util
import ipaddress
import os
import re
import secrets
import tomllib
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
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
    proxies: str = setting(
        "127.0.0.1, ::1", "Addresses and nets of proxies in front, set apart by commas: they alone are believed whom they ask for."
    )
    hsts: bool = setting(False, "Tell browsers to come by HTTPS only, for a year. Turn on when the site answers by HTTPS and is to stay so.")
    access_log: str = setting(
        "", "File for one JSON line a request, below the home: data/logs/access.jsonl; empty: none, as when nginx in front writes one."
    )
    searches_at_once: int = setting(2, "Searches that each process that answers readers has the desk answer at the same time.")
    searches_a_second: int = setting(
        20, "Searches a second that it asks of the desk. Readers beyond are asked to try again; what was found a moment ago counts as none."
    )
    searches_a_reader: int = setting(60, "Searches a minute of one reader's address.")
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
    picks: int = setting(4, "Articles to read under an article; more when editors have picked more.")
    related: int = setting(5, "Further articles to read, under the flash list.")
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
    archive_days: int = setting(
        365, "Days that payloads stay in the archive, and files in done/ of watched folders; 0: for good. What could not be read stays until it is."
    )
    flash_hours: int = setting(48, "Hours that an item is flashed, when no rule of the desk says otherwise.")
    group_hours: int = setting(36, "Hours within which copies of one story are sent.")
    private_hosts: str = setting(
        "",
        "Names, addresses and nets of your own at which sources may be, set apart by commas: feeds.lan, 10.0.0.0/8. Else private nets are refused.",
    )


@dataclass(frozen=True)
class WireSource:
    """A source of agency copy that the desk shows and can't change."""

    key: str = setting("", "Short name: letters, digits, hyphens and underscores, at most 40; part of addresses and file names.")
    name: str = setting("", "Name in the desk; empty: the short name.")
    kind: str = setting("poll", "poll: a web address that is asked; folder; mailbox; push: the agency sends to us.")
    agency: str = setting("", "Whose copy it is. Sources of one agency must name it alike.")
    section: str = setting("", "Section of items whose subjects tell none.")
    language: str = setting("ja", "Language of items that tell none: its code, such as ja or en.")
    format: str = setting("", "Format of its copy; empty: recognised from the bytes.")
    address: str = setting(
        "", "poll: https://…; folder: its path, below the home unless it begins with a slash; mailbox: imaps://host or imap://host."
    )
    user: str = setting("", "Log-in of a web address or mailbox.")
    password: str = setting("", "Its password.")
    header: str = setting("", "One more line for the head of what a web address is asked, such as X-Api-Key: …")
    mailbox: str = setting("INBOX", "Folder of the mailbox.")
    after: str = setting("keep", "What becomes of a file or mail once it is archived: keep (files are moved to done/) or delete.")
    schedule: int = setting(60, "Seconds between two times that it is asked.")
    patience: int = setting(0, "Minutes of silence after which it is an alarm; 0: learned from its rhythm.")
    rank: int = setting(100, "Of two agencies' copies of one story the lower rank is shown.")


@dataclass(frozen=True)
class Readership:
    counted: bool = setting(True, "Count what readers read. Off: no script in the pages, and nothing is taken.")
    seconds: int = setting(5, "Seconds that an article must have been visible to be read.")
    scrolled: int = setting(25, "Percent of an article that scrolled past makes it read before that.")
    privacy_signals: bool = setting(True, "Don't count readers whose browsers send Do Not Track or Global Privacy Control.")
    network_ceiling: int = setting(10_000, "Greatest number of reads from one network in an hour; what comes beyond is counted as rejected.")
    ipv4_prefix: int = setting(24, "Bits of an IPv4 address that make a network. Readers of one network with the same browser count as one.")
    ipv6_prefix: int = setting(56, "The same for IPv6.")
    least_reads: int = setting(0, "Reads that a most-read list must have in its time, or the last one that had them stays, with its time.")
    oldest_24h: int = setting(0, "Greatest age in days of an article in the list of 24 hours; 0: any.")
    oldest_7d: int = setting(0, "The same for the list of 7 days.")
    oldest_30d: int = setting(0, "The same for the list of 30 days.")
    not_robots: str = setting("", "Words in names of programs that count as readers although the list of robots has them, set apart by commas.")
    flag_share: int = setting(50, "Percent of a day's reads of an article from one network, from which the desk asks a human to look at it.")
    flag_least: int = setting(50, "Reads of a day that an article must have for that.")
    report_to: str = setting("", "Addresses to which a report of each week's reads is mailed, set apart by commas; empty: no report.")
    report_hour: int = setting(9, "Hour on Monday from which it is mailed.")
    engine: str = setting("database", "Where the counts are: database, or valkey for several hosts that take reads: docs/how-to/several-hosts.md.")
    valkey: str = setting("", "valkey://user:password@host:6379/0, valkeys:// for TLS; Redis too. KAWARABAN_VALKEY_URL overrides it.")
    valkey_prefix: str = setting("kawaraban", "What its keys begin with; magazines that share a server each need their own.")


@dataclass(frozen=True)
class Search:
    engine: str = setting("database", "What the desk's search asks: database, or opensearch when that is outgrown.")
    opensearch: str = setting("", "Addresses of OpenSearch, such as https://user:password@search.lan:9200, set apart by commas.")
    opensearch_prefix: str = setting("kawaraban_", "How the names of this magazine's indexes in OpenSearch begin.")


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
    readership: Readership = Readership()
    search: Search = Search()
    mail: Mail = Mail()
    secrets: Secrets = Secrets()
    sources: tuple[WireSource, ...] = ()

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
    def index(self) -> Path:
        """What readers search: derived, so it may be deleted."""
        return self.data / "search"

    @property
    def own_words(self) -> Path:
        """The folder of the magazine's own words.txt and synonyms.txt."""
        return self.home / "search"

    @property
    def reads(self) -> Path:
        return self.data / "reads"

    @property
    def reads_key(self) -> bytes:
        """Signs what article pages carry for their reads to be taken."""
        return hmac.digest(self.secrets.key.encode(), b"kawaraban reads", "sha256")

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


DATABASE, VALKEY = ENGINES = ("database", "valkey")  # of readership.engine
TABLES: dict[str, type] = {
    "site": Site,
    "serve": Serve,
    "database": Database,
    "dates": Dates,
    "lists": Lists,
    "headlines": Headlines,
    "wires": Wires,
    "readership": Readership,
    "search": Search,
    "mail": Mail,
    "secrets": Secrets,
}
SOURCE_KINDS = ("poll", "folder", "mailbox", "push")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252})", re.ASCII)
VALKEY_SCHEMES = ("valkey", "valkeys", "redis", "rediss", "unix")
VALKEY_PREFIX = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
MAIL_ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+")
INDEX_NAME = re.compile(r"[a-z][a-z0-9_-]{0,80}", re.ASCII)
SOURCE_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


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
    sources = read_sources(file, raw.get("wires"))
    tables = {name: read_table(file, name, kind, raw.get(name, {})) for name, kind in TABLES.items()}
    return checked(with_environment(Configuration(home=home, **tables, sources=sources)))


def read_sources(file: Path, wires: Any) -> tuple[WireSource, ...]:
    """Takes the sources out of their table: each is a table [[wires.source]] of its own."""
    found = wires.pop("source", []) if isinstance(wires, dict) else []
    if not isinstance(found, list):
        raise ConfigurationError(f"{file}: a source begins with [[wires.source]], in two brackets each.")
    return tuple(read_table(file, "wires.source", WireSource, entry) for entry in found)


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
    readership = dataclasses.replace(found.readership, valkey=os.environ.get("KAWARABAN_VALKEY_URL", found.readership.valkey))
    return dataclasses.replace(found, serve=serve, secrets=Secrets(key), database=Database(url), readership=readership)


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
    yield from faults_of_sources(found.sources)
    yield from faults_of_readership(found.readership)
    yield from faults_of_report(found)
    yield from faults_of_search(found.search)
    yield from faults_of_mail(found.mail)
    if not found.secrets.key:
        yield "secrets.key is empty: put a long random text there, or into KAWARABAN_SECRET_KEY."


def faults_of_ports(serve: Serve) -> Iterator[str]:
    for name in ("port", "desk_port"):
        if not 0 < getattr(serve, name) < 65536:
            yield f"serve.{name} must lie between 1 and 65535, not {getattr(serve, name)}."
    for name in ("workers", "searches_at_once", "searches_a_second", "searches_a_reader"):
        if (value := getattr(serve, name)) < 1:
            yield f"serve.{name} must be 1 or more, not {value}."
    if serve.port == serve.desk_port:
        yield f"serve.port and serve.desk_port are both {serve.port}: readers and desk each need their own."
    for name in listed(serve.proxies):
        try:
            ipaddress.ip_network(name)
        except ValueError:
            yield f"serve.proxies: {name!r} is no address and no net such as 10.0.0.0/8."


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
        if isinstance(value, int) and value < least:
            yield f"wires.{key} must be {least} or more, not {value}."
    for name in listed(wires.private_hosts):
        try:
            ipaddress.ip_network(name)
        except ValueError:
            if "/" in name or not HOST.fullmatch(name):
                yield f"wires.private_hosts: {name!r} is no name of a machine, no address and no net such as 10.0.0.0/8."


def listed(text: str) -> list[str]:
    """What is set apart by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def faults_of_sources(sources: tuple[WireSource, ...]) -> Iterator[str]:
    keys = [source.key for source in sources]
    for source in sources:
        told = f"wires.source {source.key!r}"
        if not SOURCE_KEY.fullmatch(source.key):
            yield f"{told}: its key must be letters, digits, hyphens and underscores, 40 at most."
        if keys.count(source.key) > 1:
            yield f"{told}: two sources have this key; each needs its own."
        if not source.agency:
            yield f'{told}: name the agency, such as agency = "潮見通信".'
        if source.kind not in SOURCE_KINDS:
            yield f"{told}: kind must be {', '.join(SOURCE_KINDS[:-1])} or {SOURCE_KINDS[-1]}, not {source.kind!r}."
        if source.kind != "push" and not source.address:
            yield f"{told}: its address is missing: a web address, a folder or a mailbox."
        if source.after not in ("keep", "delete"):
            yield f"{told}: after must be keep or delete, not {source.after!r}."
        if source.schedule < 1 or source.patience < 0 or source.rank < 0:
            yield f"{told}: schedule must be 1 or more, patience and rank 0 or more."


def faults_of_readership(readership: Readership) -> Iterator[str]:
    bounds = {"seconds": (1, 3600), "scrolled": (1, 100), "network_ceiling": (1, 10**9), "ipv4_prefix": (8, 32), "ipv6_prefix": (16, 128)}
    bounds |= dict.fromkeys(("least_reads", "oldest_24h", "oldest_7d", "oldest_30d"), (0, 10**9))
    bounds |= {"flag_share": (1, 100), "flag_least": (1, 10**9), "report_hour": (0, 23)}
    for name, (least, most) in bounds.items():
        if not least <= (value := getattr(readership, name)) <= most:
            yield f"readership.{name} must lie between {least} and {most}, not {value}."
    if readership.engine not in ENGINES:
        yield f"readership.engine must be {' or '.join(ENGINES)}, not {readership.engine!r}."
    if readership.engine == VALKEY:
        yield from faults_of_valkey(readership)


def faults_of_valkey(readership: Readership) -> Iterator[str]:
    if not is_valkey(readership.valkey):
        yield "readership.valkey must say where the server is that readership.engine asks for: valkey://host:6379/0, valkeys://… or unix:///path."
    if not VALKEY_PREFIX.fullmatch(readership.valkey_prefix):
        yield f"readership.valkey_prefix must be letters, digits, hyphens and underscores, 40 at most, not {readership.valkey_prefix!r}."
    if importlib.util.find_spec("valkey") is None:
        yield "readership.engine is valkey, whose library is not installed: pip install 'kawaraban[valkey]'."


def is_valkey(address: str) -> bool:
    """Whether it is the address of a Valkey or Redis server. It may hold a password, so it is never told."""
    try:
        parts = urlsplit(address)
        is_there = bool(parts.path if parts.scheme == "unix" else parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    is_database = parts.scheme == "unix" or parts.path.strip("/").isdecimal() or not parts.path.strip("/")
    return parts.scheme in VALKEY_SCHEMES and is_there and is_database


def faults_of_report(found: Configuration) -> Iterator[str]:
    for address in listed(found.readership.report_to):
        if not MAIL_ADDRESS.fullmatch(address):
            yield f"readership.report_to: {address!r} is no mail address."
    if found.readership.report_to and not found.mail.server:
        yield "readership.report_to names somebody, but nothing can be mailed: set mail.server."


def faults_of_search(search: Search) -> Iterator[str]:
    if search.engine not in ("database", "opensearch"):
        yield f"search.engine must be database or opensearch, not {search.engine!r}."
    if search.engine == "opensearch" and not search.opensearch:
        yield "search.engine is opensearch, and search.opensearch names no address, such as http://127.0.0.1:9200."
    if search.engine == "opensearch" and find_spec("opensearchpy") is None:
        yield "search.engine is opensearch, and its client is not installed: pip install 'kawaraban[opensearch]'."
    for address in listed(search.opensearch):
        if not is_address(address):
            yield f"search.opensearch must look like https://search.lan:9200, not {address!r}."
    if not INDEX_NAME.fullmatch(search.opensearch_prefix):
        yield f"search.opensearch_prefix must be small letters, digits, - and _, and begin with a letter, not {search.opensearch_prefix!r}."


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
            shown = f'key = "{secrets.token_urlsafe(48)}"' if (name, entry.name) == ("secrets", "key") else default_line(entry)
            lines += [f"# {entry.metadata['help']}", shown]
        lines.append("")
    lines += ["# A source of agency copy may be a table here, [[wires.source]], instead of being set up at the desk: docs/how-to/wires.md."]
    return "\n".join([*lines, ""])


def default_line(entry: "dataclasses.Field[Any]") -> str:
    value = f'"{entry.default}"' if isinstance(entry.default, str) else str(entry.default).lower()
    return f"# {entry.name} = {value}"
