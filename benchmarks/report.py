"""A run's report: JSON for machines, a Markdown table for people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.catalogue import FLOWS
from benchmarks.plan import Must, Result

RESULTS = Path(__file__).parent / "results"


def report(results: Mapping[str, Result], seconds: float, *, full: bool) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "took": round(seconds),
        "full": full,
        "commit": machine.commit(),
        "machine": machine.machine(),
        "versions": machine.versions(),
        "flows": {name: told(result) for name, result in results.items()},
    }


def told(result: Result) -> dict[str, Any]:
    return {**asdict(result), "musts": [{**asdict(must), "is_met": must.is_met} for must in result.musts]}


def write(found: Mapping[str, Any], name: str, folder: Path = RESULTS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    file.with_suffix(".md").write_text(markdown(found), encoding="utf-8")
    return file


def newest(folder: Path = RESULTS) -> dict[str, dict[str, Any]]:
    """Of each flow the newest report that has it, in the order of the flows."""
    every = sorted((json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")), key=lambda found: found["at"])
    reports = {name: found for found in every for name in found["flows"]}
    return {name: reports[name] for name in FLOWS if name in reports}


def markdown(found: Mapping[str, Any]) -> str:
    return "\n".join([heading(found), *(line for name, flow in found["flows"].items() for line in section(name, flow))]) + "\n"


def heading(found: Mapping[str, Any]) -> str:
    host = found["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    return (
        f"Measured on {found['at'][:10]} at commit {found['commit']}: {host['processor']}, {host['cores']} cores, {host['memory GB']} GB, "
        f"Linux {host['kernel']}; {versions}."
    )


def section(name: str, flow: Mapping[str, Any]) -> Iterable[str]:
    yield from ("", f"### {name}", "")
    yield "; ".join(f"{key}: {value}" for key, value in flow["settings"].items()) + "."
    yield from ("", "| figure | | unit |", "|---|---:|---|")
    yield from (f"| {figure['name']} | {written(figure['value'])} | {figure['unit']} |" for figure in flow["figures"])
    yield from ("", "| must be | wanted | seen | |", "|---|---:|---:|---|")
    yield from (
        f"| {must['claim']} | {'≤' if must['most'] else '≥'} {must['wanted']:g} | {written(must['seen'])} | {'✓' if must['is_met'] else '✗'} |"
        for must in flow["musts"]
    )
    yield ""
    yield from (f"* {line}." for line in (*flow["verified"], *flow["notes"]))


def written(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def unmet(results: Iterable[Result]) -> list[Must]:
    return [must for result in results for must in result.musts if not must.is_met]
