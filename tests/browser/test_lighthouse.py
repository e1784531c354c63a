"""Lighthouse on a phone's profile. Slow: three runs a page."""

import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.lighthouse]


@pytest.mark.parametrize("shown", ["front", "article-every-block"])
def test_page_is_above_the_floor(site, node_modules, shown):
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("Chromium is missing: apt-get install chromium")
    ran = subprocess.run(["node", node_modules.parent / "lighthouse.mjs", site.page(shown).path], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
