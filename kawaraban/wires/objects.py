"""JSON of strangers: no depth or number without end, no name told twice, no half characters. Pure.

Source: https://www.rfc-editor.org/rfc/rfc8259
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.fault import Fault, Value
from kawaraban.wires.limits import DEPTH, ITEM_BYTES, PAYLOAD_BYTES
from kawaraban.wires.words import one_line, plain

Fields: TypeAlias = dict[str, object]

COMMAS, GROUPS = 500_000, 250_000  # bound the memory that values take
DIGITS = 18  # of a whole number
LARGEST = 10**9
HALF = re.compile("[\ud800-\udfff]")
WHOLE = re.compile(r"\s*([0-9]{1,9})(?:\.0*)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Torn:
    """What stands in the place of a value that may not be taken, with the reason; so that it stops its own item alone."""

    reason: Fault


def payload(data: bytes) -> Iterator[object]:
    """The value of a document, or one for each line of a document of several. Raises Unreadable."""
    text = decoded(data)
    try:
        value = DECODER.decode(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or "\n" in text[: error.pos].strip():
            raise Unreadable(sentence(error)) from None
        return map(line, filter(str.strip, text.split("\n")))
    except RecursionError:
        raise Unreadable("its values are nested more than %(most)d deep", most=DEPTH) from None
    return iter([value])


def decoded(data: bytes) -> str:
    if len(data) > PAYLOAD_BYTES:
        raise Unreadable("the document is larger than %(most)d bytes", most=PAYLOAD_BYTES)
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise Unreadable("this is not JSON in UTF-8, UTF-16 or UTF-32: byte %(place)d is wrong", place=error.start) from None
    if text.count(",") > COMMAS or text.count("{") + text.count("[") > GROUPS:
        raise Unreadable("the document has more values than any that is read")
    return text


def line(text: str) -> object:
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        return Torn(sentence(error))
    except RecursionError:
        return Torn(Fault("its values are nested more than %(most)d deep", {"most": DEPTH}))


def sentence(error: json.JSONDecodeError) -> Fault:
    told: dict[str, Value] = {"reason": error.msg, "line": error.lineno, "column": error.colno}
    return Fault("this is not well-formed JSON: %(reason)s at line %(line)d, column %(column)d", told)


def once(pairs: list[tuple[str, object]]) -> Fields | Torn:
    """An object; torn when a name stands twice, since one reader would see a kill or an embargo there and another would not."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
    return Torn(Fault("the name %(name)s stands twice in one object", {"name": f"{twice!a:.60}"}))


def whole(digits: str) -> int | Torn:
    return int(digits) if len(digits) <= DIGITS else Torn(Fault("it has a number of %(number)d digits", {"number": len(digits)}))


def no_number(word: str) -> Torn:
    return Torn(Fault("it has %(word)s where a number should be", {"word": word}))


DECODER = json.JSONDecoder(object_pairs_hook=once, parse_int=whole, parse_constant=no_number)


def sound(value: object) -> Fields:
    """The same value, an object that may be taken as an item. Raises Unreadable."""
    level, room = [value], ITEM_BYTES
    for _ in range(DEPTH):
        room -= sum(map(measured, level))
        if room < 0:
            raise Unreadable("it is longer than %(most)d characters", most=ITEM_BYTES)
        level = [inner for part in level if isinstance(part, dict | list) for inner in (part.values() if isinstance(part, dict) else part)]
        if not level:
            break
    else:
        raise Unreadable("its values are nested more than %(most)d deep", most=DEPTH)
    if not isinstance(value, dict):
        raise Unreadable("it is not an object")
    return value


def measured(part: object) -> int:
    """The characters of a text, or of the names in an object. Raises Unreadable for what is no value."""
    if isinstance(part, Torn):
        raise Unreadable(part.reason)
    if isinstance(part, float) and not isfinite(part):
        raise Unreadable("it has a number that is too large")
    text = part if isinstance(part, str) else "".join(part) if isinstance(part, dict) else ""
    if not text.isascii() and HALF.search(text):
        raise Unreadable("it has half of a character: a surrogate without the other")
    return len(text)


def told(fields: Fields, *names: str) -> str:
    """The first text or number under one of the names, in one line; "" when there is none."""
    return next((found for value in values(fields, names) if (found := one_line(word(value)))), "")


def told_in_lines(fields: Fields, *names: str) -> str:
    return next((found for value in values(fields, names) if (found := plain(word(value)).strip())), "")


def word(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def values(fields: Fields, names: Iterable[str]) -> Iterator[object]:
    return (fields[name] for name in names if fields.get(name) is not None)


def number(fields: Fields, *names: str) -> int:
    """A whole number from 0 on; 0 for what isn't one."""
    for value in values(fields, names):
        if isinstance(value, int | float) and not isinstance(value, bool):
            return int(min(max(value, 0), LARGEST))
        if isinstance(value, str) and (found := WHOLE.fullmatch(value)):
            return int(found[1])
    return 0


def objects(fields: Fields, *names: str) -> list[Fields]:
    """The objects under all of the names: in a list, alone, or by a key of their own, which is then their `name`, as a mere text is."""
    return [found for value in values(fields, names) for found in each(value)]


def each(value: object) -> Iterator[Fields]:
    if isinstance(value, dict) and value and all(part is None or isinstance(part, dict | list) for part in value.values()):
        yield from ({"name": name} | part for name, parts in value.items() for part in listed(parts) if isinstance(part, dict))
        return
    for part in listed(value):
        if isinstance(part, dict):
            yield part
        elif isinstance(part, str) and part.strip():
            yield {"name": part}


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
