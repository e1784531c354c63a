import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front, Pick, Picture
from kawaraban.pages.article import article, page_number
from kawaraban.pages.values import Embed, Figure, Paragraph, Quotation, Related, Subheading

BREAK = ("page_break", None)


def text(body: str) -> str:
    return unescape(re.sub(r"<wbr>", "", body))


def json_ld(body: str, kind: str) -> dict:
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)]
    return next(told for told in found if told["@type"] == kind)


@pytest.fixture
def every_block(front: Front) -> Article:
    other = builders.make_article("もうひとつの灯台", slug="other")
    picture = builders.make_picture(alt="船着き場", caption="夕方の船着き場。", credit="撮影・朝窓光")
    return builders.make_article(
        body=[
            ("paragraph", "<p>島の灯が<b>ふたたび</b>ともった。</p>"),
            ("subheading", "灯を守る人"),
            ("related", {"label": "【動画】", "article": other, "title": "", "address": ""}),
            ("related", {"label": "", "article": None, "title": "外の記事", "address": "https://example.jp/piece"}),
            ("picture", {"picture": picture, "caption": ""}),
            ("quotation", {"text": "海は道だ\nと彼は言う", "source": "灯台守"}),
            ("embed", {"address": "https://video.example/1", "title": "港の一日"}),
        ]
    )


def test_blocks_are_what_the_desk_wrote(every_block: Article) -> None:
    blocks = article(every_block).blocks
    assert [type(block) for block in blocks] == [Paragraph, Subheading, Related, Related, Figure, Quotation, Embed]
    assert (blocks[2].label, blocks[2].title, blocks[2].address[-6:]) == ("【動画】", "もうひとつの灯台", "/other")
    assert (blocks[4].image.alt, blocks[4].image.caption, blocks[4].image.credit) == ("船着き場", "夕方の船着き場。", "撮影・朝窓光")
    assert blocks[6].host == "video.example"


def test_blocks_stand_on_the_page(client: Client, every_block: Article) -> None:
    body = text(client.get(every_block.address).content.decode())
    wanted = [
        "島の灯が<b>ふたたび</b>ともった。",
        '<h2 class="subheading">灯を守る人</h2>',
        '<span class="label">【動画】</span>もうひとつの灯台</a>',
        '<a href="https://example.jp/piece">外の記事</a>',
        'alt="船着き場"',
        "夕方の船着き場。",
        "海は道だ<br>と彼は言う",
        "灯台守",
        '<a href="https://video.example/1" rel="noopener">',
    ]
    assert [sentence for sentence in wanted if sentence not in body] == []


def test_page_loads_nothing_of_another_site(client: Client, every_block: Article) -> None:
    body = client.get(every_block.address).content.decode()
    assert re.findall(r'(?:src|srcset)="(?!/media/|/static/)[^"]*"', body) == []
    assert "<iframe" not in body and "<script src" not in body


def test_headline_deck_and_date(client: Client, front: Front) -> None:
    made = builders.make_article(
        "海の道が変わる", deck="島から島へ", kicker="航路", now=timezone.datetime(2026, 7, 10, 9, 36, tzinfo=timezone.get_default_timezone())
    )
    body = text(client.get(made.address).content.decode())
    assert '海の道が変わる<span class="dash">── </span><span class="deck">島から島へ</span></h1>' in body
    assert "<title>海の道が変わる── 島から島へ | 汐見</title>" in body
    assert '<time datetime="2026-07-10T08:36:00+09:00">2026年7月10日（金）08時36分</time>' in body
    assert made.address.startswith("/world/2026-07/")


def test_lead_stands_in_its_brackets(client: Client, front: Front) -> None:
    made = builders.make_article(lead="灯台に人が戻る。")
    assert '<p class="lead">＜灯台に人が戻る。＞</p>' in client.get(made.address).content.decode()


def test_translation_keeps_its_original(client: Client, front: Front) -> None:
    translator = builders.make_author("志津谷玲", slug="shizutani")
    made = builders.make_article(
        original_title="The Keepers Return",
        original_language="en",
        original_address="https://example.com/keepers",
        authors=[(translator, "translator")],
        body=builders.make_body(),
    )
    body = client.get(made.address).content.decode()
    assert 'lang="en"><a href="https://example.com/keepers" hreflang="en">The Keepers Return</a>' in body
    told = json_ld(body, "NewsArticle")
    assert told["translationOfWork"] == {
        "@type": "NewsArticle",
        "headline": "The Keepers Return",
        "inLanguage": "en",
        "url": "https://example.com/keepers",
    }
    assert told["translator"] == [{"@type": "Person", "name": "志津谷玲", "url": "http://127.0.0.1:8000/authors/shizutani"}]


def test_json_ld_of_an_article(client: Client, front: Front) -> None:
    author = builders.make_author("灘波澄香", slug="namba")
    made = builders.make_article(
        "海の道", lead="灯が戻る。", authors=[(author, "author")], picture=builders.make_picture(), body=builders.make_body()
    )
    told = json_ld(client.get(made.address).content.decode(), "NewsArticle")
    assert (told["headline"], told["description"], told["articleSection"]) == ("海の道", "灯が戻る。", "ワールド")
    assert told["author"] == [{"@type": "Person", "name": "灘波澄香", "url": "http://127.0.0.1:8000/authors/namba"}]
    assert told["mainEntityOfPage"] == f"http://127.0.0.1:8000{made.address}"
    assert told["image"][0]["width"] == 1200
    assert told["dateModified"] >= told["datePublished"]


def test_sponsored_article_says_so(client: Client, front: Front) -> None:
    made = builders.make_article(is_sponsored=True, sponsor="凪浜海運", body=builders.make_body())
    body = client.get(made.address).content.decode()
    assert '<span class="pr">PR</span>' in body and "凪浜海運" in body
    assert json_ld(body, "AdvertiserContentArticle")["sponsor"]["name"] == "凪浜海運"


@pytest.fixture
def three_pages(front: Front) -> Article:
    return builders.make_article(
        "長い記事",
        slug="long",
        lead="長い話。",
        author_note="筆者の注。",
        body=[
            *builders.make_body("一枚目。"),
            BREAK,
            ("subheading", "二枚目の見出し"),
            *builders.make_body("二枚目。"),
            BREAK,
            *builders.make_body("三枚目。"),
        ],
    )


@pytest.mark.parametrize(("rest", "shown"), [((), "一枚目。"), (("2",), "二枚目。"), (("3",), "三枚目。")])
def test_pages_of_an_article(three_pages: Article, rest: tuple[str, ...], shown: str) -> None:
    page = article(three_pages, rest)
    assert [str(block.html) for block in page.blocks if isinstance(block, Paragraph)] == [f"<p>{shown}</p>"]
    assert page.count == 3 and len(page.page_links) == 3
    assert bool(page.author_note) == (shown == "三枚目。")


@pytest.mark.parametrize(
    ("rest", "previous", "following", "canonical"),
    [
        ((), "", "/long/2", "/long"),
        (("2",), "/long", "/long/3", "/long/2"),
        (("3",), "/long/2", "", "/long/3"),
        (("all",), "", "", "/long"),
    ],
)
def test_pages_know_their_neighbours(three_pages: Article, rest: tuple[str, ...], previous: str, following: str, canonical: str) -> None:
    head, month = article(three_pages, rest).head, three_pages.address.removesuffix("/long")
    assert [address.replace(month, "") for address in (head.previous, head.following, head.canonical)] == [
        previous,
        following,
        f"http://127.0.0.1:8000{canonical}",
    ]


def test_whole_article_on_one_page(client: Client, three_pages: Article) -> None:
    body = client.get(f"{three_pages.address}/all").content.decode()
    assert all(f"{number}枚目。" in body for number in "一二三") and "＜長い話。＞" in body and "筆者の注。" in body


@pytest.mark.parametrize("rest", ["0", "1", "4", "01", "-1", "abc", "２", "2.0", "999999", ""])
def test_page_number_that_is_none(rest: str) -> None:
    with pytest.raises(Http404):
        page_number((rest,), 3)


@pytest.mark.parametrize("rest", ["4", "abc", "2/3", "all/2"])
def test_page_that_an_article_lacks(client: Client, three_pages: Article, rest: str) -> None:
    assert client.get(f"{three_pages.address}/{rest}").status_code == 404


def test_article_of_one_page_has_no_whole(front: Front) -> None:
    made = builders.make_article(body=builders.make_body())
    for rest in ("all", "2", "1"):
        with pytest.raises(Http404):
            article(made, (rest,))


@pytest.mark.parametrize("body", [[BREAK], [BREAK, BREAK, *builders.make_body(), BREAK]])
def test_empty_pages_are_left_out(front: Front, body: list) -> None:
    assert article(builders.make_article(body=body)).count == 1


def test_stub_says_so(client: Client, front: Front) -> None:
    made = builders.make_article("見出しだけの記事")
    Article.objects.filter(pk=made.pk).update(published_at=None)
    body = client.get(made.address).content.decode()
    assert '<p class="stub">' in body and '<meta name="robots" content="noindex">' in body
    assert "NewsArticle" not in body and 'class="minutes"' not in body


def test_change_of_another_day_is_told(front: Front) -> None:
    made = builders.make_article(age=timedelta(days=3), body=builders.make_body())
    assert article(made).modified == ""
    made.last_published_at = made.first_published_at + timedelta(days=2)
    assert article(made).modified != ""


def test_caption_of_the_article_comes_before_the_pictures(front: Front) -> None:
    picture = builders.make_picture(caption="絵の説明。")
    assert article(builders.make_article(picture=picture)).image.caption == "絵の説明。"
    assert article(builders.make_article(picture=picture, picture_caption="記事の説明。")).image.caption == "記事の説明。"


def test_picture_without_its_file_is_left_out(client: Client, front: Front, caplog: pytest.LogCaptureFixture) -> None:
    made = builders.make_article(picture=builders.make_picture(), body=builders.make_body())
    Picture.objects.get().file.storage.delete(made.picture.file.name)
    answer = client.get(made.address)
    assert answer.status_code == 200 and 'class="figure first"' not in answer.content.decode()
    assert "can't be shown" in caplog.text


def test_picture_has_its_sizes(front: Front) -> None:
    image = article(builders.make_article(picture=builders.make_picture())).image
    assert [source.mime for source in image.sources] == ["image/avif", "image/webp"]
    assert image.width > 0 and image.height > 0 and image.is_first


def test_link_to_a_page_of_the_magazine_has_its_address(front: Front) -> None:
    other = builders.make_article("もうひとつ", slug="other")
    made = builders.make_article(body=[("paragraph", f'<p><a linktype="page" id="{other.pk}">先の記事</a></p>')])
    assert f'<a href="{other.address}">先の記事</a>' in str(article(made).blocks[0].html).replace("http://127.0.0.1:8000", "")


def test_link_to_a_hidden_page_has_no_address(front: Front) -> None:
    other = builders.make_article("秘密", slug="secret", live=False)
    made = builders.make_article(body=[("paragraph", f'<p><a linktype="page" id="{other.pk}">先の記事</a></p>')])
    assert "secret" not in article(made).blocks[0].html


def test_share_links_carry_title_and_address(front: Front) -> None:
    made = builders.make_article("塩&灯", slug="salt")
    links = article(made).share_links
    assert all("salt" in link.address for link in links)
    assert "%E5%A1%A9%26%E7%81%AF" in links[0].address


def test_reading_time_counts_characters(front: Front) -> None:
    assert article(builders.make_article(body=builders.make_body("あ" * 1100))).minutes == 2
    assert article(builders.make_article(body=builders.make_body("あ"))).minutes == 1


@pytest.mark.parametrize("count", [1, 4])
def test_article_asks_as_much_for_few_as_for_more(django_assert_num_queries, front: Front, count: int) -> None:
    authors = [(builders.make_author(f"筆者{place}", slug=f"author-{place}"), "author") for place in range(count)]
    topics = [builders.make_topic(f"話題{place}", slug=f"topic-{place}") for place in range(count)]
    picked = [builders.make_article(f"別の記事{place}", slug=f"other-{place}", picture=builders.make_picture()) for place in range(count)]
    made = builders.make_article(authors=authors, topics=topics, picture=builders.make_picture(), body=builders.make_body())
    made.picks = [Pick(picked=other) for other in picked]
    made.save()
    article(made)
    fresh = Article.objects.get(pk=made.pk)
    with django_assert_num_queries(19):
        article(fresh)
