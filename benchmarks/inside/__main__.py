"""What needs Django, in a process of its own, since a process enters one home: python -m benchmarks.inside HOME TASK …"""

import sys
from pathlib import Path

from kawaraban import homes


def main(home: Path, task: str, rest: list[str]) -> None:
    if task == "base":
        found = homes.enter(founded(home))
        from benchmarks.inside import base  # Django is ready only now

        base.build(found)
        return
    found = homes.enter(home)
    from benchmarks.inside import clicks, day, model, parts, printing, rows, truth  # Django is ready only now

    models = model.read(found)
    match task:
        case "rows":
            rows.fill(found, models, int(rest[0]))
        case "parts":
            parts.fill(found, models, int(rest[0]), proves=rest[1] == "proved")
        case "print":
            printing.finish()
        case "day":
            day.live(models, float(rest[0]), Path(rest[1]))
        case "sheets":
            day.sheets(Path(rest[0]).read_text(encoding="utf-8").split(), Path(rest[1]))
        case "clicks":
            clicks.prepare(models, int(rest[0]), Path(rest[1]))
        case "truth":
            truth.tell((models.address(number) for number in range(int(rest[0]))), Path(rest[1]))
        case "addresses":
            Path(rest[1]).write_text("".join(f"{models.address(number)}\n" for number in range(int(rest[0]))), encoding="utf-8")


def founded(folder: Path) -> Path:
    """A new home whose public address depends on no port."""
    homes.make(folder)
    file = folder / "kawaraban.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('# address = ""', 'address = "https://bench.example"', 1), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
