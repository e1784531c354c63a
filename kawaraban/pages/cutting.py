"""Cutting titles to a length, never through what a reader sees as one character, nor through a ruby group."""

from collections.abc import Iterator

import regex

from kawaraban.pages.ruby import GROUP, base_of

ELLIPSIS = "…"


def atoms(text: str) -> Iterator[tuple[str, str]]:
    """The smallest pieces that may not be cut: (as written, as seen). A ruby group is one, seen as its base."""
    position = 0
    for group in GROUP.finditer(text):
        yield from ((cluster, cluster) for cluster in regex.findall(r"\X", text[position : group.start()]))
        yield group[0], base_of(group)
        position = group.end()
    yield from ((cluster, cluster) for cluster in regex.findall(r"\X", text[position:]))


def columns(seen: str) -> int:
    """Columns of a text as PHP's mb_strwidth counts them; a grapheme cluster counts as its first character.

    Source: https://www.php.net/manual/function.mb-strwidth.php
    """
    return sum(1 if first < "\u2000" or "\uff61" <= first <= "\uff9f" else 2 for first in (cluster[0] for cluster in regex.findall(r"\X", seen)))


def cut_characters(text: str, limit: int) -> str:
    """The first `limit` characters (grapheme clusters), without a mark that something is missing."""
    kept, used = [], 0
    for raw, seen in atoms(text):
        used += len(regex.findall(r"\X", seen))
        if used > limit:
            break
        kept.append(raw)
    return "".join(kept)


def cut_columns(text: str, limit: int) -> str:
    """The text when it fits in `limit` columns, else as much of it as fits together with the ellipsis.

    Source: PHP's mb_strimwidth(text, 0, limit, "…"), in which the ellipsis is two columns wide.
    """
    pieces = [(raw, columns(seen)) for raw, seen in atoms(text)]
    if sum(width for _, width in pieces) <= limit:
        return text
    kept, used = [], columns(ELLIPSIS)
    for raw, width in pieces:
        used += width
        if used > limit:
            break
        kept.append(raw)
    return "".join(kept) + ELLIPSIS
