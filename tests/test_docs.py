"""Documentation that can't drift: generated pages are fresh; links, commands, settings and places in the code are there."""

import importlib.util
import re
import shlex
import sys
from itertools import takewhile
from pathlib import Path

import pytest
import typer
from django.utils.translation import override

from kawaraban import cli, conf
from kawaraban.demo import builders
from kawaraban.desk import models
from kawaraban.exchange.importing import import_capture

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
reference = importlib.util.module_from_spec(SPEC)
sys.modules["reference"] = reference
SPEC.loader.exec_module(reference)

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^ *```.*?^ *```$|^(?: {4}|\t)\S.*$|`[^`\n]+`", re.M | re.S)
COMMANDS = typer.main.get_command(cli.app)
GREATEST_PICTURE = 250 * 1024


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.fixture(params=DOCUMENTS, ids=named)
def document(request) -> Path:
    return request.param


def code_of(document: Path) -> str:
    """What a document sets as code, one piece a line."""
    return "\n".join(piece.strip("`\n ") for piece in CODE.findall(document.read_text(encoding="utf-8")))


def anchors(document: Path) -> set[str]:
    """The places of a document that a link can name, as GitHub makes them of its headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> list[str]:
    found = []
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            found.append(target)
    return found


def unknown_command(line: str) -> str:
    """What is wrong with a `kawaraban …` line, or nothing. Words in capitals and … stand for something."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(takewhile(lambda word: not set(word) <= set(";|&"), lexer))
    command, options = COMMANDS, {}
    while words:
        options |= {option: entry for entry in command.params for option in [*entry.opts, *entry.secondary_opts]}
        word = words.pop(0)
        if word.startswith("--"):
            if word not in options and word != "--help":
                return f"{line}: there is no option {word}"
            if word in options and not options[word].is_flag:
                words = words[1:]
        elif below := getattr(command, "commands", {}):
            if word not in below:
                return "" if word == "…" or word.isupper() else f"{line}: there is no command {word}"
            command = below[word]
        elif command.name == "manage":
            return unknown_management_command(word)
    return ""


def unknown_management_command(name: str) -> str:
    from django.core.management import get_commands

    return "" if name == "…" or name in get_commands() else f"there is no management command {name}"


def kawaraban_lines(code: str) -> list[str]:
    """What follows the command in each line that calls it; the last call, for the first may be a part of an address."""
    return re.findall(r"^(?:.*[\s/])?kawaraban +(\S.*)$", code, re.M)


def test_reference_pages_are_fresh():
    assert reference.stale(reference.FOLDER) == []


def test_reference_page_that_says_something_else_is_seen(tmp_path):
    for name, write in reference.PAGES.items():
        (tmp_path / name).write_text(write(), encoding="utf-8")
    assert reference.stale(tmp_path) == []
    (tmp_path / "cli.md").write_text(reference.commands().replace("--home", "--house"), encoding="utf-8")
    (tmp_path / "blocks.md").unlink()
    assert [sentence.split()[0] for sentence in reference.stale(tmp_path)] == [f"{tmp_path}/cli.md", f"{tmp_path}/blocks.md"]


def test_reference_tells_of_every_environment_variable():
    used = {name for file in ROOT.glob("kawaraban/**/*.py") for name in re.findall(r'"(KAWARABAN_[A-Z_]+)"', file.read_text(encoding="utf-8"))}
    assert used - {"KAWARABAN_PROCESS"} == set(reference.ENVIRONMENT)


def test_reference_tells_of_every_context():
    told = (reference.FOLDER / "contexts.md").read_text(encoding="utf-8")
    modules = (reference.contexts, reference.slot_contexts, reference.inset_contexts, reference.values)
    kinds = [kind for module in modules for kind in reference.classes(module)]
    assert {kind.__name__ for kind in kinds} - {"Page"} == set(re.findall(r"^### (\w+)", told, re.M))


def test_reference_tells_of_every_format_and_field_of_the_wires():
    told = (reference.FOLDER / "formats.md").read_text(encoding="utf-8")
    names = [entry.name for entry in reference.dataclasses.fields(reference.wires.Copy)]
    assert re.findall(r"^\| `(\w+)`", told, re.M) == [*reference.wire_formats.FORMATS, *names] and set(names) == set(reference.COPY)


def test_document_has_no_broken_link(document):
    assert broken_links(document) == []


def test_broken_link_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A place\n\n[a](page.md#a-place) [b](gone.md) [c](#nowhere) [d](https://example.org/)", encoding="utf-8")
    assert broken_links(page) == ["gone.md", "#nowhere"]


def test_document_names_commands_that_exist(document):
    assert [fault for line in kawaraban_lines(code_of(document)) if (fault := unknown_command(line))] == []


@pytest.mark.parametrize("line", ["sreve", "--house x serve", "import capturer x.txt", "demo --stay", "manage migrat"])
def test_unknown_command_is_seen(line):
    assert unknown_command(line)


@pytest.mark.parametrize(
    "line", ["--home my-magazine serve", "init FOLDER --name 灯台", "import capture page.txt --section ワールド", "manage migrate --plan"]
)
def test_known_command_is_let_pass(line):
    assert not unknown_command(line)


def test_document_names_make_targets_that_exist(document):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    wanted = re.findall(r"^(?:\$ )?make ([a-z-]+)", code_of(document), re.M)
    assert set(wanted) <= set(targets)


def test_document_names_places_in_the_code_that_exist(document):
    places = re.findall(r"^(?:python )?((?:kawaraban|tests|tools|audit|requirements)/[\w./-]*)", code_of(document), re.M)
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_document_names_settings_that_exist(document):
    known = {f"{table}.{entry}" for table, kind in conf.TABLES.items() for entry in kind.__dataclass_fields__}
    wanted = re.findall(rf"^((?:{'|'.join(conf.TABLES)})\.[a-z_]+)$", code_of(document), re.M)
    assert [name for name in wanted if name not in known and not name.endswith((".toml", ".md"))] == []


def test_glossary_has_the_desks_word_for_every_kind_of_page():
    told = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    kinds = ("Article", "Section", "Month", "Topic", "Author", "Issue", "Mook", "Notice", "Front", "Picture")
    with override("ja"):
        words = [str(getattr(models, kind)._meta.verbose_name) for kind in kinds]
    assert [word for word in words if f"| {word} |" not in told] == []


def test_sample_of_the_import_guide_makes_what_the_guide_says(front, tmp_path):
    told = (ROOT / "docs" / "how-to" / "import-a-captured-page.md").read_text(encoding="utf-8")
    said, sample = (re.search(rf"^```{kind}\n(.+?)^```", told, re.M | re.S)[1] for kind in ("\nReading page.txt …", "text"))
    (tmp_path / "page.txt").write_text(sample, encoding="utf-8")
    builders.make_section("暮らし")
    made = import_capture(tmp_path / "page.txt", "暮らし")
    assert [*made.lines, f"http://127.0.0.1:8000{made.address}"] == said.splitlines()


def test_decisions_are_numbered_and_of_one_shape():
    files = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        headings = re.findall(r"^## (.+)$", file.read_text(encoding="utf-8"), re.M)
        assert headings == ["Context", "Decision", "What was passed over, and why", "Consequences"], file.name


def test_pictures_are_small_and_shown_somewhere():
    shown = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    for picture in (ROOT / "docs" / "images").glob("*"):
        assert picture.stat().st_size < GREATEST_PICTURE, picture.name
        assert f"images/{picture.name}" in shown, picture.name
