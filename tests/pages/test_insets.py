"""Insets in the edition: what to read with an article changes without its page, and what is withdrawn leaves every list at once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Pick, Section
from kawaraban.pages import printer as printers
from kawaraban.pages import printing, relating, verifying
from kawaraban.pages.insets import made_insets
from kawaraban.pages.models import ReadAlso, Unrelated
from kawaraban.pages.printer import Printer, seconds
from kawaraban.pages.tail import Tail
from kawaraban.press.queue import Urgency
from kawaraban.search.related import Relater

Text = Callable[[str], str]
Index = Callable[[], Relater]
TEXT = "クジラの鳴き声を海峡の聴音器で調べる研究班は、貨物船の速度と騒音を測った。"
ABOUT = ["母子は小さな声で鳴く。", "水先人は足りない。", "港の市場で魚を競る。", "夜の灯台に人が戻る。", "図書館の古い地図。"]


@pytest.fixture
def printed(printed: Text) -> Text:
    """Without the places where a line may break."""
    return lambda address: printed(address).replace("<wbr>", "")


@pytest.fixture
def section(world: Section) -> Section:
    return world


@pytest.fixture
def made(section: Section, index: Index, press: Printer) -> list[Article]:
    """Five articles that are alike, printed and related."""
    found = [
        builders.make_article(
            f"クジラ{place}", slug=f"whale-{place}", section=section, body=builders.make_body(TEXT + about * 6), age=timedelta(days=place + 1)
        )
        for place, about in enumerate(ABOUT)
    ]
    index()
    settle(press)
    return found


def settle(press: Printer) -> None:
    while printing.tell_changes(press) + press.work_off(seconds(60)) + relating.work_off(press.edition, seconds(60)):
        pass


def urgent(press: Printer) -> None:
    """What the desk does right after a commit."""
    printing.tell_changes(press)
    press.work_off(seconds(60), least=Urgency.NOW)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are rendered whole from here on."""
    asked: list[str] = []
    monkeypatch.setattr(printers, "made", lambda address, made=printers.made: asked.append(address) or made(address))
    return asked


def test_several_are_what_each_is_alone(press: Printer, made: list[Article], index: Index) -> None:
    made[0].picks = [Pick(picked=made[3])]
    made[0].save()
    item = builders.make_wire_item("クジラの声、騒音に消える", body=TEXT)
    index()
    settle(press)
    abouts = [*(f"page:{article.pk}" for article in made), f"wire:{item.pk}", "page:999999"]
    together = made_insets(abouts)
    assert together == [inset for about in abouts for inset in made_insets([about])]
    assert {f"page:{made[1].pk}", f"page:{made[1].section_id}"} < together[0].keys
    assert together[-2].texts and together[-1].texts == {}


def test_several_take_no_more_queries_than_one(press: Printer, made: list[Article]) -> None:
    counts = []
    for some in (made[:1], made):
        with CaptureQueriesContext(connection) as queries:
            made_insets([f"page:{article.pk}" for article in some])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_every_page_has_what_to_read_with_it(press: Printer, made: list[Article], printed: Text) -> None:
    for article in made:
        text = printed(article.address)
        others = [other for other in made if other != article]
        assert all(other.address in text.partition("article-foot")[2] for other in others)
        assert article.address not in text.partition('class="picks"')[2].partition('class="latest"')[0]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "date ahead", "delete"])
def test_what_is_hidden_leaves_every_list_with_what_cannot_wait(
    press: Printer, made: list[Article], printed: Text, monkeypatch: pytest.MonkeyPatch, hide: str
) -> None:
    hidden, *others = made
    asked, address = counted(monkeypatch), hidden.address
    match hide:
        case "unpublish":
            hidden.unpublish()
        case "restrict":
            PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        case "date ahead":
            Article.objects.filter(pk=hidden.pk).update(published_at=timezone.now() + timedelta(hours=1))
            printing.changed(hidden)
        case "delete":
            Article.objects.get(pk=hidden.pk).delete()
    urgent(press)
    assert [other.slug for other in others if f'href="{address}"' in printed(other.address)] == []
    assert not {other.address for other in others} & set(asked)
    settle(press)
    assert [other.slug for other in others if f'href="{address}"' in printed(other.address)] == []


def test_hidden_article_is_not_found_again(press: Printer, made: list[Article], printed: Text) -> None:
    made[0].unpublish()
    settle(press)
    for other in made[1:]:
        relating.want([f"page:{other.pk}"])
    settle(press)
    assert not any(f'href="{made[0].address}"' in printed(other.address) for other in made[1:])


def test_new_article_is_read_with_others_whose_pages_are_not_printed(
    press: Printer, made: list[Article], section: Section, index: Index, printed: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    new = builders.make_article(
        "新しいクジラ", slug="new-whale", section=section, body=builders.make_body(TEXT + "反響を録音する。" * 6), age=timedelta()
    )
    index()
    settle(press)
    assert all(new.address in printed(article.address).partition("article-foot")[2].partition('class="latest"')[0] for article in made)
    assert not {article.address for article in made} & set(asked)
    assert not Unrelated.objects.exists()


def test_new_article_has_its_list_in_its_first_printing(
    press: Printer,
    made: list[Article],
    printed: Text,
    django_capture_on_commit_callbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "GREATEST_SECONDS", 60.0)
    monkeypatch.setattr(printing, "RELATING_SECONDS", 60.0)
    with django_capture_on_commit_callbacks(execute=True):
        new = builders.make_article(
            "新しいクジラ", slug="new-whale", section=builders.make_section("科学"), body=builders.make_body(TEXT + "反響。" * 9)
        )
    assert made[0].address in printed(new.address).partition("article-foot")[2].partition('class="latest"')[0]


def test_new_headline_is_in_the_lists(press: Printer, made: list[Article], printed: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    made[0].title = "改めた見出し"
    made[0].save_revision().publish()
    settle(press)
    assert all("改めた見出し" in printed(other.address).partition("article-foot")[2].partition('class="latest"')[0] for other in made[1:])
    assert not {other.address for other in made[1:]} & set(asked)


def test_what_becomes_sponsored_leaves_the_lists_but_those_that_picked_it(press: Printer, made: list[Article], printed: Text) -> None:
    paid, picking, other = made[:3]
    picking.picks = [Pick(picked=paid)]
    picking.save_revision().publish()
    paid.is_sponsored, paid.sponsor = True, "凪浜海運"
    paid.save_revision().publish()
    settle(press)
    assert paid.address in printed(picking.address).partition('class="picks"')[2]
    assert paid.address not in printed(other.address).partition('class="picks"')[2].partition('class="latest"')[0]


def test_what_was_printed_is_what_would_be(press: Printer, made: list[Article]) -> None:
    made[1].unpublish()
    settle(press)
    assert verifying.verify(print).faults == []


def test_page_of_an_earlier_theme_shows_nothing_withdrawn(
    press: Printer, made: list[Article], printed: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "made_with", lambda: "another theme")
    later = Printer(press.edition)
    monkeypatch.setattr(printers, "_printers", [later])
    made[0].unpublish()
    urgent(later)
    assert not any(f'href="{made[0].address}"' in printed(other.address) for other in made[1:])


def test_section_that_has_another_wish_has_its_lists_found_anew(press: Printer, made: list[Article], section: Section) -> None:
    section.related_newness = Section.Newness.MUCH
    section.save_revision().publish()
    printing.tell_changes(press)
    assert {row.key for row in Unrelated.objects.all()} == {f"page:{article.pk}" for article in made}


def test_worker_finds_and_prints_in_its_turns(press: Printer, made: list[Article], section: Section, index: Index, printed: Text) -> None:
    new = builders.make_article("新しいクジラ", slug="new-whale", section=section, body=builders.make_body(TEXT + "反響。" * 9), age=timedelta())
    index()
    tail, over = Tail(), seconds(30)
    while tail.turn(press, Event(), over) and not over():
        pass
    assert all(new.address in printed(article.address).partition('class="picks"')[2].partition('class="latest"')[0] for article in made)


def test_wire_item_s_page_has_our_articles_and_loses_them(press: Printer, made: list[Article], index: Index, printed: Text) -> None:
    item = builders.make_wire_item("クジラの声、騒音に消える", body=TEXT)
    index()
    settle(press)
    assert "この話題の記事" in printed(f"/wire/{item.pk}")
    for article in made:
        article.unpublish()
    urgent(press)
    assert not any(article.address in printed(f"/wire/{item.pk}").partition("on-this")[2].partition('class="latest"')[0] for article in made)


@pytest.mark.parametrize(
    "how", [{"status": "canceled"}, {"status": "withheld"}, {"is_hidden": True}, {"embargoed_until": timezone.now() + timedelta(days=1)}]
)
def test_nothing_is_made_about_an_item_that_is_not_shown(made: list[Article], index: Index, how: dict[str, object]) -> None:
    item = builders.make_wire_item("クジラの声、騒音に消える", body=TEXT)
    ReadAlso.objects.update_or_create(key=f"wire:{item.pk}", defaults={"articles": [made[0].pk]})
    [shown] = made_insets([f"wire:{item.pk}"])
    assert made[0].address.encode() in b"".join(shown.texts.values())
    type(item).objects.filter(pk=item.pk).update(**how)
    [hidden] = made_insets([f"wire:{item.pk}"])
    assert not hidden.texts
