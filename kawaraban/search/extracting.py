"""What a piece says around the words that were asked for, as it is written. Pure.

Words are looked for in folded text, and a map leads back to where they stand in the text as it came.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kawaraban.search.answer import Extract, Span
from kawaraban.search.folding import alike, fold

# What is folded together.
CLUSTER = re.compile("ヴ[ァィェォ]?|[ぁ-ゖァ-ヺ][ゝゞヽヾ]+|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
BLANK = re.compile(r"\s+")
LATIN = re.compile("[a-z0-9]+")
NUMBER = re.compile("[0-9]+(?![a-z])")
WHOLE = 3  # letters up to which a Latin word is marked only where nothing follows
LOOKED_THROUGH = 20_000  # characters of a field
END = "…"
Place = tuple[int, int]


@lru_cache(maxsize=20_000)
def folded(cluster: str) -> str:
    return BLANK.sub("", fold(cluster))


def extract(fields: Sequence[str], said: Iterable[str], length: int) -> Extract:
    """fields: title and others; of the title its first line. said: squeezed text. length: characters of what is around, about."""
    pattern = looking_for(said)
    title = fields[0].partition("\n")[0].strip()
    others = [field for field in fields[1:] if field.strip()]
    best, places = "", list[Place]()
    for field in others:
        found = matches(field, pattern)
        if not best or distinct(field, found) > distinct(best, places):
            best, places = field, found
    return Extract(spans(title, matches(title, pattern)), around(best, places, length))


def marked(text: str, said: Iterable[str]) -> tuple[Span, ...]:
    return spans(text, matches(text, looking_for(said)))


def looking_for(said: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(set(said), key=lambda text: (-len(text), text))
    return re.compile("|".join(map(written, longest_first))) if longest_first else None


def written(text: str) -> str:
    """A Latin word begins where it is found, and is found in longer ones that it is the stem of; a number is no part of another."""
    if NUMBER.match(text):
        return f"(?<![0-9]){re.escape(text)}" + ("(?![0-9])" if text.isdigit() else "")
    if not LATIN.fullmatch(text):
        return re.escape(text)
    return f"(?<![a-z0-9]){text}(?![a-z0-9])" if len(text) <= WHOLE or text.isdigit() else f"(?<![a-z0-9]){text}[a-z0-9]*"


def matches(text: str, pattern: re.Pattern[str] | None) -> list[Place]:
    if pattern is None:
        return []
    parts, starts, ends = list[str](), list[int](), list[int]()
    blank_before = -1
    for cluster in CLUSTER.finditer(text[:LOOKED_THROUGH]):
        part = folded(cluster[0])
        if not part:
            blank_before = len(starts)
            continue
        if blank_before == len(starts) and starts and LATIN.match(parts[-1][-1]) and LATIN.match(part):
            parts.append(" ")  # two Latin words are not one
            starts.append(cluster.start())
            ends.append(cluster.start())
        parts.append(part)
        starts += [cluster.start()] * len(part)
        ends += [cluster.end()] * len(part)
    squeezed = alike("".join(parts))
    return [(starts[found.start()], ends[found.end() - 1]) for found in pattern.finditer(squeezed) if found.end() > found.start()]


def distinct(text: str, places: Iterable[Place]) -> int:
    return len({text[start:end].lower() for start, end in places})


def around(text: str, places: list[Place], length: int) -> tuple[Span, ...]:
    """The stretch with the most different words, from the beginning of a sentence when one is near."""
    first, needed = best_stretch(text, places, length)
    start = beginning(text, first, min(length // 3, length - needed))
    end = min(len(text), start + length)
    inside = [(max(start, one), min(end, other)) for one, other in places if one < end and other > start]
    found = [Span(BLANK.sub(" ", span.text), span.is_match) for span in spans(text[start:end].rstrip(), [(a - start, b - start) for a, b in inside])]
    before, after = [Span(END)] if text[:start].strip() else [], [Span(END)] if text[end:].strip() else []
    return (*before, *found, *after)


def best_stretch(text: str, places: list[Place], length: int) -> Place:
    """Where the stretch with the most different words begins, and how long it is; of several the shortest, then the first."""
    best, found = (0, 0), (0, 0, 0)
    for place, (start, _) in enumerate(places):
        words, needed = set[str](), 0
        for one, other in places[place:]:
            if other > start + length:
                break
            if (word := text[one:other].lower()) not in words:
                words.add(word)
                needed = other - start
        if (len(words), -needed, -start) > found or not found[0]:
            best, found = (start, needed), (len(words), -needed, -start)
    return best


def beginning(text: str, start: int, most: int) -> int:
    """The beginning of a sentence, when there is one not too far before; else some characters before."""
    least = max(0, start - most)
    if least == 0:
        return 0
    sentence = max(text.rfind("。", least, start), text.rfind("\n", least, start))
    return sentence + 1 if sentence >= 0 else max(least, start - most // 2)


def spans(text: str, places: Iterable[Place]) -> tuple[Span, ...]:
    found, last = [], 0
    for start, end in places:
        if start < last or start >= len(text):
            continue
        found += [Span(text[last:start]), Span(text[start:end], is_match=True)]
        last = end
    return tuple(span for span in [*found, Span(text[last:])] if span.text)
