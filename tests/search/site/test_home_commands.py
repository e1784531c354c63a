"""`kawaraban search status` and `reindex`, and what `kawaraban check` says of the search."""

from datetime import timedelta
from pathlib import Path

import pytest
from django import conf
from django.utils import timezone
from typer.testing import CliRunner, Result

from kawaraban.demo import builders
from kawaraban.desk.models import Article
from kawaraban.search import home_commands, rewording
from kawaraban.search.models import Noted
from kawaraban.search.site import alarms, keeping, opened, remaking, state
from kawaraban.search.store import Store
from tests.search.site.asked import titles


@pytest.fixture(autouse=True)
def entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_commands, "entering", [lambda context: None])


def run(command: str) -> Result:
    return CliRunner().invoke(home_commands.app, command.split())


def test_status_without_an_index_says_who_makes_it(folder: Path) -> None:
    assert "the worker makes it" in run("status").output
    assert alarms.told(state.standing())


def test_status_tells_pieces_and_what_waits(index: Store) -> None:
    builders.make_article("灯台守の手紙")
    titles("灯台守")
    builders.make_wire_item()
    said = run("status").output
    assert "1 article" in said
    assert "Behind:   1 changes, the first for" in said


def test_reindex_makes_what_readers_see_and_drops_the_rest(index: Store) -> None:
    kept, gone = builders.make_article("灯台守の手紙", slug="a"), builders.make_article("灯台守の秘密", slug="b")
    assert len(titles("灯台守")) == 2
    Article.objects.filter(pk=kept.pk).update(title="牡蠣の山")
    Article.objects.filter(pk=gone.pk).update(live=False)
    done = run("reindex")
    assert done.exit_code == 0, done.output
    assert (titles("灯台守"), titles("牡蠣")) == ([], ["牡蠣の山"])
    assert [file.suffix for file in index.folder.glob("index-*") if file.suffix == ".making"] == []


def test_reindex_waits_for_who_makes_one_and_says_so(index: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remaking, "PATIENCE", 0.05)
    with keeping.alone(index.folder) as is_alone:
        assert is_alone
        done = run("reindex")
    assert done.exit_code == 1
    assert "Another process makes an index" in done.output


def test_reindex_of_the_desk_words_all_entries(front, settings) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kawaraban.search.backend"}}
    builders.make_article("経済制裁")
    assert Article.objects.all().search("制裁").count() == 0
    done = run("reindex --desk")
    assert done.exit_code == 0, done.output
    assert Article.objects.all().search("制裁").count() == 1
    assert rewording.left() == 0


def test_what_can_not_be_searched_for_long_is_an_alarm(index: Store) -> None:
    assert list(alarms.alarms(conf.settings.KAWARABAN)) == []
    builders.make_article("灯台守の手紙")
    Noted.objects.update(created=timezone.now() - timedelta(minutes=3))
    (sentence,) = alarms.alarms(conf.settings.KAWARABAN)
    assert str(conf.settings.KAWARABAN.index) in sentence


def test_broken_index_is_an_alarm_until_it_is_made_again(index: Store) -> None:
    (index.folder / opened.BROKEN).write_text("database disk image is malformed\n", encoding="utf-8")
    (sentence,) = alarms.alarms(conf.settings.KAWARABAN)
    assert "malformed" in sentence
    keeper = keeping.Keeper()
    keeper.turn()
    assert list(alarms.alarms(conf.settings.KAWARABAN)) == []


@pytest.mark.parametrize(("name", "text"), [("words.txt", "凪沙丸 nagisa\n"), ("synonyms.txt", "灯台守\n")])
def test_unreadable_words_are_an_alarm_and_break_nothing(index: Store, name: str, text: str) -> None:
    builders.make_article("灯台守の手紙")
    file = conf.settings.KAWARABAN.own_words / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    try:
        (sentence,) = alarms.alarms(conf.settings.KAWARABAN)
        assert f"{name}, line 1" in sentence
        assert titles("灯台守") == ["灯台守の手紙"]
    finally:
        file.unlink()
