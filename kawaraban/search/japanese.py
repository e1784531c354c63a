"""Japanese text cut into words, the same for what is searched and what is asked.

Documents and queries are cut finely (SudachiPy's mode A) and written in the dictionary's normal form: サーバ is サーバー, りんご is 林檎.
A query is cut coarsely too (mode C), and the fine words of a coarse one must stand together.
"""

import hashlib
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import snowballstemmer
import sudachipy

from kawaraban.search.folding import alike, fold, hiragana, stem_katakana
from kawaraban.search.own_words import compiled, entries

PACKAGES = ("sudachipy", "sudachidict-core", "snowballstemmer")
RULES = 5  # changes whenever the same text would be cut, folded or paired differently
HELD = "\ue000"  # stands for a Latin word while the dictionary looks at what is around it
LATIN = re.compile(r"([0-9a-z](?:(?<=[a-z])|[0-9]*[a-z])[a-z0-9]*(?:[-'’.&/_][a-z0-9]+)*)")
PARTS = re.compile("[a-z0-9]+")
POSSESSIVE = re.compile("['’]s?$")
OUT_OF_DICTIONARY = 0xF0000000
KEPT = re.compile(r"[^\W_]")
INSIDE = re.compile(r"[\w.]")
MANY = 150_000  # stretches, and words that the dictionary lacks, that are remembered
AT_ONCE = 10_000  # characters; the dictionary takes 49,149 bytes at most
FINE, COARSE = sudachipy.SplitMode.A, sudachipy.SplitMode.C
SILENT = {"助詞", "助動詞", "補助記号", "空白", "接続詞"}
# Verbs and nouns that stand in for others, in the dictionary's normal form.
EMPTY_VERBS = "為る 居る 有る 成る 出来る 言う 仕舞う 行く 来る 下さる 頂く 遣る 呉れる 貰う 見る 置く 無い 良い"
EMPTY_NOUNS = "事 物 所 為 其れ 此れ 彼れ 其の 此の 彼の 如何 何 様 訳 筈 者"
EMPTY = set(f"{EMPTY_VERBS} {EMPTY_NOUNS}".split())


APART = re.compile("[!-~ぁ-ゖァ-ヺー々〆〇・、。〜一-\u9fff㐀-\u4dbf\ue000]+")
BLANK = r" \t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # \s, in a quarter less time
PUNCTUATION = BLANK + "、。「」『』()!?…―─"
KANJI = f"[^ぁ-ゖ{PUNCTUATION}]"  # or whatever is neither hiragana nor punctuation


def stretch_pattern(own: Iterable[str] = ()) -> re.Pattern[str]:
    """Stretches of text that hardly any word crosses, each cut by itself, so that what comes again and again is cut once.

    One ends after a comma or stop; before a kanji that follows two hiragana or more, or one particle; but not in 取り組み, 世の中 or
    one of a magazine's own words. Of a noun with a particle it is the noun, which so comes again with any other.
    """
    words = "|".join(re.escape(word) for word in sorted(own, key=len, reverse=True) if CROSSED.search(word))
    other, kana = (f"(?:{words}|{KANJI})", f"(?!{words})[ぁ-ゖ]") if words else (KANJI, "[ぁ-ゖ]")
    some_kana = f"{kana}(?:{kana}|ー){{0,59}}+"
    inside = f"{other}{{1,60}}+(?![はがをにでともへやの]){kana}(?={KANJI})|{other}[にでともへやの](?={KANJI})"
    left_out = f"(?:{PARTICLES})(?!{kana}|ー)[、。]?"
    ending = f"{other}{{1,60}}+(?:{NOUN}(?={left_out})|(?:{some_kana})?+[、。]?)|{some_kana}[、。]?"
    return re.compile(f"((?:{inside}){{0,8}}+(?:{ending}))(?:{NOUN}{left_out})?+")


NOUN = "(?<=[一-\u9fff々ァ-ヺー]{2})"
IS_NOUN = re.compile(f"{NOUN}$")
PARTICLES = "[はがをにのとでもへや]|から[はの]?|まで|より|[にでと]は|[でに]も|への"
CROSSED = re.compile(f"[ぁ-ゖ]{KANJI}|[{PUNCTUATION}]")
STRETCH = stretch_pattern()


class Word(NamedTuple):
    text: str
    reading: str = ""  # in hiragana
    groups: tuple[int, ...] = ()  # of words that mean the same, by Sudachi's numbers
    weight: float = 1.0  # how much it tells of what a text is about
    shown: str = ""  # as it is written, verbs as in a dictionary; empty: as text


HELD_WORD = Word(HELD)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is one thing in a query: the fine words of a coarse one, a number with its counter, a hyphenated word."""

    surface: str
    words: tuple[Word, ...]


NOUNS = {"固有名詞": 2.0, "数詞": 0.05}
KINDS = {"副詞可能": 0.3, "助数詞可能": 0.4, "サ変可能": 0.8, "サ変形状詞可能": 0.8, "形状詞可能": 0.7}
OTHERS = {"動詞": 0.3, "形容詞": 0.3, "形状詞": 0.5, "副詞": 0.1, "代名詞": 0.05, "連体詞": 0.05, "接頭辞": 0.1, "接尾辞": 0.1, "感動詞": 0.1}
stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stemmed(word: str) -> str:
    return word if any(character.isdigit() for character in word) else str(stemmer.stemWord(word))


def apart(text: str) -> tuple[str, list[str]]:
    """Folded text with its Latin words held, and these."""
    parts = LATIN.split(text)
    return HELD.join(parts[::2]), parts[1::2]


def latin(found: str) -> list[Word]:
    return [Word(stemmed(part), weight=1.5 if len(part) > 1 else 0.3, shown=part) for part in PARTS.findall(POSSESSIVE.sub("", found))]


def weight_of(part_of_speech: tuple[str, ...]) -> float:
    kind, finer, finest = part_of_speech[:3]
    if kind == "名詞":
        return NOUNS.get(finer) or KINDS.get(finest, 1.0)
    return OTHERS.get(kind, 0.2)


def word_of(morpheme: sudachipy.Morpheme) -> Word | None:
    """None for what is only grammar or punctuation."""
    part_of_speech = morpheme.part_of_speech()
    normal = morpheme.normalized_form().lower()
    if part_of_speech[0] in SILENT or normal in EMPTY or not KEPT.search(normal):
        return None
    text = "".join(INSIDE.findall(stem_katakana(alike(fold(normal)))))
    reading = "" if morpheme.is_oov() else hiragana(fold(morpheme.reading_form()))
    shown = morpheme.surface() if part_of_speech[0] == "名詞" else morpheme.dictionary_form()
    return Word(text, reading, tuple(morpheme.synonym_group_ids()), weight_of(part_of_speech), "" if shown == text else shown) if text else None


def fine_words(morpheme: sudachipy.Morpheme) -> tuple[Word, ...]:
    """Those that a coarse morpheme is made of; nothing for grammar and punctuation."""
    return tuple(word for part in morpheme.split(FINE) or [morpheme] if (word := word_of(part)))


def joined(several: Iterable[tuple[Word, ...] | None]) -> tuple[Word, ...]:
    """One after another. Where one alone has any it is given as it is, so that less memory is read."""
    found = list(filter(None, several))
    return found[0] if len(found) == 1 else tuple(chain.from_iterable(found))


def in_place(stretch: str) -> str:
    """A stretch as the dictionary is asked for it, nouns with the particle that tells best that they are."""
    return f"{stretch}の" if IS_NOUN.search(stretch) else stretch


def lined(stretches: Iterable[str]) -> str:
    """The same of several, with new lines around each."""
    return "\n".join(["", *map(in_place, stretches), ""])


def batches(stretches: Iterable[str]) -> Iterator[list[str]]:
    batch, length = list[str](), 0
    for stretch in stretches:
        batch.append(stretch)
        length += len(stretch) + 1
        if length > AT_ONCE:
            yield batch
            batch, length = [], 0
    yield batch


@cache
def release(package: str) -> str:
    return version(package)


class Tokenizers(threading.local):
    """One serves one thread."""

    def __init__(self, dictionary: sudachipy.Dictionary) -> None:
        self.coarse = dictionary.tokenizer(mode=COARSE)


class Japanese:
    """Cuts text. One for a process: it keeps the dictionary open and remembers the words that it met.

    own_words: a file of words that the dictionary lacks, as own_words.py reads it.
    """

    def __init__(self, own_words: Path | None = None) -> None:
        self.own = compiled(own_words) if own_words else None
        config = sudachipy.Config(user=[str(self.own)]) if self.own else None
        self.dictionary = sudachipy.Dictionary(config=config)
        self.cut = Tokenizers(self.dictionary)
        self.stretch = stretch_pattern(word for word, _ in entries(own_words)) if own_words else STRETCH
        self.stretches: dict[str, tuple[Word, ...]] = {}
        self.earlier: dict[str, tuple[Word, ...]] = {}  # those of which some are remembered longer: the ones that came again
        self.known: dict[int, tuple[Word, ...]] = {}  # by the dictionary's numbers; nothing for grammar
        self.strange: dict[str, tuple[Word, ...]] = {}
        self.new_line = self.cut.coarse.tokenize("\n")[0].word_id()

    @property
    def version(self) -> str:
        """Changes whenever an index made before must be made again."""
        told = f"{RULES} {' '.join(map(release, PACKAGES))} {self.own.name if self.own else ''}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def words(self, text: str) -> list[Word]:
        """The words of any text, without grammar and punctuation, in order."""
        return self.folded_words(fold(text))

    def folded_words(self, text: str) -> list[Word]:
        others, held = apart(text)
        stretches = self.stretch.findall(others)
        known, earlier = self.stretches, self.earlier
        if unknown := [stretch for stretch in dict.fromkeys(stretches) if stretch not in known]:
            if earlier:
                known.update((stretch, earlier[stretch]) for stretch in unknown if stretch in earlier)
            self.learn([stretch for stretch in unknown if stretch not in known], known)
        found = list(chain.from_iterable(map(known.__getitem__, stretches)))
        if len(known) > MANY:
            self.stretches, self.earlier = {}, known
        if held:
            places = [place for place, word in enumerate(found) if word is HELD_WORD]
            for place, part in zip(reversed(places), reversed(held), strict=True):
                found[place : place + 1] = latin(part)
        return found

    def learn(self, unknown: list[str], known: dict[str, tuple[Word, ...]]) -> None:
        """Cuts stretches, many at once. One with a character that might join a new line is cut by itself."""
        if not APART.fullmatch("".join(unknown)):
            for stretch in unknown:
                if not APART.fullmatch(stretch):
                    known[stretch] = tuple(chain.from_iterable(self.lines(in_place(stretch))))
            unknown = [stretch for stretch in unknown if stretch not in known]
        for batch in batches(unknown):
            known.update(zip(batch, islice(self.lines(lined(batch)), 1, None), strict=False))

    def lines(self, text: str) -> Iterator[tuple[Word, ...]]:
        """The words of each line. Asking for a morpheme's parts costs more than finding it: each word of the dictionary is asked once."""
        morphemes = self.cut.coarse.tokenize(text)
        numbers = [morpheme.word_id() for morpheme in morphemes]
        found = list(map(self.known.get, numbers))
        start = 0
        for place in [place for place, words in enumerate(found) if words is None]:
            if numbers[place] == self.new_line and morphemes[place].surface() == "\n":
                yield joined(found[start:place])
                start = place + 1
            else:
                found[place] = self.met(morphemes[place], numbers[place])
        yield joined(found[start:])

    def met(self, morpheme: sudachipy.Morpheme, number: int) -> tuple[Word, ...]:
        """The words of a morpheme that was not known by its number."""
        if number < OUT_OF_DICTIONARY:
            if number not in self.known:
                self.known[number] = fine_words(morpheme)
            return self.known[number]
        surface = morpheme.surface()
        if HELD in surface:
            return (HELD_WORD,) * surface.count(HELD)
        if surface not in self.strange:
            if len(self.strange) > MANY:
                self.strange.clear()
            self.strange[surface] = fine_words(morpheme)
        return self.strange.get(surface, ())

    def units(self, text: str) -> list[Unit]:
        """The same words as of words(), grouped as one would ask for them."""
        others, held = apart(fold(text))
        latin_parts = iter(held)
        return [unit for stretch in self.stretch.findall(others) for unit in self.units_of(stretch, latin_parts)]

    def units_of(self, stretch: str, held: Iterator[str]) -> list[Unit]:
        found: list[Unit] = []
        number_before = False
        for morpheme in self.cut.coarse.tokenize(lined([stretch]) if APART.fullmatch(stretch) else in_place(stretch)):
            unit = self.unit(morpheme, held)
            counts = morpheme.part_of_speech()[2] in ("助数詞可能", "助数詞") or morpheme.part_of_speech()[0] == "接尾辞"
            if number_before and counts and unit.words:
                found[-1] = Unit(found[-1].surface + unit.surface, found[-1].words + unit.words)
            elif unit.words:
                found.append(unit)
            number_before = bool(unit.words) and morpheme.part_of_speech()[1] == "数詞"
        return found

    def unit(self, morpheme: sudachipy.Morpheme, held: Iterator[str]) -> Unit:
        surface = morpheme.surface()
        if HELD in surface:
            found = [next(held) for _ in range(surface.count(HELD))]
            return Unit("".join(found), tuple(word for part in found for word in latin(part)))
        return Unit(surface, fine_words(morpheme))
