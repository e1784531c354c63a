"""What keeps readers from finding what there is, as sentences for `kawaraban check` and the desk."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawaraban.conf import Configuration
from kawaraban.search.dictionary import words_file
from kawaraban.search.own_words import UnreadableWordsError, entries, synonyms
from kawaraban.search.site import opened, state
from kawaraban.search.site.state import Standing

PATIENCE = 30.0  # seconds after which a change that can't be found yet is an alarm


def alarms(found: Configuration) -> Iterator[str]:
    yield from of_words()
    if (marker := found.index / opened.BROKEN).exists():
        reason = marker.read_text(encoding="utf-8", errors="replace").strip()
        yield _("The search’s index is broken (%(reason)s). The worker makes it anew; is it running?") % {"reason": reason}
        return
    try:
        behind, seconds = state.lag()
    except opened.FAULTS as error:
        yield _("The search’s index can’t be read: %(error)s. Delete %(folder)s; the worker makes it anew.") % {
            "error": error,
            "folder": found.index,
        }
        return
    if seconds > PATIENCE:
        yield ngettext(
            "%(number)d change can’t be searched yet, for %(minutes)d minutes: does the worker run, has the disk of %(folder)s room?",
            "%(number)d changes can’t be searched yet, the first for %(minutes)d minutes: does the worker run, has the disk of %(folder)s room?",
            behind,
        ) % {"number": behind, "minutes": seconds // 60, "folder": found.index}


def of_words() -> Iterator[str]:
    """A file of the magazine's own words that can't be read is passed over, which nobody would notice."""
    for file, read in ((words_file(), entries), (opened.synonyms_file(), synonyms)):
        try:
            if file.exists():
                read(file)
        except UnreadableWordsError as error:
            yield str(error)


def told(standing: Standing) -> str:
    """Whether everything can be found, as a sentence."""
    if standing.file is None:
        return _("Nothing can be searched yet: the worker makes the index.")
    if not standing.is_filled:
        return _("The search’s index is being made: %(done)d pieces are in it, %(missing)d to come.") % {
            "done": standing.count,
            "missing": standing.missing,
        }
    return _("%(count)d pieces can be searched.") % {"count": standing.count}
