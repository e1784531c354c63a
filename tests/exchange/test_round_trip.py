"""The captured page, filed and shown again, says what it said. Skipped where the capture is not at hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from kawaraban.exchange.importing import import_capture

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not (SEED / "capture.txt").is_file(), reason="the captured page is not beside this repository: ../shared/seed/capture.txt"),
]


def test_round_trip_of_the_captured_page(front, client, tmp_path):
    told = import_capture(SEED / "capture.txt", None)
    page = tmp_path / "page.html"
    page.write_bytes(client.get(told.address).content)
    said = subprocess.run([sys.executable, SEED / "roundtrip.py", page], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert said.stdout.startswith("109 of 109 ")
