"""One question to a web address: redirects, limits, conditions, and what came of it. No Django."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from kawaraban import __version__
from kawaraban.wires.archive import Payload
from kawaraban.wires.fault import Fault, Value
from kawaraban.wires.sources.connecting import Limits, Place, Unanswered, connected, reason
from kawaraban.wires.sources.pauses import wished
from kawaraban.wires.sources.unpacking import Garbled, TooMuch, Unpacking

REDIRECTS = 5
CHUNK = 1 << 16
MOVED = (301, 302, 303, 307, 308)
LATER = (429, 503)
HEADS = {
    401: Fault("it wants a log-in, or another one"),
    403: Fault("it does not let us in"),
    404: Fault("there is nothing at this address"),
    410: Fault("there is nothing at this address any more"),
    429: Fault("it is asked too often"),
}
ITS_OWN, UNUSABLE = Fault("its own fault"), Fault("an answer that we can't use")


@dataclass(frozen=True, slots=True)
class Question:
    address: str
    etag: str = ""
    last_modified: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # log-in and the like, told to this very machine only


@dataclass(frozen=True, slots=True)
class Answered:
    """payload: None when nothing has changed."""

    payload: Payload | None
    etag: str = ""
    last_modified: str = ""


def fetch(question: Question, limits: Limits, now: datetime) -> Answered:
    """Raises Unanswered with a sentence for whatever keeps the answer away."""
    asked = question
    for _ in range(REDIRECTS + 1):
        try:
            answer = ask(asked, limits, now)
        except (OSError, ssl.SSLError, http.client.HTTPException, ValueError) as error:
            told: dict[str, Value] = {"address": shown(asked.address), "reason": reason(error)}
            raise Unanswered(Fault("%(address)s did not answer as it should: %(reason)s.", told)) from error
        if isinstance(answer, Answered):
            return answer
        asked = followed(asked, answer)
    raise Unanswered(Fault("%(address)s leads on and on, more than %(number)d times.", {"address": shown(question.address), "number": REDIRECTS}))


def ask(question: Question, limits: Limits, now: datetime) -> Answered | str:
    """The answer, or the address that it leads on to."""
    parts = split(question.address)
    place = Place(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), parts.scheme == "https")
    with connected(place, limits) as line:
        connection = http.client.HTTPConnection(place.host, place.port)
        connection.default_port = 443 if place.is_secret else 80  # so that the head names no port that goes without saying
        connection.sock = line
        connection.request("GET", target(parts), headers=head(question))
        with connection.getresponse() as response:
            return understood(question, response, limits, now)


def understood(question: Question, response: http.client.HTTPResponse, limits: Limits, now: datetime) -> Answered | str:
    if response.status in MOVED and (location := response.getheader("Location")):
        return urljoin(question.address, location.strip())
    if response.status == 304:
        return Answered(None, question.etag, question.last_modified)
    if response.status != 200:
        raise refused(question, response, now)
    data = body(response, limits.size, question)
    return Answered(payload_of(data, split(question.address), response), short(response, "ETag", 255), short(response, "Last-Modified", 80))


def split(address: str) -> SplitResult:
    """Raises Unanswered for what is no web address."""
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_usable = False
    if not is_usable or any(ord(letter) <= 32 for letter in address):
        told: dict[str, Value] = {"address": shown(address)}
        raise Unanswered(Fault("%(address)s is no web address. It must look like https://agency.example/feed.", told))
    return parts


def target(parts: SplitResult) -> str:
    found = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "".join(letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in found)


def head(question: Question) -> dict[str, str]:
    told = {"User-Agent": f"Kawaraban/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"}
    if question.etag:
        told["If-None-Match"] = question.etag
    if question.last_modified:
        told["If-Modified-Since"] = question.last_modified
    return told | dict(question.headers)


def followed(question: Question, address: str) -> Question:
    """What is asked of the next machine: without the log-in when it is another one. Raises Unanswered."""
    before, after = split(question.address), split(address)
    if (before.scheme, after.scheme) == ("https", "http"):
        told: dict[str, Value] = {"address": shown(question.address), "other": shown(address)}
        raise Unanswered(Fault("%(address)s leads on to %(other)s, which is not encrypted any more.", told))
    is_same = (before.scheme, before.hostname, before.port) == (after.scheme, after.hostname, after.port)
    return replace(question, address=address, headers=question.headers if is_same else {})


def refused(question: Question, response: http.client.HTTPResponse, now: datetime) -> Unanswered:
    why = HEADS.get(response.status, ITS_OWN if response.status >= 500 else UNUSABLE)
    seconds = wished(response.getheader("Retry-After", ""), now) if response.status in LATER else 0.0
    told: dict[str, Value] = {"address": shown(question.address), "status": response.status, "reason": why}
    return Unanswered(Fault("%(address)s answers %(status)d: %(reason)s.", told), seconds)


def body(response: http.client.HTTPResponse, most: int, question: Question) -> bytes:
    """Raises Unanswered for one that is too long, garbled, or broke off."""
    try:
        unpacking = Unpacking(response.getheader("Content-Encoding", ""), most)
        while piece := response.read1(CHUNK):
            unpacking.take(piece)
        data = unpacking.whole()
    except TooMuch:
        told: dict[str, Value] = {"address": shown(question.address), "most": most}
        raise Unanswered(Fault("%(address)s sends more than %(most)d bytes, which wires.payload_bytes does not allow.", told)) from None
    except Garbled as error:
        raise Unanswered(Fault("%(name)s: %(reason)s.", {"name": shown(question.address), "reason": error.fault})) from None
    if response.length:
        raise Unanswered(Fault("%(address)s: the answer broke off.", {"address": shown(question.address)}))
    return data


def payload_of(data: bytes, parts: SplitResult, response: http.client.HTTPResponse) -> Payload:
    name = unquote(parts.path.rpartition("/")[2], errors="replace") or parts.hostname or ""
    return Payload(data, name, short(response, "Content-Type", 120))


def short(response: http.client.HTTPResponse, name: str, most: int) -> str:
    """A header's value; nothing when it is longer than can be kept."""
    headers: Message = response.headers
    value = str(headers.get(name, "")).strip()
    return value if len(value) <= most and value.isprintable() else ""


def shown(address: str) -> str:
    """An address as a sentence may tell it: without log-in and query, which may be a key."""
    plain = "".join(letter for letter in address if letter.isprintable()).partition("?")[0]
    scheme, mark, rest = plain.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}"[:200]
