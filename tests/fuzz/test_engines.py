"""The engines find what is wrong, and what they find is kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz import rules

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
# A format with a fault that only the right bytes meet.
WITH_FAULT = """
import sys
from pathlib import Path
from fuzz import targets
def read(data):
    if b"<hl1" in data and len(data) > 700:
        raise KeyError("nobody foresaw it")
targets.TARGETS["nitf"] = read
from fuzz.engine import main
main(sys.argv[1], "nitf", 60.0, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("engine", ["hypothesis", "atheris"])
def test_engine_finds_a_fault(engine: str, tmp_path: Path) -> None:
    from fuzz.now import Now

    if engine == "atheris":
        pytest.importorskip("atheris")
    done = subprocess.run([sys.executable, "-c", WITH_FAULT, engine, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3 and "KeyError escaped" in done.stderr
    assert b"<hl1" in Now(tmp_path / "now").data


def test_check_tells_which_rule_a_file_breaks(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"<nitf/>")
    done = subprocess.run([sys.executable, "-m", "fuzz", "--check", "nitf", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")
    assert rules.SECONDS == 2.0 and rules.MEGABYTES == 256
