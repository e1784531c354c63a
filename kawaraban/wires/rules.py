"""Which of the desk's flash rules fits an item. Pure but for `rules`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kawaraban.wires.copy import Copy, Subject
from kawaraban.wires.identity import plainly
from kawaraban.wires.models import FlashRule
from kawaraban.wires.sections import plain

Rules = tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What it leaves empty fits all. words: spelled plainly; any of them, in headline or text."""

    key: int = 0
    agency: str = ""
    scheme: str = ""
    code: str = ""
    max_urgency: int | None = None
    words: tuple[str, ...] = ()
    section: str = ""
    is_flashed: bool = True
    hours: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What rules look at of a copy, spelled plainly once for all of them."""

    agency: str
    subjects: tuple[tuple[str, str], ...]
    urgency: int
    text: str


def rules() -> Rules:
    """Those that are on, in the desk's order."""
    return tuple(rule_of(row) for row in FlashRule.objects.filter(is_on=True))


def rule_of(row: FlashRule) -> Rule:
    scheme, code = plain(Subject(row.scheme, row.code))
    words = tuple(word for line in row.words.splitlines() if (word := plainly(line)))
    agency = plainly(row.agency)
    return Rule(row.pk or 0, agency, scheme, code, row.max_urgency, words, row.section, row.is_flashed, row.hours, row.position)


def sight(copy: Copy, agency: str = "") -> Sight:
    """agency: of the source, for a copy that names none."""
    subjects = tuple(plain(subject) for subject in copy.subjects)
    return Sight(plainly(copy.agency or agency), subjects, copy.urgency, plainly(f"{copy.headline}\n{copy.body_text}"))


def fitting(known: Sequence[Rule], seen: Sight) -> Rule | None:
    """The first rule that fits decides."""
    return next((rule for rule in known if fits(rule, seen)), None)


def fits(rule: Rule, seen: Sight) -> bool:
    return (
        (not rule.agency or rule.agency == seen.agency)
        and (rule.max_urgency is None or seen.urgency <= rule.max_urgency)
        and (not (rule.scheme or rule.code) or is_about(rule, seen.subjects))
        and (not rule.words or any(word in seen.text for word in rule.words))
    )


def is_about(rule: Rule, subjects: Iterable[tuple[str, str]]) -> bool:
    return any(rule.scheme in ("", scheme) and code.startswith(rule.code) for scheme, code in subjects)
