"""What is wrong with settings, each in a sentence that says where, and what to do."""

import ipaddress
import re
import zoneinfo
from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

from kawaraban.conf.values import ENGINES, VALKEY, Configuration, Dates, Mail, Readership, Search, Serve, Wires, WireSource, listed

SOURCE_KINDS = ("poll", "folder", "mailbox", "push")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252})", re.ASCII)
VALKEY_SCHEMES = ("valkey", "valkeys", "redis", "rediss", "unix")
VALKEY_PREFIX = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
MAIL_ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+")
INDEX_NAME = re.compile(r"[a-z][a-z0-9_-]{0,80}", re.ASCII)
SOURCE_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


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
    if find_spec("valkey") is None:
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
