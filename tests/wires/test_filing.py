import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.wires import signals
from kawaraban.wires.copy import Copy, Link, Relation, Status, Subject
from kawaraban.wires.filing import Outcome
from kawaraban.wires.models import ArticleOrigin, Banner, DeskNotice, Instruction, KillReceipt, Source, WireItem, WireVersion
from tests.wires.conftest import NOW, File

KILL = builders.make_copy("", body_text="", version=2, status=Status.CANCELED, editorial_note="KILL: 使わないこと")


def kill_by_link(guid: str = "urn:shiomi:1", version: int = 0, **more: object) -> Copy:
    return builders.make_copy("配信取消のお知らせ", guid="urn:shiomi:kill", links=(Link(Relation.KILLS, guid, version),), **more)


def usable() -> list[str]:
    return sorted(item.guid for item in WireItem.objects.usable(NOW + timedelta(days=1)))


def test_new_item_shows_its_copy(filed: File, source: Source) -> None:
    copy = builders.make_copy(
        byline="澪 千歳",
        urgency=2,
        published=NOW,
        copyright="© 潮見通信",
        subjects=(Subject("medtop", "04000000", "経済"),),
        address="https://shiomi.example/1",
    )
    item = filed(copy).item
    item.refresh_from_db()
    assert (item.headline, item.byline, item.urgency, item.agency, item.credit) == (copy.headline, "澪 千歳", 2, "潮見通信", "© 潮見通信")
    assert (item.section, item.source, item.published, item.namespace) == ("ビジネス", source, NOW, "潮見通信")
    assert item.is_flashed and item.flash_until == NOW + timedelta(hours=48)
    assert item.face.number == item.version == 1 and item.face.copy["body_text"] == copy.body_text


def test_item_that_tells_nothing_but_a_text(filed: File, source: Source) -> None:
    Source.objects.update(section="ワールド", language="en")
    source.refresh_from_db()
    item = filed(Copy(format="text", guid="1", body_text="First line\n\nSecond")).item
    assert (item.headline, item.published, item.section, item.language) == ("First line", NOW, "ワールド", "en")


def test_newer_version_is_the_face_and_an_older_is_only_filed(filed: File) -> None:
    for minute, version in enumerate((1, 3, 2)):
        filed(builders.make_copy(f"第{version}版", version=version), minute)
    item = WireItem.objects.get()
    assert (item.headline, item.version) == ("第3版", 3)
    assert [version.number for version in item.versions.newest_first()] == [3, 2, 1]


def test_versions_in_any_order_end_in_the_same_item(filed: File) -> None:
    copies = [builders.make_copy(f"第{number}版", version=number, urgency=number) for number in (1, 2, 3)]
    shown = set()
    for place, arranged in enumerate(itertools.permutations(copies)):
        for copy in arranged:
            filed(replace(copy, guid=f"urn:{place}"))
        item = WireItem.objects.get(guid=f"urn:{place}")
        shown.add((item.headline, item.urgency, item.version, item.versions.count()))
    assert shown == {("第3版", 3, 3, 3)}


def test_same_version_twice_is_one(filed: File) -> None:
    assert [filed(builders.make_copy(), minute).outcome for minute in range(3)] == [Outcome.NEW, Outcome.SAME, Outcome.SAME]
    assert filed(builders.make_copy(format="ninjs")).outcome == Outcome.SAME
    assert WireVersion.objects.count() == 1


def test_feed_without_versions_is_newest_by_arrival(filed: File) -> None:
    filed(builders.make_copy("前の見出し", format="rss", published=NOW), 1)
    assert filed(builders.make_copy("後の見出し", format="rss", published=NOW), 2).item.headline == "後の見出し"


def test_feed_with_random_identifiers_is_filed_once(filed: File) -> None:
    copy = builders.make_copy(format="rss", address="https://shiomi.example/1", published=NOW)
    first = filed(copy)
    for minute in range(1, 4):
        found = filed(replace(copy, guid=f"random-{minute}", published=NOW + timedelta(minutes=minute)), minute)
        assert (found.item, found.outcome) == (first.item, Outcome.SAME)
    changed = filed(replace(copy, guid="random-9", body_text="直した本文。"), 9)
    assert (changed.item, changed.outcome, changed.item.body) == (first.item, Outcome.VERSION, "直した本文。")
    assert WireItem.objects.count() == 1


def test_tomorrows_weather_at_the_same_address_is_another_item(filed: File) -> None:
    copy = builders.make_copy("港の天気", format="rss", address="https://shiomi.example/weather", body_text="晴れ。")
    filed(copy)
    assert filed(replace(copy, guid="tomorrow", body_text="雨。"), 24 * 60).outcome == Outcome.NEW
    assert filed(replace(copy, guid="again"), 48 * 60).outcome == Outcome.SAME


@pytest.mark.parametrize("more", [{"format": "nitf"}, {"address": "https://shiomi.example/2"}, {"headline": "別の話", "body_text": "別の文。"}])
def test_item_of_another_identifier_is_another(filed: File, more: dict[str, str]) -> None:
    copy = builders.make_copy(format="rss", address="https://shiomi.example/1")
    filed(copy)
    assert filed(replace(copy, guid="other", **more)).outcome == Outcome.NEW


def test_killed_item_of_a_feed_does_not_come_back_under_another_identifier(filed: File) -> None:
    copy = builders.make_copy(format="rss", address="https://shiomi.example/1")
    filed(copy)
    filed(replace(KILL, format="rss"), 1)
    assert filed(replace(copy, guid="random"), 2).outcome == Outcome.SAME
    assert usable() == []


def test_two_agencies_may_use_one_identifier(filed: File) -> None:
    filed(builders.make_copy("潮見の話"))
    filed(builders.make_copy("凪の話"), by=builders.make_source("凪通信", key="nagi"))
    assert sorted(WireItem.objects.values_list("headline", flat=True)) == ["凪の話", "潮見の話"]


def test_two_sources_of_one_agency_file_one_item(filed: File) -> None:
    filed(builders.make_copy())
    found = filed(replace(KILL), 1, by=builders.make_source(key="shiomi-mail"))
    assert found.item.status == "canceled" and WireItem.objects.count() == 1


@pytest.mark.parametrize("kill", [KILL, kill_by_link()], ids=["its own", "by link"])
def test_kill_finds_the_item_of_a_source_whose_agency_was_renamed(filed: File, source: Source, kill: Copy) -> None:
    filed(builders.make_copy())
    source.agency = "潮見通信社"
    source.save()
    filed(kill, 1)
    assert usable() == [] and WireItem.objects.get(guid="urn:shiomi:1").status == "canceled"


def test_kill_leaves_no_text_on_the_item(filed: File) -> None:
    filed(builders.make_copy("消える見出し", byline="消える署名", slugline="消える", address="https://shiomi.example/1"))
    item = filed(KILL, 1).item
    item.refresh_from_db()
    assert (item.status, item.killed_at, item.version) == ("canceled", NOW + timedelta(minutes=1), 2)
    texts = [value for value in vars(item).values() if isinstance(value, str)]
    assert not any("消える" in text or "就航" in text or "shiomi.example" in text for text in texts)
    assert item.editorial_note == "KILL: 使わないこと" and str(item) == "urn:shiomi:1"


@pytest.mark.parametrize("late", [{}, {"version": 2}, {"version": 2, "updated": NOW + timedelta(minutes=5)}])
def test_kill_wins_whenever_it_comes(filed: File, late: dict) -> None:
    filed(KILL)
    filed(builders.make_copy(**late), 6)
    assert usable() == [] and WireItem.objects.get().body == ""


def test_newer_usable_version_revives(filed: File) -> None:
    filed(builders.make_copy())
    filed(KILL, 1)
    item = filed(builders.make_copy("改めて", version=3), 2).item
    assert usable() == [item.guid] and (item.headline, item.killed_at) == ("改めて", None)


def test_withheld_item_keeps_its_text_for_the_desk(filed: File) -> None:
    filed(builders.make_copy())
    item = filed(replace(KILL, status=Status.WITHHELD), 1).item
    assert usable() == [] and item.headline and item.status == "withheld"


@pytest.mark.parametrize("first", ["item", "kill"])
def test_kill_by_link(filed: File, first: str) -> None:
    copies = [builders.make_copy(published=NOW), kill_by_link(published=NOW)]
    for minute, copy in enumerate(copies if first == "item" else reversed(copies)):
        filed(copy, minute)
    assert usable() == []
    assert WireItem.objects.get(guid="urn:shiomi:1").headline == ""
    assert WireItem.objects.get(guid="urn:shiomi:kill").status == "withheld"


def test_kill_by_link_of_another_agency_does_nothing(filed: File) -> None:
    filed(builders.make_copy())
    filed(kill_by_link(), 1, by=builders.make_source("凪通信", key="nagi"))
    assert usable() == ["urn:shiomi:1"]


def test_kill_by_link_up_to_a_version(filed: File) -> None:
    filed(kill_by_link(version=2))
    filed(builders.make_copy(version=2), 1)
    assert usable() == []
    filed(builders.make_copy(version=3), 2)
    assert usable() == ["urn:shiomi:1"]


def test_kill_by_link_of_an_item_that_came_before_versions_were_kept(filed: File, source: Source) -> None:
    builders.make_wire_item(guid="urn:shiomi:1", namespace="潮見通信", source=source, published=NOW)
    filed(kill_by_link(), 1)
    item = WireItem.objects.get(guid="urn:shiomi:1")
    assert (item.status, item.headline, item.versions.count()) == ("canceled", "", 1)


@pytest.mark.parametrize("first", ["item", "correction"])
def test_correction_by_link_stands_in_for_the_item(filed: File, first: str) -> None:
    copies = [builders.make_copy("誤りのある話"), builders.make_copy("正しい話", guid="urn:2", links=(Link(Relation.CORRECTS, "urn:shiomi:1"),))]
    for minute, copy in enumerate(copies if first == "item" else reversed(copies)):
        filed(copy, minute)
    assert usable() == ["urn:2"]
    old = WireItem.objects.get(guid="urn:shiomi:1")
    assert old.replaced_by.guid == "urn:2" and old.replaced_by.notice == "correction"
    assert old.successor(NOW + timedelta(hours=1)) == old.replaced_by


def test_killed_correction_does_not_bring_the_error_back(filed: File) -> None:
    filed(builders.make_copy("誤りのある話"))
    filed(builders.make_copy("正しい話", guid="urn:2", links=(Link(Relation.CORRECTS, "urn:shiomi:1"),)), 1)
    filed(replace(KILL, guid="urn:2"), 2)
    assert usable() == []


def test_two_that_correct_each_other_show_the_later(filed: File) -> None:
    filed(builders.make_copy("甲", guid="a", updated=NOW, links=(Link(Relation.CORRECTS, "b"),)))
    filed(builders.make_copy("乙", guid="b", updated=NOW + timedelta(minutes=5), links=(Link(Relation.CORRECTS, "a"),)), 5)
    assert usable() == ["b"]
    assert WireItem.objects.get(guid="a").successor(NOW + timedelta(hours=1)).guid == "b"


def test_correction_says_so_where_the_agency_asks(filed: File) -> None:
    filed(builders.make_copy(body_text="百人。"))
    item = filed(builders.make_copy(body_text="十人。", version=2, editorial_note="訂正：人数を改めました。", updated=NOW), 1).item
    assert (item.body, item.notice, item.notice_text, item.corrected_at) == ("十人。", "correction", "訂正：人数を改めました。", NOW)
    item = filed(builders.make_copy(body_text="十二人。", version=3, editorial_note="担当：港支局"), 2).item
    assert (item.notice, item.notice_text) == ("", "")


def test_embargoed_version_hides_what_was_shown(filed: File) -> None:
    filed(builders.make_copy("出ていた話"))
    item = filed(builders.make_copy("解禁前の話", version=2, embargoed_until=NOW + timedelta(hours=5)), 1).item
    assert list(WireItem.objects.usable(NOW + timedelta(hours=4))) == []
    assert list(WireItem.objects.usable(NOW + timedelta(hours=5))) == [item]


def test_flash_is_the_editors_after_the_first_version(filed: File) -> None:
    item = filed(builders.make_copy()).item
    WireItem.objects.filter(pk=item.pk).update(is_flashed=False, is_pinned=True, position=3)
    item = filed(builders.make_copy(version=2), 1).item
    assert (item.is_flashed, item.is_pinned, item.position) == (False, True, 3)


def test_old_copy_is_not_flashed(filed: File) -> None:
    assert not filed(builders.make_copy(published=NOW - timedelta(days=3))).item.is_flashed


def test_receipt_says_what_was_removed(filed: File, front) -> None:
    item = filed(builders.make_copy()).item
    article = builders.make_article("記事の見出し")
    ArticleOrigin.objects.create(article=article, item=item, accepted=item.face)
    banner = Banner.objects.create(text="速報", item=item, starts=NOW)
    assert list(Banner.objects.current(NOW)) == [banner]
    filed(KILL, 1)
    receipt = KillReceipt.objects.get()
    assert (receipt.status, receipt.removed_at, receipt.banners) == ("canceled", NOW + timedelta(minutes=1), [banner.pk])
    assert receipt.articles == [{"key": article.pk, "headline": "記事の見出し", "is_live": True}]
    assert list(Banner.objects.current(NOW + timedelta(minutes=2))) == []
    assert ArticleOrigin.objects.killed().get().article == article


def test_kill_twice_leaves_one_receipt(filed: File) -> None:
    filed(builders.make_copy())
    filed(KILL, 1)
    filed(replace(KILL, editorial_note="再送"), 2)
    filed(replace(KILL, version=3), 3)
    assert KillReceipt.objects.count() == 1


def test_editors_are_told(filed: File, front) -> None:
    item = filed(builders.make_copy()).item
    owner, other = (User.objects.create_user(name, f"{name}@magazine.example") for name in ("mio", "nagi"))
    article = builders.make_article(owner=owner)
    ArticleOrigin.objects.create(article=article, item=item, accepted=item.face, made_by=other)
    filed(builders.make_copy(version=2, editorial_note="Correction: the name"), 1)
    filed(replace(KILL, version=3), 2)
    filed(builders.make_copy(version=4), 3)
    kinds = [(notice.user.username, notice.kind) for notice in DeskNotice.objects.order_by("created", "user__username")]
    assert kinds == [(name, kind) for kind in ("corrected", "killed", "revived") for name in ("mio", "nagi")]
    assert ArticleOrigin.objects.behind().exists()


def test_article_that_nobody_here_wrote_is_told_to_who_may_do_everything(filed: File, front, django_user_model) -> None:
    django_user_model.objects.create_superuser("chief")
    item = filed(builders.make_copy()).item
    ArticleOrigin.objects.create(article=builders.make_article(), item=item)
    filed(KILL, 1)
    assert DeskNotice.objects.get().user.username == "chief"


def test_signals_are_sent_in_the_transaction(filed: File) -> None:
    heard = []

    def listen(sender: type, **told: object) -> None:
        heard.append(sorted(told.keys() - {"signal"}))

    for signal in (signals.taken_down, signals.corrected, signals.revived):
        signal.connect(listen)
    try:
        filed(builders.make_copy())
        filed(builders.make_copy(version=2, editorial_note="訂正"), 1)
        filed(replace(KILL, version=3), 2)
        filed(builders.make_copy(version=4), 3)
    finally:
        for signal in (signals.taken_down, signals.corrected, signals.revived):
            signal.disconnect(listen)
    assert heard == [["item"], ["item", "receipt"], ["item"]]


def test_copy_that_no_database_takes_as_it_is(filed: File) -> None:
    copy = builders.make_copy("あ\x00\ud800" * 200, byline="ん" * 300, language="ja-Hira-JP-x-shiomi", agency="社" * 200, guid="g" * 999, version=5)
    item = filed(copy).item
    item.refresh_from_db()
    assert (len(item.headline), len(item.byline), item.language, len(item.agency)) == (255, 255, "ja", 80)
    assert filed(copy).outcome == Outcome.SAME


def test_item_that_orders_a_hundred_kills_is_obeyed(filed: File) -> None:
    links = tuple(Link(Relation.KILLS, f"urn:{number}") for number in range(100))
    for number in range(0, 100, 10):
        filed(builders.make_copy(guid=f"urn:{number}"))
    filed(builders.make_copy(guid="all", links=links), 1)
    assert usable() == [] and Instruction.objects.count() == 100


def test_filing_asks_little_of_the_database(filed: File, django_assert_max_num_queries) -> None:
    filed(builders.make_copy(guid="warm", published=timezone.now()))
    with django_assert_max_num_queries(16):
        filed(builders.make_copy("別の話", guid="cold", body_text="灯台の話。" * 20))
