"""What a NewsML-G2 item is about: its subjects, places and people."""

from collections.abc import Iterable, Iterator
from itertools import islice

from kawaraban.wires.copy import Subject
from kawaraban.wires.formats.qcodes import Names
from kawaraban.wires.xml import Element, told

PEOPLE = {"person"}
PLACES = {"geoarea", "poi", "place", "location", "city", "statprov", "country", "region", "worldregion"}
MANY = 20  # related concepts that are looked at
KNOWN_BY_NAME = PEOPLE | PLACES


def subjects(elements: Iterable[Element], names: Names) -> Iterator[Subject]:
    """The concepts that elements name, with broader ones and with the same in other vocabularies; without people and places that have a name."""
    for element in elements:
        if names.kinds(element) & KNOWN_BY_NAME and names.name(element):
            continue
        for found in (element, *near(element, "sameAs"), *near(element, "broader")):
            scheme, code = names.concept(found)
            name = names.name(found)
            if code or name:
                yield Subject(scheme, code, name) if code else Subject("", name)


def near(element: Element, relation: str) -> Iterator[Element]:
    return islice(element.iterfind(relation), MANY)


def each_once(found: Iterable[Subject]) -> tuple[Subject, ...]:
    """Each concept once, with a name if it is named anywhere."""
    once: dict[tuple[str, str], Subject] = {}
    for subject in found:
        key = subject.scheme, subject.code
        if key not in once or (subject.name and not once[key].name):
            once[key] = subject
    return tuple(once.values())


def people(elements: Iterable[Element], names: Names) -> Iterator[str]:
    return (name for element in elements if names.kinds(element) & PEOPLE and (name := names.name(element)))


def places(located: Iterable[Element], elements: Iterable[Element], names: Names) -> Iterator[str]:
    """The places where it was made, and those that it is about, each with those that it lies in."""
    for element in (*located, *(element for element in elements if names.kinds(element) & PLACES)):
        if names.name(element):
            around = (names.name(broader) for broader in near(element, "broader"))
            yield ", ".join(dict.fromkeys(filter(None, (names.name(element), *around))))


def parties(elements: Iterable[Element], names: Names) -> list[str]:
    """The names of people and organisations; a code or other words where none is told."""
    found = (names.name(element) or told(element) or names.concept(element)[1] for element in elements)
    return list(dict.fromkeys(filter(None, found)))
