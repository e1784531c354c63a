"""What a piece says around what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.search.answer import Span
from kawaraban.search.extracting import END, extract
from kawaraban.search.finding import Finder

SHOWN = [
    ("きたちょうせん", "[北朝鮮]の首相、経済制裁の解除を求める"),
    ("経済制裁", "北朝鮮の首相、[経済制裁]の解除を求める"),
    ("ケイザイ", "北朝鮮の首相、[経済]制裁の解除を求める"),
    ('"首相、経済"', "北朝鮮の[首相、経済]制裁の解除を求める"),
]
AROUND = [
    ("server", "…ng to [Servers]。G7とCOVID-19、5Gの話。サーバーが20万人…"),
    ("g7 5Ｇ", "…[G7]とCOVID-19、[5G]の話。サーバーが20万人をつなぐ。"),
    ('"cable ship"', "The [Cable] [Ship] Running to Servers。G7とCOV…"),
    ("糸", "The Cable Ship Running to Servers。G7とCOV…"),
]


def shown(spans: tuple[Span, ...]) -> str:
    return "".join(f"[{span.text}]" if span.is_match else span.text for span in spans)


@pytest.mark.parametrize(("query", "title"), SHOWN)
def test_title(finder: Finder, query: str, title: str) -> None:
    assert shown(finder.extract(finder.find(query).hits[0], query).title) == title


@pytest.mark.parametrize(("query", "around"), AROUND)
def test_around(finder: Finder, query: str, around: str) -> None:
    assert shown(finder.extract(finder.find(query).hits[0], query, 40).around) == around


@pytest.mark.parametrize(
    ("text", "said", "marked"),
    [
        ("渡邊さん", "渡辺", "[渡邊]さん"),
        ("佐々木の船", "佐佐木", "[佐々木]の船"),
        ("ヴァイオリン", "バイオリン", "[ヴァイオリン]"),
        ("ｻｰﾊﾞｰが", "サーバ", "[ｻｰﾊﾞ]ｰが"),
        ("凪 沙\n丸", "凪沙丸", "[凪 沙 丸]"),
        ("the run of a server", "run", "the [run] of a server"),
        ("running", "run", "running"),
        ("ＳＥＲＶＥＲＳ、serve", "server", "[ＳＥＲＶＥＲＳ]、serve"),
        ("G70とG7", "g7", "G70と[G7]"),
        ("37人と7人", "7人", "37人と[7人]"),
        ("17年、170年", "17", "[17]年、170年"),
    ],
)
def test_the_match_is_marked_as_it_is_written(text: str, said: str, marked: str) -> None:
    assert shown(extract(("", text), {said}, 120).around) == marked


def test_the_stretch_with_the_most_words_is_shown() -> None:
    text = "港の話。" * 40 + "クジラと港の話。" + "船。" * 100
    found = shown(extract(("題", text), {"港", "クジラ"}, 40).around)
    assert "[クジラ]と[港]" in found
    assert found.startswith(END)
    assert found.endswith(END)


def test_only_the_first_line_of_a_title_is_shown() -> None:
    assert shown(extract(("題\n副題", "本文"), {"副題"}, 40).title) == "題"


@given(st.text(max_size=300), st.sets(st.text(min_size=1, max_size=5), max_size=4), st.integers(10, 200))
def test_nothing_is_added_to_a_text_but_where_it_is_cut(text: str, said: set[str], length: int) -> None:
    found = extract((text, text), said, length)
    assert "".join(span.text for span in found.title) == text.partition("\n")[0].strip()
    around = "".join(span.text for span in found.around)
    assert len(around) <= length + 2
