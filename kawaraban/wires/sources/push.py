"""What an agency sends to us: POST /-/push/<short name> with its token. 202 says that it is on disk."""

import binascii
import logging
import math
import re
import time
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kawaraban.wires import health
from kawaraban.wires.archive import Payload, Unkept
from kawaraban.wires.fault import Fault, Faulty
from kawaraban.wires.ingest import keep
from kawaraban.wires.models import Source
from kawaraban.wires.sources.bucket import Buckets
from kawaraban.wires.sources.tokens import is_right
from kawaraban.wires.sources.unpacking import Garbled, TooMuch, Unpacking

log = logging.getLogger(__name__)

CHUNK = 1 << 16
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
sources, strangers = Buckets(20.0, 200.0), Buckets(5.0, 20.0)  # payloads a second of one source; wrong tokens of everybody


class Rejected(Faulty):
    """A payload is not taken."""

    def __init__(self, status: int, what: Fault | str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.headers = status, dict(headers or {})
        super().__init__(what)


@csrf_exempt
def push(request: HttpRequest, key: str) -> JsonResponse:
    try:
        return taken(request, key, timezone.now())
    except Rejected as rejected:
        return JsonResponse({"error": str(rejected)}, status=rejected.status, headers=rejected.headers)
    except (Unkept, Error, OSError) as error:
        log.warning("a payload for %s was sent back: %s", key[:40], error)
        told = {"error": "It can't be kept at the moment, and was not taken. Send it again."}
        return JsonResponse(told, status=503, headers={"Retry-After": "10"})


def taken(request: HttpRequest, key: str, now: datetime) -> JsonResponse:
    """The same bytes a second time are answered alike, and are there once. Raises Rejected, Unkept, database errors."""
    if request.method != "POST":
        raise Rejected(405, "Send it with POST.", {"Allow": "POST"})
    source = admitted(request, key, now)
    if wait := sources.wait(source.key, time.monotonic()):
        raise too_many(wait)
    try:
        payload = Payload(body(request), str(request.GET.get("name", "")), request.headers.get("Content-Type", ""))
    except Rejected as rejected:
        health.failed(source, rejected.fault)
        raise
    arrival = keep(source, payload, now)
    return JsonResponse({"digest": arrival.digest, "received": arrival.received_at.isoformat()}, status=202)


def admitted(request: HttpRequest, key: str, now: datetime) -> Source:
    """The source whose token is shown; who knows none is not told which sources there are."""
    source = Source.objects.filter(key=key, kind=Source.Kind.PUSH).first() if KEY.fullmatch(key) else None
    if not is_right(source, shown_token(request), now) or source is None:
        if wait := strangers.wait("", time.monotonic()):
            raise too_many(wait)
        sentence = "The token is missing or wrong. Send it as: Authorization: Bearer TOKEN."
        raise Rejected(401, sentence, {"WWW-Authenticate": 'Bearer realm="wires"'})
    if not source.is_on:
        raise Rejected(403, "This source is switched off at the desk. Ask the magazine.")
    return source


def shown_token(request: HttpRequest) -> str:
    """Of Bearer, or as the password of Basic, for senders that can't do otherwise."""
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return told.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(told.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            return ""
    return ""


def too_many(seconds: float) -> Rejected:
    return Rejected(429, "Too many at once. Send it again a little later.", {"Retry-After": str(math.ceil(seconds))})


def body(request: HttpRequest) -> bytes:
    """Read no further than is allowed, compressed or not."""
    most = settings.KAWARABAN.wires.payload_bytes
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdecimal():
        raise Rejected(411, Fault("Say with Content-Length how many bytes it has."))
    if int(length) > most:
        raise Rejected(413, Fault("It has %(size)d bytes; at most %(most)d are taken.", {"size": int(length), "most": most}))
    try:
        unpacking = Unpacking(request.headers.get("Content-Encoding", ""), most)
        while piece := request.read(CHUNK):
            unpacking.take(piece)
        data = unpacking.whole()
    except TooMuch:
        raise Rejected(413, Fault("It has more than %(most)d bytes, decompressed; at most %(most)d are taken.", {"most": most})) from None
    except Garbled as error:
        raise Rejected(415, Fault("It can't be used: %(reason)s.", {"reason": error.fault})) from None
    if not data:
        raise Rejected(400, Fault("It is empty. Send the item, or the file of items, as the body."))
    if not request.headers.get("Content-Encoding") and len(data) != int(length):
        raise Rejected(400, Fault("It broke off on its way. Send it again."))
    return data
