"""The settings of a home: every field with its default and its help."""

import hmac
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


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


def listed(text: str) -> list[str]:
    """What is set apart by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]
