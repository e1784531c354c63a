"""The newest report's figures in README.md: written by a program, so that nobody rounds them. Pure, but for write()."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.report import written

BEGIN, END = "<!-- figures: python -m benchmarks readme -->", "<!-- end of figures -->"
BETWEEN = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.S)


class Unmarked(Exception):
    """The text has no place for figures."""


def with_figures(text: str, found: Mapping[str, Any]) -> str:
    """A text with the figures of a report between its marks. Raises Unmarked."""
    table = "\n".join(lines(found)) + "\n"
    if BETWEEN.search(text) is None:
        raise Unmarked(f"there is no line {BEGIN} with {END} after it")
    return BETWEEN.sub(lambda _: table, text, count=1)


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    host, versions = found["machine"], found["versions"]
    yield ""
    yield "| flow | measured | | aim |"
    yield "|---|---|---:|---:|"
    for name, flow in found["flows"].items():
        for must in flow["musts"]:
            unreached = "" if must["is_met"] else " (not reached)"
            yield f"| {name} | {must['claim']} | {written(must['seen'])} | {'≤' if must['most'] else '≥'} {must['wanted']:g}{unreached} |"
    yield ""
    yield (
        f"One newsstand process on {host['cores']} cores of a shared machine ({host['processor']}), {found['at'][:10]}, "
        f"with nginx {versions['nginx']}, Wagtail {versions['wagtail']}, granian {versions['granian']}; every answer was compared with the true page."
    )


def write(file: Path, found: Mapping[str, Any], *, only_check: bool) -> bool:
    """Whether the file had the figures before. Raises Unmarked."""
    before = file.read_text(encoding="utf-8")
    after = with_figures(before, found)
    if after != before and not only_check:
        file.write_text(after, encoding="utf-8")
    return after == before
