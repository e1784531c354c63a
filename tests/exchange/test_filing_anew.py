"""Filing pages into a magazine that has nothing yet, or little."""

from pathlib import Path

import pytest
from wagtail.models import Page

from kawaraban.desk.actions.found import found
from kawaraban.desk.models import Article, Author, Front, Issue, Picture, Section, Topic
from kawaraban.exchange import filing
from kawaraban.exchange.capture import Capture, read
from kawaraban.exchange.filing import NoMagazine, file
from kawaraban.exchange.publishing import put
from kawaraban.readership.models import ImportedRank, Window
from kawaraban.readership.rankings import most_read
from kawaraban.wires.models import WireItem

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[1] / "samples" / "captures"


def captured(name: str) -> Capture:
    return read((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.fixture
def front(db: None, settings, tmp_path: Path) -> Front:
    settings.MEDIA_ROOT = tmp_path
    return found("汐見タイムズ")


@pytest.mark.parametrize("names", [["harbour"], ["harbour", "wide", "bare"], ["bare", "harbour"]])
def test_second_time_makes_nothing(front: Front, names: list[str]) -> None:
    first = [file(captured(name)) for name in names]
    pages = Page.objects.count()
    again = [file(captured(name)) for name in names]
    assert [made.is_nothing for made in again] == [True] * len(names)
    assert [made.article.pk for made in again] == [made.article.pk for made in first]
    assert Page.objects.count() == pages


def test_body_text_is_escaped(front: Front) -> None:
    text = (SAMPLES / "bare.txt").read_text(encoding="utf-8").replace("港に朝が来た。", "港に<b>朝</b>&が来た。")
    assert file(read(text)).article.body[0].value.source == "<p>港に&lt;b&gt;朝&lt;/b&gt;&amp;が来た。</p>"


def test_withdrawn_article_does_not_come_back_as_a_stub(front: Front) -> None:
    section = put(front, Section(title="ワールド"))
    title = captured("later").rankings[0][2]
    withdrawn = put(section.month_of(), Article(title=title, section=section))
    withdrawn.unpublish()
    assert file(captured("later")).stubs == 3
    assert title not in [article.title for article in most_read(Window.DAY, 10).articles]


def test_headline_of_another_day_is_another_article(front: Front) -> None:
    text = (SAMPLES / "bare.txt").read_text(encoding="utf-8")
    first, second = (file(read(text.replace("3月6日(金)", day))).article for day in ("3月6日(金)", "3月7日(土)"))
    assert first.pk != second.pk


@pytest.mark.parametrize(
    ("present", "asked", "expected"),
    [
        ([], None, "ニュース"),
        (["最新記事"], None, "最新記事"),
        (["ワールド", "ニュース"], None, "ニュース"),
        ([], "文化", "文化"),
        (["文化"], "文化", "文化"),
    ],
)
def test_section(front: Front, present: list[str], asked: str | None, expected: str) -> None:
    for title in present:
        put(front, Section(title=title))
    made = file(captured("bare"), asked)
    assert (made.article.section.title, made.sections) == (expected, expected not in present)


def test_section_never_takes_the_sites_own_address(front: Front) -> None:
    assert file(captured("bare"), "Latest").article.section.address == "/latest-desk"


def test_without_a_magazine(db: None) -> None:
    with pytest.raises(NoMagazine, match="kawaraban init"):
        file(captured("bare"))


def test_nothing_is_kept_of_an_import_that_fails(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filing, "file_mooks", broken)
    with pytest.raises(RuntimeError):
        file(captured("harbour"))
    counted = (Article, Author, Picture, WireItem, Issue, Topic, Section, ImportedRank)
    assert [model.objects.count() for model in counted] == [0] * len(counted)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
