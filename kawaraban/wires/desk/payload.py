"""A payload as it came, out of the archive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_denied

from kawaraban.wires.archive import Unarchived
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.ingest import archive
from kawaraban.wires.models import Arrival
from kawaraban.wires.secrecy import rights_of

SHOWN = 200_000  # bytes; the whole can be downloaded
ENCODINGS = ("utf-8-sig", "euc_jp", "cp932", "latin-1")  # hardly any text of Shift_JIS is valid EUC-JP


@require_GET
@for_desk("reads_payloads")
def payload(request: HttpRequest, key: int) -> HttpResponse:
    """Its beginning as text, or with ?download all of it."""
    arrival = get_object_or_404(Arrival.objects.select_related("source"), pk=key)
    if not rights_of(request.user).reads_payload(arrival):
        return permission_denied(request)
    try:
        data = archive().read(arrival.file).payload.data
    except Unarchived as error:
        return page(request, "payload.html", str(arrival), arrival=arrival, fault=error.fault.said(gettext))
    if "download" in request.GET:
        return download(arrival, data)
    return page(request, "payload.html", str(arrival), arrival=arrival, text=text(data[:SHOWN]), is_cut=len(data) > SHOWN)


def download(arrival: Arrival, data: bytes) -> HttpResponse:
    """As bytes that no browser opens."""
    headers = {"Content-Disposition": f'attachment; filename="{arrival.source.key}-{arrival.digest[:16]}.bin"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


def text(data: bytes) -> str:
    """As it is most likely meant; ISO-2022-JP is seen by its escapes."""
    if b"\x1b$" in data:
        return data.decode("iso2022_jp", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return next(found for encoding in ENCODINGS if (found := decoded(data, encoding)) is not None)


def decoded(data: bytes, encoding: str) -> str | None:
    """What was cut may end within a character."""
    for end in (len(data), len(data) - 1, len(data) - 2, len(data) - 3):
        try:
            return data[:end].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
