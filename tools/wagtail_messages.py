"""What Wagtail's own catalogues leave in English, or word badly, in the languages of our desk.

    python tools/wagtail_messages.py extract    new msgids of the installed Wagtail in, those that it now translates itself out
    python tools/wagtail_messages.py compile    every .po to its .mo
    python tools/wagtail_messages.py check      exit 1 and a sentence for each fault

A message that Wagtail translates and we word otherwise carries the remark "Wagtail: <its wording>"; so a better one of Wagtail's is seen.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from messages import LOCALE, PACKAGE, Plain, compiled, faults_of, forms, quoted, read, singular, written

# Wagtail's packages among INSTALLED_APPS, and what else Django reads at the desk.
APPS = (
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
)
DJANGO = ("django.conf", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "taggit", "django_filters")
REMARK = "Wagtail:"
# Wagtail's search page fills this place with "None"; the sentence stands without it.
LEFT_OUT = {"%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": " %(model_name)s"}
TAG = re.compile(r"</?\w+|\{\w+\}")

Key = tuple[str, str | None]


@dataclass(frozen=True)
class Catalogue:
    """One of our files, and the Wagtail packages whose messages of that domain it completes."""

    domain: str
    locale: Path
    asking: tuple[str, ...]
    answering: tuple[str, ...]

    def file(self, language: str) -> Path:
        return self.locale / language / "LC_MESSAGES" / f"{self.domain}.po"

    def languages(self) -> list[str]:
        return sorted(folder.parent.name for folder in self.locale.glob("*/LC_MESSAGES"))


CATALOGUES = (
    # kawaraban.desk stands before Wagtail's apps in INSTALLED_APPS, so its words go first.
    Catalogue("django", PACKAGE / "desk" / "locale", APPS, (*APPS, *DJANGO)),
    # Wagtail serves the JavaScript words of wagtail.admin and of LOCALE_PATHS, of no other app.
    Catalogue("djangojs", LOCALE, ("wagtail.admin",), ("wagtail.admin",)),
)


def key_of(message: Message) -> Key:
    return singular(message.id), message.context


def files(packages: tuple[str, ...], language: str, name: str) -> Iterator[Path]:
    for package in packages:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            file = Path(folder) / "locale" / language / "LC_MESSAGES" / name
            if file.exists():
                yield file


@cache
def asked(catalogue: Catalogue) -> dict[Key, Message]:
    """Every msgid of the installed Wagtail in this domain, from the English catalogues that it ships."""
    found: dict[Key, Message] = {}
    for file in files(catalogue.asking, "en", f"{catalogue.domain}.po"):
        with file.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    found.setdefault(key_of(message), message)
    return found


@cache
def answered(catalogue: Catalogue, language: str) -> dict[Key, str]:
    """What Wagtail and Django say in a language; several wordings of one msgid are joined by " / "."""
    found: dict[Key, set[str]] = {}
    for file in files(catalogue.answering, language, f"{catalogue.domain}.mo"):
        with file.open("rb") as stream:
            for message in read_mo(stream):
                if message.id:
                    found.setdefault(key_of(message), set()).add(singular(message.string))
    return {key: " / ".join(sorted(wordings)) for key, wordings in found.items()}


def remark(message: Message) -> str:
    """Wagtail's wording as noted in the file, where a long one stands on several lines."""
    text = " ".join(message.user_comments)
    return squeezed(text.removeprefix(REMARK)) if text.startswith(REMARK) else ""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def merged(known: Plain, asked: dict[Key, Message], answered: dict[Key, str], language: str) -> Plain:
    """A catalogue of what Wagtail lacks, each with the translation that is known, and of our corrections."""
    fresh = Plain(language)
    for key, theirs in asked.items():
        ours = known.get(theirs.id, theirs.context)
        kept = ours if ours and forms(ours.id) == forms(theirs.id) else Message(theirs.id)
        if key not in answered or remark(kept):
            comments = [f"{REMARK} {answered[key]}"] if key in answered else []
            fresh.add(theirs.id, kept.string, context=theirs.context, user_comments=comments, flags=kept.flags & {"fuzzy"})
    return fresh


def faults(catalog: Plain, asked: dict[Key, Message], answered: dict[Key, str]) -> Iterator[str]:
    told = {key_of(message): message for message in catalog if message.id}
    for key, theirs in asked.items():
        if key not in answered and (key not in told or forms(told[key].id) != forms(theirs.id)):
            yield f"{quoted(theirs.id)} is missing: run extract, then translate it."
    for key, message in told.items():
        if key not in asked:
            yield f"{quoted(message.id)} is no longer Wagtail's: run extract, which takes it out."
        else:
            yield from faults_beside(message, answered.get(key, ""))
            yield from faults_of(without_left_out(message), catalog.num_plurals)
            yield from faults_in_markup(message)


def faults_beside(message: Message, theirs: str) -> Iterator[str]:
    noted = remark(message)
    if theirs and not noted:
        yield f"{quoted(message.id)} is now “{theirs}” in Wagtail itself: run extract, which takes ours out."
    elif noted != squeezed(theirs):
        yield f"{quoted(message.id)} is now “{theirs}” in Wagtail, not as noted: take ours out if theirs is good, else run extract, which notes it."


def without_left_out(message: Message) -> Message:
    left_out = LEFT_OUT.get(message.id) if isinstance(message.id, str) else None
    return Message(message.id.replace(left_out, ""), message.string, flags=message.flags) if left_out else message


def faults_in_markup(message: Message) -> Iterator[str]:
    wanted = [sorted(TAG.findall(text)) for text in forms(message.id)]
    for text in forms(message.string):
        if text and sorted(TAG.findall(text)) not in wanted:
            yield f"{quoted(message.id)} has {', '.join(wanted[-1]) or 'no markup'}; its translation “{text}” has other markup."


def shadowed(catalog: Plain, above: Plain) -> Iterator[str]:
    """`above` is the project's catalogue: what it says of the same msgid is what the desk shows."""
    for message in catalog:
        other = above.get(message.id, message.context) if message.id else None
        if other and other.string and other.string != message.string:
            shown, ours = singular(other.string), singular(message.string)
            yield f"{quoted(message.id)} is “{shown}” in kawaraban/locale, which the desk shows, and “{ours}” here."


def faults_on_disk() -> Iterator[str]:
    for catalogue in CATALOGUES:
        for language in catalogue.languages():
            po = catalogue.file(language)
            catalog, mo = read(po, language), po.with_suffix(".mo")
            found = list(faults(catalog, asked(catalogue), answered(catalogue, language)))
            if catalogue.domain == "django":
                found += shadowed(catalog, read(LOCALE / language / "LC_MESSAGES" / "django.po", language))
            if not found and po.read_bytes() != written(catalog):
                found.append(f"{po.name} is not as extract writes it (order, header): run extract.")
            if not mo.exists() or mo.read_bytes() != compiled(catalog):
                found.append(f"{mo.name} is older than {po.name}: run compile.")
            yield from (f"{language}: {fault}" for fault in found)


def extract() -> Iterator[str]:
    """Brings every .po up to the installed Wagtail. Gives a line for each msgid that came and each that went."""
    for catalogue in CATALOGUES:
        for language in catalogue.languages():
            po = catalogue.file(language)
            known = read(po, language)
            fresh = merged(known, asked(catalogue), answered(catalogue, language), language)
            po.write_bytes(written(fresh))
            yield from (f"{language}: new {quoted(message.id)}" for message in fresh if message.id and not known.get(message.id, message.context))
            yield from (f"{language}: {line}" for line in reworded(known, fresh))
            gone = (message for message in known if message.id and not fresh.get(message.id, message.context))
            yield from (f"{language}: gone {quoted(message.id)} = “{singular(message.string)}”" for message in gone)


def reworded(known: Plain, fresh: Plain) -> Iterator[str]:
    """Our corrections of a wording that Wagtail has changed since."""
    for message in fresh:
        old = known.get(message.id, message.context) if message.id else None
        if old and remark(old) != remark(message):
            yield f"look at {quoted(message.id)} = “{singular(message.string)}”: {' '.join(message.user_comments)}"


def compile_all() -> None:
    for catalogue in CATALOGUES:
        for language in catalogue.languages():
            po = catalogue.file(language)
            po.with_suffix(".mo").write_bytes(compiled(read(po, language)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["extract", "compile", "check"])
    verb = parser.parse_args(arguments).verb
    if verb == "check":
        found = list(faults_on_disk())
        print("\n".join(found) or "Wagtail says everything in every language of ours.", file=sys.stderr if found else sys.stdout)
        return 1 if found else 0
    if verb == "extract":
        print("\n".join(extract()) or "Nothing new, nothing gone.")
    else:
        compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
