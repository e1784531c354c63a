"""Printed pages as answers: kept at hand, looked at again when the edition has changed.

Many answers are kept, the bodies of fewer: to join one again costs a read of its own parts, to find the page again ten times that.
"""

from collections import deque
from collections.abc import Callable

from kawaraban.newsstand.answers import OVERHEAD, PAGE, Answer, Printed
from kawaraban.newsstand.http import HSTS, NOTHING_ALLOWED, SECURITY, Address, location_header
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.rsgi import Header
from kawaraban.newsstand.shelf import Shelf
from kawaraban.newsstand.stock import Stock, Unreadable
from kawaraban.press import stitch
from kawaraban.press.view import Found

GZIP_BYTES, PLAIN_BYTES, BODY_BYTES = 36 << 20, 8 << 20, 24 << 20
KEPT_ONE_IN = 4  # joined bodies, once there are many: what is asked for often soon is among them
STALE = 60.0  # seconds
FRESH = "public, max-age=1, stale-while-revalidate=10, stale-if-error=86400"
BRIEF = "public, max-age=1"
VARY: Header = ("vary", "Accept-Encoding")


class Pages:
    """outdated: told the address of a page that an earlier generation printed."""

    def __init__(
        self, stock: Stock, outdated: Callable[[str], None], *, hsts: bool = False, kept: int = GZIP_BYTES, bodies: int = BODY_BYTES
    ) -> None:
        self.stock, self.outdated = stock, outdated
        self.secure = [*SECURITY, HSTS] if hsts else SECURITY
        self.in_common: dict[tuple[int, str], list[Header]] = {}
        self.heads: dict[tuple[int, str, str, bool], list[Header]] = {}
        self.bodies: deque[Answer] = deque()  # answers that were given a body, the last one at the end
        self.body_bytes, self.most_body_bytes, self.joined = 0, bodies, 0
        self.passing = Answer(200, [])  # has its body until the next is joined
        self.gzipped, self.plain = Shelf(kept), Shelf(min(kept, PLAIN_BYTES))
        self.tidied, self.turn_then = 0.0, 0

    def find(self, address: Address, gzips: bool) -> Answer | None:
        """The answer at an address, of this moment, with its body. Raises Unreadable when nobody can say and none is at hand."""
        try:
            return self.with_body(self.known_or_made(address, gzips))
        except Unreadable:
            if not self.stock.has_moved_on():
                raise
        return self.with_body(self.known_or_made(address, gzips))

    def with_body(self, answer: Answer | None) -> Answer | None:
        if answer is not None and not answer.body and answer.printed is not None:
            self.join(answer, answer.printed)
        return answer

    def has_body(self, answer: Answer) -> bool:
        """Whether the body of an answer is at hand, or could be joined again."""
        try:
            return bool(answer.body) or bool(self.with_body(answer))
        except Unreadable:
            return False

    def join(self, answer: Answer, printed: Printed) -> None:
        """Gives an answer its body: for now, or until others have been given theirs. Raises Unreadable."""
        own = self.stock.own(printed.place)
        self.passing.body, self.joined = b"", self.joined + 1
        answer.body = b"".join(stitch.filled(printed.pieces, printed.sizes, own))
        if self.body_bytes + len(answer.body) > self.most_body_bytes and self.joined % KEPT_ONE_IN:
            self.passing = answer
        else:
            self.keep_body(answer)

    def keep_body(self, answer: Answer) -> None:
        self.passing = Answer(200, [])
        self.bodies.append(answer)
        self.body_bytes += len(answer.body)
        while self.body_bytes > self.most_body_bytes and len(self.bodies) > 1:
            oldest = self.bodies.popleft()
            self.body_bytes -= len(oldest.body)
            oldest.body = b""

    def known_or_made(self, address: Address, gzips: bool) -> Answer | None:
        shelf = self.gzipped if gzips else self.plain
        key = address if address.query else address.path
        known = shelf.get(key)
        if known is not None and known.turn == self.stock.turn:
            return known
        try:
            found = self.stock.page(address.whole)
        except Unreadable:
            if known is None:
                raise
            return known
        if found is None:
            shelf.drop(key)
            return None
        if found.generation != self.stock.generation and address.path.startswith("/"):
            self.outdated(address.whole)
        made = self.made(found, gzips, known)
        made.turn = self.stock.turn
        if made is not known:
            shelf.put(key, made)
        return made

    def tidy(self, now: float) -> None:
        """Lets go, every minute, of what has not been asked for since the minute before: it holds on to slots as they were then."""
        if now < self.tidied + STALE:
            return
        for shelf in (self.gzipped, self.plain):
            shelf.forget(self.turn_then)
        self.tidied, self.turn_then = now, self.stock.turn

    def moved(self, location: str) -> Answer:
        """The way to the clean form of an address."""
        return Answer(301, [("location", location), ("cache-control", FRESH), NOTHING_ALLOWED, *self.secure], kind=PAGE)

    def special(self, status: int, gzips: bool) -> Answer:
        """The printed page for a status, or a notice where none has been printed."""
        try:
            made = self.find(Address(f"!{status}"), gzips)
        except Unreadable:
            made = None
        return made if made is not None and made.status == status else notice(status, kind=PAGE)

    def shared(self, status: int, generation: int) -> list[Header]:
        """The headers that pages of a status and a generation have in common, 304 or not."""
        policy = self.stock.policy(generation)
        if (known := self.in_common.get((status, policy))) is None:
            keeping = "no-store" if status >= 500 else FRESH if status < 400 else BRIEF
            known = [("cache-control", keeping), VARY, ("content-security-policy", policy), *self.secure]
            self.in_common[status, policy] = known
        return known

    def made(self, found: Found, gzips: bool, known: Answer | None) -> Answer:
        """A found page as an answer: the known one when that says the same."""
        digest = stitch.tag(found.parts)
        tag = f'"{digest}-g"' if gzips else f'"{digest}"'
        headers = self.head(found, gzips)
        if known is not None and known.tag == tag and known.headers == headers and (known.printed is None or known.printed.place == found.place):
            return known
        answer = Answer(found.status, headers, b"", PAGE, tag, self.shared(found.status, found.generation) if found.status == 200 else [])
        if gzips:
            answer.printed = Printed(stitch.pieces(found.parts), found.sizes, found.place)
        else:
            answer.body = stitch.identity(found.filled(self.stock.own(found.place)))
            answer.weight = OVERHEAD + len(answer.body)
        return answer

    def head(self, found: Found, gzips: bool) -> list[Header]:
        """The same list for all pages of a kind, but for those that have moved."""
        shared = self.shared(found.status, found.generation)
        kind = (found.status, found.mime, shared[2][1], gzips)
        if (known := self.heads.get(kind)) is None:
            known = self.heads[kind] = [("content-type", found.mime), *([("content-encoding", "gzip")] if gzips else ()), *shared]
        return [*known, ("location", location_header(found.location))] if found.location else known
