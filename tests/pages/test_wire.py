from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from kawaraban.demo import builders
from kawaraban.desk.models import Front
from kawaraban.pages import wire as pages
from kawaraban.pages.wire import wire, wire_item
from kawaraban.wires.models import WireItem


def test_wire_lists_sections_once(front: Front) -> None:
    for section in ("ワールド", "ビジネス", "ワールド", ""):
        builders.make_wire_item(section=section)
    told = wire("", None)
    assert sorted(link.title for link in told.sections) == ["ビジネス", "ワールド"]
    assert len(told.entries) == 4 and told.current == ""


def test_wire_of_one_section(client: Client, front: Front) -> None:
    builders.make_wire_item("海の外", section="ワールド")
    builders.make_wire_item("商い", section="ビジネス & 市場")
    told = wire("ビジネス & 市場", None)
    assert [entry.title for entry in told.entries] == ["商い"]
    address = next(link.address for link in told.sections if link.title == "ビジネス & 市場")
    assert "商い" in client.get(address).content.decode()


def test_wire_of_a_section_that_is_none(client: Client, front: Front) -> None:
    answer = client.get("/wire?section=%E7%84%A1%E3%81%84")
    assert answer.status_code == 404, "or anybody could make up sections without end, each of them printed and kept"


def test_wire_pages_keep_the_section(monkeypatch: pytest.MonkeyPatch, front: Front) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    for place in range(3):
        builders.make_wire_item(f"配信{place}", section="ワールド", age=timedelta(minutes=place + 1))
    told = wire("ワールド", "2")
    assert [entry.title for entry in told.entries] == ["配信2"]
    assert told.paging.previous.startswith("/wire?section=") and "page=" not in told.paging.previous


def test_wire_title_in_the_list_is_whole(front: Front) -> None:
    builders.make_wire_item("あ" * 60)
    assert wire("", None).entries[0].title == "あ" * 60


def test_wire_item_page(client: Client, front: Front) -> None:
    item = builders.make_wire_item("港都の新造連絡船", body="［港都 凪通信］　進水した。\n\n来月就航する。\n", address="https://agency.example/1")
    body = unescape(client.get(f"/wire/{item.pk}").content.decode()).replace("<wbr>", "")
    assert '<h1 class="headline">港都の新造連絡船</h1>' in body
    assert "<p>［港都 凪通信］　進水した。</p>" in body and "<p>来月就航する。</p>" in body
    assert 'href="https://agency.example/1"' in body and "凪通信</p>" in body


@pytest.mark.parametrize(("language", "start"), [("ja", "<p>［藍浜］　船が着いた。</p>"), ("en", "<p>藍浜 — 船が着いた。</p>")])
def test_wire_item_begins_with_its_dateline(client: Client, front: Front, language: str, start: str) -> None:
    item = builders.make_wire_item("入港", body="船が着いた。\n\n人が降りた。", dateline="藍浜", language=language)
    html = client.get(f"/wire/{item.pk}").content.decode()
    assert start in html and html.count("藍浜") == 1


def test_wire_item_of_a_headline_alone(front: Front) -> None:
    told = wire_item(builders.make_wire_item(body=" \n\n ", section=""))
    assert told.paragraphs == () and [link.address for link in told.crumbs] == ["/wire"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_wire_item_links_to_no_script(client: Client, front: Front, address: str) -> None:
    item = builders.make_wire_item(body="文。")
    WireItem.objects.filter(pk=item.pk).update(address=address)
    assert f'href="{address}' not in client.get(f"/wire/{item.pk}").content.decode()


def test_wire_item_that_was_killed_says_nothing_of_it(client: Client, front: Front) -> None:
    item = builders.make_wire_item("取り消された配信", body="取り消された本文。", status="canceled")
    answer = client.get(f"/wire/{item.pk}")
    assert answer.status_code == 410
    assert "取り消された" not in answer.content.decode()
