"""What of the magazine is searched."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kawaraban.demo import builders
from kawaraban.desk.clock import local
from kawaraban.desk.models import Content, Front
from kawaraban.search.document import Document
from kawaraban.search.site import visible
from kawaraban.search.site.documents import documents, plain, quotable


def document(thing: object) -> Document:
    (found,) = documents(visible.things_to_index([visible.id_of(thing)]).values())
    return found


def full_article(front: Front):
    picture = builders.make_picture(caption="桟橋の朝。")
    body = [
        *builders.make_body("<b>連絡</b>船が着いた。<br/>島の灯台《とうだい》は古い。"),
        ("subheading", "岬の坂道"),
        ("picture", {"picture": picture, "caption": ""}),
        ("picture", {"picture": picture, "caption": "船着き場の夜。"}),
        ("quotation", {"text": "海は待たない。", "source": "老船長"}),
        ("embed", {"title": "潮の動画", "address": "https://example.com/tide"}),
        ("related", {"label": "", "article": None, "title": "よその記事", "address": "https://example.com/other"}),
        ("related", {"label": "", "article": builders.make_article("別の見出し", slug="other"), "title": "別の題", "address": ""}),
        ("page_break", None),
    ]
    return builders.make_article(
        "灯《あかり》がともる",
        deck="十年ぶりに",
        kicker="海の道",
        lead="リードの文。",
        original_title="The lamp is lit",
        picture=picture,
        picture_caption="表紙の海。",
        author_note="筆者は島の人。",
        authors=[(builders.make_author("灘波澄香"), "author")],
        topics=[builders.make_topic()],
        body=body,
    )


def test_article_has_all_that_its_page_shows(front: Front) -> None:
    article = full_article(front)
    found = document(article)
    assert found.title == "灯がともる\n十年ぶりに"
    assert found.lead == "海の道\nリードの文。"
    assert found.body.splitlines() == [
        "連絡船が着いた。",
        "島の灯台は古い。",
        "岬の坂道",
        "桟橋の朝。",
        "船着き場の夜。",
        "海は待たない。",
        "老船長",
        "潮の動画",
        "よその記事",
    ]
    assert found.more.splitlines() == ["The lamp is lit", "灘波澄香", "表紙の海。", "筆者は島の人。", "あかり", "とうだい"]
    assert found.date == article.published_at


def test_article_has_its_marks(front: Front) -> None:
    article = full_article(front)
    (topic,), (byline,) = article.topics.all(), article.bylines.all()
    assert document(article).marks == {
        "kind": ("article",),
        "section": (str(article.section_id),),
        "topic": (str(topic.pk),),
        "author": (str(byline.author_id),),
        "year": (str(local(article.published_at).year),),
    }


def test_sponsored_article_is_marked(front: Front) -> None:
    article = builders.make_article(is_sponsored=True, sponsor="潮見商会")
    found = document(article)
    assert found.marks["paid"] == ("yes",)
    assert "潮見商会" in found.more


def test_wire_item(front: Front) -> None:
    item = builders.make_wire_item("連絡船、就航", body="一段。\n\n二段。", byline="記者", editorial_note="社内限り")
    found = document(item)
    assert (found.title, found.body, found.more, found.marks) == (
        "連絡船、就航",
        "一段。\n二段。",
        "凪通信\n記者",
        {"kind": ("wire",), "wire_section": ("ワールド",), "year": (str(local(item.published).year),)},
    )


def test_author_is_found_by_reading_and_latin_letters(front: Front) -> None:
    author = builders.make_author("灘波澄香", reading="なだなみすみか", latin="Sumika Nadanami", job="記者", biography="島に住む。")
    found = document(author)
    assert (found.title, found.lead, found.body, found.more) == ("灘波澄香", "", "記者\n島に住む。", "なだなみすみか\nSumika Nadanami")


def test_issue_has_what_only_the_paper_has(front: Front) -> None:
    article = builders.make_article("電子の記事")
    entries = [Content(heading="特集", title="紙だけの記事"), Content(article=article, title="紙での題")]
    issue = builders.make_issue("海の道", on_sale=date(2026, 11, 20), cover_lines="灯台\n紙だけの記事", blurb="特集は海。", entries=entries)
    found = document(issue)
    assert found.body.splitlines() == ["特集は海。", "灯台", "紙だけの記事", "特集"]
    assert (found.lead, found.more) == ("", "2026年11月27日号")
    assert found.date.isoformat() == "2026-11-19T15:00:00+00:00"
    assert found.marks["year"] == ("2026",)


def test_topic(front: Front) -> None:
    found = document(builders.make_topic("海の道", blurb="航路の話。"))
    assert (found.title, found.body, found.marks) == ("海の道", "航路の話。", {"kind": ("topic",)})


def quoted(thing: Any) -> str:
    """What a result may quote of a thing, title apart."""
    return "\n".join(quotable(thing, document(thing).fields)[1:])


def test_a_result_quotes_nothing_that_stands_there_anyway(front: Front) -> None:
    told = quoted(full_article(front))
    for shown in ("海の道", "The lamp is lit", "灘波澄香", "灯がともる", "あかり"):
        assert shown not in told
    for text in ("リードの文。", "連絡船が着いた。", "表紙の海。", "筆者は島の人。"):
        assert text in told
    assert quoted(builders.make_author("灘波澄香", reading="なだなみすみか", job="記者", biography="記者の島。")) == "記者の島。"
    assert quoted(builders.make_issue("海の道", cover_lines="海の道\n灯台", blurb="")) == "灯台"


@pytest.mark.parametrize(("html", "text"), [("<p>経<b>済</b></p><p>次</p>", "経済\n次"), ("<p>A &amp; B<br/>C</p>", "A & B\nC"), ("", "")])
def test_plain_text(html: str, text: str) -> None:
    assert plain(html) == text


def test_number_of_queries_does_not_grow(front: Front) -> None:
    authors = [(builders.make_author(), "author")]
    articles = [builders.make_article(f"記事{number}", slug=f"a{number}", authors=authors, body=builders.make_body()) for number in range(6)]
    counts = []
    for some in (articles[:2], articles):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            documents(visible.things_to_index(map(visible.id_of, some)).values())
        counts.append(len(queries))
    assert counts[0] == counts[1] < 8
