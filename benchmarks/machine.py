"""What the figures were measured on. No name and no path of the machine."""

import os
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

from benchmarks.homes import ROOT

PACKAGES = ("granian", "lmdb", "isal", "django", "wagtail")


def first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip().partition("\n")[0]


def found_in(file: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(file).read_text(encoding="utf-8"), re.M)
    except OSError:
        return ""
    return found[1].strip() if found else ""


def machine() -> dict[str, object]:
    return {
        "processor": found_in("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": round(int(found_in("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) / 1e6, 1),
        "kernel": platform.release(),
        "system": found_in("/etc/os-release", r'^PRETTY_NAME="(.+)"$'),
    }


def versions() -> dict[str, str]:
    found = {"python": platform.python_version(), **{name: metadata.version(name) for name in PACKAGES}}
    found["nginx"] = first_line(["/usr/sbin/nginx", "-v"]).rpartition("/")[2]
    found["wrk"] = (first_line(["wrk", "-v"]).split() or ["", ""])[1]
    return found


def commit() -> str:
    number = first_line(["git", "rev-parse", "--short=12", "HEAD"])
    changed = first_line(["git", "status", "--porcelain", "--", "kawaraban", "benchmarks", ":!benchmarks/results"])
    return f"{number} with changes" if changed else number
