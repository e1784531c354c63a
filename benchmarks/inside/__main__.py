"""What needs Django, in a process of its own, since a process enters one home: python -m benchmarks.inside HOME TASK …"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kawaraban import homes

if TYPE_CHECKING:
    from benchmarks.inside.model import Models


def main(home: Path, task: str, rest: list[str]) -> None:
    if task == "base":
        found = homes.enter(founded(home))
        from benchmarks.inside import base  # Django is ready only now

        base.build(found)
        return
    found = homes.enter(home)
    # Django is ready only now.
    from benchmarks.inside import clicks, day, desk_search, indexing, model, parts, printing, reads_counted, rows, truth, wire_rows, wires

    models = model.read(found)
    tasks: dict[str, Callable[[], None]] = {
        "rows": lambda: rows.fill(found, models, int(rest[0])),
        "parts": lambda: parts.fill(found, models, int(rest[0]), proves=rest[1] == "proved"),
        "print": printing.finish,
        "index": indexing.finish,
        "desk-search": lambda: desk_search.tell(Path(rest[0])),
        "day": lambda: day.live(models, float(rest[0]), Path(rest[1])),
        "sheets": lambda: day.sheets(listed(rest[0]), Path(rest[1])),
        "clicks": lambda: clicks.prepare(models, int(rest[0]), Path(rest[1])),
        "wire-rows": lambda: wire_rows.fill(int(rest[0])),
        "wires-read": lambda: wires.measure_reading(int(rest[0]), Path(rest[1])),
        "wires-take-in": lambda: wires.measure_taking_in(int(rest[0]), Path(rest[1])),
        "wires-flash": lambda: wires.measure_flash(Path(rest[0])),
        "reads-counted": lambda: reads_counted.tell(Path(rest[0])),
        "truth": lambda: truth.tell((models.address(number) for number in range(int(rest[0]))), Path(rest[1])),
        "truth-of": lambda: truth.tell_of(models, listed(rest[0]), Path(rest[1])),
        "addresses": lambda: addresses(models, int(rest[0]), Path(rest[1])),
    }
    tasks[task]()


def listed(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").split()


def addresses(models: "Models", count: int, file: Path) -> None:
    file.write_text("".join(f"{models.address(number)}\n" for number in range(count)), encoding="utf-8")


def founded(folder: Path) -> Path:
    """A new home whose public address depends on no port."""
    homes.make(folder)
    file = folder / "kawaraban.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('# address = ""', 'address = "https://bench.example"', 1), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
