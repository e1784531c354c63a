import pytest

from kawaraban.wires.words import clean_html, html_of_lines, text_of

LINKED = '<a href="/x?a=b&amp;c">x</a><a href="../y">y</a><a href="#z">z</a>'


@pytest.mark.parametrize("base", ["", "wire", "https://", "https://wire.example:99999999/", "urn:x"])
def test_relative_link_without_a_base_leads_nowhere(base: str) -> None:
    assert "href" not in clean_html(LINKED, base)


def test_relative_link_goes_on_from_the_base() -> None:
    cleaned = clean_html(LINKED, "https://wire.example/d/e")
    assert [part.split('"')[0] for part in cleaned.split('href="')[1:]] == [
        "https://wire.example/x?a=b&amp;c",
        "https://wire.example/y",
        "https://wire.example/d/e#z",
    ]


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "java&#9;script:x", "vbscript:x", " javascript:x", "file:///etc/x"])
def test_link_that_is_no_address_is_none_with_a_base(scheme: str) -> None:
    assert "href" not in clean_html(f'<a href="{scheme}">x</a>', "https://wire.example/")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一\n　二\r\n三", "<p>一</p><p>二</p><p>三</p>"),
        ("一\n二\n\n三", "<p>一\n二</p><p>三</p>"),
        (" <b> & \x00", "<p>&lt;b&gt; &amp;</p>"),
        ("\n\n", ""),
    ],
)
def test_lines_become_paragraphs(text: str, html: str) -> None:
    assert html_of_lines(text) == html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>一\n 二</h2><p>三&lt;p&gt;&amp;amp;</p><p> </p>", "一 二\n\n三<p>&amp;"),
        ("<p>一<br>二</p>loose<ul><li>三</li></ul>", "一\n\n二\n\nloose\n\n三"),
        ("<table><tr><td>一</td><td>二</td></tr><tr><th>三</th></tr></table>", "一 二\n\n三"),
        ("<p>　一&#10;&#30;\x1f二&nbsp; <a href='x'>三</a></p>", "一 二 三"),
        ("", ""),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert text_of(html) == text
