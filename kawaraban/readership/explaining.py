"""Why an article has the rank that it has, as sentences for editors. Takes numbers and gives text, in the language that is on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kawaraban.desk.clock import local

# Why one is not in a list though it was read.
Out = Literal["hidden", "sponsored", "excluded", "old", "few", ""]


@dataclass(frozen=True, slots=True)
class Neighbour:
    rank: int
    title: str
    reads: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An article and one list, at a moment.

    rank: 0 for one that is not ranked, which `out` gives a reason for; length: of the list.
    left_out: how many with more reads are not in the list, by why.
    """

    window: str  # its label
    since: datetime
    until: datetime
    rank: int
    reads: int
    length: int
    out: Out = ""
    reason: str = ""  # of an exclusion, a pin or a hold
    is_pinned: bool = False
    is_held: bool = False
    ahead: Neighbour | None = None
    behind: Neighbour | None = None
    left_out: Mapping[Out, int] = field(default_factory=dict)


def ordinal(rank: int) -> str:
    named = [_("first"), _("second"), _("third"), _("fourth"), _("fifth"), _("sixth"), _("seventh"), _("eighth"), _("ninth"), _("tenth")]
    return named[rank - 1] if 1 <= rank <= len(named) else _("number %d") % rank


def question(standing: Standing) -> str:
    """Such as “Why this is third”."""
    if standing.rank:
        return _("Why this is %(rank)s") % {"rank": ordinal(standing.rank)}
    return _("Why this is not in the list")


def explained(standing: Standing) -> str:
    """Such as “It was read 40 times from 1 Dec 09:00 to 2 Dec 09:00, which makes it third. …”"""
    return joined(filter(None, (counted(standing), *place(standing))))


def joined(sentences: Iterable[str]) -> str:
    """Sentences that end with an ideographic stop have their space in it."""
    return "".join(sentence if sentence.endswith("。") else f"{sentence} " for sentence in sentences).rstrip()


def counted(standing: Standing) -> str:
    told = {"since": by_the_clock(standing.since), "until": by_the_clock(standing.until), "count": standing.reads}
    sentence = ngettext("It was read once from %(since)s to %(until)s.", "It was read %(count)s times from %(since)s to %(until)s.", standing.reads)
    return sentence % (told | {"count": f"{standing.reads:,}"})


def place(standing: Standing) -> list[str]:
    if standing.is_held:
        return [_("The list is held as it was, by an editor: %s") % standing.reason]
    if standing.out:
        return [why_out(standing)]
    if standing.is_pinned:
        return [_("An editor has pinned it there: %s") % standing.reason]
    return [beyond(standing), *neighbours(standing), *passed_over(standing)]


def beyond(standing: Standing) -> str:
    if not standing.rank:
        return _("It is far behind the list’s %(length)d places.") % {"length": standing.length} if standing.reads else ""
    if standing.rank > standing.length:
        told = {"rank": ordinal(standing.rank), "length": standing.length}
        return _("That makes it %(rank)s; the list has %(length)d places.") % told
    return ""


def why_out(standing: Standing) -> str:
    sentences = {
        "hidden": _("Readers can’t see it, so no list names it."),
        "sponsored": _("It was paid for, and rankings name nothing of the kind."),
        "excluded": _("An editor has excluded it: %s") % standing.reason,
        "old": _("It is older than this list allows."),
        "few": _("That is fewer than an article must have to be ranked."),
    }
    return str(sentences[standing.out])


def neighbours(standing: Standing) -> list[str]:
    told = []
    if ahead := standing.ahead:
        told.append(before(ahead, ahead.reads - standing.reads))
    elif standing.rank == 1:
        told.append(_("No other has more."))
    if behind := standing.behind:
        told.append(after(behind, standing.reads - behind.reads))
    return told


def before(ahead: Neighbour, more: int) -> str:
    told = {"rank": ordinal(ahead.rank), "title": ahead.title, "count": f"{more:,}"}
    if more == 0:
        return _("“%(title)s”, %(rank)s, has as many and was published later.") % told
    if more < 0:
        return _("“%(title)s” stands %(rank)s though it has fewer: an editor has pinned it.") % told
    return ngettext("“%(title)s”, %(rank)s, has %(count)s more.", "“%(title)s”, %(rank)s, has %(count)s more.", more) % told


def after(behind: Neighbour, fewer: int) -> str:
    told = {"rank": ordinal(behind.rank), "title": behind.title, "count": f"{fewer:,}"}
    if fewer == 0:
        return _("“%(title)s”, %(rank)s, has as many and was published earlier.") % told
    if fewer < 0:
        return _("“%(title)s”, %(rank)s, has more, but an editor’s pin stands before it.") % told
    return ngettext("“%(title)s”, %(rank)s, has %(count)s fewer.", "“%(title)s”, %(rank)s, has %(count)s fewer.", fewer) % told


def passed_over(standing: Standing) -> list[str]:
    """What was read more and is not in the list."""
    names = {
        "hidden": lambda count: ngettext("%d that readers can’t see", "%d that readers can’t see", count) % count,
        "sponsored": lambda count: ngettext("%d that was paid for", "%d that were paid for", count) % count,
        "excluded": lambda count: ngettext("%d that an editor has excluded", "%d that an editor has excluded", count) % count,
        "old": lambda count: ngettext("%d that is too old", "%d that are too old", count) % count,
    }
    told = [name(count) for why, name in names.items() if (count := standing.left_out.get(why, 0))]  # type: ignore[call-overload]
    return [_("Read more and left out: %s.") % pgettext("between counts", ", ").join(told)] if told else []


def by_the_clock(at: datetime) -> str:
    return date_format(local(at), pgettext("date format", "j M Y, H:i"))
