"""Printed pages as answers: kept at hand, looked at again when the edition has changed.

Many answers are kept, the pieces of fewer: to read them again costs a read of its own parts, to find the page again several times that.
"""

import time
from collections.abc import Callable

from kawaraban.newsstand.answers import OVERHEAD, PAGE, Answer, Frame, PageAnswer, frame
from kawaraban.newsstand.favourites import Favourites
from kawaraban.newsstand.http import HSTS, NOTHING_ALLOWED, SECURITY, Address, location_header
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.rsgi import Header
from kawaraban.newsstand.shelf import Shelf
from kawaraban.newsstand.stock import Stock, Unreadable
from kawaraban.press import stitch
from kawaraban.press.view import Found

GZIP_BYTES, PLAIN_BYTES, OWN_BYTES = 44 << 20, 8 << 20, 31 << 20
STALE = 60.0  # seconds
FRESH = "public, max-age=1, stale-while-revalidate=10, stale-if-error=86400"
BRIEF = "public, max-age=1"
VARY: Header = ("vary", "Accept-Encoding")


class Pages:
    """outdated: told the address of a page that an earlier generation printed."""

    def __init__(self, stock: Stock, outdated: Callable[[str], None], *, hsts: bool = False, kept: int = GZIP_BYTES, own: int = OWN_BYTES) -> None:
        self.stock, self.outdated = stock, outdated
        self.secure = [*SECURITY, HSTS] if hsts else SECURITY
        self.in_common: dict[tuple[int, str], list[Header]] = {}
        self.frames: dict[tuple[bytes, ...], Frame] = {}
        self.framed = -1  # the turn of the stock that the frames are of
        self.heads: dict[tuple[int, str, str, bool], list[Header]] = {}
        self.favourites = Favourites(own, time.monotonic())
        self.passing = PageAnswer(200, [])  # the last one that was given a body
        self.gzipped, self.plain = Shelf(kept), Shelf(min(kept, PLAIN_BYTES))
        self.tidied, self.turn_then = 0.0, 0

    def find(self, address: Address, gzips: bool) -> PageAnswer | None:
        """The answer at an address, of this moment, with its body. Raises Unreadable when nobody can say and none is at hand."""
        try:
            return self.with_body(self.known_or_made(address, gzips))
        except Unreadable:
            if not self.stock.has_moved_on():
                raise
        return self.with_body(self.known_or_made(address, gzips))

    def with_body(self, answer: PageAnswer | None) -> PageAnswer | None:
        """Only until the next one is asked for: bodies are not kept. Raises Unreadable."""
        self.passing.body = b""
        if answer is not None:
            answer.body, self.passing = b"".join(answer.pieces or self.pieces(answer)), answer
        return answer

    def readable_pieces(self, answer: PageAnswer) -> list[bytes] | None:
        try:
            return self.pieces(answer)
        except Unreadable:
            return None

    def pieces(self, answer: PageAnswer) -> list[bytes]:
        """The pieces of a body, read again; of answers that are asked for often they are kept at hand. Raises Unreadable."""
        pieces = answer.made_pieces(self.stock.own)
        answer.asked += self.favourites.step
        self.favourites.offer(answer, pieces)
        return pieces

    def known_or_made(self, address: Address, gzips: bool) -> PageAnswer | None:
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
        """Each second. Lets go, every minute, of what has not been asked for since the minute before: it holds on to slots as they were then."""
        self.favourites.pass_time(now, self.gzipped.answers())
        if now < self.tidied + STALE:
            return
        for shelf in (self.gzipped, self.plain):
            shelf.forget(self.turn_then)
        self.tidied, self.turn_then = now, self.stock.turn

    def has(self, address: str) -> bool:
        """Whether something has been printed for an address; False also when nobody can say."""
        try:
            return self.stock.page(address) is not None
        except Unreadable:
            return False

    def moved(self, location: str, status: int = 301) -> Answer:
        """The way to the clean form of an address."""
        return Answer(status, [("location", location), ("cache-control", FRESH), NOTHING_ALLOWED, *self.secure], kind=PAGE)

    def special(self, status: int, gzips: bool, room: str = "") -> Answer:
        """The printed page for a status, or one for it that a room has of its own; a notice where none has been printed."""
        try:
            made = self.find(Address(f"!{status}{room}"), gzips)
        except Unreadable:
            made = None
        return made if made is not None and made.status == status else notice(status, kind=PAGE)

    def shared(self, status: int, generation: int) -> list[Header]:
        """The headers that pages of a status and a generation have in common, 304 or not."""
        policy = self.stock.policy(generation)
        if (known := self.in_common.get((status, policy))) is None:
            keeping = "no-store" if status == 429 or status >= 500 else FRESH if status < 400 else BRIEF
            known = [("cache-control", keeping), VARY, ("content-security-policy", policy), *self.secure]
            self.in_common[status, policy] = known
        return known

    def made(self, found: Found, gzips: bool, known: PageAnswer | None) -> PageAnswer:
        """A found page as an answer: the known one, if its own parts are still the same."""
        digest = stitch.tag(found.parts)
        tag = f'"{digest}-g"' if gzips else f'"{digest}"'
        headers = self.head(found, gzips)
        if known is not None and known.tag == tag and known.headers == headers and (known.frame is None or known.place == found.place):
            return known
        brief = self.shared(found.status, found.generation) if found.status == 200 else []
        answer = PageAnswer(found.status, headers, kind=PAGE, tag=tag, brief=brief)
        if not gzips:
            body = stitch.identity(found.filled(self.stock.own(*found.place)))
            answer.pieces, answer.weight = [body], OVERHEAD + len(body)
            return answer
        answer.frame = self.frame(found)
        answer.own = answer.frame.lies.pack(*found.place, *found.sizes, stitch.end(found.parts))
        if known is None or known.place != found.place:
            return answer
        known.renew(answer)
        return known

    def frame(self, found: Found) -> Frame:
        """The same for all pages with the same runs, until these change."""
        if self.framed != self.stock.turn:
            self.frames.clear()
            self.framed = self.stock.turn
        kind = tuple([part.deflated and part.digest for part in found.parts])
        if (known := self.frames.get(kind)) is None:
            known = self.frames[kind] = frame(stitch.frame(found.parts))
        return known

    def head(self, found: Found, gzips: bool) -> list[Header]:
        """The same list for all pages of a kind, but for those that have moved."""
        shared = self.shared(found.status, found.generation)
        kind = (found.status, found.mime, shared[2][1], gzips)
        if (known := self.heads.get(kind)) is None:
            known = self.heads[kind] = [("content-type", found.mime), *([("content-encoding", "gzip")] if gzips else ()), *shared]
        return [*known, ("location", location_header(found.location))] if found.location else known
