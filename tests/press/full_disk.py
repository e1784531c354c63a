"""A disk that runs full while an edition is printed, told as JSON. It is run where an empty tmpfs can be mounted on the folder named.

python full_disk.py FOLDER
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import lmdb

from kawaraban.press.edition import Edition
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull
from kawaraban.press.sheet import Sheet
from kawaraban.press.stitch import identity
from kawaraban.press.view import View

SIZE, MORE, ELSEWHERE = "4m", "12m", 1 << 20
COUNT = "from pathlib import Path; from kawaraban.press.edition import Edition; import sys; print(len(Edition(Path(sys.argv[1])).addresses()))"


def mount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", folder], check=True)


def text(number: int) -> bytes:
    return random.Random(number).randbytes(6000 + number % 7 * 1500)


def file(edition: Edition, generation: int, number: int) -> str:
    """What became of a page: nothing, or the name of the error."""
    try:
        edition.file(f"/{number}", Sheet(200, "text/html", (text(number),), frozenset({"page:1"})), edition.changes(), generation)
    except (EditionFull, lmdb.Error, OSError) as error:
        return type(error).__name__
    return ""


def tell(edition: Edition, number: int) -> str:
    try:
        edition.tell({f"/told-{number}-{place}": Urgency.TAIL for place in range(40)})
    except (EditionFull, lmdb.Error, OSError) as error:
        return type(error).__name__
    return ""


def whole(edition: Edition, numbers: list[int]) -> bool:
    view = View(edition)
    found = [view.page(f"/{number}") for number in numbers]
    right = all(page is not None and identity(page.parts) == text(number) for number, page in zip(numbers, found, strict=True))
    view.close()
    return right


def begun(folder: Path) -> str:
    """What became of a new edition."""
    try:
        edition = Edition(folder)
        try:
            edition.begin("first", "")
        finally:
            edition.close()
    except (EditionFull, lmdb.Error, OSError) as error:
        return type(error).__name__
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ""


def begun_with_little_room(folder: Path) -> list[str]:
    """The same with ever more room, from none to enough."""
    rest, told = folder / "else", []
    while not told or told[-1]:
        told.append(begun(folder / "another"))
        os.truncate(rest, rest.stat().st_size - 4096)
    return told


def main(folder: Path) -> None:
    mount(folder, f"size={SIZE}")
    (folder / "else").write_bytes(bytes(ELSEWHERE))
    edition = Edition(folder / "edition")
    generation = edition.begin("first", "")
    printed: list[int] = []
    while not (said := file(edition, generation, len(printed))):
        printed.append(len(printed))
    first = len(printed)
    later = {number: file(edition, generation, number) for number in range(1000, 1040)}
    printed += [number for number, error in later.items() if not error]
    told = {tell(edition, number) for number in range(40)}
    fill_up(folder)
    counted = subprocess.run([sys.executable, "-c", COUNT, folder / "edition"], capture_output=True, text=True, check=False)
    facts = {
        "first": first,
        "errors": sorted({said, *later.values(), *told} - {""}),
        "kept": whole(edition, printed),
        "seen by another": counted.stdout.strip() == str(len(printed)),
        "errors at the beginning": sorted({*begun_with_little_room(folder)} - {""}),
    }
    mount(folder, "remount", f"size={MORE}")
    facts["goes on"] = file(edition, generation, 2000) == tell(edition, 99) == "" and whole(edition, [*printed, 2000])
    edition.close()
    print(json.dumps(facts))


def fill_up(folder: Path) -> None:
    """Takes the last page of the disk."""
    with (folder / "else").open("ab", buffering=0) as rest:
        try:
            while rest.write(bytes(4096)):
                pass
        except OSError:
            return


main(Path(sys.argv[1]))
