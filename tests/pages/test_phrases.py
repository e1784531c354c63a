import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.ruby import GROUP


def test_phrases_break_between_phrases() -> None:
    assert broken_at_phrases("無人灯台に人が戻り始めた") == "無人灯台に<wbr>人が<wbr>戻り始めた"


@pytest.mark.parametrize("text", ["", "港", "NIGHT HARBOUR", "「灯」は消えない", "…", "　", "2024年の海"])
def test_phrases_keep_the_text(text: str) -> None:
    assert broken_at_phrases(text).replace("<wbr>", "") == text


def test_phrases_keep_ruby_whole() -> None:
    html = broken_at_phrases("汐見《しおみ》の港に灯がともる")
    assert "<ruby>汐見<rp>" in html and "<rt>しおみ</rt>" in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", 'a"b', "<wbr>", "&lt;", "汐見《しおみ》<b>"])
def test_phrases_escape(text: str) -> None:
    html = broken_at_phrases(text).replace("<wbr>", "").replace("&quot;", "")
    assert "<script" not in html and '"' not in html and "<b>" not in html


@given(st.text(max_size=40).filter(lambda text: not GROUP.search(text) and "<" not in text and "&" not in text))
def test_phrases_lose_nothing(text: str) -> None:
    html = broken_at_phrases(text)
    assert strip_tags(html).replace("&#x27;", "'").replace("&quot;", '"').replace("&gt;", ">") == text
