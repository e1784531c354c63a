import pytest

from kawaraban.wires.copy import Media, Unreadable
from kawaraban.wires.formats.bodies import html_body, without_pictures


def test_pictures_leave_the_html() -> None:
    html, media = html_body(
        '<p>港<img src="/1.jpg" alt="船" width="640" height="480px">町</p><img src="/1.jpg" alt="船" width="640">', "https://wire.example/d"
    )
    assert html == "<p>港町</p>"
    assert media == (Media("https://wire.example/1.jpg", caption="船", width=640),)


def test_figure_takes_its_caption_along() -> None:
    html, media = html_body('一<figure><a href="x"><img src="1.jpg" alt="船"></a><figcaption>港の<b>朝</b></figcaption></figure>二')
    assert html == "<p>一二</p>"
    assert media == (Media("1.jpg", caption="港の朝"),)


def test_head_of_a_document_is_no_text() -> None:
    html, media = html_body('<?xml version="1.0" encoding="euc-jp"?><html><head><title>題</title></head><body><p>文</p></body></html>')
    assert html == "<p>文</p>" and media == ()


@pytest.mark.parametrize("html", ["", "<p>images & figures</p>", "<imgs>", "&lt;img src=x&gt;"])
def test_html_without_any_stays_as_it_is(html: str) -> None:
    assert without_pictures(html) == (html, ())


@pytest.mark.parametrize("address", ["", "data:image/png;base64,AA", "javascript:x", "https://[", "file:///x"])
def test_picture_without_a_fit_address_is_none(address: str) -> None:
    assert without_pictures(f'<img src="{address}">')[1] == ()


def test_html_too_deep_for_the_parser_keeps_its_end() -> None:
    html, _ = html_body("<img src=1>" + "<div>" * 400 + "終わり")
    assert "終わり" in html


@pytest.mark.parametrize(
    ("html", "body"), [("港<br>町", "<p>港<br>町</p>"), ("<em>港</em>", "<p><em>港</em></p>"), ("<h1>港</h1>町", "<h2>港</h2>町"), ("<!-- -->", "")]
)
def test_body_is_in_a_paragraph_at_least(html: str, body: str) -> None:
    assert html_body(html) == (body, ())


@pytest.mark.parametrize(("html", "reason"), [("<img>" + "&" * 1_000_000, "body is longer"), ("<img>" * 1_001, "more than 1000 pictures")])
def test_html_that_is_too_long(html: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        without_pictures(html)
