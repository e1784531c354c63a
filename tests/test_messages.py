"""Every word of the desk and of the readers' pages has its Japanese; and the check that says so can fail."""

import gettext
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
messages = importlib.util.module_from_spec(SPEC)
sys.modules["messages"] = messages
SPEC.loader.exec_module(messages)

ITEM = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

LABEL = _("credit"), pgettext_lazy("of a page", "title")


def told(count):
    return ngettext("%(count)d item", "%(count)d items", count)
"""
PAGE = """<ul>
    <li>{% translate "Most read" %}</li>
    <li>{% blocktranslate trimmed %}
        Sponsored by {{ sponsor }}
    {% endblocktranslate %}</li>
</ul>
"""


@pytest.fixture
def package(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "item.py").write_text(ITEM, encoding="utf-8")
    (tmp_path / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "locale" / "ja" / "LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def used(*msgids):
    return [messages.Used(msgid, None, "item.py") for msgid in msgids]


def catalog(**options):
    """A made-up catalogue: msgid → translation, by keyword `of`; flags for all of its messages."""
    return messages.Plain("ja", [messages.Message(msgid, text, flags=options.get("flags", ())) for msgid, text in options["of"].items()])


def words():
    with (messages.LOCALE / "ja" / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def faults(asked, of, underneath=None, **options):
    return list(messages.faults(catalog(of=of, **options), used(*asked), underneath or {}))


def test_no_fault_in_this_repository():
    assert list(messages.faults_on_disk(messages.PACKAGE, messages.LOCALE)) == []


def test_the_repository_has_japanese_for_desk_and_pages():
    places = {one.place.split("/")[0] for one in messages.used_in(messages.PACKAGE)}
    assert {"desk", "pages", "wires", "readership", "newsletters"} <= places
    assert "ja" in [language for language, _po in messages.catalogues(messages.LOCALE)]


@pytest.mark.parametrize(
    ("asked", "of", "sentence"),
    [
        (["credit", "deck"], {"credit": "クレジット"}, "“deck” (item.py) is missing: run extract, then translate it."),
        (["credit"], {"credit": "クレジット", "deck": "サブ見出し"}, "“deck” is used nowhere: run extract, which takes it out."),
        (["credit"], {"credit": ""}, "“credit” is not translated."),
        (["credit"], {"credit": "  "}, "“credit” is not translated."),
        ([("%(n)d item", "%(n)d items")], {("%(n)d item", "%(n)d items"): ("",)}, "“%(n)d item” is not translated."),
        (["By %(name)s"], {"By %(name)s": "文"}, "“By %(name)s” has %(name)s; its translation “文” has others."),
        (["By %(name)s"], {"By %(name)s": "%(neme)s文"}, "“By %(name)s” has %(name)s; its translation “%(neme)s文” has others."),
        (["By %(name)s"], {"By %(name)s": "%(name)d文"}, "“By %(name)s” has %(name)s; its translation “%(name)d文” has others."),
        (["By"], {"By": "%(name)s文"}, "“By” has no placeholder; its translation “%(name)s文” has others."),
        (["%(n)d left"], {"%(n)d left": "残り%(n)d%"}, "“残り%(n)d%” has a % that stands for nothing: write it as %%."),
    ],
)
def test_faults_names_what_is_wrong(asked, of, sentence):
    assert faults(asked, of) == [sentence]


def test_faults_sees_a_fuzzy_mark():
    assert faults(["credit"], {"credit": "クレジット"}, flags={"fuzzy"}) == [
        "“credit” is marked fuzzy, so it is not used: look at it and take the mark away."
    ]


def test_faults_sees_wagtails_own_words_replaced():
    assert faults(["Pages"], {"Pages": "ページ"}, {"Pages": {"ページ"}}) == []
    assert "would replace “ページ” all over the desk" in faults(["Pages"], {"Pages": "ページ数"}, {"Pages": {"ページ"}})[0]
    assert messages.wordings("ja")["Pages"] == {"ページ"}


def test_faults_is_content_with_good_translations():
    of = {"credit": "クレジット", "%(a)s of %(b)s": "%(b)sの%(a)s", ("%(n)d item", "%(n)d items"): ("%(n)d件",), "%(n)d left": "残り%(n)d%%"}
    assert faults(of, of) == []


def test_used_in_reads_modules_and_templates(package):
    found = {(one.msgid, one.context) for one in messages.used_in(package)}
    assert found == {
        ("credit", None),
        ("title", "of a page"),
        (("%(count)d item", "%(count)d items"), None),
        ("Most read", None),
        ("Sponsored by %(sponsor)s", None),
    }


def test_extract_keeps_translations_and_drops_the_unused(package):
    po = package / "locale" / "ja" / "LC_MESSAGES" / "django.po"
    po.write_bytes(messages.written(catalog(of={"credit": "クレジット", "creditor": "債権者"})))
    told = list(messages.extract(package, package / "locale"))
    kept = messages.read(po, "ja")
    assert kept.get("credit").string == "クレジット"
    assert kept.get("Most read").string == ""
    assert "ja: gone “creditor” = “債権者”" in told
    assert not any(message.fuzzy for message in kept)


def test_extract_twice_writes_the_same_bytes_without_dates(package):
    po = package / "locale" / "ja" / "LC_MESSAGES" / "django.po"
    assert len(list(messages.extract(package, package / "locale"))) == 5
    first = po.read_bytes()
    assert list(messages.extract(package, package / "locale")) == []
    assert po.read_bytes() == first
    assert b"Date" not in first
    assert b"#:" not in first


def test_faults_on_disk_sees_a_stale_mo_and_an_unsorted_po(package):
    locale = package / "locale"
    po = locale / "ja" / "LC_MESSAGES" / "django.po"
    (package / "templates" / "page.html").unlink()
    (package / "item.py").write_text('_("b")\n_("a")\n', encoding="utf-8")
    po.write_bytes(messages.written(catalog(of={"a": "あ", "b": "い"})))
    assert list(messages.faults_on_disk(package, locale)) == ["ja: django.mo is older than django.po: run compile."]
    messages.compile_all(locale)
    assert list(messages.faults_on_disk(package, locale)) == []
    po.write_text(po.read_text(encoding="utf-8").replace("い", "う"), encoding="utf-8")
    assert list(messages.faults_on_disk(package, locale)) == ["ja: django.mo is older than django.po: run compile."]
    messages.compile_all(locale)
    po.write_text(po.read_text(encoding="utf-8") + "\n# A remark.\n", encoding="utf-8")
    assert list(messages.faults_on_disk(package, locale)) == ["ja: django.po is not as extract writes it (order, header): run extract."]


def test_main_ends_with_1_when_something_is_wrong(package, monkeypatch, capsys):
    monkeypatch.setattr(messages, "PACKAGE", package)
    monkeypatch.setattr(messages, "LOCALE", package / "locale")
    assert messages.main(["extract"]) == 0
    assert messages.main(["check"]) == 1
    assert "ja: “credit” is not translated." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("Read also", "あわせて読みたい"),
        ("Flash", "ニュース速報"),
        ("Flash: %(section)s", "ニュース速報：%(section)s"),
        ("Most read", "人気ランキング"),
        ("Page not found", "ページが見つかりません"),
        ("Sign up for the newsletter here.", "メールマガジンのご登録はこちらから。"),
        ("On sale now", "好評発売中"),
        ("Special: %(line)s", "特集：%(line)s"),
        ("Next page", "次のページ"),
        ("The whole article on one page", "全文を1ページで"),
        ("24 hours", "24時間"),
        ("7 days", "1週間"),
        ("30 days", "1カ月"),
        ("Sponsored by %(sponsor)s", "提供：%(sponsor)s (広告企画)"),
        ("Author", "文"),
        ("Translator", "訳"),
        ("Photographer", "写真"),
        ("Editor", "構成"),
        ("%(minutes)s min read", "約%(minutes)s分で読めます"),
        ("Updated", "更新"),
    ],
)
def test_readers_words_are_exact(msgid, text):
    assert words().gettext(msgid) == text


def test_latest_is_ours_for_articles_and_wagtails_elsewhere():
    assert words().pgettext("list of articles", "Latest") == "最新記事"
    assert words().gettext("Latest") == "Latest"
