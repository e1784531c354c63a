"""An item's page, its payloads, and what must not be read there."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from kawaraban.demo import builders
from kawaraban.wires.copy import Link, Media, Relation, Status, Subject
from tests.wires.conftest import File

SECRET = "秘匿すべき固有語"


def page(client: Client, key: int, query: str = "") -> str:
    answer = client.get(f"{reverse('wire:item', args=(key,))}?{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_item_tells_all_that_the_agency_told(desk: Client, filed: File) -> None:
    media = (Media("https://pictures.shiomi.invalid/1.jpg", "image/jpeg", "岸壁の船", "撮影・朝窓光", 1200, 800, 90_000),)
    copy = builders.make_copy(media=media, subjects=(Subject("medtop", "20000757", "船"),), people=("千歳原陸",), usage_terms="紙面に限る")
    html = page(desk, filed(copy).item.pk)
    assert all(text in html for text in ("岸壁の船", "撮影・朝窓光", "1200×800", "medtop:20000757", "千歳原陸", "紙面に限る", "来月就航する。"))
    assert "<img src=" not in html.partition("wire-item")[2]


def test_item_shows_what_changed(desk: Client, filed: File) -> None:
    copy = builders.make_copy(body_text="旅客420人を乗せる。")
    filed(copy)
    item = filed(replace(copy, version=2, body_text="旅客402人を乗せる。", body_html=""), 5).item
    html = page(desk, item.pk)
    assert "<del>420</del><ins>402</ins>" in html
    new, old = item.versions.newest_first()
    assert "<del>402</del><ins>420</ins>" in page(desk, item.pk, f"old={new.pk}&new={old.pk}")
    assert page(desk, item.pk, "old=x&new=99999999999999999999")


def test_versions_are_offered_for_comparing_when_two_have_a_text(desk: Client, filed: File) -> None:
    copy = builders.make_copy(body_text="旅客420人を乗せる。")
    item = filed(copy).item
    assert 'name="old"' not in page(desk, item.pk)
    filed(replace(copy, version=2, status=Status.CANCELED, headline="", body_text="", body_html=""), 5)
    assert 'name="old"' not in page(desk, item.pk)
    filed(replace(copy, version=3, body_text="旅客402人を乗せる。", body_html=""), 6)
    [newest, *_] = item.versions.newest_first()
    assert 'name="old"' in page(desk, item.pk) and 'name="old"' in page(desk, item.pk, f"old={newest.pk}&new={newest.pk}")


def test_receipt_names_the_places_for_editors(desk: Client, filed: File) -> None:
    copy = builders.make_copy()
    filed(copy)
    item = filed(replace(copy, version=2, status=Status.CANCELED), 5).item
    item.kill_receipts.update(slots=["wire", "banner"], addresses=["/wire", "~wire:7"])
    html = page(desk, item.pk)
    assert "ニュース速報、速報帯" in html and "<code>/wire</code>" in html and "~wire:7" not in html


def test_item_links_others_of_its_story_and_its_orders(desk: Client, filed: File) -> None:
    old = filed(builders.make_copy("古い方", guid="a", body_text="短い。")).item
    new = filed(
        builders.make_copy("新しい方", guid="b", body_text="別の文。", links=(Link(Relation.CORRECTS, "a"), Link(Relation.SEE_ALSO, "c"))), 1
    ).item
    assert reverse("wire:item", args=(old.pk,)) in page(desk, new.pk)
    assert reverse("wire:item", args=(new.pk,)) in page(desk, old.pk)


def test_item_and_its_update_lead_to_each_other(desk: Client, filed: File) -> None:
    old = filed(builders.make_copy("第一報", guid="a", body_text="短い。")).item
    new = filed(builders.make_copy("第二報", guid="b", body_text="別の文になった。", links=(Link(Relation.UPDATES, "a"),)), 1).item
    pages = page(desk, old.pk), page(desk, new.pk)
    assert "更新した配信" in pages[0] and "更新元" in pages[1]
    assert all(text in html for html in pages for text in ("第一報", "第二報"))


def test_killed_text_is_hidden_from_those_without_the_permission(desk: Client, writer: Client, chief: Client, filed: File) -> None:
    copy = builders.make_copy(SECRET, body_text=SECRET, slugline=SECRET, editorial_note=SECRET)
    filed(copy)
    item = filed(replace(copy, version=2, status=Status.CANCELED), 5).item
    versions = "&".join(f"{name}={version.pk}" for name, version in zip(("new", "old"), item.versions.newest_first(), strict=True))
    assert SECRET not in page(writer, item.pk) + page(writer, item.pk, versions)
    assert SECRET in page(chief, item.pk)


def test_kill_without_a_text_is_compared_with_nothing(desk: Client, filed: File) -> None:
    filed(builders.make_copy())
    item = filed(builders.make_copy("", version=2, body_text="", status=Status.CANCELED), 5).item
    assert "<del>" not in page(desk, item.pk)


def test_message_that_kills_another_is_only_for_those_with_the_permission(desk: Client, writer: Client, chief: Client, filed: File) -> None:
    filed(builders.make_copy(SECRET, guid="a", body_text=SECRET))
    item = filed(builders.make_copy(SECRET, guid="kill", body_text=SECRET, links=(Link(Relation.KILLS, "a"),)), 5).item
    assert SECRET not in page(writer, item.pk) + unescape(writer.get(reverse("wire:index")).content.decode())
    assert SECRET in page(chief, item.pk)


def test_older_text_of_a_revived_item_stays_hidden(desk: Client, writer: Client, chief: Client, filed: File) -> None:
    copy = builders.make_copy(body_text=SECRET)
    filed(copy)
    filed(replace(copy, version=2, status=Status.CANCELED), 5)
    item = filed(replace(copy, version=3, body_text="改めた文。", body_html=""), 9).item
    versions = list(item.versions.newest_first())
    html = page(writer, item.pk, f"new={versions[0].pk}&old={versions[2].pk}")
    assert "改めた文。" in html and SECRET not in html
    assert SECRET in page(chief, item.pk, f"new={versions[0].pk}&old={versions[2].pk}")


def test_killed_item_is_not_named_by_those_that_link_it(desk: Client, writer: Client, filed: File) -> None:
    copy = builders.make_copy(SECRET, guid="a", body_text="短い。")
    filed(copy)
    other = filed(builders.make_copy("別の話", guid="b", body_text="別の文。", links=(Link(Relation.SEE_ALSO, "a"),)), 1).item
    filed(replace(copy, version=2, status=Status.WITHHELD), 5)
    assert SECRET not in page(writer, other.pk)


@pytest.mark.parametrize("key", [0, 10**30])
def test_item_that_is_not_there(desk: Client, key: int) -> None:
    assert desk.get(f"/desk/wire/{key}/").status_code == 404


def test_item_without_versions(desk: Client) -> None:
    assert "本文の段落。" in page(desk, builders.make_wire_item("配信の題", body="本文の段落。").pk)
