import pytest

from kawaraban.wires.copy import Copy, Media, Unreadable
from kawaraban.wires.formats.contents import MEDIA, Content, best_of, filled, reachable, under, with_content, written


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (" https://img.example/a.jpg?x=1 ", "https://img.example/a.jpg?x=1"),
        ("cid:1@mail.example", "cid:1@mail.example"),
        ("urn:newsml:shiomi.example:20260901:9", "urn:newsml:shiomi.example:20260901:9"),
        ("./写真 １.jpg", "写真 １.jpg"),
        ("pictures/a.jpg", "pictures/a.jpg"),
        ("file:///./a.jpg", "a.jpg"),
        ("/a.jpg", "a.jpg"),
        ("//evil.example/a.jpg", "evil.example/a.jpg"),
        ("../a.jpg", ""),
        ("a/../b.jpg", ""),
        ("a\\b.jpg", ""),
        ("C:/a.jpg", ""),
        ("a\n.jpg", ""),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("", ""),
    ],
)
def test_address_leads_to_the_net_or_into_the_package(address: str, found: str) -> None:
    assert reachable(address) == found


@pytest.mark.parametrize(
    ("text", "mime", "html"),
    [
        ("一\n\n二", "", "<p>一</p><p>二</p>"),
        ("1 < 2 <b>", "", "<p>1 &lt; 2 &lt;b&gt;</p>"),
        ("<p>一</p>", "", "<p>一</p>"),
        ("<p>一</p>", "text/plain", "<p>&lt;p&gt;一&lt;/p&gt;</p>"),
        ("<b>一</b>", "text/html", "<strong>一</strong>"),
        ("　一\n　二", "text/plain", "<p>一</p><p>二</p>"),
    ],
)
def test_text_is_html_by_its_type_or_its_look(text: str, mime: str, html: str) -> None:
    assert written(text, mime).html == html


def test_widest_rendition_of_each_kind_is_best() -> None:
    small, large = Media("s.jpg", "image/jpeg", width=80), Media("l.gif", "image/gif", width=800)
    film, other, heavier = Media("v.mp4", "video/mp4"), Media("x", "chemical/x-pdb"), Media("y", "model/vrml", size=2)
    assert best_of([small, film, large, other, heavier]) == [large, film, heavier]


def test_second_headline_stands_once() -> None:
    assert under(["副", "<b>"], "<h2>副</h2><p>x</p>") == "<h2>&lt;b&gt;</h2><h2>副</h2><p>x</p>"


def test_too_many_media() -> None:
    with pytest.raises(Unreadable, match="more than 100 pictures"):
        with_content(Copy(format="x", guid="a"), Content(media=(Media("a"),) * (MEDIA + 1)))


def test_only_what_is_not_told_is_filled() -> None:
    copy = filled(Copy(format="x", guid="a", headline="一"), headline="二", slugline="三", urgency=0, byline="")
    assert (copy.headline, copy.slugline, copy.urgency) == ("一", "三", 5)
    assert filled(copy, urgency=2).urgency == 2
