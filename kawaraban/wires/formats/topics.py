"""What a NewsML 1.2 item is about, and the topics that its document explains. Source: https://iptc.org/standards/newsml-1/ (5.3, 5.10)"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kawaraban.wires.copy import Subject
from kawaraban.wires.formats.components import formal
from kawaraban.wires.xml import Element, attribute, each_told, told

CODE = re.compile(r"[0-9]{8}", re.ASCII)
MEDIA_TOPIC = "20"  # how those of eight digits begin that are no subject codes
PEOPLE = {"person", "people", "人物", "人名"}
PLACES = {"location", "place", "geography", "geographicarea", "city", "country", "地名", "場所"}
KEYWORDS = {"keyword", "keywords", "キーワード"}
BETWEEN = re.compile(r"[,、，;；/／]")
MANY = 20_000  # topics of a document
LONGEST = 500  # characters of a name that may stand for many


@dataclass(frozen=True, slots=True)
class Topic:
    kind: str
    subject: Subject


Topics = Mapping[str, Topic]  # by reference, such as `#t1`, and by formal name


def topics_of(root: Element) -> Topics:
    found: dict[str, Topic] = {}
    for element in islice(root.iter("Topic"), MANY):
        names = each_told(element, "FormalName")
        name = (told(element, "Description") or "".join(names[:1]))[:LONGEST]
        subject = Subject(vocabulary(element.find("FormalName"), names[0]), names[0], name) if names else Subject("", "", name)
        topic = Topic(formal(element, "TopicType"), subject)
        for key in (*names[:1], f"#{element.get('Duid')}"):
            found.setdefault(key, topic)
    return found


def subjects(components: Iterable[Element], topics: Topics) -> Iterator[Subject]:
    """The subject codes, genres and other properties, the topics that occur and the keywords."""
    for component in components:
        for element in component.iterfind("DescriptiveMetadata/*"):
            yield from (found for found in told_by(element, topics) if found.code)
        for line in each_told(component, "NewsLines/KeywordLine"):
            yield from (Subject("", key) for word in BETWEEN.split(line) if (key := word.strip()))


def told_by(element: Element, topics: Topics) -> Iterator[Subject]:
    code = attribute(element, ".", "FormalName")
    if element.tag == "SubjectCode":
        yield from (coded(found, topics) for found in element)
    elif element.tag == "Genre":
        yield Subject("genre", code, name_of(code, topics))
    elif element.tag == "Property" and formal(element) not in PEOPLE | PLACES:
        yield Subject("" if formal(element) in KEYWORDS else code, attribute(element, ".", "Value"))
    elif (topic := topics.get(element.get("Topic") or "")) and topic.kind not in PEOPLE | PLACES:
        yield topic.subject if topic.subject.code else Subject("", topic.subject.name)


def coded(element: Element, topics: Topics) -> Subject:
    code = attribute(element, ".", "FormalName")
    return Subject(vocabulary(element, code), code, name_of(code, topics))


def vocabulary(element: Element | None, code: str) -> str:
    """Which of IPTC's vocabularies a code is from, or else the one that is named."""
    named = "" if element is None else (element.get("Vocabulary") or element.get("Scheme") or "").strip()
    if "mediatopic" in named.lower() or (CODE.fullmatch(code) and code.startswith(MEDIA_TOPIC)):
        return "medtop"
    return "subj" if "subjectcode" in named.lower() or CODE.fullmatch(code) else named


def name_of(code: str, topics: Topics) -> str:
    """What a topic is called, unless it is its code that stands for its name."""
    topic = topics.get(code)
    return topic.subject.name if topic and topic.subject.name != code else ""


def parties(elements: Iterable[Element], topics: Topics) -> list[str]:
    found = (
        topic.subject.name if (topic := topics.get(party.get("Topic") or "")) else known(attribute(party, ".", "FormalName"), topics)
        for party in elements
    )
    return list(dict.fromkeys(filter(None, found)))


def known(name: str, topics: Topics) -> str:
    return name_of(name, topics) or name


def places(components: Iterable[Element], topics: Topics) -> Iterator[str]:
    for component in components:
        for location in component.iterfind("DescriptiveMetadata/Location"):
            yield ", ".join(dict.fromkeys(value for part in location.iterfind("Property") if (value := attribute(part, ".", "Value"))))
        yield from named(component, PLACES, topics)


def people(components: Iterable[Element], topics: Topics) -> Iterator[str]:
    return (name for component in components for name in named(component, PEOPLE, topics))


def named(component: Element, kinds: set[str], topics: Topics) -> Iterator[str]:
    for element in component.iterfind("DescriptiveMetadata/*"):
        topic = topics.get(element.get("Topic") or "") if element.tag == "TopicOccurrence" else None
        if topic and topic.kind in kinds:
            yield topic.subject.name
        elif element.tag == "Property" and formal(element) in kinds:
            yield attribute(element, ".", "Value")
