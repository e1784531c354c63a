import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.search.folding import alike, fold, hiragana, stem_katakana

SAME = [
    ("ＡＢＣ１２３", "abc123"),
    ("ｻｰﾊﾞｰ", "サーバー"),
    ("ヴァイオリンとヴィラ、ヴ", "バイオリンとビラ、ブ"),
    ("いすゞ、こゝろ、バナヽ", "いすず、こころ、バナナ"),
    ("國會圖書館", "国会図書館"),
    ("髙﨑市の澤田", "高崎市の沢田"),
    ("Café Łódź Straße", "cafe lodz strasse"),
    ("３．５％", "3.5%"),
    ("a\x00b\ud83dc\ue000", "abc"),
]


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("name", ["斎藤", "齋藤", "斉藤", "齊藤"])
def test_names_written_with_any_of_their_characters_are_alike(name: str) -> None:
    assert alike(fold(name)) == "斉藤"


def test_iteration_marks_are_written_out() -> None:
    assert alike(fold("佐々木の人々")) == "佐佐木の人人"


@pytest.mark.parametrize(("word", "stem"), [("サーバー", "サーバ"), ("コピー", "コピー"), ("経済ー", "経済ー"), ("ー", "ー")])
def test_long_vowel_at_the_end(word: str, stem: str) -> None:
    assert stem_katakana(word) == stem


def test_hiragana() -> None:
    assert hiragana("キタチョウセンー") == "きたちょうせんー"


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
