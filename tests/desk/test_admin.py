"""The desk as an editor meets it: through its own addresses and forms."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from kawaraban.demo import builders
from kawaraban.desk.models import Author, Authors, Front, Issue, Issues, Mooks, Notice, Picture, Section, Topic, Topics

pytestmark = pytest.mark.slow


@pytest.fixture
def section(front: Front) -> Section:
    return builders.make_section("ワールド", slug="world")


def speak(language: str) -> None:
    profile = UserProfile.get_for_user(get_user_model().objects.get())
    profile.preferred_language = language
    profile.save()


def listing_addresses() -> list[str]:
    names = ["articles", "issues", "topics", "authors"]
    places = [Front, Topics, Authors, Issues, Mooks]
    return [
        *(reverse(f"{name}:index") for name in names),
        reverse("wire:index"),
        *(reverse("wagtailadmin_explore", args=(place.objects.get().pk,)) for place in places),
        reverse("wagtailadmin_home"),
        reverse("wagtailimages:index"),
        reverse("wagtailredirects:index"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_pages:search") + "?q=海",
    ]


def test_desk_asks_for_a_log_in(settings, desk: Client) -> None:
    answer = Client().get("/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/login/?next=/desk/")
    assert Client().get("/desk/login/").status_code == 200


def test_log_in_with_name_and_password(desk: Client) -> None:
    client = Client()
    assert client.post("/desk/login/", {"username": "editor", "password": "a long password", "next": "/desk/"}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_log_in_with_a_wrong_password(desk: Client) -> None:
    client = Client()
    assert client.post("/desk/login/", {"username": "editor", "password": "wrong"}).status_code == 200
    assert client.get("/desk/").status_code == 302


def test_root_leads_to_the_desk(desk: Client) -> None:
    assert desk.get("/")["Location"] == "/desk/"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_listing_opens(desk: Client, section: Section, language: str) -> None:
    speak(language)
    builders.make_article(
        "海の道", section=section, picture=builders.make_picture(), authors=[(builders.make_author(), "author")], topics=[builders.make_topic()]
    )
    builders.make_issue(), builders.make_mook(), builders.make_wire_item()
    answers = {address: desk.get(address) for address in listing_addresses()}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert all(f'lang="{language}"' in answer.content.decode() for answer in answers.values())


@pytest.mark.parametrize("name", ["articles", "issues", "topics", "authors", "wire"])
def test_listing_shows_what_there_is(desk: Client, section: Section, name: str) -> None:
    (
        builders.make_article("海の道", section=section),
        builders.make_issue("号の題"),
        builders.make_topic("話題の名"),
        builders.make_author("灘波澄香"),
        builders.make_wire_item("配信の題"),
    )
    wanted = {"articles": "海の道", "issues": "号の題", "topics": "話題の名", "authors": "灘波澄香", "wire": "配信の題"}[name]
    assert wanted in desk.get(reverse(f"{name}:index")).content.decode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: builders.make_article(picture=builders.make_picture()),
        builders.make_section,
        builders.make_topic,
        builders.make_author,
        builders.make_issue,
        builders.make_mook,
        lambda: builders.make_notice("掲示", "<p>文。</p>"),
        builders.make_front,
    ],
    ids=["article", "section", "topic", "author", "issue", "mook", "notice", "front"],
)
def test_every_edit_form_opens(desk: Client, make) -> None:
    assert desk.get(reverse("wagtailadmin_pages:edit", args=(make().pk,))).status_code == 200


def test_every_form_of_a_new_page_opens(desk: Client, section: Section) -> None:
    places = [(Section, Front), (Topic, Topics), (Author, Authors), (Issue, Issues), (Notice, Front)]
    addresses = [reverse("wagtailadmin_pages:add", args=("desk", kind._meta.model_name, place.objects.get().pk)) for kind, place in places]
    addresses.append(reverse("wagtailadmin_pages:add", args=("desk", "article", section.pk)))
    assert {address: desk.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_wire_items_can_only_be_looked_at(desk: Client) -> None:
    item = builders.make_wire_item("配信の題", body="本文の段落。")
    assert "本文の段落。" in desk.get(reverse("wire:item", args=(item.pk,))).content.decode()
    assert desk.post(reverse("wire:item", args=(item.pk,))).status_code == 405


def test_uploaded_picture_keeps_its_words(desk: Client) -> None:
    file = SimpleUploadedFile("minato.png", builders.plain_png(), "image/png")
    values = {"title": "港", "file": file, "alt": "港の朝", "caption": "朝の港。", "credit": "撮影・朝窓光", "tags": "", "collection": "1"}
    assert desk.post(reverse("wagtailimages:add"), values).status_code == 302
    picture = Picture.objects.get()
    assert (picture.alt, picture.caption, picture.credit) == ("港の朝", "朝の港。", "撮影・朝窓光")
