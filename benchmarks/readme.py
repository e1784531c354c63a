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


def with_figures(text: str, reports: Mapping[str, Mapping[str, Any]]) -> str:
    """A text with the figures of each flow's report between its marks. Raises Unmarked."""
    table = "".join(f"{line}\n" for line in lines(reports))
    if BETWEEN.search(text) is None:
        raise Unmarked(f"there is no line {BEGIN} with {END} after it")
    return BETWEEN.sub(lambda _: table, text, count=1)


def lines(reports: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield ""
    yield "| flow | measured | | aim |"
    yield "|---|---|---:|---:|"
    for name, found in reports.items():
        for must in found["flows"][name]["musts"]:
            unreached = "" if must["is_met"] else " (not reached)"
            yield f"| {name} | {must['claim']} | {written(must['seen'])} | {'≤' if must['most'] else '≥'} {must['wanted']:g}{unreached} |"
    yield ""
    checked = "One newsstand process; what was answered, read or counted was each time compared with what is true."
    yield " ".join([checked, *dict.fromkeys(map(measured, reports.values()))])


def measured(found: Mapping[str, Any]) -> str:
    """When, where and with what."""
    host, versions = found["machine"], found["versions"]
    return (
        f"{', '.join(found['flows'])}: {found['at'][:10]}, {host['cores']} cores of a shared machine ({host['processor']}), "
        f"with nginx {versions['nginx']}, Wagtail {versions['wagtail']}, granian {versions['granian']}."
    )


def write(file: Path, reports: Mapping[str, Mapping[str, Any]], *, only_check: bool) -> bool:
    """Whether the file had the figures before. Raises Unmarked."""
    before = file.read_text(encoding="utf-8")
    after = with_figures(before, reports)
    if after != before and not only_check:
        file.write_text(after, encoding="utf-8")
    return after == before
