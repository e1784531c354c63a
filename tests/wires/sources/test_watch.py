import time
from pathlib import Path

import pytest

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources import asking, polling
from kawaraban.wires.sources import watch as watch_module
from kawaraban.wires.sources.watch import Watch
from tests.wires.payloads import nitf
from tests.wires.sources.conftest import LIMITS, Server, give

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def await_arrivals(number: int) -> None:
    until = time.monotonic() + 15
    while Arrival.objects.count() < number:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_threads_look_and_ask(archive: Archive, server: Server, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "limits", lambda: LIMITS)
    server.answer = lambda handler: give(handler, nitf("polled"))
    builders.make_source(key="polled", kind=Source.Kind.POLL, address=server.address())
    builders.make_source(key="dropped", kind=Source.Kind.FOLDER, address="incoming/watched")
    watch = Watch()
    watch.start()
    try:
        until = time.monotonic() + 15
        folder = settings.KAWARABAN.home / "incoming" / "watched"
        while not folder.is_dir():
            assert time.monotonic() < until
            time.sleep(0.05)
        (folder / "a.xml").write_bytes(nitf("dropped"))
        await_arrivals(2)
    finally:
        watch.end(10.0)
    assert not any(thread.is_alive() for thread in watch.threads)
    assert {arrival.source.key for arrival in Arrival.objects.select_related("source")} == {"polled", "dropped"}


def test_folders_are_emptied_once_a_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[object] = []
    monkeypatch.setattr(watch_module, "FIRST_EMPTYING", 0.0)
    monkeypatch.setattr(watch_module.emptying, "empty", moments.append)
    watch = Watch()
    watch.start()
    until = time.monotonic() + 15
    while not moments and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.5)
    watch.end(10.0)
    assert len(moments) == 1 and not any(thread.is_alive() for thread in watch.threads)


def test_slow_source_holds_no_other_up(archive: Archive, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(source: Source, now: object) -> None:
        asked.append(source.key)
        if source.key == "slow":
            time.sleep(2.0)

    monkeypatch.setitem(asking.ASK, "poll", ask)
    builders.make_source(key="slow", kind=Source.Kind.POLL)
    for number in range(3):
        builders.make_source(key=f"quick-{number}", kind=Source.Kind.POLL)
    watch = Watch(at_once=2)
    began = time.monotonic()
    while len(asked) < 4:
        watch.ask_due()
        time.sleep(0.02)
    assert time.monotonic() - began < 2.0 and sorted(asked) == ["quick-0", "quick-1", "quick-2", "slow"]
    watch.end(10.0)
