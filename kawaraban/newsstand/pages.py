"""Printed pages as answers: joined once, kept at hand, looked at again when the edition has changed."""

from collections.abc import Callable

from kawaraban.newsstand.answers import PAGE, Answer
from kawaraban.newsstand.http import HSTS, NOTHING_ALLOWED, SECURITY, Address, location_header
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.rsgi import Header
from kawaraban.newsstand.shelf import Shelf
from kawaraban.newsstand.stock import Stock, Unreadable
from kawaraban.press import stitch
from kawaraban.press.view import Found

GZIP_BYTES, PLAIN_BYTES = 64 << 20, 8 << 20
STALE = 60.0  # seconds
FRESH = "public, max-age=1, stale-while-revalidate=10, stale-if-error=86400"
BRIEF = "public, max-age=1"
VARY: Header = ("vary", "Accept-Encoding")


class Pages:
    """outdated: told the address of a page that an earlier generation printed."""

    def __init__(self, stock: Stock, outdated: Callable[[str], None], *, hsts: bool = False, kept: int = GZIP_BYTES) -> None:
        self.stock, self.outdated = stock, outdated
        self.secure = [*SECURITY, HSTS] if hsts else SECURITY
        self.in_common: dict[tuple[int, str], list[Header]] = {}
        self.gzipped, self.plain = Shelf(kept), Shelf(min(kept, PLAIN_BYTES))
        self.tidied, self.turn_then = 0.0, 0

    def find(self, address: Address, gzips: bool) -> Answer | None:
        """The answer at an address, of this moment. Raises Unreadable when nobody can say and none is at hand."""
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
        shared = self.shared(found.status, found.generation)
        headers = [("content-type", found.mime), *([("content-encoding", "gzip")] if gzips else ()), *shared]
        if found.location:
            headers.append(("location", location_header(found.location)))
        if found.status == 200:
            headers.append(("etag", tag))
        if known is not None and known.headers == headers and known.tag == tag:
            return known
        brief = [("etag", tag), *shared] if found.status == 200 else []
        answer = Answer(found.status, headers, b"", PAGE, tag, brief)
        if gzips:
            answer.pieces, answer.weight = kept(found)
        else:
            answer.body = stitch.identity(found.parts)
        return answer


def kept(found: Found) -> tuple[list[bytes], int]:
    """The pieces of a gzip member, copied where they lie in the edition's memory; and how many bytes that is. Runs are shared."""
    weight, pieces = 0, []
    for piece in stitch.pieces(found.parts):
        if isinstance(piece, memoryview):
            weight += len(piece)
            pieces.append(bytes(piece))
        else:
            pieces.append(piece)
    return pieces, weight
