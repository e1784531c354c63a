"""Memory of a mapped edition, given back while it is being read."""

import random
import sys
from pathlib import Path

import pytest

from kawaraban.newsstand import memory
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is given back on Linux only")


def file_bytes() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssFile"))
    return int(line.split()[1]) * 1024


def test_memory_is_given_back_and_all_stays_right(press) -> None:
    rng = random.Random(1)
    texts = {f"note {number}": f"{number}" + rng.randbytes(15_000).hex() for number in range(300)}
    for name, text in texts.items():
        press.edition.note(name, text)
    press.file("/before", "before")
    view = View(press.edition)
    before = file_bytes()
    right = [press.edition.noted(name) == text for name, text in texts.items()]
    grown = file_bytes() - before
    assert grown > 5 << 20
    assert memory.give_back(memory.mappings(press.edition.folder / "data.mdb"), limit=1)
    assert file_bytes() < before + grown // 4
    assert all(right)
    assert all(press.edition.noted(name) == text for name, text in texts.items())
    press.file("/after", "after")
    assert press.edition.has("/after")
    assert identity(view.page("/before").parts) == b"before"
    view.close()


def test_memory_is_kept_below_the_limit(press) -> None:
    assert not memory.give_back(memory.mappings(press.edition.folder / "data.mdb"), limit=1 << 40)


def test_mapping_of_another_file_is_left_alone(press, tmp_path) -> None:
    assert len(memory.mappings(press.edition.folder / "data.mdb")) == 1
    assert memory.mappings(tmp_path / "data.mdb") == []


def test_resident_bytes() -> None:
    assert 10 << 20 < memory.resident_bytes() < 4 << 30
