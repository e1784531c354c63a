"""The demo edition's text: that it parses, that it is rich enough, that everything it names is there."""

from collections import Counter

import pytest
from django.utils import timezone

from kawaraban.conf import Headlines
from kawaraban.demo import builders, pictures, reading
from kawaraban.demo.edition import Edition, drawings, name
from kawaraban.desk.models import Article, Front, Issue, Mook, Topic
from kawaraban.pages.ruby import without_ruby
from kawaraban.readership.models import ImportedRank
from kawaraban.wires.models import WireItem

BLOCKS = {"paragraph", "subheading", "related", "picture", "quotation", "embed", "page_break"}


@pytest.fixture(scope="module")
def articles() -> list[dict]:
    return reading.articles()


def kinds(entry: dict) -> Counter[str]:
    return Counter(block["type"] for block in reading.blocks(entry["body"]["text"]))


def test_edition_is_rich_enough(articles: list[dict]) -> None:
    topics = Counter(topic["kind"] for topic in reading.table("topics")["topic"])
    assert len(articles) >= 60
    assert {entry["section"] for entry in articles} == {entry["slug"] for entry in reading.table("sections")["section"]}
    assert len({entry["section"] for entry in articles}) == 6
    assert sum("original" in entry for entry in articles) >= 10
    assert len(reading.table("authors")["author"]) == 10
    assert topics == {"hub": 2, "series": 2, "sponsored": 2}
    assert len(reading.table("issues")["issue"]) == 8
    assert len(reading.table("mooks")["mook"]) == 2
    assert len(reading.table("wires")["item"]) == 60
    assert sum(kinds(entry)["page_break"] == 2 for entry in articles) >= 2
    assert any(set(kinds(entry)) == BLOCKS for entry in articles)


def test_articles_fit_the_desks_limits(articles: list[dict]) -> None:
    limits = Headlines()
    for entry in articles:
        assert len(entry["headline"]) <= limits.headline, entry["slug"]
        assert len(entry.get("deck", "")) <= limits.deck, entry["slug"]
        assert len(entry["lead"]) <= limits.lead, entry["slug"]


def test_articles_name_what_is_there(articles: list[dict]) -> None:
    slugs = {entry["slug"] for entry in articles}
    authors = {author["key"] for author in reading.table("authors")["author"]}
    topics = {topic["key"] for topic in reading.table("topics")["topic"]}
    for entry in articles:
        links = {block["value"]["slug"] for block in reading.blocks(entry["body"]["text"]) if block["type"] == "related"}
        assert {*entry.get("picks", ()), *links} <= slugs - {entry["slug"]}, entry["slug"]
        assert {*entry.get("authors", ()), *entry.get("translators", ()), *entry.get("photographers", ())} <= authors, entry["slug"]
        assert set(entry["topics"]) <= topics, entry["slug"]


def test_articles_have_addresses_of_their_own(articles: list[dict]) -> None:
    assert len({entry["slug"] for entry in articles}) == len(articles)
    assert len({without_ruby(entry["headline"]) for entry in articles}) == len(articles)


def test_pictures_have_their_words(articles: list[dict]) -> None:
    for entry in articles:
        found = [entry["picture"], *(block["value"] for block in reading.blocks(entry["body"]["text"]) if block["type"] == "picture")]
        assert all(picture[word].strip() for picture in found for word in ("alt", "caption", "credit")), entry["slug"]


def test_every_word_of_a_body_is_kept(articles: list[dict]) -> None:
    """No line of the light markup is taken for a paragraph by mistake."""
    for entry in articles:
        paragraphs = [block["value"] for block in reading.blocks(entry["body"]["text"]) if block["type"] == "paragraph"]
        assert not [text for text in paragraphs if text.startswith(("<p>#", "<p>=", "<p>!", "<p>@", "<p>---", "<p>&gt;"))], entry["slug"]


@pytest.mark.parametrize(
    ("part", "block"),
    [
        ("灯が\nともる。", {"type": "paragraph", "value": "<p>灯がともる。</p>"}),
        ("**灯**が<ともる>", {"type": "paragraph", "value": "<p><b>灯</b>が&lt;ともる&gt;</p>"}),
        ("[港](https://example.jp/a?b=1&c=2)へ", {"type": "paragraph", "value": '<p><a href="https://example.jp/a?b=1&amp;c=2">港</a>へ</p>'}),
        ("---", {"type": "page_break", "value": None}),
        ("## 灯を守る人", {"type": "subheading", "value": "灯を守る人"}),
        ("=> 【動画】 | slug", {"type": "related", "value": {"label": "【動画】", "slug": "slug"}}),
        (
            "![harbour] 港 | 朝の港。 | 撮影・朝窓光",
            {"type": "picture", "value": {"motif": "harbour", "alt": "港", "caption": "朝の港。", "credit": "撮影・朝窓光"}},
        ),
        ("> 海は道だ\n> ── 灯台守", {"type": "quotation", "value": {"text": "海は道だ", "source": "灯台守"}}),
        ("@embed https://example.jp | 動画", {"type": "embed", "value": {"address": "https://example.jp", "title": "動画"}}),
    ],
)
def test_block_is_read(part: str, block: dict) -> None:
    assert reading.block(part) == block


def test_every_motif_can_be_drawn() -> None:
    motifs = {(kind, motif): seed for kind, motif, seed in drawings() if kind != "portrait"}
    assert {motif for _, motif in motifs} <= set(pictures.MOTIFS)


def test_same_seed_is_the_same_drawing() -> None:
    motif = sorted(pictures.MOTIFS)[0]
    assert pictures.draw(motif, "a") == pictures.draw(motif, "a") != pictures.draw(motif, "b")


@pytest.fixture
def edition(front: Front, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The whole edition in the database, each picture the same plain one."""
    plain = builders.make_picture(alt="絵", credit="画", caption="")
    monkeypatch.setattr(Edition, "picture", lambda *_, **__: plain)
    made = Edition(timezone.now(), {})
    made.write()
    return made


@pytest.mark.slow
def test_edition_is_written_whole(edition: Edition, articles: list[dict]) -> None:
    assert Front.objects.get().title == name()
    assert Article.objects.published().count() == len(articles)
    assert (Topic.objects.count(), Issue.objects.count(), Mook.objects.count(), WireItem.objects.usable().count()) == (6, 8, 2, 60)
    assert ImportedRank.objects.count() == 30
    assert Front.objects.get().leads.count() == 5
    assert Article.find_problems() == ([], [], [], [], [])
    for article in Article.objects.all():
        article.full_clean()  # as the desk would check it
