"""What is fuzzed: the reading of each format, and that of payloads in a format that nobody names."""

import re
from collections.abc import Callable
from pathlib import Path

from kawaraban.wires import reading
from kawaraban.wires.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples" / "wires"
FOUND = ROOT / "tests" / "samples" / "found"  # what fuzzing has found: samples for good
EXPECTED = ".expected.json"
RECOGNITION = "recognition"
WORD = re.compile(rb"[\w:./-]{2,40}|[<>{}\[\]\"'=&;]{1,3}")


def recognised(data: bytes) -> object:
    """Every format is asked, also those after the one that fits."""
    fitting = [name for name, known in FORMATS.items() if known.fits(data)]
    return fitting, reading.read(data)


TARGETS: dict[str, Callable[[bytes], object]] = {name: known.read for name, known in FORMATS.items()} | {RECOGNITION: recognised}


def seeds(target: str) -> list[bytes]:
    folders = [SAMPLES / name for name in (FORMATS if target == RECOGNITION else (target,))] + [FOUND / target]
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()) if not file.name.endswith(EXPECTED)]
    return [file.read_bytes() for file in files]


def words(target: str) -> list[bytes]:
    """What the samples consist of: names, signs, numbers."""
    return sorted({word for seed in seeds(target) for word in WORD.findall(seed)})
