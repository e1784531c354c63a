"""What the script in article pages sends: the article, the hour's token, the host that the reader came from.

All of it stands in the query, <article>.<seal>.<hour>.<signature>.<host>, so that nothing is waited for.
Answered 204 once the read is in the kernel. Nothing is looked up: see docs/decisions/0018-reads.md.
"""

import re
import time
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from kawaraban.conf import Configuration, listed
from kawaraban.newsstand.answers import Answer
from kawaraban.newsstand.http import NOTHING_ALLOWED, SECURITY
from kawaraban.newsstand.notices import plain
from kawaraban.newsstand.reply import Request
from kawaraban.newsstand.rsgi import Headers
from kawaraban.newsstand.taking import Taking
from kawaraban.readership import readers, referrers, tokens
from kawaraban.readership.readers import Hops, Reader, Salts
from kawaraban.readership.robots import Robots
from kawaraban.readership.spool import Record
from kawaraban.readership.verdicts import Verdict

PATH = "/-/read"
KIND = "read"
GREATEST = 512  # bytes
REMEMBERED = 1 << 18  # readers and articles; 2 MB
MOST_NETWORKS = 50_000
SEALS = 20_000  # of articles, kept at hand
HOUR = 3600
MASK = (1 << 64) - 1
TOKEN = re.compile(rb'data-token="([0-9]{1,9}\.[A-Za-z0-9_-]{12})"')
SPREAD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio, so that neighbouring articles lie apart

# Of a reader's browser nothing is an error, which it would show: 200 says that the read was understood, and not taken.
TOLD: dict[Verdict, tuple[int, str]] = {
    Verdict.METHOD: (405, "a read is sent by POST"),
    Verdict.SIZE: (413, "too long for a read"),
    Verdict.MALFORMED: (400, "this is no read"),
    Verdict.FOREIGN: (403, "sent by a page of another site"),
    Verdict.PRIVACY: (200, "this reader is not counted"),
    Verdict.UNKNOWN_ARTICLE: (404, "there is no such article"),
    Verdict.TOKEN: (403, "the token is not one of ours"),
    Verdict.EXPIRED: (200, "the token is too old"),
    Verdict.ROBOT: (200, "robots are not counted"),
    Verdict.CEILING: (429, "too many reads from this network"),
    Verdict.LOST: (503, "the read could not be kept"),
}
SLOT = "beacon"
GENERATIONS = 3  # of pages that are served at a time, at most
HEADERS = [("cache-control", "no-store"), NOTHING_ALLOWED, *SECURITY]
TAKEN, IN_MEMORY = Answer(204, HEADERS, kind=KIND), Answer(202, HEADERS, kind=KIND)
ANSWERS = {verdict: plain(status, f"{text}\n", KIND) for verdict, (status, text) in TOLD.items()}
ANSWERS[Verdict.METHOD].headers.append(("allow", "POST"))
ANSWERS |= {Verdict.ACCEPTED: TAKEN, Verdict.REPEATED: TAKEN}


class Beacon:
    """One thread at a time."""

    def __init__(self, config: Configuration, taking: Taking) -> None:
        self.rules, self.taking = config.readership, taking
        self.key, self.zone = config.reads_key, ZoneInfo(config.site.time_zone)
        self.host = urlsplit(config.readers_address).hostname or ""
        self.seal = lru_cache(SEALS)(partial(tokens.seal, self.key))
        self.tokens, self.robots = tokens.Valid(self.key), Robots(listed(self.rules.not_robots))
        self.hops, self.salts = Hops(listed(config.serve.proxies)), Salts(config.reads)
        self.salt, self.day_ends = b"", 0.0
        self.seen = array("Q", bytes(8 * REMEMBERED))  # the first sieve: what it forgets, the counting finds
        self.networks: dict[int, int] = {}
        self.hour = 0

    def look(self, now: float, served: Iterable[str]) -> None:
        """Once a second. now: seconds since 1970. served: the tokens that the edition's pages carry."""
        if not self.rules.counted:
            return
        self.tokens.renew(now, served)
        if now >= self.day_ends or not self.salts.is_kept:
            self.renew_day(now)

    def renew_day(self, now: float) -> None:
        day, self.day_ends = readers.day_of(now, self.zone)
        if (salt := self.salts.of(day)) != self.salt:
            self.salt = salt
            readers.network_key.cache_clear()  # which holds the salt

    def answer(self, request: Request) -> Answer:
        now = time.time()
        if now >= self.day_ends:
            self.renew_day(now)
        parts = request.query.split(".", 4)
        if (verdict := self.refused(request, parts)) is not None:
            self.taking.reject(verdict)
            return ANSWERS[verdict]
        return self.counted(request, int(parts[0]), parts[4], now)

    def refused(self, request: Request, parts: list[str]) -> Verdict | None:
        """Why a request isn't looked at further."""
        headers = request.headers
        if request.method != "POST":
            return Verdict.METHOD
        length = headers.get("content-length", "0")
        if len(request.query) > GREATEST or not length.isdecimal() or int(length[:9]) > GREATEST:
            return Verdict.SIZE
        if len(parts) != 5 or not is_key(parts[0]):
            return Verdict.MALFORMED
        if is_foreign(headers):
            return Verdict.FOREIGN
        if self.rules.privacy_signals and (headers.get("sec-gpc") == "1" or headers.get("dnt") == "1"):
            return Verdict.PRIVACY
        if f"{parts[0]}.{parts[1]}" != self.seal(int(parts[0])):
            return Verdict.UNKNOWN_ARTICLE
        if (token := f"{parts[2]}.{parts[3]}") not in self.tokens:
            return Verdict.EXPIRED if tokens.is_ours(self.key, token) else Verdict.TOKEN
        return None

    def counted(self, request: Request, article: int, host: str, now: float) -> Answer:
        get = request.headers.get
        agent = get("user-agent", "")
        address = self.hops.address(request.scope.client, get("x-forwarded-for", ""))
        prefix = readers.network(address, self.rules.ipv4_prefix, self.rules.ipv6_prefix)
        reader = readers.identity(self.salt, prefix, agent)
        if not self.robots.knows(agent):
            if self.is_over_ceiling(reader, now):
                return self.rejected(Verdict.CEILING, article)
            if self.robots.has(agent):
                self.add_to(reader)  # so that nobody has us look at made-up names all day
        if self.robots.has(agent):
            return self.rejected(Verdict.ROBOT, article)
        mark = (reader.key + article * SPREAD) & MASK
        if self.seen[mark % REMEMBERED] == mark:
            return self.rejected(Verdict.REPEATED, article)
        if self.is_over_ceiling(reader, now):
            return self.rejected(Verdict.CEILING, article)
        kind = referrers.kind(unquote(host), self.host)
        verdict = self.taking.take(Record(int(now * 1000), *reader, article, referrer=kind))
        if verdict is Verdict.LOST:
            return ANSWERS[verdict]
        self.seen[mark % REMEMBERED] = mark
        self.add_to(reader)
        return IN_MEMORY if verdict is None else TAKEN

    def rejected(self, verdict: Verdict, article: int) -> Answer:
        self.taking.reject(verdict, article)
        return ANSWERS[verdict]

    def add_to(self, reader: Reader) -> None:
        self.networks[reader.network] = self.networks.get(reader.network, 0) + 1

    def is_over_ceiling(self, reader: Reader, now: float) -> bool:
        """Whether a network has had its reads of this hour."""
        if (hour := int(now) // HOUR) != self.hour or len(self.networks) > MOST_NETWORKS:
            self.networks, self.hour = {}, hour
        return self.networks.get(reader.network, 0) >= self.rules.network_ceiling


def carried(slots: Iterable[bytes | None]) -> Iterator[str]:
    """The tokens that slots carry."""
    for slot in slots:
        if slot and (found := TOKEN.search(slot)):
            yield found[1].decode()


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 11 and 0 < int(text) < 1 << 32


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page had this sent: its visitors would be counted as readers."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return bool(site != "same-origin")
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()
