from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Authors, Content, Front, Issue, Issues, Mooks, Topics
from kawaraban.pages import directories


def test_topics_in_the_desks_order(front: Front) -> None:
    for title, kind, sponsor in (("海の道", "hub", ""), ("駅の話", "series", ""), ("島の夏", "sponsored", "凪浜海運")):
        builders.make_topic(title, kind=kind, sponsor=sponsor)
    entries = directories.topics(Topics.objects.get()).entries
    assert [entry.title for entry in entries] == ["海の道", "駅の話", "島の夏"]
    assert entries[2].label == "PR 凪浜海運"


def test_authors_by_their_reading(front: Front) -> None:
    for name, reading in (("灘波澄香", "なだなみ"), ("朝窓光", "あさまど"), ("志津谷玲", "しづや")):
        builders.make_author(name, reading=reading)
    assert [entry.title for entry in directories.authors(Authors.objects.get()).entries] == ["朝窓光", "志津谷玲", "灘波澄香"]


def test_mooks_say_whether_they_are_sold(front: Front) -> None:
    builders.make_mook("ある", slug="a"), builders.make_mook("ない", slug="b", is_on_sale=False)
    labels = [entry.label for entry in directories.mooks(Mooks.objects.get()).entries]
    assert len(set(labels)) == 2 and all(labels)


def test_mook_facts_are_those_that_are_known(front: Front) -> None:
    mook = builders.make_mook(price_yen=1980, contents="一章\n\n 二章 \n", on_sale_date=date(2026, 7, 7))
    told = directories.mook(mook)
    assert told.contents == ("一章", "二章")
    day, price = (value for _, value in told.facts)
    assert day == "2026年7月7日（火）" and "1,980" in price


def test_issues_newest_first(front: Front) -> None:
    for week in range(3):
        builders.make_issue(f"号{week}", on_sale=date(2026, 7, 7) - week * builders.WEEK)
    covers = directories.issues(Issues.objects.get(), None).covers
    assert [cover.line for cover in covers] == ["号0", "号1", "号2"]
    assert covers[0].dates == "2026年7月14日号（7/7発売）"


def test_issue_knows_its_neighbours(front: Front) -> None:
    first, second, third = (builders.make_issue(f"号{week}", on_sale=date(2026, 7, 7) + week * builders.WEEK) for week in range(3))
    told = directories.issue(second)
    assert (told.older.address, told.newer.address) == (first.address, third.address)
    assert directories.issue(first).older is None and directories.issue(third).newer is None


def test_issue_contents_by_heading(front: Front) -> None:
    article = builders.make_article("海の道", deck="島へ")
    entries = [
        Content(title="表紙の話", heading="特集", first_page=16, sort_order=0),
        Content(article=article, sort_order=1),
        Content(title="別の題", article=article, heading="REPORTS", sort_order=2),
    ]
    parts = directories.issue(builders.make_issue(entries=entries)).parts
    assert [(part.heading, [(entry.title, entry.address, entry.page) for entry in part.entries]) for part in parts] == [
        ("特集", [("表紙の話", "", 16), ("海の道── 島へ", article.address, None)]),
        ("REPORTS", [("別の題", article.address, None)]),
    ]


def test_issue_contents_of_a_hidden_article(front: Front) -> None:
    """What was only named by the article goes; what the paper called it stays, without a link."""
    article = builders.make_article("海の道")
    issue = builders.make_issue(entries=[Content(article=article, heading="REPORTS"), Content(article=article, title="紙の題", sort_order=1)])
    Article.objects.filter(pk=article.pk).update(live=False)
    parts = directories.issue(Issue.objects.get(pk=issue.pk)).parts
    assert [[(entry.title, entry.address) for entry in part.entries] for part in parts] == [[("紙の題", "")]]


def test_notice_is_set_with_ruby(client: Client, front: Front) -> None:
    notice = builders.make_notice("著作権", "<p>汐見《しおみ》の文。</p>")
    assert "<ruby>汐見<rp>（</rp><rt>しおみ</rt>" in client.get(notice.address).content.decode()


@pytest.mark.parametrize("path", ["/topics", "/authors", "/magazine", "/mooks"])
def test_empty_directory_says_so(client: Client, front: Front, path: str) -> None:
    assert 'class="empty"' in client.get(path).content.decode()


def test_issue_on_sale_tomorrow_is_not_the_current_one(client: Client, front: Front) -> None:
    builders.make_issue("明日の号", on_sale=timezone.localdate() + timedelta(days=1))
    assert "明日の号" not in client.get("/").content.decode()
