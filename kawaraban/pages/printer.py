"""Prints pages and slots into the edition."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils.translation import override
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from kawaraban import __version__
from kawaraban.desk import models
from kawaraban.pages import made_from, views
from kawaraban.pages.insets import NOTHING, made_insets
from kawaraban.pages.policy import policy
from kawaraban.pages.reading import script, seal
from kawaraban.pages.rendering import printing_word
from kawaraban.pages.slots import slot_html
from kawaraban.press.edition import SLOT, Edition, Outdated
from kawaraban.press.insets import file_insets
from kawaraban.press.marks import INSET, Inset, Run, cut, folded
from kawaraban.press.queue import Urgency
from kawaraban.press.records import is_fit
from kawaraban.press.room import EditionFull
from kawaraban.press.sheet import Sheet

log = logging.getLogger(__name__)

ROOM = Path(__file__).parent
# Pages that readers get in place of others, by what they are filed under.
SPECIAL = {"!404": views.missing, "!503": views.unreachable, "!503-search": views.searchless, "!429-search": views.searched_too_much}
FILED = (200, 301, 302, 410)
BATCH = 40


class Printer:
    """One a process. Its generation is what this process's release, theme and settings make.

    One that only looks begins none, and prints nothing when another is being printed.
    """

    def __init__(self, edition: Edition, *, begins: bool = True) -> None:
        self.edition = edition
        number, found = edition.generation()
        self.is_current = begins or found == made_with()
        self.generation = edition.begin(made_with(), policy()) if begins else number

    def print_page(self, address: str) -> bool:
        """Prints what readers get at an address; False when that is nothing. Raises Outdated, EditionFull."""
        if not is_fit(address):
            return False
        started = self.edition.changes()
        sheet, notes = made(address)
        if sheet is None:
            if self.edition.has(address) or self.edition.is_marked(address):
                self.edition.remove(address, started, self.generation)
            path, has_query, _ = address.partition("?")
            if has_query and not self.edition.has(path):
                self.print_page(path)  # the newsstand leads there
            return False
        self.file(address, sheet, started)
        if further := {other: Urgency.FILL for other in notes.further if not self.edition.has(other)}:
            self.edition.mark(further)
        return True

    def file(self, address: str, sheet: Sheet, started: int) -> None:
        """Files a page, and before it the slots that it names and that have not been printed."""
        there = set(self.edition.slot_names(self.generation))
        if missing := sheet.slots - there:
            self.print_slots(sorted(missing))
        self.edition.file(address, sheet, started, self.generation)

    def print_slots(self, names: Sequence[str]) -> None:
        """Prints slots, and packs the runs that hold them once. Raises Outdated, EditionFull."""
        started = self.edition.changes()
        self.edition.file_slots([made_slot(name) for name in names], started, self.generation)

    def print_insets(self, abouts: Sequence[str]) -> None:
        """Prints what stands in the pages of things, such as page:12, without the rest of these pages. Raises Outdated, EditionFull."""
        started = self.edition.changes()
        file_insets(self.edition, made_insets(abouts), started, self.generation)

    def work_off(self, is_enough: Callable[[], bool], most: Urgency = Urgency.NOW, least: Urgency = Urgency.FILL) -> int:
        """Prints what is marked between two urgencies, the most urgent first, until nothing is left or it is enough; gives the number.

        After a page all insets of its urgency come before the next one: a withdrawn article's own page, then the lists that show it.
        What can't be printed is logged and put off. Raises Outdated, EditionFull, database errors.
        """
        printed, is_after_page = 0, False
        while not is_enough():
            due = {address: urgency for urgency, address in self.edition.due(BATCH) if most <= urgency <= least}
            if not due:
                break
            first = next(iter(due))
            slots = [address for address in due if address.startswith(SLOT)]
            insets = [address for address, urgency in due.items() if address.startswith(INSET) and urgency == due[first]]
            if slots:
                printed += self.attempt(slots, lambda names: self.print_slots([name.removeprefix(SLOT) for name in names]))
            elif insets and (is_after_page or first.startswith(INSET)):
                is_after_page = False
                printed += self.attempt(insets, lambda names: self.print_insets([name.removeprefix(INSET) for name in names]))
            else:
                is_after_page = True
                printed += self.attempt([first], lambda names: self.print_page(names[0]))
        return printed

    def retry(self) -> None:
        """Puts what could not be printed back among the rest."""
        failed = [address for urgency, address in self.edition.due(10_000) if urgency == Urgency.RETRY]
        self.edition.mark(dict.fromkeys(failed, Urgency.FILL))

    def attempt(self, addresses: list[str], task: Callable[[list[str]], object]) -> int:
        """How many were printed: one that fails keeps no other from its readers."""
        try:
            task(addresses)
        except (Outdated, EditionFull, DatabaseError, OSError):
            raise
        except Exception:
            if len(addresses) > 1:
                return sum(self.attempt([address], task) for address in addresses)
            log.exception("%s can't be printed; it is tried again later", addresses[0])
            self.edition.put_off(addresses[0])
            return 0
        return len(addresses)


def made(address: str) -> tuple[Sheet | None, made_from.Notes]:
    """What readers get at an address, and what it was made from; None for nothing."""
    word = secrets.token_hex(6)
    token = printing_word.set(word)
    try:
        with override(settings.LANGUAGE_CODE), made_from.noting() as notes:
            answer = answered(address)
    finally:
        printing_word.reset(token)
    if answer.status_code not in FILED and address not in SPECIAL:
        return None, notes
    pieces, inset_keys = with_insets(folded(cut(answer.content.decode(), word)))
    location, keys = answer.headers.get("Location", ""), frozenset(notes.keys) or NOTHING
    return Sheet(answer.status_code, answer.headers["Content-Type"], pieces, keys, notes.date, location, inset_keys), notes


def with_insets(pieces: tuple[bytes | Run | Inset, ...]) -> tuple[tuple[bytes | Run | Inset, ...], frozenset[str]]:
    """A page's pieces with the text of its insets, and what these were made from."""
    about = next((piece.about for piece in pieces if isinstance(piece, Inset)), "")
    if not about:
        return pieces, frozenset()
    (insets,) = made_insets([about])
    return tuple(replace(piece, text=insets.texts.get(piece.name, b"")) if isinstance(piece, Inset) else piece for piece in pieces), insets.keys


def answered(address: str) -> HttpResponse:
    request = request_for(address)
    if address in SPECIAL:
        return SPECIAL[address](request)
    try:
        view, args, kwargs = resolve(request.path, urlconf="kawaraban.pages.urls")
        answer = view(request, *args, **kwargs)
    except Http404:
        answer = moved(request)
    return answer if request.GET.is_read() else HttpResponse(status=404)


class Query(QueryDict):
    """Knows what was asked of it: a page that a query makes no other is no page of its own. Anybody can make up queries without end."""

    def __init__(self, text: str) -> None:
        self.asked: set[str] = set()
        super().__init__(text)

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)

    def is_read(self) -> bool:
        return self.keys() <= self.asked


def request_for(address: str) -> HttpRequest:
    path, _, query = address.partition("?")
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = Query(query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": query, "PATH_INFO": path, "REQUEST_METHOD": "GET"}
    return request


def moved(request: HttpRequest) -> HttpResponse:
    """Where a page went, when a redirect says so; else 404."""
    found = get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
    if found is None or not found.link:
        return HttpResponse(status=404)
    site = settings.KAWARABAN.readers_address.rstrip("/")
    target = found.link.removeprefix(site) or "/"
    return HttpResponse(views.moved_text(target), status=301 if found.is_permanent else 302, headers={"Location": target})


def made_slot(name: str) -> tuple[str, bytes, frozenset[str]]:
    """A slot's name, its HTML, and what it was made from; empty HTML when what it is about is gone."""
    kind, *scope = name.split(":")
    with override(settings.LANGUAGE_CODE), made_from.noting() as notes:
        try:
            html = slot_html(kind, *map(int, scope))
        except models.Section.DoesNotExist:
            html = ""
    return name, html.encode(), frozenset(notes.keys) or NOTHING


@cache
def made_with() -> str:
    """The digest of all that gives pages their form: release, templates, styles, settings."""
    found = settings.KAWARABAN
    told = (__version__, found.readers_address, astuple(found.site), astuple(found.dates), astuple(found.lists), astuple(found.headlines))
    digest = hashlib.blake2b(repr(told).encode() + (script() + seal(0)).encode(), digest_size=12)
    for root in (ROOM, found.theme):
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix in (".py", ".html", ".css", ".xml", ".svg", ".js"):
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


_printers: list[Printer] = []
_opening = Lock()


def printer(*, begins: bool = True) -> Printer:
    """This process's printer; opened again when the edition's folder was deleted.

    The one before is not closed: another thread may be printing with it. It closes itself when the last has let go of it.
    """
    with _opening:
        if _printers and _printers[0].edition.is_gone():
            _printers.pop()
        if not _printers:
            _printers.append(Printer(Edition(settings.KAWARABAN.edition), begins=begins))
        return _printers[0]


def seconds(limit: float) -> Callable[[], bool]:
    """True once a number of seconds has passed."""
    until = time.monotonic() + limit
    return lambda: time.monotonic() > until
