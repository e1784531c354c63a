from time import process_time

import pytest

from kawaraban.wires.nesting import well_nested
from kawaraban.wires.words import clean_html, text_of


@pytest.mark.parametrize(
    ("html", "nested"),
    [
        ("<p>港<p>町<b>x</p>y", "<p>港</p><p>町<b>x</b></p>y"),
        ("<ul><li>x<li>y</ul>z", "<ul><li>x</li><li>y</li></ul>z"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"),
        ("1 < 2 <p>c</b></p>", "1 &lt; 2 <p>c</p>"),
        ("<style>p</style>k<script>if(a<b)</script>l<!-- <p> -->", "kl"),
        ('<a HREF = "https://h.example/?a=b" onclick=x>t</a>', '<a href="https://h.example/?a=b">t</a>'),
        ("<BR/>x<br>", "<br>x<br>"),
        ("<ul><ul><ul><ul><ul>x", "<ul><ul><ul><ul>x</ul></ul></ul></ul>"),
    ],
)
def test_tags_come_out_well_nested(html: str, nested: str) -> None:
    assert well_nested(html, 4) == nested


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>" * 40_000,
        "<ul a='<'>" * 40_000,
        "<ul><!--</ul>-->" * 40_000,
        "<div><table></div>" * 30_000,
        "".join(f"<b a={number}>" for number in range(40_000)) + "<p>x" * 30_000,
        "<" * 400_000,
        "<a " * 150_000,
        " " * 400_000 + "x",
    ],
    ids=["deep", "tag in a tag", "ended in a comment", "crossing", "left open", "signs", "no end", "spaces"],
)
def test_crafted_html_is_cleaned_in_time(html: str) -> None:
    begun = process_time()
    text_of(clean_html(html))
    assert process_time() - begun < 2.5


def test_long_article_keeps_all_its_paragraphs() -> None:
    html = "".join(f"<p>第<em>{number}</em>段</p>" for number in range(2_000))
    assert clean_html(html) == html
    assert text_of(html).count("\n\n") == 1_999


def test_cells_of_a_row_stay_apart() -> None:
    assert text_of("<table><tbody><tr><th>年</th><th>工区</th></tr><tr><td>2027</td><td>A</td></tr></tbody></table>") == "年 工区\n\n2027 A"
