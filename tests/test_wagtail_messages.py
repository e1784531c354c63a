"""The desk says in Japanese what Wagtail leaves in English, and Wagtail's own words come second to ours."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from wagtail.admin.views.i18n import js_catalog

TOOLS = Path(__file__).resolve().parent.parent / "tools"


def loaded(name):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


messages = loaded("messages")
wagtail_messages = loaded("wagtail_messages")
Message = messages.Message


def asked(*msgids):
    return {(messages.singular(msgid), None): Message(msgid) for msgid in msgids}


def answered(**words):
    return {(msgid, None): text for msgid, text in words.items()}


def faults(of, asked, answered=None, remarks=()):
    catalog = messages.Plain("ja", [Message(msgid, text, user_comments=remarks) for msgid, text in of.items()])
    return list(wagtail_messages.faults(catalog, asked, answered or {}))


def test_no_fault_in_this_repository():
    assert list(wagtail_messages.faults_on_disk()) == []


@pytest.mark.parametrize("catalogue", wagtail_messages.CATALOGUES, ids=lambda catalogue: catalogue.domain)
def test_each_catalogue_is_there_in_japanese(catalogue):
    assert catalogue.languages() == ["ja"]
    assert len(wagtail_messages.asked(catalogue)) > 80


def test_apps_are_the_wagtail_apps_of_the_settings():
    assert [app for app in settings.INSTALLED_APPS if app.startswith("wagtail")] == list(wagtail_messages.APPS)


@pytest.mark.parametrize(
    ("of", "wanted", "sentence"),
    [
        ({}, ["Undo"], "“Undo” is missing: run extract, then translate it."),
        ({"Undo": "元に戻す"}, [], "“Undo” is no longer Wagtail's: run extract, which takes it out."),
        ({"Undo": ""}, ["Undo"], "“Undo” is not translated."),
        ({"By %(name)s": "文"}, ["By %(name)s"], "“By %(name)s” has %(name)s; its translation “文” has others."),
        ({"By {name}": "{nmae}文"}, ["By {name}"], "“By {name}” has {name}; its translation “{nmae}文” has other markup."),
        ({"<b>A</b>": "<b>あ"}, ["<b>A</b>"], "“<b>A</b>” has </b, <b; its translation “<b>あ” has other markup."),
        ({("One", "Many"): ("",)}, [("One", "Many")], "“One” is not translated."),
    ],
)
def test_faults_names_what_is_wrong(of, wanted, sentence):
    assert faults(of, asked(*wanted)) == [sentence]


def test_faults_sees_a_plural_that_wagtail_has_made_of_a_message():
    assert faults({"Undo": "元に戻す"}, asked(("Undo", "Undo all"))) == ["“Undo” is missing: run extract, then translate it."]


def test_faults_wants_what_is_left_out_to_be_left_out():
    msgid = next(iter(wagtail_messages.LEFT_OUT))
    assert faults({msgid: "%(items_count)s件中、%(start_index)s～%(end_index)s件目"}, asked(msgid)) == []
    assert len(faults({msgid: "%(items_count)s %(model_name)s %(start_index)s～%(end_index)s"}, asked(msgid))) == 1


def test_faults_sees_that_wagtail_says_it_now_itself():
    assert "is now “やり直す” in Wagtail itself" in faults({"Undo": "元に戻す"}, asked("Undo"), answered(Undo="やり直す"))[0]


def test_faults_sees_that_wagtail_has_changed_a_wording_we_correct():
    remarks = ["Wagtail: 向こう"]
    assert faults({"Undo": "元に戻す"}, asked("Undo"), answered(Undo="向こう"), remarks) == []
    assert "not as noted" in faults({"Undo": "元に戻す"}, asked("Undo"), answered(Undo="戻す"), remarks)[0]
    assert "not as noted" in faults({"Undo": "元に戻す"}, asked("Undo"), {}, remarks)[0]


def test_shadowed_sees_another_wording_in_the_projects_catalogue():
    ours = messages.Plain("ja", [Message("Section", "区分"), Message("Undo", "元に戻す")])
    above = messages.Plain("ja", [Message("Section", "セクション"), Message("Undo", "元に戻す")])
    assert [line[:16] for line in wagtail_messages.shadowed(ours, above)] == ["“Section” is “セク"]


def test_merged_keeps_translations_and_corrections_and_drops_what_wagtail_says():
    plain = [Message("Undo", "元に戻す"), Message("Old", "古い"), Message("Now", "今")]
    known = messages.Plain("ja", [*plain, Message("Sort", "並べ替え", user_comments=["Wagtail: 分類"])])
    fresh = wagtail_messages.merged(known, asked("Undo", "New", "Now", "Sort"), answered(Now="現在", Sort="分類する"), "ja")
    assert {message.id: (message.string, message.user_comments) for message in fresh if message.id} == {
        "Undo": ("元に戻す", []),
        "New": ("", []),
        "Sort": ("並べ替え", ["Wagtail: 分類する"]),
    }
    assert list(wagtail_messages.reworded(known, fresh)) == ["look at “Sort” = “並べ替え”: Wagtail: 分類する"]


def test_main_ends_with_1_when_something_is_wrong(tmp_path, monkeypatch, capsys):
    (tmp_path / "ja" / "LC_MESSAGES").mkdir(parents=True)
    django = wagtail_messages.CATALOGUES[0]
    monkeypatch.setattr(wagtail_messages, "CATALOGUES", [wagtail_messages.Catalogue("django", tmp_path, django.asking, django.answering)])
    assert wagtail_messages.main(["extract"]) == 0
    assert wagtail_messages.main(["check"]) == 1
    told = capsys.readouterr()
    assert "ja: new “Set schedule”" in told.out
    assert "ja: “Set schedule” is not translated." in told.err
    assert "ja: django.mo is older than django.po: run compile." in told.err


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("Set schedule", "予約公開を設定"),
        ("Schedule to publish", "予約公開する"),
        ("Unschedule", "予約公開を取り消す"),
        ("Usage", "使用状況"),
        ("Embed", "埋め込み"),
    ],
)
def test_django_takes_our_words_before_wagtails(msgid, text):
    with translation.override("ja"):
        assert translation.gettext(msgid) == text


def test_help_texts_name_the_schedule_button_as_it_is_called():
    catalog = messages.read(messages.LOCALE / "ja" / "LC_MESSAGES" / "django.po", "ja")
    naming = [message for message in catalog if "“Set schedule”" in str(message.id)]
    with translation.override("ja"):
        assert naming
        assert all(f"「{translation.gettext('Set schedule')}」" in message.string for message in naming)


def test_wagtails_javascript_catalogue_has_our_words(rf):
    with translation.override("ja"):
        answer = js_catalog(rf.get("/desk/jsi18n/"))
    catalog = json.loads(re.search(r"newcatalog = (\{.*?\n  \})", answer.content.decode(), re.S)[1])
    assert catalog["Insert a block"] == "ブロックを挿入"
    assert catalog["%(num)s error"] == ["エラー%(num)s件"]
    assert catalog["Page explorer"] == "ページ一覧"
    assert catalog["Cancel"] == "キャンセル"
