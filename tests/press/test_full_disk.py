import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("full_disk.py")
OWN_MOUNTS = ["unshare", "--user", "--map-root-user", "--mount"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What happened on a small disk of its own, which is gone with the process."""
    folder = tmp_path_factory.mktemp("disk")
    if shutil.which("unshare") is None or subprocess.run([*OWN_MOUNTS, "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no file system may be mounted here: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)")
    done = subprocess.run([*OWN_MOUNTS, sys.executable, SCRIPT, folder], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_full_disk_ends_printing_with_its_own_error(told: Any) -> None:
    assert told["first"] > 50
    assert told["errors"] == ["EditionFull"]


def test_everything_printed_before_is_still_read(told: Any) -> None:
    assert told["kept"]
    assert told["seen by another"]


def test_edition_that_finds_no_room_to_begin_says_so(told: Any) -> None:
    assert told["errors at the beginning"] == ["EditionFull"]


def test_printing_goes_on_when_there_is_room(told: Any) -> None:
    assert told["goes on"]
