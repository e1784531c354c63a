from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.search import grams
from kawaraban.search.japanese import Japanese, stretch_pattern
from kawaraban.search.own_words import UnreadableWordsError, entries, synonyms

CUT = [
    ("北朝鮮の首相が経済を語った。", ["北朝鮮", "首相", "経済", "語る"]),
    ("サーバー、サーバ、ｻｰﾊﾞｰ", ["サーバ"] * 3),
    ("りんごと林檎とリンゴ", ["林檎"] * 3),
    ("20万人、5G、G7、三十万", ["200000", "人", "5g", "g7", "300000"]),
    ("1万8,000トンの3.5％", ["18000", "トン", "3.5"]),
    ("Running servers, the reader’s COVID-19", ["run", "server", "the", "reader", "covid", "19"]),
    ("齋藤と佐々木", ["斉藤", "佐佐木"]),
    ("", []),
    ("、。？！　\n", []),
    ("\ue000G7☃\ue000", ["g7"]),
]


@pytest.mark.parametrize(("text", "words"), CUT)
def test_words(japanese: Japanese, text: str, words: list[str]) -> None:
    assert [word.text for word in japanese.words(text)] == words


@pytest.mark.parametrize("particle", ["は", "を、", "からの", "より。"])
def test_a_noun_is_cut_alike_with_any_particle_and_when_it_is_asked_for(japanese: Japanese, particle: str) -> None:
    for noun in ("虫眼鏡", "見方", "一文", "経済制裁", "データセンター"):
        words = japanese.words(f"{noun}の話")[:-1]
        assert japanese.words(f"{noun}{particle}話")[:-1] == words
        assert [word for unit in japanese.units(noun) for word in unit.words] == words


def test_reading_and_meaning(japanese: Japanese) -> None:
    (word,) = japanese.words("北朝鮮")
    (longer,) = japanese.units("朝鮮民主主義人民共和国")
    assert word.reading == "きたちょうせん"
    assert word.groups
    assert [part.text for part in longer.words] == ["朝鮮", "民主", "主義", "人民", "共和", "国"]


def test_a_number_and_its_counter_are_one_unit(japanese: Japanese) -> None:
    assert [unit.surface for unit in japanese.units("20万人がCOVID-19に")] == ["20万人", "covid-19"]


def test_text_of_any_length(japanese: Japanese) -> None:
    assert len(japanese.words("経済。" * 30_000)) == 30_000
    assert japanese.words("あ" * 200_000) is not None


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_documents_and_queries_are_cut_alike(japanese: Japanese, text: str) -> None:
    assert all(word.text and not word.text.isspace() for word in japanese.words(text))
    assert all(unit.words for unit in japanese.units(text))


STRETCHES = [
    ("首相は経済制裁を語った。世の中の", ["首相", "経済制裁", "語った。", "世の中の"]),
    ("国会からの経済への、とは", ["国会", "経済", "とは"]),
    ("国会から国はすぐ経済がある", ["国会", "国はすぐ", "経済がある"]),
    ("取り組みと見直しを引き上げる国", ["取り組みと", "見直しを", "引き上げる", "国"]),
    ("データセンターの熱、らーめん", ["データセンター", "熱、", "らーめん"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "stretches"), STRETCHES)
def test_stretches(text: str, stretches: list[str]) -> None:
    assert stretch_pattern().findall(text) == stretches


def test_as_much_is_remembered_as_has_room(japanese: Japanese, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["首相は船に乗り、港を見た。", "経済を語る。", "首相は灯台を見た。"]
    expected = [japanese.words(text) for text in texts]
    monkeypatch.setattr("kawaraban.search.japanese.MANY", 2)
    assert [japanese.words(text) for text in texts * 3] == expected * 3
    assert len(japanese.stretches) + len(japanese.earlier) < 12


def test_own_words_are_within_a_stretch() -> None:
    assert stretch_pattern(["なぎさ丸"]).findall("船はなぎさ丸という") == ["船は", "なぎさ丸という"]
    assert stretch_pattern(["の森", "なぎさ丸"]).findall("国立の森の国会のなぎさ丸を") == ["国立の森の", "国会", "なぎさ丸を"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["首相は", "\ue000", "g7", "ー", "取り組", "、", "😀", "か\u3099", "1,000円", "々", "\x85"]) | st.text(max_size=20)).map(
        "".join
    )
)
def test_what_was_cut_before_changes_nothing(japanese: Japanese, text: str) -> None:
    japanese.stretches.clear()
    first = japanese.words(text)
    assert japanese.words(text) == first
    japanese.stretches.clear()
    assert japanese.words(f"港。{text}")[1:] == first
    assert japanese.words(text) == first


def test_own_words(tmp_path: Path, japanese: Japanese) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# 船\n凪沙丸 なぎさまる\n瓦版プレス\n", encoding="utf-8")
    own = Japanese(file)
    assert [tuple(word)[:2] for word in own.words("凪沙丸の瓦版プレス")] == [("凪沙丸", "なぎさまる"), ("瓦版プレス", "瓦版ぷれす")]
    assert own.version != japanese.version


def test_files_of_words_say_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("凪沙丸 なぎさまる\n凪沙 what\n", encoding="utf-8")
    with pytest.raises(UnreadableWordsError, match="line 2"):
        entries(file)
    with pytest.raises(UnreadableWordsError, match="line 1: words with ="):
        synonyms(file)
    with pytest.raises(UnreadableWordsError, match="can't be read"):
        entries(tmp_path / "none.txt")


def test_synonyms(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("北朝鮮 = DPRK ＝ 朝鮮民主主義人民共和国 # 国\n\n", encoding="utf-8")
    assert synonyms(file) == [["北朝鮮", "DPRK", "朝鮮民主主義人民共和国"]]


def test_pairs() -> None:
    assert grams.pairs("凪沙丸とg7") == {"凪沙", "沙丸", "丸と"}
    mixed = {grams.MIXED + pair for pair in ("とg", "g7", "7と", "と、", "、𠮷")}
    assert set(grams.written("凪沙丸とg7と、𠮷野𠮷野").split()) == {"丸と", "凪沙", "沙丸", "野𠮷", "𠮷野", *mixed}
    assert [grams.written(text) for text in ("", "凪")] == [""] * 2
    assert grams.all_pairs("g7?") == {"g", "7", "？", "g7", "7？"}
    assert grams.asked("凪沙丸") == ["凪沙", "沙丸"]
    assert grams.asked("?") == ["？"]
    assert grams.asked("abc") == []


@given(st.text().map(grams.squeezed), st.data())
def test_pairs_are_the_same_however_they_are_taken(text: str, data: st.DataObject) -> None:
    written = set(grams.written(text).split())
    assert {pair for pair in written if grams.MIXED not in pair} == grams.pairs(text)
    start = data.draw(st.integers(0, len(text)))
    phrase = text[start : start + data.draw(st.integers(2, 8))]
    assert len(phrase) < 2 or written.issuperset(grams.all_asked(phrase))


SAYING = [
    ("海の底の糸", "底の糸", True),
    ("海の\n底", "海の底", True),
    ("國會の議長", "国会の議", True),
    ("佐々木の", "佐佐木の", True),
    ("いすゞの車", "いすずの車", True),
    ("㈱の社", "株)の社", True),
    ("ｸｼﾞﾗの会", "クジラの会", True),
    ("会員は１２人に", "は12人に", True),
    ("Ｇ７の会", "g7の会", True),
    ("海の底︑糸", "底、糸", True),
    ("海の底､糸", "底、糸", True),
    ("海の底の糸", "底、糸", False),
    ("海の底の糸", "底の意", False),
    ("会員は１２人に", "は13人に", False),
    ("底の海の糸", "海の底", False),
    ("海の底々海の底", "底海", True),
    ("海の底々海の底", "糸海", False),
    ("海の底の糸", "クジラは", False),
]


@pytest.mark.parametrize(("text", "needle", "is_said"), SAYING)
def test_says(text: str, needle: str, is_said: bool) -> None:
    assert grams.says(text, needle) == is_said


SAID = ["海の底", "國會", "々", "ゞ", "ｶﾞ", "㈱", "ヴ", "\n", "G7", "か\u3099", "渡邊", "、", "︑", "｡", "\u200b", "⼈", "１２", "ß", "é"]


@given(st.lists(st.sampled_from(SAID) | st.text(max_size=5)).map("".join), st.data())
def test_what_squeezed_text_has_is_said(text: str, data: st.DataObject) -> None:
    squeezed = grams.squeezed(text)
    start = data.draw(st.integers(0, len(squeezed)))
    assert grams.says(text, squeezed[start : start + data.draw(st.integers(1, 8))])
