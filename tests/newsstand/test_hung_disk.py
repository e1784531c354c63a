"""A disk that answers nothing, frozen by the kernel: readers get their pages all the same, and no read that was answered 204 is lost."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kawaraban.readership import spool, tokens

pytestmark = pytest.mark.slow
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def run(*command: object) -> bool:
    try:
        return subprocess.run([*map(str, command)], capture_output=True, check=False, timeout=20).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own in a file."""
    image, folder = tmp_path / "disk.img", tmp_path / "disk"
    folder.mkdir()
    with image.open("wb") as made:
        made.truncate(32 << 20)
    if os.geteuid() or not (run("mkfs.ext4", "-q", image) and run("mount", "-o", "loop", image, folder)):
        pytest.skip("a file system can be made and frozen by root only, and not in every container")
    yield folder
    run("fsfreeze", "-u", folder)
    assert run("umount", folder)


def test_pages_go_on_although_the_disk_of_the_reads_hangs(
    disk: Path, tmp_path: Path, magazine_of_its_own: Callable[..., object], until: Callable[..., None]
) -> None:
    data = tmp_path / "home-0" / "data"
    data.mkdir(parents=True)
    for name in ("reads", "run", "logs"):
        (disk / name).mkdir()
        (data / name).symlink_to(disk / name)
    magazine = magazine_of_its_own(access_log="data/logs/access.jsonl")
    token = tokens.token(magazine.config.reads_key, int(time.time()) // 3600)

    def send(article: int) -> int:
        return magazine.running.ask("POST", f"/-/read?{tokens.seal(magazine.config.reads_key, article)}.{token}.", b"", User_Agent=AGENT).status

    assert send(1) == 204
    assert run("fsfreeze", "-f", disk)
    with ThreadPoolExecutor(4) as readers:
        during = [readers.submit(send, article) for article in (2, 3, 4)]
        pages = [magazine.get("/").status for _ in range(400) if time.sleep(0.01) is None]
        assert pages == [200] * 400
        assert [answer.result(10) for answer in during] == [202] * 3
        assert send(5) == 202 and "kawaraban_reads_in_memory 0" not in magazine.get("/metrics").text
    assert run("fsfreeze", "-u", disk)
    until(lambda: "kawaraban_reads_in_memory 0" in magazine.get("/metrics").text)
    assert send(6) == 204
    chunks = [chunk for file in spool.files(magazine.config.reads / "spool") for chunk in spool.chunks(file)]
    kept = [spool.FIELDS.unpack_from(chunk.records, at) for chunk in chunks for at in range(0, len(chunk.records), spool.BYTES)]
    assert sorted(record[3] for record in kept if record[5] == 0) == [1, 2, 3, 4, 5, 6]
