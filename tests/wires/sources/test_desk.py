"""Sources as an editor sets them up."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.wires import health
from kawaraban.wires.fault import Fault
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources.tokens import is_right, rotate

pytestmark = pytest.mark.slow
COMMON = {"name": "潮見", "key": "shiomi", "agency": "潮見通信", "language": "ja", "patience": 0, "rank": 100, "is_on": "on"}
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("folder", {"address": "incoming/shiomi/", "after": "delete"}),
    ("poll", {"address": "https://shiomi.example/feed", "schedule": 30, "user": "us", "password": "hush-hush", "header": "X-Key: hush"}),
    (
        "mailbox",
        {"address": "imaps://mail.shiomi.example", "schedule": 60, "user": "us", "password": "hush-hush", "mailbox": "通信", "after": "keep"},
    ),
    ("push", {}),
]


def new(desk: Client, kind: str, **values: Any) -> Any:
    return desk.post(reverse("sources:add"), {"kind": kind, **COMMON, **values})


def test_every_kind_has_its_form(desk: Client) -> None:
    chooser = desk.get(reverse("sources:add")).content.decode()
    for kind, values in KINDS:
        assert f"?kind={kind}" in chooser
        form = desk.get(reverse("sources:add"), {"kind": kind}).content.decode()
        assert all(f'name="{name}"' in form for name in values) and ("password" in values) is ('name="password"' in form)


@pytest.mark.parametrize(("kind", "values"), KINDS)
def test_new_source(desk: Client, kind: str, values: dict[str, Any]) -> None:
    answer = new(desk, kind, **values)
    source = Source.objects.get()
    assert answer.status_code == 302 and source.kind == kind and not source.is_from_file
    assert answer["Location"] == reverse("sources:token" if kind == "push" else "sources:source", args=[source.pk])
    assert source.settings == {name: value for name, value in values.items() if name not in ("address", "schedule")}
    assert "hush" not in desk.get(reverse("sources:source", args=[source.pk])).content.decode()


def test_password_is_never_shown_and_stays_until_it_is_changed(desk: Client) -> None:
    kind, values = KINDS[1]
    new(desk, kind, **values)
    source = Source.objects.get()
    edit = reverse("sources:edit", args=[source.pk])
    page = desk.get(edit).content.decode()
    assert "hush" not in page and 'value="us"' in page
    desk.post(edit, {"kind": "folder", **COMMON, **values, "key": "other", "name": "新名", "password": "", "header": ""})
    source.refresh_from_db()
    assert (source.key, source.kind, source.name) == ("shiomi", "poll", "新名")
    assert (source.settings["password"], source.settings["header"]) == ("hush-hush", "X-Key: hush")
    desk.post(edit, {**COMMON, **values, "user": "", "password": ""})
    source.refresh_from_db()
    assert source.settings["password"] == ""


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("folder", {"address": "/etc"}),
        ("folder", {"address": "data"}),
        ("folder", {"address": ""}),
        ("poll", {"address": "file:///etc/passwd"}),
        ("poll", {"header": "X-Key"}),
        ("poll", {"header": "X Key: 1"}),
        ("mailbox", {"address": "pop://mail.example"}),
        ("mailbox", {"user": ""}),
        ("push", {"key": "a/b"}),
    ],
)
def test_what_can_not_work_is_told_in_the_form(desk: Client, kind: str, values: dict[str, str]) -> None:
    answer = new(desk, kind, **{**dict(KINDS)[kind], **values})
    assert answer.status_code == 200 and not Source.objects.exists()
    assert 'class="w-field__errors"' in answer.content.decode() or "error-message" in answer.content.decode()


def test_fault_is_told_in_the_editor_s_language(desk: Client) -> None:
    source = builders.make_source()
    health.failed(source, Fault("%(name)s: %(reason)s.", {"name": "a.xml", "reason": Fault("it is no file")}))
    page = desk.get(reverse("sources:source", args=[source.pk])).content.decode()
    assert page.count("a.xml：ファイルではありません。") == 2 and "it is no file" not in page


def test_list_shows_health(desk: Client) -> None:
    builders.make_source(key="fine", last_seen=timezone.now(), items=1234)
    builders.make_source(key="bad", failures_in_a_row=2, failures=7)
    page = desk.get(reverse("sources:index")).content.decode()
    assert "1,234" in page and "問題なし" in page and "応答なし" in page


def test_look_now_has_it_asked(desk: Client) -> None:
    source = builders.make_source(kind=Source.Kind.POLL, next_at=timezone.now())
    desk.get(reverse("sources:look", args=[source.pk]))
    assert Source.objects.get().next_at
    assert desk.post(reverse("sources:look", args=[source.pk])).status_code == 302 and Source.objects.get().next_at is None


def test_token_is_shown_once(desk: Client) -> None:
    source = builders.make_source()
    address = reverse("sources:token", args=[source.pk])
    desk.get(address)
    assert Source.objects.get().token_hash == ""
    answer = desk.post(address)
    token = answer.content.decode().partition('id="token">')[2].partition("<")[0]
    assert is_right(Source.objects.get(), token, timezone.now()) and "no-store" in answer["Cache-Control"]
    assert token not in desk.get(address).content.decode()
    desk.post(address, {"leaked": "yes"})
    assert not is_right(Source.objects.get(), token, timezone.now())


def test_source_of_the_file_can_only_be_looked_at(desk: Client) -> None:
    source = builders.make_source(is_from_file=True)
    assert "kawaraban.toml" in desk.get(reverse("sources:source", args=[source.pk])).content.decode()
    for name in ("edit", "delete"):
        assert desk.post(reverse(f"sources:{name}", args=[source.pk]), COMMON).status_code == 302
    assert Source.objects.get().name == source.name
    assert "token" in desk.post(reverse("sources:token", args=[source.pk])).content.decode()


def test_source_with_copy_stays(desk: Client) -> None:
    source = builders.make_source()
    Arrival.objects.create(source=source, digest="a", received_at=timezone.now())
    desk.post(reverse("sources:delete", args=[source.pk]))
    assert Source.objects.exists()
    Arrival.objects.all().delete()
    desk.post(reverse("sources:delete", args=[source.pk]))
    assert not Source.objects.exists()


def test_who_may_not_does_not(desk: Client) -> None:
    source = builders.make_source()
    token = rotate(source, timezone.now())
    user = get_user_model().objects.create_user("writer", password="a long password")
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    for name in ("source", "look", "token", "edit"):
        assert client.post(reverse(f"sources:{name}", args=[source.pk])).status_code in (302, 403)
    assert is_right(Source.objects.get(), token, timezone.now()) and Source.objects.get().previous_hash == ""
    assert "潮見" not in client.get(reverse("sources:index")).content.decode()
