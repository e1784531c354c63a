"""The words of the desk and of the readers' pages in other languages.

    python tools/messages.py extract    new msgids into every catalogue, unused ones out; translations stay
    python tools/messages.py compile    every django.po to its django.mo
    python tools/messages.py check      exit 1 and a sentence for each fault

A new language is a new folder: kawaraban/locale/<language>/LC_MESSAGES, then extract.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as calls_in
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "kawaraban"
LOCALE = PACKAGE / "locale"
TEMPLATES = {".html", ".txt", ".xml"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
    "Fault": None,
    "Unreadable": None,
    "IllFormed": None,
    "Unarchived": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
# Catalogues in LOCALE_PATHS go before those of these packages: a msgid that we share with them is worded by us on Wagtail's pages too.
UNDERNEATH = ("django", "django_filters", "modelcluster", "taggit", "treebeard", "wagtail")
# Shared msgids that we word differently and that read well at both places.
OURS = {"All", "Embed"}

# A pair is singular and plural; Babel gives lists and None as well.
Text = str | tuple[str, ...] | list[str] | None


@dataclass(frozen=True)
class Used:
    """A msgid that the code asks for."""

    msgid: str | tuple[str, ...]
    context: str | None
    place: str


class Plain(Catalog):
    """A catalogue whose header says only what gettext must know: no dates, no names, no versions that drift."""

    def __init__(self, language: str, messages: Iterable[Message] = ()) -> None:
        super().__init__(locale=language.replace("-", "_"), header_comment=f"# {Locale.parse(language, sep='_').english_name}", fuzzy=False)
        for message in messages:
            self.add(message.id, message.string, context=message.context, user_comments=message.user_comments, flags=message.flags & {"fuzzy"})

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def used_in(package: Path) -> list[Used]:
    """Every msgid in the package's modules and templates, each once, with the file that asks for it first."""
    found: dict[tuple[str, str | None], Used] = {}
    for file in sorted(package.rglob("*")):
        for msgid, context in messages_of(file):
            key = (singular(msgid), context)
            if key not in found or isinstance(msgid, tuple):
                found[key] = Used(msgid, context, file.relative_to(package).as_posix())
    return list(found.values())


def messages_of(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    if file.suffix == ".py":
        source = file.read_text(encoding="utf-8")
    elif file.suffix in TEMPLATES and "templates" in file.parts:
        # templatize leaves calls between runs of X; the template's indentation would be a syntax error to Python.
        source = "\n".join(line.lstrip() for line in templatize(file.read_text(encoding="utf-8"), origin=str(file)).splitlines())
    else:
        return
    for _line, msgid, _comments, context in calls_in("python", BytesIO(source.encode()), KEYWORDS):
        yield msgid, context


def forms(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def singular(msgid: Text) -> str:
    return forms(msgid)[0]


def quoted(msgid: Text) -> str:
    return f"“{singular(msgid)}”"


def read(file: Path, language: str) -> Plain:
    """A .po file's messages; an empty catalogue when there is no file yet."""
    if not file.exists():
        return Plain(language)
    with file.open("rb") as stream:
        return Plain(language, (message for message in read_po(stream, abort_invalid=True) if message.id))


def merged(known: Catalog, used: Iterable[Used], language: str) -> Plain:
    """A catalogue of exactly what is used, each with the translation that is known for it or with none."""
    fresh = Plain(language)
    for one in used:
        old = known.get(one.msgid, one.context)
        kept = old if old and forms(old.id) == forms(one.msgid) else Message(one.msgid)
        fresh.add(one.msgid, kept.string, context=one.context, user_comments=kept.user_comments, flags=kept.flags & {"fuzzy"})
    return fresh


def written(catalog: Catalog) -> bytes:
    target = BytesIO()
    write_po(target, catalog, width=140, no_location=True, sort_output=True, ignore_obsolete=True)
    return target.getvalue().rstrip() + b"\n"


def compiled(catalog: Catalog) -> bytes:
    target = BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def faults(catalog: Plain, used: Iterable[Used], underneath: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with a catalogue, a sentence each. `underneath`: msgid → its wordings in the packages we stand on."""
    asked = {(singular(one.msgid), one.context): one for one in used}
    told = {(singular(message.id), message.context): message for message in catalog if message.id}
    for key, one in asked.items():
        if key not in told or forms(told[key].id) != forms(one.msgid):
            yield f"{quoted(one.msgid)} ({one.place}) is missing: run extract, then translate it."
    for key, message in told.items():
        if key not in asked:
            yield f"{quoted(message.id)} is used nowhere: run extract, which takes it out."
        else:
            yield from faults_of(message, catalog.num_plurals)
            yield from taken_over(message, underneath)


def faults_of(message: Message, plurals: int) -> Iterator[str]:
    translations = forms(message.string)
    if len([text for text in translations if text.strip()]) < (plurals if message.pluralizable else 1):
        yield f"{quoted(message.id)} is not translated."
        return
    if message.fuzzy:
        yield f"{quoted(message.id)} is marked fuzzy, so it is not used: look at it and take the mark away."
    wanted = [set(PLACEHOLDER.findall(text)) for text in forms(message.id)]
    for text in translations:
        if set(PLACEHOLDER.findall(text)) not in wanted:
            yield f"{quoted(message.id)} has {', '.join(sorted(wanted[-1])) or 'no placeholder'}; its translation “{text}” has others."
        elif any(wanted) and "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
            yield f"“{text}” has a % that stands for nothing: write it as %%."


def taken_over(message: Message, underneath: dict[str, set[str]]) -> Iterator[str]:
    if message.context or message.pluralizable or message.id in OURS:
        return
    theirs = underneath.get(singular(message.id), set())
    if theirs and message.string and message.string not in theirs:
        yield (
            f"{quoted(message.id)} is Wagtail's or Django's too: “{message.string}” would replace “{'”, “'.join(sorted(theirs))}” all over the desk. "
            "Choose another msgid, give it a context, or add it to OURS."
        )


@cache
def wordings(language: str) -> dict[str, set[str]]:
    """What the packages we stand on say in a language: msgid → its wordings."""
    found: dict[str, set[str]] = {}
    for package in UNDERNEATH:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            for file in sorted(Path(folder).rglob(f"locale/{language}/LC_MESSAGES/django.mo")):
                with file.open("rb") as stream:
                    for message in read_mo(stream):
                        if isinstance(message.id, str) and message.id and not message.context:
                            found.setdefault(message.id, set()).add(singular(message.string))
    return found


def catalogues(locale: Path) -> Iterator[tuple[str, Path]]:
    """Every language and its .po file, which may have to be made yet."""
    for folder in sorted(locale.glob("*/LC_MESSAGES")):
        yield folder.parent.name, folder / "django.po"


def faults_on_disk(package: Path, locale: Path) -> Iterator[str]:
    used = used_in(package)
    for language, po in catalogues(locale):
        catalog, mo = read(po, language), po.with_suffix(".mo")
        found = list(faults(catalog, used, wordings(language)))
        if not found and po.read_bytes() != written(catalog):
            found.append("django.po is not as extract writes it (order, header): run extract.")
        if not mo.exists() or mo.read_bytes() != compiled(catalog):
            found.append("django.mo is older than django.po: run compile.")
        yield from (f"{language}: {fault}" for fault in found)


def extract(package: Path, locale: Path) -> Iterator[str]:
    """Brings every .po up to the code. Gives a line for each msgid that came, and for each that went with its translation."""
    used = used_in(package)
    for language, po in catalogues(locale):
        known = read(po, language)
        fresh = merged(known, used, language)
        po.write_bytes(written(fresh))
        yield from (f"{language}: new {quoted(message.id)}" for message in fresh if message.id and not known.get(message.id, message.context))
        gone = (message for message in known if message.id and not fresh.get(message.id, message.context))
        yield from (f"{language}: gone {quoted(message.id)} = “{'” / “'.join(forms(message.string))}”" for message in gone)


def compile_all(locale: Path) -> None:
    for language, po in catalogues(locale):
        po.with_suffix(".mo").write_bytes(compiled(read(po, language)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["extract", "compile", "check"])
    verb = parser.parse_args(arguments).verb
    if verb == "check":
        found = list(faults_on_disk(PACKAGE, LOCALE))
        print("\n".join(found) or "Every message is translated.", file=sys.stderr if found else sys.stdout)
        return 1 if found else 0
    if verb == "extract":
        print("\n".join(extract(PACKAGE, LOCALE)) or "Nothing new, nothing gone.")
    else:
        compile_all(LOCALE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
