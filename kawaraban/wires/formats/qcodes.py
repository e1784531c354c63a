"""Names of NewsML-G2: QCodes, an alias of a vocabulary with a code, and addresses of concepts; never looked up in the net.

Source: NewsML-G2 2.36, https://iptc.org/standards/newsml-g2/; the vocabularies are those of https://cv.iptc.org/newscodes/
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from kawaraban.wires.xml import Element, told

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
IPTC = re.compile(r"https?://(?:www\.)?cvx?\.iptc\.org/(?:newscodes/)?([\w.-]+)", re.I)
# By which alias IPTC's catalog knows a vocabulary; the others are called as in their address.
ALIASES = {
    "mediatopic": "medtop",
    "subjectcode": "subj",
    "cpnature": "cpnat",
    "itemrelation": "irel",
    "newsproduct": "nprod",
    "newsprovider": "nprov",
    "ninature": "ninat",
    "pubstatusg2": "stat",
    "scene": "scn",
    "signal": "sig",
    "worldregion": "wldreg",
}


MANY = 5_000  # asserted concepts that are looked at
LONGEST = 500  # characters of a name that may stand for many
WORDS = re.compile(r"[:/#]")


@dataclass(frozen=True, slots=True)
class Asserted:
    """What an item tells of a concept once, wherever it names it."""

    name: str
    kinds: frozenset[str]


NOTHING = Asserted("", frozenset())


@dataclass(frozen=True, slots=True)
class Names:
    """How an item names concepts. schemes: the vocabularies that its aliases stand for. asserted: by QCode or address."""

    language: str = ""
    schemes: Mapping[str, str] = field(default_factory=dict)
    asserted: Mapping[str, Asserted] = field(default_factory=dict)

    def concept(self, element: Element) -> tuple[str, str]:
        """The vocabulary and the code that an element names; "" and a literal; two empty ones when it names nothing."""
        qcode = (element.get("qcode") or "").strip()
        if qcode:
            alias, colon, code = qcode.partition(":")
            return (self.schemes.get(alias) or ALIASES.get(alias, alias), code) if code else ("", "" if colon else alias)
        scheme, code = split((element.get("uri") or "").strip())
        return (vocabulary(scheme), code) if code else ("", (element.get("literal") or "").strip())

    def name(self, element: Element) -> str:
        """What a concept is called, in the language of the item if there is a choice."""
        return self.chosen(element.findall("name")) or self.told_of(element).name

    def kinds(self, element: Element) -> frozenset[str]:
        """Which kinds of concept it is, such as `person`."""
        return self.told_of(element).kinds | {word(element, "type")}

    def told_of(self, element: Element) -> Asserted:
        return self.asserted.get(element.get("qcode") or element.get("uri") or "", NOTHING)

    def chosen(self, texts: list[Element]) -> str:
        """The text in the item's language, or else the first."""
        if len(texts) > 1:
            texts = sorted(texts, key=lambda text: (text.get(LANGUAGE) or "").partition("-")[0].lower() != self.language.partition("-")[0].lower())
        return next((found for text in texts if (found := told(text))), "")


def names_of(item: Element, language: str, schemes: dict[str, str]) -> Names:
    """schemes: of the message that it came in."""
    names = Names(language, ChainMap(declared(item), schemes))
    asserted = {
        element.get("qcode") or element.get("uri") or "": Asserted(
            names.chosen(element.findall("name"))[:LONGEST], frozenset(word(kind) for kind in element.iterfind("type"))
        )
        for element in islice(item.iterfind("assert"), MANY)
    }
    return replace(names, asserted=asserted)


def declared(element: Element | None) -> dict[str, str]:
    """The vocabularies by the aliases that the catalogs of an item or of a message's header give them."""
    found: Iterable[Element] = () if element is None else element.iterfind("catalog/scheme")
    return {scheme.get("alias", ""): vocabulary(scheme.get("uri", "").strip()) for scheme in found}


def vocabulary(address: str) -> str:
    """A vocabulary by its short name when it is one of IPTC's, and by its address when it isn't."""
    found = IPTC.match(address)
    return ALIASES.get(found[1], found[1]) if found else address.rstrip("/#")


def split(address: str) -> tuple[str, str]:
    """The vocabulary's address and the code of a concept's address."""
    scheme, _, code = address.rpartition("#" if "#" in address else "/")
    return scheme, code


def word(element: Element, name: str = "") -> str:
    """The bare code, in lower case, of what an attribute such as `role` or an element itself names in a vocabulary of few words."""
    told_by = (element.get(name) or element.get(f"{name}uri")) if name else (element.get("qcode") or element.get("uri") or element.get("literal"))
    return WORDS.split((told_by or "").strip())[-1].lower()
