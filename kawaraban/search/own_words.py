"""Words of a magazine that the dictionary lacks, and words that mean the same: plain files, one entry a line, # begins a remark.

凪沙丸  なぎさまる
北朝鮮 = DPRK = 朝鮮民主主義人民共和国
"""

import csv
import hashlib
import os
import re
import tempfile
from pathlib import Path

import sudachidict_core
from sudachipy import sudachipy as builder

from kawaraban.search.folding import fold

# Sudachi's numbers and costs for a proper noun in a dictionary of one's own.
NOUN = ("4786", "4786", "5000")
KIND = ("名詞", "固有名詞", "一般", "*", "*", "*")
READING = re.compile("[ぁ-ゖァ-ヺー]*")
TO_KATAKANA = {code: chr(code + 0x60) for code in range(ord("ぁ"), ord("ゖ") + 1)}


class UnreadableWordsError(Exception):
    """A file of words or synonyms can't be read."""


def lines(file: Path) -> list[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableWordsError(f"{file} can't be read: {error}.") from None
    numbered = ((number, line.partition("#")[0].strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in numbered if line]


def entries(file: Path) -> list[tuple[str, str]]:
    """Each word with its reading in katakana, which may be empty."""
    found = []
    for number, line in lines(file):
        word, _, reading = line.replace("\t", " ").partition(" ")
        if not READING.fullmatch(reading.strip()):
            raise UnreadableWordsError(f"{file}, line {number}: a word and its reading in kana are wanted, not {line!r}.")
        found.append((fold(word), fold(reading.strip()).translate(TO_KATAKANA)))
    return found


def compiled(file: Path) -> Path | None:
    """Where the compiled dictionary lies, made when the file has changed; None for a file without words."""
    words = entries(file)
    if not words:
        return None
    digest = hashlib.sha256(repr(words).encode()).hexdigest()[:16]
    made = Path(tempfile.gettempdir()) / f"kawaraban-words-{os.getuid()}-{digest}.dic"
    if not made.exists():
        make(words, made)
    return made


def make(words: list[tuple[str, str]], made: Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        source, partial = Path(work) / "words.csv", Path(work) / "words.dic"
        with source.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows((word, *NOUN, word, *KIND, reading or word, word, "*", "*", "*", "*", "*") for word, reading in words)
        system = Path(sudachidict_core.__file__).parent / "resources" / "system.dic"
        builder.build_user_dic(system=system, lex=[source], output=partial)
        made.write_bytes(partial.read_bytes())


def synonyms(file: Path) -> list[list[str]]:
    """Groups of words that mean the same."""
    found = []
    for number, line in lines(file):
        group = [part.strip() for part in line.replace("＝", "=").split("=")]
        if len(group) < 2 or not all(group):
            raise UnreadableWordsError(f"{file}, line {number}: words with = between them are wanted, not {line!r}.")
        found.append(group)
    return found
