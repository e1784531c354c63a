"""Payloads at the desk: those that could not be read, and all of them as they came."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from kawaraban.wires.archive import Archive
from kawaraban.wires.copy import Copy, Unreadable
from tests.wires.conftest import NOW
from tests.wires.payloads import nitf, payload

if TYPE_CHECKING:
    from kawaraban.wires.models import Arrival, Source


@pytest.fixture(autouse=True)
def own_archive(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawaraban.wires.desk.payload.archive", lambda: archive)


def received(source: Source, data: bytes, name: str = "item.xml") -> Arrival:
    from kawaraban.wires.ingest import receive

    return receive(source, payload(data, name), NOW)


def listed(client: Client) -> str:
    return unescape(client.get(reverse("wire:quarantine")).content.decode())


def test_quarantine_tells_what_could_not_be_read(desk: Client, source: Source) -> None:
    received(source, b"<nitf><head>", "torn.xml")
    html = listed(desk)
    assert "torn.xml" in html and source.name in html


@pytest.mark.parametrize(("language", "told"), [("ja", "XMLとして正しくありません："), ("en", "this is not well-formed XML: ")])
def test_reasons_are_told_in_the_language_of_who_reads_them(desk: Client, source: Source, language: str, told: str) -> None:
    from django.contrib.auth import get_user_model
    from wagtail.users.models import UserProfile

    received(source, b"<nitf><head>")
    UserProfile.objects.update_or_create(
        user=get_user_model().objects.get(pk=desk.session["_auth_user_id"]), defaults={"preferred_language": language}
    )
    assert told in listed(desk)


def test_reasons_of_an_earlier_release_stand_as_they_were_told(desk: Client, source: Source) -> None:
    arrival = received(source, b"<nitf><head>")
    type(arrival).objects.update(reasons=["100% of it can't be read"])
    assert "100% of it can't be read" in listed(desk)


def test_try_again_reads_what_can_be_read_now(desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kawaraban.wires.taking.read", refuse)
        arrival = received(source, nitf())
    assert arrival.state == "quarantined"
    desk.post(reverse("wire:settle"), {"arrival": arrival.pk, "verb": "again"})
    arrival.refresh_from_db()
    assert (arrival.state, arrival.items) == ("read", 1)


def refuse(data: bytes, format: str) -> list[Copy]:  # noqa: A002
    raise Unreadable("not today")


def test_all_of_a_reason_are_set_aside(desk: Client, source: Source) -> None:
    from kawaraban.wires.models import Arrival

    for number in range(3):
        received(source, b"<nitf><head>" + b"\n" * number)
    other = received(source, b"\x00\x01 no format at all")
    first = Arrival.objects.exclude(pk=other.pk).first()
    desk.post(reverse("wire:settle"), {"arrival": first.pk, "verb": "aside", "alike": "1"})
    assert list(Arrival.objects.quarantined()) == [other]
    assert Arrival.objects.filter(state="aside").count() == 3


@pytest.mark.parametrize("told", [{}, {"arrival": "x", "verb": "again"}, {"arrival": "99", "verb": "aside"}])
def test_settling_nothing(desk: Client, told: dict[str, str]) -> None:
    assert desk.post(reverse("wire:settle"), told).status_code == 302


def test_quarantine_is_for_those_who_may_read_payloads(desk: Client, writer: Client, chief: Client, source: Source) -> None:
    arrival = received(source, b"<nitf><head>")
    assert writer.get(reverse("wire:quarantine")).status_code == 302
    writer.post(reverse("wire:settle"), {"arrival": arrival.pk, "verb": "aside"})
    arrival.refresh_from_db()
    assert arrival.state == "quarantined"
    assert chief.get(reverse("wire:quarantine")).status_code == 200


def test_payload_is_shown_as_text_and_downloaded_as_bytes(desk: Client, source: Source) -> None:
    arrival = received(source, nitf(text="<b>海</b>"))
    address = reverse("wire:payload", args=(arrival.pk,))
    assert "試験航海を終える" in desk.get(address).content.decode()
    answer = desk.get(f"{address}?download")
    assert answer.content == nitf(text="<b>海</b>")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_payload_of_killed_copy_needs_both_permissions(desk: Client, writer: Client, source: Source) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    arrival = received(source, nitf(text="秘匿すべき固有語"))
    arrival.versions.get().item.versions.update(status="canceled")
    user = get_user_model().objects.get(username="writer")
    user.user_permissions.add(Permission.objects.get(codename="read_payloads"))
    address = reverse("wire:payload", args=(arrival.pk,))
    assert writer.get(address).status_code == 302
    user.user_permissions.add(Permission.objects.get(codename="read_killed"))
    assert "秘匿すべき固有語" in writer.get(address).content.decode()


def test_payload_that_repeats_killed_copy_needs_both_permissions(desk: Client, writer: Client, source: Source) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    received(source, nitf())
    again = received(source, nitf() + b"\n")
    assert (again.items, again.versions.count()) == (1, 0)
    get_user_model().objects.get(username="writer").user_permissions.add(Permission.objects.get(codename="read_payloads"))
    assert writer.get(reverse("wire:payload", args=(again.pk,))).status_code == 302


def test_payload_past_its_time(desk: Client, source: Source) -> None:
    arrival = received(source, nitf())
    type(arrival).objects.update(file="")
    assert "保存期間が過ぎ" in desk.get(reverse("wire:payload", args=(arrival.pk,))).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_text_in_the_encodings_of_agencies(encoding: str) -> None:
    from kawaraban.wires.desk.payload import text

    assert text("港の朝、船が出る。".encode(encoding)) == "港の朝、船が出る。"


def test_text_cut_within_a_character() -> None:
    from kawaraban.wires.desk.payload import text

    assert text("港の朝".encode()[:-1]) == "港の"
