"""Copy that is embargoed, withheld or killed: no word of it anywhere, whichever way it came and went.

Looked through are every part in the edition of every generation, every address that is printed or that any page, feed or sitemap leads to,
asked of the press, of the site and of the renderer, with its headers, the media that the site gives out, and what can be searched.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.desk.models import Front
from kawaraban.pages import printer as printers
from kawaraban.pages import printing, tail
from kawaraban.pages.printer import Printer, seconds
from kawaraban.pages.receipts import note_printed
from kawaraban.press.edition import Edition
from kawaraban.press.queue import Urgency
from kawaraban.press.records import read_part
from kawaraban.press.stitch import identity
from kawaraban.press.view import View
from kawaraban.search import site
from kawaraban.search.site import following, keeping, opened
from kawaraban.wires.copy import Copy, Link, Media, Relation, Status, Subject
from kawaraban.wires.filing import file
from kawaraban.wires.house import house
from kawaraban.wires.models import Banner, KillReceipt, WireItem
from kawaraban.wires.settling import Filing

WORD = "ヒミツノコトバ"
SECRET = builders.make_copy(
    f"{WORD}見出し",
    body_text=f"{WORD}の本文。",
    byline=f"{WORD}記者",
    dateline=f"{WORD}港",
    slugline=f"{WORD}",
    copyright=f"© {WORD}",
    editorial_note=f"訂正：{WORD}",
    usage_terms=WORD,
    address=f"https://shiomi.example/{WORD}",
    subjects=(Subject("", WORD, WORD),),
    places=(WORD,),
    people=(WORD,),
    media=(Media(f"{WORD}.jpg", "image/jpeg", caption=WORD, credit=WORD, content=WORD.encode()),),
    urgency=1,
)
SILENT = {"subjects": (), "places": (), "people": (), "media": ()}
DULL = replace(SECRET, **SILENT, **dict.fromkeys(("headline", "body_text", "byline", "dateline", "slugline", "copyright", "address"), "静かな海"))
KILL = Copy(format="nitf", guid=SECRET.guid, version=9, status=Status.CANCELED, editorial_note=f"KILL {WORD}")
LATER = timedelta(days=2)
SITEMAPS = ("/sitemap.xml", "/sitemap-news.xml", "/sitemaps/pages.xml")
PAGES = ("/", "/wire", "/latest", "/world", "/feed.xml", "/world/feed.xml", "!404", "!503", *SITEMAPS)
LED_TO = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)|<loc>([^<]+)|<link>([^<]+)""")


@pytest.fixture
def press(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    made = Printer(Edition(tmp_path / "edition", syncs=False))
    monkeypatch.setattr(printers, "_printers", [made])
    builders.make_article("公開の記事", section=builders.make_section("ワールド", slug="world"), slug="public")
    made.edition.mark(dict.fromkeys(PAGES, Urgency.FILL))
    made.edition.note("is filled", "yes")
    tail.fall_due(made, timezone.now())
    keeping.discard(django_settings.KAWARABAN.index)
    keeping.lay(django_settings.KAWARABAN.index)
    yield made
    keeping.discard(django_settings.KAWARABAN.index)
    made.edition.close()


@pytest.fixture
def send(press: Printer) -> Callable[..., None]:
    """Files copies, and prints what that asks for."""
    source = builders.make_source()

    def send(*copies: Copy) -> None:
        for copy in copies:
            now = timezone.now()
            file(copy, Filing(source, house(django_settings.KAWARABAN), now, now))
            settle(press)

    return send


def settle(press: Printer) -> None:
    printing.tell_changes(press)
    press.work_off(seconds(60))


def showing(press: Printer) -> list[str]:
    """Addresses, slots and parts with the word: as they are printed, as the site tells them, and as they would be printed now."""
    texts = parts(press) | slots(press)
    addresses = {*press.edition.addresses(), *PAGES} | {f"/wire/{item.pk}" for item in WireItem.objects.all()}
    texts |= printed(press, addresses)
    texts |= crawled({address for address in addresses if address.startswith("/")})
    texts |= {f"rendered {name}": text for name, text in rendered(press, addresses).items()}
    texts |= {
        f"media {file.name}": file.name + file.read_text(errors="ignore") for file in django_settings.KAWARABAN.media.rglob("*") if file.is_file()
    }
    texts |= searched()
    return sorted(name for name, text in texts.items() if WORD in plainly(text))


def searched() -> dict[str, str]:
    """What the index keeps and what it tells; of words and counts it is enough that there are any."""
    store = opened.index().store
    following.follow(store)
    found = site.find(WORD)
    kept = (" ".join(store.text(row)) for (row,) in store.database.execute("SELECT row FROM piece"))
    told = {"kept": " ".join(kept), "told": "".join(span.text for result in found.results for span in (*result.title, *result.around))}
    told |= {"counted": WORD * found.total, "suggested": WORD * len(site.suggest(WORD[:3])), "meant": found.meant}
    return {f"search {name}": text for name, text in told.items()}


def plainly(text: str) -> str:
    """As readers see it, and as addresses and scripts spell it."""
    spelled = re.sub(r"\\\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), unquote(unescape(text)))
    return spelled.replace("<wbr>", "")


def parts(press: Printer) -> dict[str, str]:
    """Every part that pages share, of every generation."""
    with press.edition.env.begin() as txn, txn.cursor(press.edition.tables["runs"]) as cursor:
        return {f"run {key.hex()}": identity((read_part(value),)).decode() for key, value in cursor}


def slots(press: Printer) -> dict[str, str]:
    with press.edition.env.begin() as txn, txn.cursor(press.edition.tables["slots"]) as cursor:
        found = [(key.decode(), value[8:].decode()) for key, value in cursor]
    return {f"slot {name.partition('/')[2]}" if name.startswith(str(press.generation)) else f"older slot {name}": text for name, text in found}


def printed(press: Printer, addresses: set[str]) -> dict[str, str]:
    view = View(press.edition)
    found = {address: view.page(address) for address in addresses}
    view.close()
    return {address: page.location + identity(page.parts).decode() for address, page in found.items() if page}


def crawled(addresses: set[str]) -> dict[str, str]:
    """What the site answers at addresses, and at all that it leads to from there."""
    client, texts, waiting = Client(), {}, sorted(addresses)
    while waiting:
        address = waiting.pop()
        if (name := f"asked {address}") in texts:
            continue
        answer = client.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        texts[name] = f"{dict(answer.headers)} {text.decode(errors='ignore')}"
        waiting += [found for link in LED_TO.findall(texts[name]) if (found := path_of("".join(link)))]
    return texts


def path_of(link: str) -> str:
    """The path of a link within the site; empty for one that leads elsewhere."""
    path = unescape(link).removeprefix(django_settings.KAWARABAN.readers_address.rstrip("/")).partition("#")[0]
    return path if path.startswith("/") and not path.startswith(("//", "/static/")) else ""


def rendered(press: Printer, addresses: set[str]) -> dict[str, str]:
    for address in addresses:
        press.print_page(address)
    return printed(press, addresses) | parts(press) | slots(press)


def test_usable_copy_is_found(press: Printer, send: Callable[..., None]) -> None:
    """The search finds what is there to be found."""
    send(SECRET)
    item = WireItem.objects.get()
    assert {"/", "/wire", f"/wire/{item.pk}", "slot wire", "asked /wire", f"asked /wire/{item.pk}", "/world"} <= set(showing(press))
    assert {"search kept", "search told", "search counted", "search suggested"} <= set(showing(press))


@pytest.mark.parametrize(
    "copies",
    [
        [SECRET, KILL],
        [KILL, SECRET],
        [SECRET, replace(SECRET, version=2, urgency=3), KILL],
        [SECRET, KILL, replace(SECRET, version=8)],
        [SECRET, replace(KILL, status=Status.WITHHELD)],
        [SECRET, replace(SECRET, version=2, status=Status.WITHHELD)],
        [SECRET, replace(SECRET, version=2, status=Status.CANCELED)],
        [SECRET, builders.make_copy("取消", guid="kill", body_text=WORD, links=(Link(Relation.KILLS, SECRET.guid),))],
        [builders.make_copy("取消", guid="kill", body_text=WORD, links=(Link(Relation.KILLS, SECRET.guid),)), SECRET],
        [SECRET, replace(DULL, version=2, editorial_note="")],
        [replace(DULL, version=2, editorial_note=""), SECRET],
        [SECRET, replace(DULL, guid="new", editorial_note="", links=(Link(Relation.CORRECTS, SECRET.guid),))],
        [SECRET, replace(SECRET, version=2, embargoed_until=timezone.now() + LATER)],
        [replace(SECRET, embargoed_until=timezone.now() + LATER)],
        [replace(SECRET, published=timezone.now() + LATER)],
        [replace(SECRET, embargoed_until=timezone.now() + LATER), replace(KILL, version=2)],
    ],
    ids=[
        "killed",
        "killed before it came",
        "killed with its versions",
        "late version",
        "withheld",
        "withheld whole",
        "killed whole",
        "killed by a message",
        "killed by a message before it came",
        "corrected",
        "corrected before it came",
        "corrected under another identifier",
        "embargoed later",
        "embargoed",
        "dated ahead",
        "embargoed and killed",
    ],
)
def test_no_word_of_it_stands_anywhere(press: Printer, send: Callable[..., None], copies: list[Copy]) -> None:
    send(*copies)
    assert showing(press) == []


def test_hidden_item_stands_nowhere(press: Printer, send: Callable[..., None]) -> None:
    send(SECRET)
    item = WireItem.objects.get()
    item.is_hidden = True
    item.save()
    settle(press)
    assert showing(press) == [] and Client().get(f"/wire/{item.pk}").status_code == 410


def test_embargo_ends_on_every_page(press: Printer, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    send(replace(SECRET, embargoed_until=timezone.now() + timedelta(minutes=5)))
    assert showing(press) == []
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tail.fall_due(press, later)
    settle(press)
    assert {"/", "/wire", "slot wire"} <= set(showing(press))


def test_flash_ends_on_every_page(press: Printer, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    send(SECRET)
    later = timezone.now() + timedelta(hours=49)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tail.fall_due(press, later)
    settle(press)
    assert "slot wire" not in showing(press) and "/wire" in showing(press)


def test_killed_item_is_gone_and_its_receipt_says_from_where(press: Printer, send: Callable[..., None]) -> None:
    send(SECRET)
    item = WireItem.objects.get()
    press.print_page(f"/wire/{item.pk}")
    send(KILL)
    receipt = KillReceipt.objects.get()
    assert {"/wire", f"/wire/{item.pk}"} <= set(receipt.addresses) and receipt.slots == ["wire"]
    assert Client().get(f"/wire/{item.pk}").status_code == 410
    note_printed(press, timezone.now())
    receipt.refresh_from_db()
    assert receipt.printed_at >= receipt.removed_at


def test_receipt_is_not_dated_while_something_stands(press: Printer, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    send(SECRET)
    with monkeypatch.context() as patch:
        patch.setattr(press, "work_off", lambda *_, **__: 0)
        send(KILL)
        note_printed(press, timezone.now())
    assert KillReceipt.objects.get().printed_at is None


def test_kill_is_printed_right_after_its_commit(press: Printer, send: Callable[..., None], django_capture_on_commit_callbacks) -> None:
    send(SECRET)
    source = WireItem.objects.get().source
    with django_capture_on_commit_callbacks(execute=True):
        file(KILL, Filing(source, house(django_settings.KAWARABAN), timezone.now(), timezone.now()))
    assert WORD not in press.edition.slot("wire", press.generation).decode()


def test_old_address_leads_to_the_correction(press: Printer, send: Callable[..., None]) -> None:
    send(SECRET, replace(DULL, guid="new", links=(Link(Relation.CORRECTS, SECRET.guid),), editorial_note="訂正：名を改めました。"))
    old, new = WireItem.objects.order_by("pk")
    answer = Client().get(f"/wire/{old.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/wire/{new.pk}")
    page = unescape(Client().get(f"/wire/{new.pk}").content.decode())
    assert "訂正：名を改めました。" in page
    send(replace(KILL, guid="new"))
    assert Client().get(f"/wire/{old.pk}").status_code == 410


def test_other_copies_of_the_story_are_a_click_away(press: Printer, send: Callable[..., None]) -> None:
    text = "灯台の灯が二十年ぶりにともり、島の人びとが浜に集まった。灯台守の娘が最初の灯を入れた。" * 2
    send(builders.make_copy("島の灯", guid="a", body_text=text))
    nagi = builders.make_source("凪通信", key="nagi", rank=1)
    file(builders.make_copy("灯台の灯", guid="b", body_text=text), Filing(nagi, house(django_settings.KAWARABAN), timezone.now(), timezone.now()))
    settle(press)
    one, two = WireItem.objects.order_by("pk")
    assert f'href="/wire/{one.pk}"' in Client().get(f"/wire/{two.pk}").content.decode()
    listed = Client().get("/wire").content.decode()
    assert f'href="/wire/{two.pk}"' in listed and f'href="/wire/{one.pk}"' not in listed


def raise_from(item: WireItem, press: Printer) -> Banner:
    banner = Banner.objects.create(text=f"{WORD}速報", item=item, starts=timezone.now(), ends=timezone.now() + LATER)
    settle(press)
    return banner


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_banner_goes_with_its_item(press: Printer, send: Callable[..., None], status: Status) -> None:
    send(SECRET)
    banner = raise_from(WireItem.objects.get(), press)
    assert "slot banner" in showing(press)
    send(replace(KILL, status=status))
    banner.refresh_from_db()
    assert showing(press) == [] and banner.ends <= timezone.now()


def test_banner_of_embargoed_copy_waits(press: Printer, send: Callable[..., None]) -> None:
    send(replace(SECRET, embargoed_until=timezone.now() + LATER))
    raise_from(WireItem.objects.get(), press)
    assert showing(press) == []


@pytest.mark.slow
def test_banner_of_hidden_copy_goes_and_comes_back(press: Printer, send: Callable[..., None]) -> None:
    send(SECRET)
    item = WireItem.objects.get()
    raise_from(item, press)
    for is_hidden in (True, False):
        item.is_hidden = is_hidden
        item.save()
        settle(press)
        assert ("slot banner" in showing(press)) is not is_hidden


@pytest.mark.slow
@pytest.mark.parametrize("end", [KILL, replace(SECRET, version=2, embargoed_until=timezone.now() + LATER)], ids=["killed", "embargoed later"])
def test_pages_of_an_earlier_release_forget_it_too(press: Printer, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch, end: Copy) -> None:
    """Also what has left the flash since: the earlier release's pages stand as they were."""
    send(SECRET)
    raise_from(WireItem.objects.get(), press)
    monkeypatch.setattr(printers, "made_with", lambda: "a later release")
    Banner.objects.update(ends=timezone.now())
    for number in range(django_settings.KAWARABAN.lists.wire):
        builders.make_wire_item(f"あとの配信{number}", age=timedelta(0))
    later = Printer(press.edition)
    monkeypatch.setattr(printers, "_printers", [later])
    later.print_slots(["wire", "banner"])
    assert any(name.startswith("older slot") for name in showing_parts(later))
    source = WireItem.objects.exclude(source=None).get().source
    file(end, Filing(source, house(django_settings.KAWARABAN), timezone.now(), timezone.now()))
    settle(later)
    assert showing_parts(later) == [] and showing(later) == []


@pytest.mark.parametrize(
    "copies",
    [
        [replace(SECRET, embargoed_until=timezone.now() + LATER)],
        [replace(SECRET, embargoed_until=timezone.now() + LATER), replace(SECRET, version=2, embargoed_until=timezone.now() + 2 * LATER)],
        [replace(SECRET, embargoed_until=timezone.now() + LATER), KILL],
        [replace(SECRET, published=timezone.now() + LATER)],
        [replace(SECRET, status=Status.WITHHELD)],
        [KILL],
    ],
    ids=["embargoed", "embargoed longer", "embargoed and killed", "dated ahead", "withheld", "killed before it came"],
)
def test_what_was_never_shown_leaves_the_flash_of_an_earlier_release(
    press: Printer, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch, copies: list[Copy]
) -> None:
    send(builders.make_copy("静かな海", guid="calm", body_text="凪いだ。"))
    source = WireItem.objects.get().source
    monkeypatch.setattr(printers, "made_with", lambda: "a later release")
    later = Printer(press.edition)
    monkeypatch.setattr(printers, "_printers", [later])
    later.print_slots(["wire", "banner"])
    for copy in copies:
        file(copy, Filing(source, house(django_settings.KAWARABAN), timezone.now(), timezone.now()))
        settle(later)
    assert [name for name, text in slots(later).items() if name.startswith("older") and "静かな海" in plainly(text)]
    assert showing_parts(later) == []


def showing_parts(press: Printer) -> list[str]:
    return [name for name, text in (parts(press) | slots(press)).items() if WORD in plainly(text)]
