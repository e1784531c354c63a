"""A change leads to exactly the pages and slots that show it."""

import re
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Byline, Front, Lead, Pick, Picture, Section, Topic
from kawaraban.pages import answers, printing, reprint, tail
from kawaraban.pages import printer as printers
from kawaraban.pages.models import Change
from kawaraban.pages.printer import Printer, seconds
from kawaraban.press.edition import SLOT, Outdated
from kawaraban.press.queue import Urgency
from kawaraban.press.room import EditionFull
from tests.pages.at_press import article, marked, publish, reprint_faults, settle

Text = Callable[[str], str]


def test_new_article_is_on_its_page_and_in_its_lists(press: Printer, world: Section, printed: Text) -> None:
    settle(press)
    found = article("Harbour", world, "harbour")
    settle(press)
    for address in (found.address, "/", "/latest", "/world", "/feed.xml", "/world/feed.xml", "/ranking", "/sitemap-news.xml"):
        assert "Harbour" in printed(address) or address == "/ranking", address


def test_slot_is_printed_once_and_shows_on_every_page(press: Printer, world: Section, printed: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [article(f"Number {number}", world, f"n{number}").address for number in range(4)]
    settle(press)
    builders.make_wire_item("Flash of the hour")
    asked: list[str] = []
    monkeypatch.setattr(printers, "made_slot", lambda name, made=printers.made_slot: asked.append(name) or made(name))
    settle(press)
    assert asked == ["wire"]
    assert all("Flash of the hour" in printed(address) for address in addresses)


def test_text_alone_touches_no_other_page(press: Printer, world: Section) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    found.author_note = "A note."
    publish(found)
    feeds = {"/feed.xml", "/world/feed.xml", "/sitemap.xml", "/sitemap-news.xml"}
    assert {address for address in marked(press) if not address.startswith("/sitemaps/")} == {found.address, *feeds}


def test_new_headline_is_wherever_the_old_one_was(press: Printer, world: Section, printed: Text) -> None:
    found, other = article("Before", world, "one"), article("Other", world, "two")
    settle(press)
    assert "Before" in printed(other.address)
    found.title = "After"
    publish(found)
    settle(press)
    assert [address for address in press.edition.addresses() if "Before" in printed(address)] == []
    assert "After" in printed(other.address)


def test_renamed_author_is_on_every_article(press: Printer, world: Section, printed: Text) -> None:
    author = builders.make_author("灘波澄香", slug="namba")
    found = article("By her", world, "by-her")
    found.bylines = [Byline(author=author)]
    found.save()
    other = article("By nobody", world, "nobody")
    settle(press)
    assert "灘波澄香" in printed(found.address)
    author.title = "New Name"
    author.save_revision().publish()
    waiting = marked(press)
    assert found.address in waiting and other.address not in waiting
    settle(press)
    assert "New Name" in printed(found.address)


def test_changed_picture_is_on_the_pages_with_it(press: Printer, world: Section, printed: Text) -> None:
    picture = builders.make_picture(alt="A lamp", credit="Somebody")
    found, other = article("With", world, "with", picture=picture), article("Without", world, "without")
    settle(press)
    Picture.objects.get(pk=picture.pk).save()
    waiting = marked(press)
    assert found.address in waiting and other.address not in waiting
    picture.caption = "A new caption"
    picture.save()
    settle(press)
    assert "A new caption" in printed(found.address)


def test_article_that_others_picked_appears_there_when_it_comes(press: Printer, world: Section, printed: Text) -> None:
    picked, other = article("Picked", world, "picked"), article("Picks it", world, "picks")
    other.picks = [Pick(picked=picked)]
    other.body = [*builders.make_body(), ("page_break", None), *builders.make_body()]
    publish(other)
    picked.unpublish()
    for number in range(9):
        article(f"Newer {number}", world, f"newer-{number}")
    settle(press)
    addresses = [other.address, f"{other.address}/2", f"{other.address}/all"]
    assert all(printed(address) and "Picked" not in printed(address) for address in addresses)
    Article.objects.get(pk=picked.pk).save_revision().publish()
    settle(press)
    assert [address for address in addresses if "Picked" not in printed(address)] == []


def test_withdrawn_article_is_nowhere(press: Printer, world: Section, printed: Text) -> None:
    found = article("Withdrawn", world, "withdrawn")
    article("Other", world, "other")
    settle(press)
    found.unpublish()
    settle(press)
    assert [address for address in press.edition.addresses() if "Withdrawn" in printed(address)] == []
    assert press.edition.record(found.address).status == 410


def test_what_shows_a_withdrawn_article_goes_first(press: Printer, world: Section) -> None:
    found, other = article("Withdrawn", world, "withdrawn"), article("Other", world, "other")
    settle(press)
    found.unpublish()
    other.title = "Other words"
    publish(other)
    printing.tell_changes(press)
    urgent = {address for urgency, address in press.edition.due(1000) if urgency == Urgency.NOW}
    assert {found.address, "/latest", "/feed.xml", f"{SLOT}latest"} <= urgent


def test_deleted_article_is_gone(press: Printer, world: Section, printed: Text) -> None:
    found = article("Deleted", world, "deleted")
    settle(press)
    Article.objects.get(pk=found.pk).delete()
    settle(press)
    assert printed(found.address) == ""
    assert [address for address in press.edition.addresses() if "Deleted" in printed(address)] == []


def test_renamed_section_address_redirects(press: Printer, world: Section, printed: Text, django_capture_on_commit_callbacks) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    old = found.address
    world.refresh_from_db()
    world.slug = "globe"
    with django_capture_on_commit_callbacks(execute=True):
        publish(world)
    settle(press)
    moved = Article.objects.get(pk=found.pk)
    assert moved.address.startswith("/globe/")
    assert (press.edition.record(old).status, press.edition.record(old).location) == (301, moved.address)
    assert old not in printed("/latest") and moved.address in printed("/latest")


def test_list_shifts_on_all_its_printed_pages(press: Printer, world: Section, settings, printed: Text) -> None:
    for number in range(settings.KAWARABAN.lists.page_size + 1):
        article(f"Number {number}.", world, f"n{number}", age=timedelta(minutes=number + 1))
    settle(press)
    assert press.print_page("/world?page=2")
    last = settings.KAWARABAN.lists.page_size
    assert (
        f"Number {last}." in printed("/world?page=2") and f"Number {last - 1}." not in printed("/world?page=2").split("<main")[1].split("</main")[0]
    )
    article("Newest", world, "newest", age=timedelta(0))
    settle(press)
    assert f"Number {last - 1}." in printed("/world?page=2")


def test_leading_stories_touch_the_front_page_only(press: Printer, front: Front, world: Section) -> None:
    found = article("Harbour", world, "harbour")
    front.refresh_from_db()
    front.save()
    settle(press)
    front.leads = [Lead(article=found)]
    front.save_revision().publish()
    assert {address for address in marked(press) if not address.endswith((".xml", ".webmanifest"))} == {"/"}


def test_embargoed_wire_item_appears_at_its_time_and_not_before(press: Printer, printed: Text) -> None:
    tail.fall_due(press, timezone.now())
    item = builders.make_wire_item("Embargoed", embargoed_until=timezone.now() + timedelta(minutes=5))
    press.print_page("/latest")
    settle(press)
    assert "Embargoed" not in printed("/latest")
    later = timezone.now() + timedelta(minutes=6)
    tail.fall_due(press, later)
    assert [change.key for change in Change.objects.all()] == [f"wire:{item.pk}"]


def test_clock_set_back_takes_back_what_it_freed(press: Printer, printed: Text) -> None:
    now = timezone.now()
    item = builders.make_wire_item("Embargoed", embargoed_until=now + timedelta(minutes=30))
    tail.fall_due(press, now + timedelta(hours=1))  # a clock that is wrong
    printing.tell_changes(press)
    tail.fall_due(press, now)
    assert [change.key for change in Change.objects.all()] == [f"wire:{item.pk}"]
    printing.tell_changes(press)
    tail.fall_due(press, now + timedelta(minutes=31))
    assert [change.key for change in Change.objects.all()] == [f"wire:{item.pk}"], "and frees it at its time"


def test_worker_prints_at_once_when_the_clock_was_set_back(press: Printer, printed: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    press.print_page("/latest")
    settle(press)
    builders.make_wire_item("Told by a wrong clock")
    with monkeypatch.context() as later:
        later.setattr("kawaraban.press.edition.time.time", lambda: time.time_ns() / 1e9 + 3600)
        printing.tell_changes(press)
    press.edition.note("is filled", "yes")
    tail.Tail().turn(press, Event(), seconds(60))
    assert "Told by a wrong clock" in printed("/latest")


def test_query_that_a_page_reads_is_printed(press: Printer, world: Section, settings, printed: Text) -> None:
    for number in range(45):
        builders.make_wire_item(f"Flash {number}", section="国際")
    assert press.print_page("/wire?page=2") and press.print_page("/wire?section=国際&page=2")
    assert "Flash 0" in printed("/wire?page=2")


def test_slot_that_fails_is_put_off_and_its_neighbours_are_not(
    press: Printer, world: Section, printed: Text, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    make = printers.made_slot
    monkeypatch.setattr(printers, "made_slot", lambda name: 1 / 0 if name == "latest" else make(name))
    item = builders.make_wire_item("Killed")
    article("News", world, "news")
    settle(press)
    assert "Killed" in printed(found.address)
    item.status = "canceled"
    item.save()
    article("More news", world, "more-news")
    settle(press)
    assert "Killed" not in printed(found.address)
    assert press.edition.counts().by_urgency == {"retry": 1}
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"][-1].startswith("slot:latest can't be printed")


def test_day_that_ends_prints_the_masthead_again(press: Printer, world: Section) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    tail.fall_due(press, timezone.now())
    assert marked(press) == set()
    tail.fall_due(press, timezone.now() + timedelta(days=1))
    waiting = marked(press)
    assert {f"{SLOT}masthead", f"{SLOT}footer"} <= waiting and found.address not in waiting


def test_draft_is_nobodys_business(press: Printer, world: Section) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    found.title = "Draft"
    found.save_revision()
    world.add_child(instance=Article(title="New draft", slug="draft", section=world, live=False))
    assert marked(press) == set()


def test_printed_right_after_the_commit(press: Printer, world: Section, printed: Text, django_capture_on_commit_callbacks) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    found.title = "At once"
    with django_capture_on_commit_callbacks(execute=True):
        publish(found)
    assert "At once" in printed(found.address) and "At once" in press.edition.slot("latest", press.generation).decode()
    assert Change.objects.count() == 0


def test_postponed_leaves_it_to_the_worker(press: Printer, world: Section, printed: Text, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), printing.postponed():
        found = article("Later", world, "later")
    assert printed(found.address) == "" and Change.objects.exists()
    settle(press)
    assert "Later" in printed(found.address)


def test_full_disk_keeps_the_change(press: Printer, world: Section, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    article("Harbour", world, "harbour")

    def full(*_: object) -> None:
        raise EditionFull(EditionFull.__doc__)

    monkeypatch.setattr(press.edition, "tell", full)
    printing.print_now()
    assert Change.objects.exists()
    assert "the worker tries again" in caplog.text


def test_page_that_fails_is_put_off_and_its_neighbours_are_not(
    press: Printer, world: Section, printed: Text, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = article("Bad", world, "bad"), article("Good", world, "good")
    make = printers.made
    monkeypatch.setattr(printers, "made", lambda address: 1 / 0 if address == bad.address else make(address))
    settle(press)
    assert "Good" in printed(good.address)
    assert press.edition.counts().by_urgency == {"retry": 1}
    monkeypatch.setattr(printers, "made", make)
    press.retry()
    settle(press)
    assert "Bad" in printed(bad.address)


def test_new_generation_serves_the_old_until_the_new_is_there(press: Printer, world: Section, printed: Text, monkeypatch) -> None:
    found = article("Harbour", world, "harbour")
    settle(press)
    before = printed(found.address)
    monkeypatch.setattr(printers, "made_with", lambda: "another theme")
    later = Printer(press.edition)
    assert later.generation != press.generation
    assert printed(found.address) == before
    builders.make_wire_item("Only in the new one")
    with pytest.raises(Outdated):
        settle(press)
    settle(later)
    assert printed(found.address) == before, "no page has parts of two generations"
    tail.fill(later)
    later.work_off(seconds(60))
    assert "Only in the new one" in printed(found.address)
    later.edition.forget_older()
    assert later.edition.outdated_addresses() == [] and reprint_faults(later, monkeypatch) == []


def test_withdrawn_copy_leaves_old_generations_too(press: Printer, world: Section, printed: Text, monkeypatch) -> None:
    item = builders.make_wire_item("Killed")
    found = article("Harbour", world, "harbour")
    settle(press)
    monkeypatch.setattr(printers, "made_with", lambda: "another theme")
    later = Printer(press.edition)
    assert "Killed" in printed(found.address)
    item.status = "canceled"
    item.save()
    printing.tell_changes(later)
    assert "Killed" not in printed(found.address)


def test_reprint_of_what_is_no_page(press: Printer) -> None:
    with pytest.raises(reprint.Unprintable, match="/nothing"):
        reprint.one("/nothing/")


def test_status_counts(press: Printer, world: Section) -> None:
    article("Harbour", world, "harbour")
    settle(press)
    lines = "\n".join(reprint.status())
    assert "印刷待ち: 0" in lines and "まだ印刷に回っていない変更: 0" in lines
    with override("en"):
        builders.make_wire_item("Flash")
        printing.tell_changes(press)
        assert re.search(r"Waiting to be printed: \d+ \(at once: \d+", "\n".join(reprint.status()))


def test_worker_fills_an_edition_that_was_deleted(press: Printer, world: Section, printed: Text) -> None:
    found = article("Harbour", world, "harbour")
    Change.objects.all().delete()
    tail.Tail().turn(press, Event(), seconds(60))
    assert "Harbour" in printed(found.address) and press.edition.record("!404").status == 404
    assert press.edition.record("!503").status == 503


def test_edition_deleted_while_a_thread_prints_fails_nobody(press: Printer, world: Section, settings, monkeypatch) -> None:
    """What prints has hold of the edition that was; it is not closed under its hands."""
    monkeypatch.setattr(type(settings.KAWARABAN), "edition", press.edition.folder)
    with press.edition.writing() as txn:
        shutil.rmtree(press.edition.folder)
        later = printers.printer()
        assert later is not press and later.print_page("/latest")
        press.edition.meta.put_text(txn, "still", "open")
    assert press.edition.noted("still") == "open"
    later.edition.close()


def test_desk_without_its_database_says_in_a_line_that_it_can_not_print(
    press: Printer, settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(address: str) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(printers, "made", away)
    shown = {"HTTP_AUTHORIZATION": f"Bearer {settings.KAWARABAN.token}"}
    asked = answers.print_page(RequestFactory().post("/-/print", {"address": "/x"}, content_type="application/json", **shown))
    assert asked.status_code == 503
    assert [record.exc_info for record in caplog.records if record.name == "kawaraban.pages.answers"] == [None]


def test_search_without_the_database_says_so_in_a_line_that_tells_nobody_what_was_looked_for(
    press: Printer, settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(request: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setitem(answers.SEARCHES, "/search", away)
    shown = {"HTTP_AUTHORIZATION": f"Bearer {settings.KAWARABAN.token}"}
    asked = answers.search(RequestFactory().post("/-/search", {"path": "/search", "query": "q=secret"}, content_type="application/json", **shown))
    assert asked.status_code == 503
    (record,) = [record for record in caplog.records if record.name == "kawaraban.pages.answers"]
    assert record.exc_info is None and "secret" not in record.getMessage()


def test_topic_page_gets_the_article_that_joins_it(press: Printer, world: Section, printed: Text) -> None:
    topic: Topic = builders.make_topic("海の道", slug="sea")
    found = article("Harbour", world, "harbour")
    settle(press)
    assert "Harbour" not in printed(topic.address).split("<main")[1].split("</main")[0]
    found.topics = [topic]
    found.deck = "Changed face"
    publish(found)
    settle(press)
    assert "Harbour" in printed(topic.address).split("<main")[1].split("</main")[0]


def test_nothing_private_is_printed(press: Printer, world: Section, printed: Text) -> None:
    found = article("Secret", world, "secret")
    settle(press)
    PageViewRestriction.objects.create(page=found, restriction_type="login")
    settle(press)
    assert [address for address in press.edition.addresses() if "Secret" in printed(address)] == []


def test_settings_of_the_edition(press: Printer) -> None:
    assert django_settings.KAWARABAN.edition.name == "edition"
    assert "style-src 'self' 'sha256-" in press.edition.policy(press.generation)
