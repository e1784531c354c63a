from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawaraban.demo import builders
from kawaraban.wires import commands, replaying
from kawaraban.wires.archive import Archive
from kawaraban.wires.ingest import receive
from kawaraban.wires.models import Arrival, KillReceipt, Source, WireItem, WireVersion
from kawaraban.wires.replaying import replay
from kawaraban.wires.sources import emptying
from kawaraban.wires.sources.emptying import Emptied
from tests.wires.conftest import NOW
from tests.wires.payloads import payload

DAY = timedelta(days=1)
KILL = ' management-status="canceled"'


def silent(line: str) -> None:
    pass


def contents() -> list[tuple[object, ...]]:
    items = WireItem.objects.order_by("guid").values_list("guid", "headline", "status", "version", "published", "received")
    return [*items, WireVersion.objects.count(), KillReceipt.objects.count(), Source.objects.values_list("items", "quarantined").get()]


@pytest.fixture
def story(source: Source, archive: Archive) -> Source:
    """A day of corrections and kills, and something that can't be read."""
    sent = [payload(guid="a"), payload(guid="b"), payload(guid="a", version=3), payload(guid="a", version=2), payload(b"no format")]
    for minute, told in enumerate([*sent, payload(guid="b", version=2, docdata=KILL)]):
        receive(source, told, NOW + timedelta(minutes=minute))
    return source


def test_replay_changes_nothing(story: Source) -> None:
    before = contents()
    for _ in range(2):
        done = replay(NOW + DAY, silent)
        assert (done.payloads, done.quarantined, done.unknown) == (6, 1, 0)
    assert contents() == before


def test_replay_makes_everything_again(story: Source) -> None:
    before = contents()[:2]
    for model in (WireItem, Arrival):
        model.objects.all().delete()
    replay(NOW + DAY, silent)
    assert contents()[:2] == before


def test_replay_since_a_day_and_of_a_source(story: Source, archive: Archive) -> None:
    receive(story, payload(guid="c"), NOW + 3 * DAY)
    archive.keep("gone", payload(guid="d"), NOW + 3 * DAY)
    assert replay(NOW + 4 * DAY, silent, date(2026, 11, 22)).payloads == 1
    assert replay(NOW + 4 * DAY, silent, date(2026, 11, 22)).unknown == 1
    assert replay(NOW + 4 * DAY, silent, source="gone").payloads == 0
    assert replay(NOW + 4 * DAY, silent, source="shiomi").payloads == 7


def test_replay_says_how_far_it_is(story: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(replaying, "ROUND", 2)
    monkeypatch.setattr(replaying, "EVERY", 4)
    replay(NOW + DAY, said.append)
    assert said == ["Read again: 4 payloads"]


def test_replay_heals_a_row_whose_file_lies_elsewhere(story: Source, archive: Archive) -> None:
    Arrival.objects.update(file="")
    replay(NOW + DAY, silent)
    assert all(archive.has(file) for file in Arrival.objects.values_list("file", flat=True))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(commands, "entering", [lambda context: None])
    return lambda *words: CliRunner().invoke(commands.app, list(words))


def test_command_replays(story: Source, run) -> None:
    said = run("replay", "--since", "2026-11-20", "--source", "shiomi")
    assert (said.exit_code, said.output) == (0, "6 payloads were read again; 1 of them can't be read, in whole or in part.\n")


def test_command_replays_no_source_that_is_none(story: Source, run) -> None:
    said = run("replay", "--source", "shiomu")
    assert said.exit_code == 1 and "there is no source 'shiomu'" in said.output


def test_command_prunes(story: Source, run, archive: Archive) -> None:
    builders.make_source(key="other")
    said = run("prune")
    assert (said.exit_code, said.output) == (0, "0 payloads were deleted, and 0 files of watched folders.\n")


def test_command_tells_what_it_left_in_folders(story: Source, run, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emptying, "empty", lambda now: Emptied(3, {Path("incoming/shiomi/refused"): 2}))
    said = run("prune").output.splitlines()
    assert said == [
        "0 payloads were deleted, and 3 files of watched folders.",
        "2 files in incoming/shiomi/refused are in no archive, and were left.",
    ]
