"""Imports run one way, down DESIGN.md's floors, and no deeper room knows a higher one."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kawaraban

PACKAGE = Path(kawaraban.__file__).parent
# What stands under everything: the settings of a home and Django's of it.
CELLAR = {"conf", "settings"}
FLOORS = [
    {"press"},
    {"newsstand", "desk"},
    {"wires", "readership", "search"},
    {"pages", "newsletters", "exchange"},
    {"demo", "cli", "homes", "health", "serving", "urls", "wsgi", "__main__"},
]
FLOOR = {room: number for number, rooms in enumerate([CELLAR, *FLOORS]) for room in rooms}
# Rooms that may look at one neighbour: the sign-up form is a page; reads are taken as the readership has them; agency copy is searched.
NEIGHBOURS = {
    ("pages", "newsletters"),
    ("exchange", "pages"),
    ("newsletters", "pages"),
    ("settings", "conf"),
    ("newsstand", "readership"),
    ("search", "wires"),
}
NO_DJANGO = ["press", "newsstand"]


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(("kawaraban", *file.relative_to(PACKAGE).with_suffix("").parts))
        if "migrations" not in file.parts:
            yield name.removesuffix(".__init__"), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports from outside its own folder."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level < 2, "imports from above are written whole"
            if node.level == 0:
                yield from (f"{node.module}.{name.name}" if node.module == "kawaraban" else str(node.module) for name in node.names)


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room_of(name) for name, _ in modules()} - {""}
    assert rooms <= set(FLOOR)


def climbing() -> Iterator[tuple[str, str]]:
    for name, tree in modules():
        here = room_of(name)
        for there in {room_of(found) for found in imported(tree) if found.startswith("kawaraban.")} - {"", here, "__version__"}:
            if FLOOR[there] >= FLOOR[here] and (here, there) not in NEIGHBOURS and FLOOR[here] < len(FLOORS):
                yield name, there


def test_imports_run_down_the_floors() -> None:
    assert list(climbing()) == []


def test_climbing_would_be_found() -> None:
    tree = ast.parse("import kawaraban.cli\nfrom kawaraban import demo\nfrom kawaraban.pages.ruby import GROUP\nfrom .near import thing")
    assert [room_of(found) for found in imported(tree)] == ["cli", "demo", "pages"]
    with pytest.raises(AssertionError):
        list(imported(ast.parse("from ..pages import views")))


@pytest.mark.parametrize("room", NO_DJANGO)
def test_reader_plane_names_no_django(room: str) -> None:
    names = {found.split(".")[0] for name, tree in modules() if room_of(name) == room for found in imported(tree)}
    assert not names & {"django", "wagtail", "modelcluster"}


@pytest.mark.parametrize("room", NO_DJANGO)
def test_reader_plane_loads_no_django(room: str) -> None:
    if not (PACKAGE / room).is_dir():
        pytest.skip(f"{room} is not built yet")
    script = f"import pkgutil, importlib, sys, kawaraban.{room} as room\n" + (
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'): importlib.import_module(found.name)\n"
        "sys.exit(', '.join(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'wagtail'})) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr == ""


def test_modules_are_small() -> None:
    lengths = {name: tree.body[-1].end_lineno or 0 for name, tree in modules() if tree.body}
    assert {name: length for name, length in lengths.items() if length > 500} == {}
    assert statistics.median(lengths.values()) < 120


def test_functions_are_small() -> None:
    functions = ((name, node) for name, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    assert [(name, node.name) for name, node in functions if (node.end_lineno or 0) - node.lineno >= 50] == []
