"""Suggestions for who is writing: from half a form, of public things only, each with its reason."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front, Section
from kawaraban.pages import relating
from kawaraban.pages.suggestions import suggestions
from kawaraban.pages.typed import Typed, typed
from kawaraban.search.related import Relater

Index = Callable[[], Relater]
TEXT = "海峡の聴音器で録音されたクジラの鳴き声が、貨物船の騒音に消える。"


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def write(slug: str, section: Section, text: str = TEXT, **more: Any) -> Article:
    return builders.make_article(f"題{slug}", slug=slug, section=section, body=builders.make_body(text + slug), age=timedelta(days=2), **more)


def form(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def slugs(text: str = TEXT, **more: Any) -> list[str]:
    return [found.article.slug for found in suggestions(Typed({"title": text, "lead": "", "body": ""}, **more)).articles]


def test_form_is_read_as_a_browser_sends_it() -> None:
    rich = json.dumps({"blocks": [{"text": "段落。"}, {"text": "次の段落。"}], "entityMap": {}})
    found = typed(
        form(
            {
                "title": "見出し",
                "deck": "その後半",
                "lead": "リード",
                "section": "7",
                "topics": ["3", "4", "x"],
                "body-0-value": rich,
                "body-0-deleted": "",
                "body-1-value": "小見出し",
                "body-1-deleted": "",
                "body-2-value-text": "引用",
                "body-2-deleted": "",
                "body-3-value": "捨てた段落",
                "body-3-deleted": "1",
                "body-4-value-picture": "99",
                "picks-0-picked": "12",
                "picks-0-DELETE": "",
                "picks-1-picked": "13",
                "picks-1-DELETE": "1",
                "picks-2-picked": "",
            }
        ),
        5,
    )
    assert found == Typed(
        {"title": "見出し\nその後半", "lead": "リード", "body": "段落。\n次の段落。\n小見出し\n引用\n"}, 7, frozenset({3, 4}), (12,), 5
    )


NAMES = some.sampled_from(["title", "section", "topics", "body-0-value", "body-0-deleted", "picks-0-picked", "body-1-value-text"])


@settings(deadline=None)
@given(some.dictionaries(NAMES, some.one_of(some.text(max_size=40), some.sampled_from(['{"blocks": [1]}', "{", '{"blocks": null}', "[]", "9" * 40]))))
def test_nothing_in_a_form_need_be_valid(values: dict[str, str]) -> None:
    found = typed(form(values))
    assert set(found.fields) == {"title", "lead", "body"} and all(isinstance(text, str) for text in found.fields.values())


def test_articles_that_are_alike_with_the_words_that_say_why(section: Section, index: Index) -> None:
    write("whale", section), write("bread", section, "港のパン屋が漁師に塩味のあんパンを焼く。")
    index()
    (found,) = suggestions(Typed({"title": "", "lead": "", "body": "クジラの鳴き声と騒音について。"})).articles
    assert found.article.slug == "whale" and "鳴き声" in "".join(found.words)


def test_words_that_say_nothing_are_not_told(section: Section, index: Index) -> None:
    write("whale", section, TEXT + "よそのこと、残りのこと。")
    index()
    (found,) = suggestions(Typed({"title": TEXT, "lead": "", "body": "よそのこと、よそのこと、クジラのこと。"})).articles
    assert found.words and not {"よそ", "こと"} & set(found.words)


def test_neither_itself_nor_what_was_picked(section: Section, index: Index) -> None:
    found = [write(slug, section, TEXT[:18] + more * 4) for slug, more in (("a", "母子が歌う。"), ("b", "水先人の免許。"), ("c", "灯台の夜。"))]
    index()
    assert set(slugs()) == {"a", "b", "c"}
    assert set(slugs(but=found[0].pk, picks=(found[1].pk,))) == {"c"}


def hide(article: Article, how: str) -> None:
    match how:
        case "withdrawn":
            article.unpublish()
        case "embargoed":
            Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + timedelta(hours=1))
        case "private":
            PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
        case "sponsored":
            Article.objects.filter(pk=article.pk).update(is_sponsored=True)
        case "draft":
            Article.objects.filter(pk=article.pk).update(live=False)


@pytest.mark.parametrize("how", ["withdrawn", "embargoed", "private", "sponsored", "draft"])
def test_hidden_articles_and_their_topics_are_not_suggested(section: Section, index: Index, how: str) -> None:
    topic = builders.make_topic("海の声", slug="voices")
    hidden = write("hidden", section, topics=[topic])
    index()
    assert suggestions(Typed({"title": TEXT, "lead": "", "body": ""})).topics
    hide(hidden, how)
    found = suggestions(Typed({"title": TEXT, "lead": "", "body": ""}))
    assert found.articles == () and (found.topics == () or how == "sponsored")


def test_topics_of_the_nearest_and_those_that_are_named(section: Section, index: Index) -> None:
    near, named = builders.make_topic("海の声", slug="voices"), builders.make_topic("聴音器", slug="hydrophones")
    builders.make_topic("騒音", slug="paid", kind="sponsored", sponsor="凪浜海運")
    builders.make_topic("貨物船", slug="hidden", live=False)
    write("whale", section, topics=[near])
    index()
    found = suggestions(Typed({"title": TEXT, "lead": "", "body": ""})).topics
    assert [(one.topic, one.is_named, one.articles) for one in found] == [(named, True, 0), (near, False, 1)]
    assert suggestions(Typed({"title": TEXT, "lead": "", "body": ""}, topics=frozenset({near.pk, named.pk}))).topics == ()


@pytest.mark.parametrize("text", ["", "　", "the", "\x00", "。"])
def test_nothing_written_nothing_suggested(section: Section, index: Index, text: str) -> None:
    write("whale", section)
    index()
    assert slugs(text) == []


def test_panel_is_in_the_form_of_a_new_article(desk: Client, section: Section) -> None:
    answer = desk.get(reverse("wagtailadmin_pages:add", args=["desk", "article", section.pk])).content.decode()
    assert f'data-suggestions="{reverse("suggestions")}?article=0"' in answer and "kawaraban-desk/suggestions.js" in answer


def test_desk_answers_with_buttons(desk: Client, section: Section, index: Index) -> None:
    builders.make_topic("聴音器", slug="hydrophones")
    article = write("whale", section)
    index()
    answer = desk.post(reverse("suggestions"), {"title": TEXT}).content.decode()
    words = re.findall(r'suggestions-word">([^<]+)<', answer)
    assert f'data-pick="{article.pk}"' in answer and "data-topic=" in answer
    assert words and all(word in TEXT for word in words)


def test_desk_says_that_there_is_no_index(desk: Client, section: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relating, "relater_of_site", lambda: None)
    answer = desk.post(reverse("suggestions"), {"title": TEXT})
    assert answer.status_code == 200 and "data-pick" not in answer.content.decode()


def test_readers_are_not_answered(desk: Client) -> None:
    assert desk.get(reverse("suggestions")).status_code == 405
    desk.logout()
    assert desk.post(reverse("suggestions"), {"title": TEXT}).status_code == 302
