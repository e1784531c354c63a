"""Is every page what it should be? Each is made again and compared with what readers get, also while editors work."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, made, made_slot, printer, seconds
from kawaraban.pages.printing import tell_changes
from kawaraban.pages.reprint import EVERY, Say
from kawaraban.press.edition import SLOT
from kawaraban.press.marks import INSET
from kawaraban.press.sheet import with_slots
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

TIMES = 5  # that something is looked at again because of a change that came in between


@dataclass
class Verified:
    pages: int = 0
    slots: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return _("All is as it should be: %(pages)d pages, %(slots)d slots.") % {"pages": self.pages, "slots": self.slots}


def verify(say: Say) -> Verified:
    """Makes every page and slot again and compares it with what readers get. What is marked is said to wait, not to be wrong."""
    press, found, tick = printer(begins=False), Verified(), seconds(EVERY)
    if not press.is_current:
        found.faults.append(
            _(
                "The pages were printed with another release, theme or settings (ports from the environment count) than this command has: "
                "restart what serves, or give this command the same environment."
            )
        )
        return found
    comparison = Comparison(press)
    for name in press.edition.slot_names(press.generation):
        found.faults += comparison.faults_of(comparison.slot, name)
        found.slots += 1
    addresses = press.edition.addresses()
    for address in addresses:
        found.faults += comparison.faults_of(comparison.page, address)
        found.pages += 1
        if tick():
            tick = seconds(EVERY)
            say(_("Comparing: %(done)d of %(all)d") % {"done": found.pages, "all": len(addresses)})
    comparison.view.close()
    return found


class Comparison:
    """Of one moment. What differs is compared again at a later one, unless nothing has changed since."""

    def __init__(self, press: Printer) -> None:
        self.press, self.view = press, View(press.edition)
        self.texts: dict[str, bytes] = {}
        self.changes = -1
        self.begin()

    def begin(self) -> None:
        tell_changes(self.press)
        if (changes := self.press.edition.changes()) != self.changes:
            self.changes = changes
            self.texts.clear()
        self.view.renew()

    def has_changed(self) -> bool:
        return self.press.edition.changes() != self.changes or Change.objects.exists()

    def faults_of(self, fault: Callable[[str], str], name: str) -> list[str]:
        told = fault(name)
        for _time in range(TIMES):
            if not told:
                return []
            self.begin()
            told = fault(name)
            if told and not self.has_changed():
                return [told]
        return [told] if told else []

    def text(self, slot: str) -> bytes:
        if slot not in self.texts:
            self.texts[slot] = made_slot(slot)[1]
        return self.texts[slot]

    def slot(self, name: str) -> str:
        if self.press.edition.slot(name, self.press.generation) == self.text(name):
            return ""
        if self.press.edition.is_marked(SLOT + name):
            return _("The slot %(name)s waits to be printed again.") % {"name": name}
        return _("The slot %(name)s is not what it should be: kawaraban press reprint --all") % {"name": name}

    def page(self, address: str) -> str:
        shown = self.view.page(address)
        if shown is None:
            return ""
        if shown.generation != self.press.generation or self.press.edition.is_marked(address):
            return _("%(address)s waits to be printed again.") % {"address": address}
        sheet, _notes = made(address)
        if sheet is None:
            return _("%(address)s is shown and should not be: kawaraban press reprint %(address)s") % {"address": address}
        if sheet.about and self.press.edition.is_marked(INSET + sheet.about):
            return _("%(address)s waits to be printed again.") % {"address": address}
        whole = with_slots(sheet, {name: self.text(name) for name in sheet.slots})
        if (shown.status, shown.location) == (sheet.status, sheet.location) and identity(shown.parts) == whole:
            return ""
        return _("%(address)s is not what it should be: kawaraban press reprint %(address)s") % {"address": address}
