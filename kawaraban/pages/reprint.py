"""The press at the command line: what is there, print it again, compare it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, made, made_slot, printer, seconds
from kawaraban.pages.printing import tell_changes
from kawaraban.pages.tail import OWN, site_addresses
from kawaraban.press.edition import SLOT, Outdated
from kawaraban.press.marks import INSET
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull
from kawaraban.press.sheet import with_slots
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

OTHER_FORM = (
    "the pages were printed with another release, theme or settings (ports from the environment count) than this command has: "
    "restart what serves, or give this command the same environment"
)
Say = Callable[[str], None]
EVERY = 5.0  # seconds between two lines of progress


class Unprintable(Exception):
    """Why nothing was printed, as a sentence."""


@dataclass
class Verified:
    pages: int = 0
    slots: int = 0
    faults: list[str] = field(default_factory=list)


def status() -> list[str]:
    press = printer(begins=False)
    counts = press.edition.counts()
    outdated = len(press.edition.outdated_addresses())
    waiting = ", ".join(f"{number} {name}" for name, number in counts.by_urgency.items())
    return [
        f"Edition:  {press.edition.folder}, {counts.bytes / 1e6:.1f} MB",
        f"Pages:    {counts.pages} printed" + (f", {outdated} of them with an earlier theme or release" if outdated else ""),
        f"Slots:    {counts.slots}, packed into {counts.runs} runs",
        f"Waiting:  {counts.waiting}" + (f" ({waiting})" if waiting else ""),
        f"Untold:   {Change.objects.count()} changes",
    ]


def one(path: str) -> str:
    """Prints a page again. Raises Unprintable."""
    address = "/" + path.strip("/")
    try:
        there = printer().print_page(address)
    except (EditionFull, Outdated) as error:
        raise Unprintable(str(error)) from error
    if not there:
        raise Unprintable(f"{address} is no page that readers can see; its address is shown in the desk beside “Live”.")
    return f"{address} is printed."


def everything(say: Say) -> str:
    """Prints every page and slot again. Raises Unprintable."""
    press = printer()
    addresses = dict.fromkeys([*OWN, *site_addresses(), *press.edition.addresses()], Urgency.TAIL)
    slots = [SLOT + name for name in press.edition.slot_names(press.generation)]
    press.edition.tell(addresses | dict.fromkeys(slots, Urgency.NOW))
    try:
        tell_changes(press)
        done = finish(press, say)
    except (EditionFull, Outdated) as error:
        raise Unprintable(str(error)) from error
    return f"{done} pages and slots are printed."


def finish(press: Printer, say: Say) -> int:
    """Prints until nothing is marked; says how far it is."""
    done = 0
    while True:
        printed = press.work_off(seconds(EVERY))
        done += printed
        left = press.edition.counts().waiting
        if not printed or not left:
            return done
        say(f"Printing: {done} of {done + left}")


def verify(say: Say) -> Verified:
    """Makes every page and slot again and compares it with what readers get. What is marked is said to wait, not to be wrong."""
    press, found, tick = printer(begins=False), Verified(), seconds(EVERY)
    if not press.is_current:
        found.faults.append(OTHER_FORM)
        return found
    tell_changes(press)
    texts = slots_as_they_should_be(press, found)
    addresses = press.edition.addresses()
    view = View(press.edition)
    for place, address in enumerate(addresses):
        found.faults += faults_of(press, view, address, texts)
        found.pages += 1
        if tick():
            tick = seconds(EVERY)
            say(f"Comparing: {place + 1} of {len(addresses)}")
    view.close()
    return found


def slots_as_they_should_be(press: Printer, found: Verified) -> dict[str, bytes]:
    texts = {}
    for name in press.edition.slot_names(press.generation):
        _, texts[name], _ = made_slot(name)
        found.slots += 1
        if press.edition.slot(name, press.generation) != texts[name]:
            waits = " (it waits to be printed)" if press.edition.is_marked(SLOT + name) else ""
            found.faults.append(f"slot {name} is not what it should be{waits}: kawaraban press reprint --all")
    return texts


def faults_of(press: Printer, view: View, address: str, texts: dict[str, bytes]) -> list[str]:
    shown = view.page(address)
    if shown is None or shown.generation != press.generation or press.edition.is_marked(address):
        return [] if shown is None else [f"{address} waits to be printed again"]
    sheet, _ = made(address)
    if sheet is None:
        return [f"{address} is shown and should not be: kawaraban press reprint {address}"]
    if sheet.about and press.edition.is_marked(INSET + sheet.about):
        return [f"{address} waits to be printed again"]
    if (shown.status, shown.location) != (sheet.status, sheet.location) or identity(shown.parts) != with_slots(sheet, texts):
        return [f"{address} is not what it should be: kawaraban press reprint {address}"]
    return []
