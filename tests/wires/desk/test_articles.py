"""Articles made of items: the draft, the corrections that come later, the kill."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.wires.copy import Status
from tests.wires.conftest import File

if TYPE_CHECKING:
    from kawaraban.desk.models import Article, Section
    from kawaraban.wires.models import ArticleOrigin

COPY = {"body_text": "［港都 潮見通信］　船が着いた。\n\n旅客420人が降りた。", "body_html": ""}


@pytest.fixture
def section(front: Any) -> Section:
    return builders.make_section("ワールド", slug="world")


def made(client: Client, key: int, section: Section) -> Article:
    from kawaraban.desk.models import Article

    answer = client.post(reverse("wire:article", args=(key,)), {"section": section.pk})
    article = Article.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=(article.pk,))
    return article


def draft_of(article: Article) -> Article:
    """As it was saved last."""
    return type(article).objects.get(pk=article.pk).get_latest_revision_as_object()


def texts(article: Article) -> list[str]:
    return [str(block.value) for block in draft_of(article).body]


def form(client: Client, article: Article) -> str:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def settle(client: Client, origin: ArticleOrigin, verb: str) -> str:
    from kawaraban.wires.following import awaited

    version = awaited(origin)
    told = {"verb": verb, "version": version.pk if version else ""}
    return client.post(reverse("wire:origin", args=(origin.pk,)), told, follow=True).content.decode()


def test_article_is_a_draft_with_all_that_the_item_says(desk: Client, section: Section, filed: File) -> None:
    item = filed(builders.make_copy("船が着く　旅客420人", dateline="環島", copyright="© 潮見通信", **COPY)).item
    article = made(desk, item.pk, section)
    assert (article.title, article.deck, article.live, article.section) == ("船が着く", "旅客420人", False, section)
    assert texts(article) == ["<p>［環島］\u3000［港都 潮見通信］\u3000船が着いた。</p>", "<p>旅客420人が降りた。</p>"]
    assert article.author_note.endswith("潮見通信\n© 潮見通信")
    assert article.origins.get().accepted == item.face


def test_article_of_copy_in_another_language_names_its_original(desk: Client, section: Section) -> None:
    item = builders.make_wire_item("Ferry arrives", language="en", address="https://shiomi.invalid/1", body="It arrived.")
    article = made(desk, item.pk, section)
    assert (article.original_title, article.original_language, article.original_address) == ("Ferry arrives", "en", "https://shiomi.invalid/1")


def test_article_of_embargoed_copy_is_scheduled_for_its_end(desk: Client, section: Section) -> None:
    until = timezone.now() + timedelta(hours=3)
    article = made(desk, builders.make_wire_item("解禁前", embargoed_until=until).pk, section)
    assert article.go_live_at == until
    assert "is-embargo" in form(desk, article)


def test_article_with_a_long_headline_and_markup_in_the_text(desk: Client, section: Section) -> None:
    article = made(desk, builders.make_wire_item("長" * 200, body="<script>x</script>").pk, section)
    assert texts(article) == ["<p>&lt;script&gt;x&lt;/script&gt;</p>"]


def test_article_asks_for_the_section(desk: Client, section: Section) -> None:
    item = builders.make_wire_item("船が着く", section="ワールド")
    html = desk.get(reverse("wire:article", args=(item.pk,))).content.decode()
    assert f'<option value="{section.pk}" selected>' in html
    assert desk.post(reverse("wire:article", args=(item.pk,)), {"section": "x"}).status_code == 200


def test_no_article_is_made_of_killed_copy(desk: Client, section: Section) -> None:
    item = builders.make_wire_item("取消", status="withheld", killed_at=timezone.now())
    answer = desk.post(reverse("wire:article", args=(item.pk,)), {"section": section.pk})
    assert answer["Location"] == reverse("wire:item", args=(item.pk,))
    assert not item.origins.exists()


def test_a_correction_shows_beside_the_draft_and_is_accepted(desk: Client, section: Section, filed: File) -> None:
    copy = builders.make_copy("船が着く", **COPY)
    article = made(desk, filed(copy).item.pk, section)
    assert "<ins>" not in form(desk, article)
    filed(replace(copy, version=2, headline="船が発つ", body_text=COPY["body_text"].replace("420", "402")), 5)
    assert "<del>420</del><ins>402</ins>" in form(desk, article)
    settle(desk, article.origins.get(), "accept")
    assert texts(article)[1] == "<p>旅客402人が降りた。</p>"
    assert draft_of(article).title == "船が発つ"
    assert "<ins>" not in form(desk, article)


def test_a_correction_is_dismissed(desk: Client, section: Section, filed: File) -> None:
    copy = builders.make_copy("船が着く", **COPY)
    article = made(desk, filed(copy).item.pk, section)
    filed(replace(copy, version=2, body_text="別の文。"), 5)
    settle(desk, article.origins.get(), "dismiss")
    assert len(texts(article)) == 2
    assert "<ins>" not in form(desk, article)


def test_an_edited_paragraph_is_left_to_the_editor(desk: Client, section: Section, filed: File) -> None:
    copy = builders.make_copy("船が着く", **COPY)
    article = made(desk, filed(copy).item.pk, section)
    draft = draft_of(article)
    draft.body = [("paragraph", "<p>書き直した。</p>")]
    draft.save_revision()
    filed(replace(copy, version=2, body_text=COPY["body_text"].replace("420", "402")), 5)
    assert "messages" in settle(desk, article.origins.get(), "accept")
    assert texts(article) == ["<p>書き直した。</p>"]


def test_accepting_what_has_been_overtaken_changes_nothing(desk: Client, section: Section, filed: File) -> None:
    copy = builders.make_copy("船が着く", **COPY)
    article = made(desk, filed(copy).item.pk, section)
    filed(replace(copy, version=2, body_text="別の文。"), 5)
    origin = article.origins.get()
    desk.post(reverse("wire:origin", args=(origin.pk,)), {"verb": "accept", "version": "1"})
    assert len(texts(article)) == 2


def test_a_correction_under_another_identifier_is_followed(desk: Client, section: Section, filed: File) -> None:
    from kawaraban.wires.copy import Link, Relation
    from kawaraban.wires.models import ArticleOrigin

    article = made(desk, filed(builders.make_copy("船が着く", guid="a", **COPY)).item.pk, section)
    body = COPY["body_text"].replace("420", "402")
    other = builders.make_copy("船が着く", guid="b", body_text=body, body_html="", links=(Link(Relation.CORRECTS, "a"),))
    filed(other, 5)
    settle(desk, article.origins.get(), "accept")
    assert texts(article)[1] == "<p>旅客402人が降りた。</p>"
    assert not ArticleOrigin.objects.behind().exists()
    filed(replace(other, version=2, status=Status.CANCELED), 9)
    assert ArticleOrigin.objects.killed().exists()


@pytest.fixture
def killed(desk: Client, section: Section, filed: File) -> Article:
    copy = builders.make_copy("船が着く", body_text="秘匿すべき固有語。", body_html="")
    article = made(desk, filed(copy).item.pk, section)
    filed(replace(copy, version=2, status=Status.CANCELED), 5)
    return article


def test_an_article_of_killed_copy_is_marked_everywhere(desk: Client, killed: Article) -> None:
    places = {address: unescape(desk.get(address).content.decode()) for address in (reverse("articles:index"), reverse("wagtailadmin_home"))}
    assert "desk-alarm" in places[reverse("articles:index")]
    assert "wire-alarm" in places[reverse("wagtailadmin_home")] and killed.title in places[reverse("wagtailadmin_home")]
    assert 'class="wire-tie is-canceled"' in form(desk, killed)
    assert "desk-alarm" in desk.get(reverse("articles:index") + "?q=船").content.decode()


def test_killed_text_is_not_in_the_panel(desk: Client, killed: Article) -> None:
    panel = form(desk, killed).partition('class="wire-tie')[2].partition("</section>")[0]
    assert "秘匿すべき固有語" not in panel and panel


def test_killed_text_is_not_in_the_diff_to_what_was_sent_anew(writer: Client, killed: Article, filed: File) -> None:
    copy = builders.make_copy("船が着く", version=3, body_text="改めた文。", body_html="")
    filed(copy, 9)
    panel = form(writer, killed).partition('class="wire-tie')[2].partition("</section>")[0]
    assert "改めた文。" in panel and "秘匿すべき固有語" not in panel


def test_an_article_that_has_been_cleared_is_not_marked_any_more(desk: Client, killed: Article) -> None:
    settle(desk, killed.origins.get(), "gone")
    assert "wire-tie" not in form(desk, killed)
    assert "desk-alarm" not in desk.get(reverse("articles:index")).content.decode()


def test_notices_are_shown_until_they_have_been_seen(desk: Client, writer: Client, killed: Article) -> None:
    from kawaraban.wires.models import DeskNotice

    notice = DeskNotice.objects.get()
    home = reverse("wagtailadmin_home")
    assert f'name="notice" value="{notice.pk}"' in desk.get(home).content.decode()
    writer.post(reverse("wire:seen"), {"notice": notice.pk})
    assert f'name="notice" value="{notice.pk}"' in desk.get(home).content.decode()
    desk.post(reverse("wire:seen"), {"notice": notice.pk})
    assert f'name="notice" value="{notice.pk}"' not in desk.get(home).content.decode()


def test_only_who_may_edit_the_article_settles_it(desk: Client, writer: Client, killed: Article) -> None:
    from django.contrib.auth.models import Group

    Group.objects.get(user__username="writer").page_permissions.all().delete()
    assert writer.post(reverse("wire:origin", args=(killed.origins.get().pk,)), {"verb": "gone"}).status_code in (302, 403)
    assert killed.origins.exists()
    assert killed.title not in writer.get(reverse("wagtailadmin_home")).content.decode()
