"""The pages of docs/reference, made from the code that they tell of.

python tools/reference.py write    every page anew
python tools/reference.py check    exit 1 and a sentence for each page that says something else than the code
"""

import argparse
import dataclasses
import inspect
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

import typer

from kawaraban import cli, conf, homes
from kawaraban.pages import contexts, inset_contexts, slot_contexts, values
from kawaraban.pages.rendering import template_name
from kawaraban.wires import copy as wires
from kawaraban.wires import formats as wire_formats
from kawaraban.wires.formats import plaintext, plaintext_keys

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Made by tools/reference.py from {source}. Change that, then run: python tools/reference.py write -->"

# The environment variables that an operator may set; tests/test_docs.py compares them with the code.
ENVIRONMENT = {
    "KAWARABAN_HOME": "Folder of the magazine, in place of `--home`.",
    "KAWARABAN_VALKEY_URL": "In place of `readership.valkey`.",
    "KAWARABAN_PORT": "In place of `serve.port`.",
    "KAWARABAN_DESK_PORT": "In place of `serve.desk_port`.",
    "KAWARABAN_DATABASE_URL": "In place of `database.url`.",
    "KAWARABAN_SECRET_KEY": "In place of `secrets.key`.",
    "KAWARABAN_TRACE": "Set to anything: an unforeseen error shows its trace on the terminal instead of writing it to a file.",
}

# What each field of a copy says; tests/test_docs.py compares the names.
COPY = {
    "format": "Name of the format that it came in.",
    "guid": "The agency's identifier. Feeds that make one up anew each time are recognised by address, title and text when they are filed.",
    "version": "From 1 on; higher stands above lower, in whatever order they come.",
    "status": "`usable`, `withheld` or `canceled`, which is a kill.",
    "headline": "One line.",
    "slugline": "The agency's short name for the story.",
    "byline": "Who wrote it.",
    "dateline": "Where it was written.",
    "language": "BCP 47, such as `ja`.",
    "urgency": "1, a flash, to 9.",
    "published": "When the agency first sent it, with its zone.",
    "updated": "When the agency made this version, with its zone.",
    "embargoed_until": "Before this moment no reader may see it, with its zone.",
    "agency": "Whose copy it is.",
    "copyright": "The notice, or who holds the rights.",
    "usage_terms": "What it may be used for.",
    "editorial_note": "To the desk; readers never see it, but for the note of a correction that asks for it.",
    "subjects": "Vocabulary (`scheme`, such as `medtop`), `code` and `name` of each.",
    "places": "Names.",
    "people": "Names.",
    "body_html": "The text as sanitised HTML.",
    "body_text": "The text, paragraphs with an empty line between.",
    "media": "`address`, `mime`, `caption`, `credit`, `width`, `height`, `size` of each.",
    "links": "`relation` (`updates`, `corrects`, `kills`, `see_also`), `guid` and `version` of the other item.",
    "address": "Of the item at the agency.",
}


def page(title: str, source: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", NOTE.format(source=source), *(part.strip() for part in parts if part.strip())]) + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def plain(text: str) -> str:
    """A help as Markdown shows it: <time> is no element there."""
    return text.replace("<", "\\<")


def settings() -> str:
    parts = [
        "One magazine is one folder, its *home*, and `kawaraban.toml` in it holds every setting. `kawaraban init` writes the file with\n"
        "all of them commented out: take away the `#` and change the value. A line left as it is follows the default of the release.\n"
        "What can't be used is refused with a sentence when the magazine starts; the new values hold from the next start on.",
        *(f"## [{name}]\n\n{setting_table(kind)}" for name, kind in conf.TABLES.items()),
        "## [[wires.source]]\n\nA source of agency copy that the desk shows and can't change: one such table each. [How](../how-to/wires.md)",
        setting_table(conf.WireSource),
        "## Environment\n\nThese stand above the file.",
        table(("Variable", "What it is"), ((f"`{name}`", told) for name, told in ENVIRONMENT.items())),
    ]
    return page("Settings", "kawaraban/conf/values.py", *parts)


def setting_table(kind: type) -> str:
    return table(("Setting", "Default", "What it is"), map(setting_row, dataclasses.fields(kind)))


def setting_row(entry: dataclasses.Field) -> tuple[str, str, str]:
    shown = f'"{entry.default}"' if isinstance(entry.default, str) else str(entry.default)
    return f"`{entry.name}`", f"`{shown}`", plain(entry.metadata["help"])


def commands() -> str:
    above = (
        "All but `kawaraban init` and `kawaraban wires read` work in a magazine's home: `kawaraban --home FOLDER check`, or\n"
        "`KAWARABAN_HOME=FOLDER kawaraban check`."
    )
    return page("Commands", "kawaraban/cli.py", above, *command_parts("kawaraban", typer.main.get_command(cli.app)))


def command_parts(name: str, command: Any) -> Iterator[str]:
    arguments = " ".join(f"{entry.name.upper()}" for entry in command.params if entry.param_type_name == "argument")
    below = getattr(command, "commands", {})
    shape = " ".join(part for part in (name, "[OPTIONS]" if options_of(command) else "", arguments, "COMMAND …" if below else "") if part)
    takes_any = command.context_settings.get("allow_extra_args")
    yield f"## {name}\n\n{sentence(command.help)}\n\n    {shape}{' …' if takes_any else ''}"
    if command.params:
        yield table(("Argument or option", "Default", "What it is"), map(parameter_row, command.params))
    for verb, found in below.items():
        yield from command_parts(f"{name} {verb}", found)


def options_of(command: Any) -> list[Any]:
    return [entry for entry in command.params if entry.param_type_name == "option"]


def parameter_row(entry: Any) -> tuple[str, str, str]:
    is_option = entry.param_type_name == "option"
    name = " / ".join([*entry.opts, *entry.secondary_opts]) if is_option else entry.name.upper()
    variable = f" Environment: `{entry.envvar}`." if entry.envvar else ""
    if is_option and entry.is_flag:
        default = next((opt for opt, holds in zip([*entry.opts, *entry.secondary_opts], (True, False), strict=False) if holds == entry.default), None)
    else:
        default = "required" if entry.required else entry.default
    return f"`{name}`", f"`{default}`" if default and default != "required" else default or "", sentence(entry.help) + variable


def shapes() -> str:
    parts = [
        "What each template sees, and nothing else: no request, no session, no settings. A class name in snake case is the template's:\n"
        "`FrontPage` is drawn by `pages/front_page.html`. A theme may replace any of them: [how](../how-to/theme.md). A text is plain, and\n"
        "the template escapes it, unless its type is `SafeString`.",
        "## Pages\n\nDrawn by `pages/<name>.html`; each has the fields `head` and `crumbs` besides its own.",
        *(shape(kind, f"Template: `pages/{template_name(kind)}.html`") for kind in pages()),
        '## Slots\n\nPieces that pages share, drawn by `pages/slots/<name>.html` wherever a template says `{% slot "<name>" %}`.',
        *(shape(kind, f"Template: `pages/slots/{template_name(kind)}.html`") for kind in slots()),
        "## Insets\n\nParts of a page that are printed again without the rest of it, drawn by `pages/insets/<name>.html` wherever a template says\n"
        "`{% inset <name> about %}`. [Why](../decisions/0023-insets.md).",
        *(shape(kind, f"Template: `pages/insets/{template_name(kind)}.html`") for kind in classes(inset_contexts)),
        "## Blocks\n\nThe pieces of an article's body, drawn by `pages/blocks/<kind>.html`.",
        *(shape(kind, f"Template: `pages/blocks/{dict(own(kind))['kind'].default}.html`") for kind in blocks()),
        "## Values\n\nWhat the fields above are made of.",
        *(shape(kind) for kind in others()),
    ]
    return page("Contexts", "the contexts and values of kawaraban/pages", *parts)


def classes(module: Any) -> list[type]:
    """The dataclasses that a module defines, in its order."""
    return [kind for kind in vars(module).values() if inspect.isclass(kind) and kind.__module__ == module.__name__ and dataclasses.is_dataclass(kind)]


def pages() -> list[type]:
    return [kind for kind in classes(contexts) if issubclass(kind, contexts.Page) and kind is not contexts.Page]


def slots() -> list[type]:
    from kawaraban.pages.slots import SLOTS  # Django is ready only now

    return [kind for kind in classes(slot_contexts) if template_name(kind) in SLOTS]


def blocks() -> list[type]:
    return [kind for kind in classes(values) if "kind" in dict(own(kind))]


def others() -> list[type]:
    told = {contexts.Page, *pages(), *slots(), *blocks(), *classes(inset_contexts)}
    return [kind for module in (contexts, slot_contexts, values) for kind in classes(module) if kind not in told]


def own(kind: type) -> list[tuple[str, dataclasses.Field]]:
    """The fields that a class brings itself; head and crumbs are every page's."""
    shared = {entry.name for entry in dataclasses.fields(contexts.Page)} if issubclass(kind, contexts.Page) else set()
    return [(entry.name, entry) for entry in dataclasses.fields(kind) if entry.name not in shared]


def shape(kind: type, above: str = "") -> str:
    room = " (slot)" if kind in slots() and kind.__name__ in {other.__name__ for other in pages()} else ""
    hints = get_type_hints(kind)
    rows = [(f"`{name}`", f"`{type_name(hints[name])}`", plain(entry.metadata["help"])) for name, entry in own(kind) if name != "kind"]
    written_doc = "" if (kind.__doc__ or "").startswith(f"{kind.__name__}(") else sentence(kind.__doc__)
    drawn = f"{above}." if above else ""
    return "\n\n".join(part for part in (f"### {kind.__name__}{room}", written_doc, drawn, table(("Field", "Type", "What it is"), rows)) if part)


def type_name(hint: Any) -> str:
    """list[Card] and the like as one writes it, without the modules' names."""
    if hint == values.Block:
        return "Block"
    if parts := getattr(hint, "__args__", ()):
        outer = getattr(hint, "__origin__", None)
        if outer is None or outer.__name__ in ("UnionType", "Union"):
            return " | ".join(type_name(part) for part in parts)
        return f"{outer.__name__}[{', '.join(type_name(part) for part in parts)}]"
    return {type(None): "None", Ellipsis: "…"}.get(hint) or getattr(hint, "__name__", str(hint))


def body_blocks() -> str:
    from kawaraban.desk.blocks import BodyBlock  # Django is ready only now

    body = BodyBlock()
    found, most = body.child_blocks, body.meta.block_counts
    rows = [(f"`{name}`", said(block.label, "en"), said(block.label, "ja"), limits(block, most.get(name, {}))) for name, block in found.items()]
    parts = [
        "The kinds of blocks that an article's body is made of, as the desk offers them.",
        table(("Block", "English", "日本語", "Takes"), rows),
        *(f"## {said(block.label, 'en')} · {said(block.label, 'ja')}\n\n{field_table(block)}" for block in found.values() if has_fields(block)),
        "Needed besides: a picture has alternative text and a credit, and a related link has an article or a title.",
    ]
    return page("Body blocks", "kawaraban/desk/blocks.py", *parts)


def limits(block: Any, count: dict[str, int]) -> str:
    if "max_num" in count:
        return f"{count['max_num']} at most"
    if features := getattr(block, "features", None):
        return "text with " + ", ".join(features)
    if most := getattr(getattr(block, "field", None), "max_length", None):
        return f"one line, {most} characters at most"
    return "several fields, below" if has_fields(block) else "nothing"


def has_fields(block: Any) -> bool:
    return bool(getattr(block, "child_blocks", None))


def field_table(block: Any) -> str:
    return table(("Field", "日本語", "Needed", "Help"), map(field_row, block.child_blocks.values()))


def field_row(block: Any) -> tuple[str, str, str, str]:
    help_text = block.field.help_text
    return said(block.label, "en"), said(block.label, "ja"), "yes" if block.required else "", said(help_text, "en") if help_text else ""


def said(text: Any, language: str) -> str:
    from django.utils.translation import override

    with override(language):
        return str(text)


def header_block() -> str:
    keys = plaintext_keys
    known = ((f"`{field}`", *by_language(words), keys.TELLS[field]) for field, words in keys.KEYS.items())
    parts = [
        "An agency that has no format of its own sends plain text: a line `key: value` for each thing that it tells, an empty line, the text, its\n"
        "paragraphs apart by empty lines. [How it comes in](../how-to/wires.md)",
        "```\n記事番号: minato-0042\n見出し: 港の朝\n配信日時: 2026年9月1日 9時30分\n\n港町で。\n```",
        "Keys may be English or Japanese; case, spaces, hyphens and full width make no difference, and the colon may be `：`. A line that begins\n"
        "with a space goes on with the one above. Where a key is there several times, the first counts, unless its row says otherwise. Keys that\n"
        f"are not known are passed over; the block has {plaintext.LINES} lines at most. A list has commas or `、` between.",
        "A payload is recognised as such text when two keys are known, one of them of the identifier or the headline, and no more keys are unknown\n"
        "than known.",
        "## Keys",
        table(("Field", "English", "日本語", "What it tells"), known),
        "## Status",
        word_table("Status", {str(status): words for status, words in keys.STATUSES.items()}),
        "## Urgency",
        word_table("Urgency", {str(number): words for number, words in keys.URGENCIES.items()}),
        "## Language",
        word_table("Language", keys.LANGUAGES),
        f"## No embargo\n\nAlso nothing at all: {', '.join(f'`{word}`' for word in keys.NONE.split(', '))}",
    ]
    return page("Plain text: the header block", "kawaraban/wires/formats/plaintext_keys.py", *parts)


def formats() -> str:
    known = {module.NAME: module for module in vars(wire_formats).values() if inspect.ismodule(module) and hasattr(module, "NAME")}
    parts = [
        "What agencies send, and the one value that each item of it becomes. The format is recognised from the bytes, in the order of this table;\n"
        "gzip and zip around it are opened, and encodings are taken as declared or found out: UTF-8 and UTF-16, Shift_JIS (code page 932), EUC-JP,\n"
        "ISO-2022-JP, Latin-1. `kawaraban wires read FILE` prints each item of a file as a line of JSON with the fields below; a source may name\n"
        "its format, which is seldom needed. [How copy comes in](../how-to/wires.md)",
        table(("Format", "What it is", "Written after"), ((f"`{name}`", *described(known[name])) for name in wire_formats.FORMATS)),
        "## Fields of an item\n\nWhat is not told is empty.",
        table(("Field", "What it says"), ((f"`{entry.name}`", COPY[entry.name]) for entry in dataclasses.fields(wires.Copy))),
    ]
    return page("Wire formats", "kawaraban/wires/formats and kawaraban/wires/copy.py", *parts)


def described(module: Any) -> tuple[str, str]:
    """What a format's module says it reads, and the source that it names."""
    parts = [sentence(part).partition("Source: ") for part in (module.__doc__ or "").split("\n\n")]
    return " ".join(above.strip() for above, _, _ in parts if above), " ".join(source for _, _, source in parts if source)


def word_table(title: str, meanings: dict[str, str]) -> str:
    return table((title, "English", "日本語"), ((f"`{meaning}`", *by_language(words)) for meaning, words in meanings.items()))


def by_language(words: str) -> tuple[str, str]:
    """Words that a list has commas between, the English and the Japanese ones."""
    found = words.split(", ")
    return ", ".join(word for word in found if word.isascii()), ", ".join(word for word in found if not word.isascii())


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "cli.md": commands,
    "contexts.md": shapes,
    "blocks.md": body_blocks,
    "formats.md": formats,
    "header-block.md": header_block,
}


def prepared() -> None:
    """Django set up for a home of no further use, unless it is set up already. The home needs no database."""
    from django.apps import apps

    if not apps.ready:
        with tempfile.TemporaryDirectory() as folder:
            homes.enter(homes.make(Path(folder) / "home"))
        os.environ.pop("KAWARABAN_HOME", None)


def stale(folder: Path) -> list[str]:
    """What is wrong in a folder of reference pages, a sentence each. Django is set up."""
    told = []
    for name, write in PAGES.items():
        file = folder / name
        if not file.is_file():
            told.append(f"{file} is missing: python tools/reference.py write")
        elif file.read_text(encoding="utf-8") != write():
            told.append(f"{file} says something else than the code: python tools/reference.py write")
    return told


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["write", "check"])
    verb = parser.parse_args(arguments).verb
    prepared()
    if verb == "check":
        told = stale(FOLDER)
        print("\n".join(told) or "The reference pages say what the code says.", file=sys.stderr if told else sys.stdout)
        return 1 if told else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
