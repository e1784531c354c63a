"""The press at the command line: what is there, and printing it again."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, printer, seconds
from kawaraban.pages.printing import tell_changes
from kawaraban.pages.tail import OWN, site_addresses
from kawaraban.press.edition import SLOT, Outdated
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull

Say = Callable[[str], None]
EVERY = 5.0  # seconds between two lines of progress


class Unprintable(Exception):
    """Why nothing was printed, as a sentence."""


def urgency_names() -> dict[str, str]:
    return {
        "now": pgettext("urgency of printing", "at once"),
        "first": pgettext("urgency of printing", "first pages of lists"),
        "soon": pgettext("urgency of printing", "changed meanwhile"),
        "tail": pgettext("urgency of printing", "other pages that show a change"),
        "fill": pgettext("urgency of printing", "never printed, or in an earlier form"),
        "retry": pgettext("urgency of printing", "could not be printed"),
    }


def status() -> list[str]:
    press = printer(begins=False)
    counts, names = press.edition.counts(), urgency_names()
    outdated = len(press.edition.outdated_addresses())
    waiting = ", ".join(f"{names[name]}: {number}" for name, number in counts.by_urgency.items())
    return [
        _("Edition: %(folder)s, %(size)s MB") % {"folder": press.edition.folder, "size": f"{counts.bytes / 1e6:.1f}"},
        _("Pages: %(number)d printed") % {"number": counts.pages},
        *([_("Of them with an earlier theme or release: %(number)d") % {"number": outdated}] if outdated else ()),
        _("Slots: %(slots)d, packed into %(runs)d runs") % {"slots": counts.slots, "runs": counts.runs},
        _("Waiting to be printed: %(number)d") % {"number": counts.waiting} + (f" ({waiting})" if waiting else ""),
        _("Changes that the press has not been told: %(number)d") % {"number": Change.objects.count()},
    ]


def one(path: str) -> str:
    """Prints a page again. Raises Unprintable."""
    address = "/" + path.strip("/")
    try:
        there = printer().print_page(address)
    except (EditionFull, Outdated) as error:
        raise Unprintable(str(error)) from error
    if not there:
        raise Unprintable(_("%(address)s is no page that readers can see; its address is shown in the desk beside “Live”.") % {"address": address})
    return _("%(address)s is printed.") % {"address": address}


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
    return _("Pages and slots printed: %(number)d") % {"number": done}


def finish(press: Printer, say: Say) -> int:
    """Prints until nothing is marked; says how far it is."""
    done = 0
    while True:
        printed = press.work_off(seconds(EVERY))
        done += printed
        left = press.edition.counts().waiting
        if not printed or not left:
            return done
        say(_("Printing: %(done)d of %(all)d") % {"done": done, "all": done + left})
