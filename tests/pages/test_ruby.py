import pytest

from kawaraban.pages.ruby import ruby_text, with_ruby, without_ruby


def set_in(base: str, reading: str) -> str:
    return f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


CASES = [
    ("汐見《しおみ》の朝", set_in("汐見", "しおみ") + "の朝", "汐見の朝"),
    ("朝の｜新しい街《ニュータウン》", "朝の" + set_in("新しい街", "ニュータウン"), "朝の新しい街"),
    ("人々《ひとびと》", set_in("人々", "ひとびと"), "人々"),
    ("𠮷野《よしの》", set_in("𠮷野", "よしの"), "𠮷野"),
    ("あ《い》", "あ《い》", "あ《い》"),
    ("《見出し》", "《見出し》", "《見出し》"),
    ("汐見《》", "汐見《》", "汐見《》"),
    ("汐見《しおみ", "汐見《しおみ", "汐見《しおみ"),
    ("｜だけ", "｜だけ", "｜だけ"),
    ("汐見《しお\nみ》", "汐見《しお\nみ》", "汐見《しお\nみ》"),
    ("港《みなと》と灯《ひ》", set_in("港", "みなと") + "と" + set_in("灯", "ひ"), "港と灯"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "html", "plain"), CASES)
def test_ruby_text(text: str, html: str, plain: str) -> None:
    assert ruby_text(text) == html


@pytest.mark.parametrize(("text", "html", "plain"), CASES)
def test_ruby_left_out(text: str, html: str, plain: str) -> None:
    assert without_ruby(text) == plain


@pytest.mark.parametrize("text", ["汐見《<script>》", "｜<b>《しおみ》", "<script>汐見《しおみ》", "汐見《\"'&》"])
def test_ruby_text_escapes(text: str) -> None:
    assert "<script>" not in ruby_text(text) and "<b>" not in ruby_text(text) and '"' not in ruby_text(text)


def test_ruby_keeps_the_html_around_it() -> None:
    assert with_ruby("<p><b>汐見《しおみ》</b></p>") == f"<p><b>{set_in('汐見', 'しおみ')}</b></p>"


def test_ruby_leaves_attributes_alone() -> None:
    html = '<p><a href="https://example.jp/汐見《しおみ》">港</a></p>'
    assert with_ruby(html) == html
