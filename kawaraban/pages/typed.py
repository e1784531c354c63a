"""What somebody is writing, from the fields of an article's form as they are now. Pure: nothing in it need be valid."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

BODY = re.compile(r"body-(\d+)-value(?:-\w+)*")
PICK = re.compile(r"picks-(\d+)-picked")
LONGEST = 40_000  # characters of a text that are looked at


@dataclass(frozen=True)
class Typed:
    """fields: title, lead and body. but: the article itself, 0 for one that was never saved."""

    fields: Mapping[str, str]
    section: int = 0
    topics: frozenset[int] = frozenset()
    picks: tuple[int, ...] = ()
    but: int = 0


def typed(data: QueryDict, but: int = 0) -> Typed:
    title = "\n".join(filter(None, (data.get("title", ""), data.get("deck", ""), data.get("kicker", ""))))
    fields = {"title": title, "lead": data.get("lead", ""), "body": "\n".join(body(data))}
    return Typed(
        fields={name: text[:LONGEST] for name, text in fields.items()},
        section=number(data.get("section", "")),
        topics=frozenset(filter(None, map(number, data.getlist("topics")))),
        picks=tuple(filter(None, picks(data))),
        but=but,
    )


def body(data: QueryDict) -> Iterator[str]:
    """The texts of all blocks that have not been thrown away."""
    for name in data:
        block = BODY.fullmatch(name)
        if block and data.get(f"body-{block[1]}-deleted") != "1":
            yield text_of(data[name])


def text_of(value: str) -> str:
    """Rich text comes as Draftail keeps it, everything else as it was typed."""
    if not value.startswith("{"):
        return "" if value.isdecimal() else value
    try:
        blocks = json.loads(value).get("blocks", [])
        return "\n".join(block["text"] for block in blocks if isinstance(block.get("text"), str))
    except (ValueError, AttributeError, TypeError, KeyError):
        return value


def picks(data: QueryDict) -> Iterator[int]:
    for name in data:
        pick = PICK.fullmatch(name)
        if pick and not data.get(f"picks-{pick[1]}-DELETE"):
            yield number(data[name])


def number(text: str) -> int:
    """0 for what is no key."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
