"""Which section an item belongs to, by its subjects. Pure but for `table`."""

import re
from collections.abc import Iterable

from kawaraban.wires.copy import Subject
from kawaraban.wires.models import SubjectSection

Table = dict[str, dict[str, str]]  # scheme → beginning of a code → section
# How formats and agencies call the two vocabularies of the IPTC.
NAMES = {
    "medtop": "medtop",
    "mediatopic": "medtop",
    "mediatopics": "medtop",
    "subj": "subj",
    "subjectcode": "subj",
    "subjectcodes": "subj",
    "iptc": "subj",
    "iptcsubjectcode": "subj",
}
IPTC_CODE = re.compile(r"\d{8}")


def table() -> Table:
    found: Table = {}
    for scheme, code, section in SubjectSection.objects.values_list("scheme", "code", "section"):
        found.setdefault(scheme.casefold(), {})[code] = section
    return found


def section_of(subjects: Iterable[Subject], known: Table) -> str:
    """The section of the first subject that has one; the longest beginning of its code decides. Empty for none."""
    found = (section(scheme, code, known) for scheme, code in map(plain, subjects))
    return next(filter(None, found), "")


def section(scheme: str, code: str, known: Table) -> str:
    codes = known.get(scheme, {})
    return next((codes[code[:end]] for end in range(len(code), 0, -1) if code[:end] in codes), "")


def plain(subject: Subject) -> tuple[str, str]:
    """Vocabulary and code as the table names them. A code of eight digits without a known vocabulary is the IPTC's."""
    scheme, code = subject.scheme.strip().casefold().rstrip("/"), subject.code.strip()
    scheme = NAMES.get(re.sub(r"[\s_-]", "", scheme.rpartition("/")[2].rpartition("#")[2]), scheme)
    if ":" in code and IPTC_CODE.fullmatch(code.rpartition(":")[2]):
        prefix, _, code = code.rpartition(":")
        scheme = NAMES.get(prefix.casefold(), scheme)
    if not scheme and IPTC_CODE.fullmatch(code):
        scheme = "medtop" if code.startswith("2") else "subj"
    return scheme, code
