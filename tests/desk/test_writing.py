"""Writing at the desk: a draft, its preview, its faults, its publication, through the forms that a browser sends."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from kawaraban.demo import builders
from kawaraban.desk.blocks import lacking_words
from kawaraban.desk.models import Article, Author, Front, Issue, Mook, Notice, Section, Topic

pytestmark = pytest.mark.slow

KANA = re.compile(r"[ぁ-ん]")


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def filled(section: Section, **values: object) -> dict[str, object]:
    """What a browser sends for an article that has everything it needs."""
    return nested_form_data(
        {
            "kicker": "航路",
            "title": "海の道が変わる",
            "deck": "",
            "original_title": "",
            "original_language": "",
            "original_address": "",
            "lead": "島と島を結ぶ船が戻る。",
            "picture": "",
            "picture_caption": "",
            "body": streamfield([("paragraph", rich_text("<p>灯がともった。</p>")), ("subheading", "灯を守る人")]),
            "bylines": inline_formset([]),
            "author_note": "",
            "section": str(section.pk),
            "topics": [],
            "picks": inline_formset([]),
            "sponsor": "",
            "published_at": "",
            "slug": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **values,
        }
    )


def begin(desk: Client, section: Section, **values: object):
    return desk.post(reverse("wagtailadmin_pages:add", args=("desk", "article", section.pk)), filled(section, **values))


def publish(desk: Client, section: Section, **values: object):
    return begin(desk, section, **{"action-publish": "action-publish", **values})


def speak(language: str) -> None:
    profile = UserProfile.get_for_user(get_user_model().objects.get())
    profile.preferred_language = language
    profile.save()


def test_new_article_starts_in_the_section_it_was_begun_in(desk: Client, section: Section) -> None:
    builders.make_section("ビジネス", slug="business")
    body = desk.get(reverse("wagtailadmin_pages:add", args=("desk", "article", section.pk))).content.decode()
    assert f'<input type="hidden" name="section" value="{section.pk}"' in body


def test_new_article_is_a_draft(desk: Client, section: Section) -> None:
    answer = begin(desk, section)
    article = Article.objects.get()
    assert answer.status_code == 302
    assert (article.live, article.title, article.section, article.published_at) == (False, "海の道が変わる", section, None)
    assert [block.block_type for block in article.body] == ["paragraph", "subheading"]


def test_published_article_lands_in_its_month(desk: Client, section: Section) -> None:
    publish(desk, section)
    article, local = Article.objects.get(), timezone.localtime()
    assert article.live and article.published_at is not None
    assert article.get_parent().slug == f"{local:%Y-%m}" and article.get_parent().get_parent().pk == section.pk
    assert article.address == f"/world/{local:%Y-%m}/{article.slug}"


def test_published_article_is_what_readers_get(settings, desk: Client, section: Section) -> None:
    publish(desk, section)
    article = Article.objects.get()
    body = as_reader(settings, article.address)
    assert "灯がともった。" in body and "＜島と島を結ぶ船が戻る。＞" in body


def as_reader(settings, address: str) -> str:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "kawaraban.pages.urls", []
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_preview_is_the_readers_page(settings, desk: Client, section: Section) -> None:
    article = builders.make_article("海の道", slug="sea", section=section, lead="島へ。", picture=builders.make_picture(), body=builders.make_body())
    article.save_revision()
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=(article.pk,)))
    assert preview.status_code == 200
    assert without_user_bar(preview.content.decode()) == as_reader(settings, article.address)


def without_user_bar(html: str) -> str:
    """Wagtail puts a script of the desk's at the end of what it previews."""
    return re.sub(r"\s*<script[^>]*(?:wagtail|preview)[^>]*>.*?</script>\s*", "", html, flags=re.S)


def test_preview_while_editing_shows_what_was_typed(desk: Client, section: Section) -> None:
    article = builders.make_article("海の道", slug="sea", section=section, body=builders.make_body())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(article.pk,))
    assert desk.post(address, filled(section, title="打ちかけの見出し", slug="sea")).json()["is_valid"]
    assert "打ちかけの" in unescape(desk.get(address).content.decode()).replace("<wbr>", "")


def test_preview_of_a_new_article(desk: Client, section: Section) -> None:
    address = reverse("wagtailadmin_pages:preview_on_add", args=("desk", "article", section.pk))
    assert desk.post(address, filled(section)).json()["is_valid"]
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (builders.make_topic, "話題"),
        (builders.make_author, "筆者"),
        (builders.make_issue, "号"),
        (builders.make_mook, "別冊"),
        (builders.make_section, "部"),
    ],
    ids=["topic", "author", "issue", "mook", "section"],
)
def test_preview_of_every_kind(desk: Client, make, title: str) -> None:
    page = make(title)
    page.save_revision()
    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=(page.pk,)))
    assert answer.status_code == 200 and title in answer.content.decode()


LIMITS = django_settings.KAWARABAN.headlines


# One article with every fault at once: what it is to be, what the browser sends, and the field beside which it is told.
FAULTS = {
    "title": "あ" * (LIMITS.headline + 1),
    "deck": "あ" * (LIMITS.deck + 3),
    "lead": "あ" * (LIMITS.lead + 1),
    "is_sponsored": True,
    "published_at": None,
    "picture": None,
}


def faulty(section: Section) -> Article:
    values = {**FAULTS, "picture": builders.make_picture(title="港", alt="", credit=" "), "published_at": timezone.localtime() + timedelta(days=2)}
    return Article(section=section, **values)


def sentences_of(article: Article, language: str) -> list[str]:
    """What the article itself says of its faults."""
    with translation.override(language):
        with pytest.raises(ValidationError) as fault:
            article.clean()
        return fault.value.messages


@pytest.mark.parametrize("language", ["ja", "en"])
def test_faults_are_told_in_the_editors_language(desk: Client, section: Section, language: str) -> None:
    speak(language)
    article = faulty(section)
    sent = {**FAULTS, "is_sponsored": "on", "picture": str(article.picture.pk), "published_at": f"{article.published_at:%Y-%m-%d %H:%M}"}
    answer = publish(desk, section, **sent)
    body, sentences = unescape(answer.content.decode()), sentences_of(article, language)
    assert answer.status_code == 200 and not Article.objects.exists()
    assert [sentence for sentence in sentences if sentence not in body] == [] and len(sentences) == 6
    assert {bool(KANA.search(sentence)) for sentence in sentences} == {language == "ja"}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("words", [{"alt": ""}, {"credit": ""}, {"alt": "", "credit": ""}])
def test_words_that_a_picture_lacks_are_told_in_both_languages(front: Front, words: dict[str, str], language: str) -> None:
    with translation.override(language):
        sentence = str(lacking_words(builders.make_picture(title="港", **words)))
    assert "港" in sentence and bool(KANA.search(sentence)) == (language == "ja")


def test_picture_in_the_body_needs_its_words_too(desk: Client, section: Section) -> None:
    picture = builders.make_picture(title="港", alt="")
    answer = publish(desk, section, body=streamfield([("picture", {"picture": str(picture.pk), "caption": ""})]))
    assert answer.status_code == 200 and not Article.objects.exists()
    told = json.dumps(str(lacking_words(picture)))[1:-1]  # a block's faults are handed to the editor's script as JSON
    assert told in unescape(answer.content.decode())


def test_scheduled_article_waits(desk: Client, section: Section) -> None:
    ahead = timezone.localtime() + timedelta(days=2)
    publish(desk, section, go_live_at=f"{ahead:%Y-%m-%d %H:%M}")
    article = Article.objects.get()
    assert (article.live, article.published_at) == (False, None)
    assert article.scheduled_revision is not None


def test_every_kind_of_page_can_be_scheduled() -> None:
    kinds = [Front, Article, Section, Topic, Author, Issue, Mook, Notice]
    assert [kind.__name__ for kind in kinds if "go_live_at" not in kind.get_edit_handler().get_form_class().base_fields] == []


def test_withdrawing_through_the_desk(desk: Client, section: Section) -> None:
    publish(desk, section)
    article = Article.objects.get()
    assert desk.post(reverse("wagtailadmin_pages:unpublish", args=(article.pk,))).status_code == 302
    assert not Article.objects.get().live
