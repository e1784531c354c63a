import subprocess
import sys
from pathlib import Path

from kawaraban.press.edition import Edition
from kawaraban.press.epoch import Epoch
from kawaraban.press.queue import Urgency

TELL = "import sys; from pathlib import Path; from kawaraban.press.edition import *; Edition(Path(sys.argv[1])).tell({'/': Urgency.NOW})"


def test_epoch_is_seen_through_another_map(tmp_path: Path) -> None:
    writing, reading = Epoch(tmp_path / "epoch", writes=True), Epoch(tmp_path / "epoch")
    before = reading.seen()
    writing.announce(7)
    assert reading.seen() not in (before, b"")
    writing.close()
    reading.close()


def test_epoch_outlives_who_announced_it(tmp_path: Path) -> None:
    writing = Epoch(tmp_path / "epoch", writes=True)
    writing.announce(7)
    seen = writing.seen()
    writing.close()
    again = Epoch(tmp_path / "epoch")
    assert again.seen() == seen
    again.close()


def test_every_commit_is_another_epoch(edition: Edition) -> None:
    seen = [edition.epoch.seen()]
    for urgency in Urgency:
        edition.tell({"/": urgency})
        seen.append(edition.epoch.seen())
    assert len(set(seen)) == len(seen)


def test_reading_announces_nothing(edition: Edition, generation: int) -> None:
    before = edition.epoch.seen()
    edition.counts(), edition.due(5), edition.addresses(), edition.changes()
    assert edition.epoch.seen() == before


def test_commit_of_another_process_is_seen(edition: Edition) -> None:
    before = edition.epoch.seen()
    subprocess.run([sys.executable, "-c", TELL, edition.folder], check=True)
    assert edition.epoch.seen() != before
    assert edition.is_marked("/")
