"""Lighthouse on a phone's profile. Slow: three runs a page."""

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.lighthouse


def test_front_and_article_are_above_the_floor(site, node_modules):
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("Chromium is missing: apt-get install chromium")
    addresses = [site.page(kind).path for kind in ("front", "article-every-block")]
    ran = subprocess.run(["node", node_modules.parent / "lighthouse.mjs", *addresses], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
