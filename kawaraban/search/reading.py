"""Pieces and queries in JSON lines."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kawaraban.search.document import Document


class UnreadableLineError(Exception):
    """A line is no piece, or no query."""


def lines(file: Path) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, line


def documents(file: Path, refuse: Callable[[str], None]) -> Iterator[Document]:
    """Each piece of a file; for each line that is none, a sentence."""
    for number, line in lines(file):
        try:
            yield document(mapping(line))
        except UnreadableLineError as reason:
            refuse(f"{file}, line {number}: {reason}")


def queries(file: Path, refuse: Callable[[str], None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each query of a file with what else its line says; for each line that has none, a sentence."""
    for number, line in lines(file):
        try:
            found = mapping(line)
            yield text_of(found, "query"), found
        except UnreadableLineError as reason:
            refuse(f"{file}, line {number}: {reason}")


def mapping(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableLineError("it is not in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableLineError(f"it is no JSON: {error}.") from None
    if not isinstance(found, dict):
        raise UnreadableLineError('an object in braces is wanted, such as {"id": …}.')
    return found


def document(found: dict[str, Any]) -> Document:
    identity = found.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
        raise UnreadableLineError('"id" is missing, or neither text nor a whole number.')
    return Document(str(identity), text_of(found, "title"), text_of(found, "body"), date_of(found))


def text_of(found: dict[str, Any], name: str) -> str:
    if not isinstance(found.get(name), str):
        raise UnreadableLineError(f'"{name}" is missing, or no text.')
    return str(found[name]).encode("utf-8", "replace").decode()


def date_of(found: dict[str, Any]) -> datetime | None:
    """A day or a moment; without a zone it is UTC."""
    said = found.get("date")
    if said is None or said == "":
        return None
    try:
        moment = datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise UnreadableLineError(f'"date" is no day such as 2026-11-25: {said!r}.') from None
