"""The Nu HTML checker on every kind of page, all in one run of Java."""

import json
import re
import shutil
import subprocess
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.audit

STYLE = re.compile(r"<style>(.*?)</style>", re.S)
# What the checker says that is not a fault of the page: pattern of its remark and the place → why.
ALLOWED = {
    r"CSS: “container-type”: Property “container-type” doesn't exist": "css-contain-3, in every browser since 2023; the checker's CSS is older",
    r"CSS: “[a-z-]+”: Unknown dimension.*\dcqw": "the unit of the same: a hundredth of the container's width",
    r"CSS: “width”: The types are incompatible.*var\(": "the checker can't tell the type of a custom property in a calculation",
}


@pytest.fixture(scope="session")
def remarks(site, every_kind, node_modules, tmp_path_factory) -> dict[str, list[dict]]:
    """What the checker says of each kind of page; of the style sheet that all of them carry, on the front page alone."""
    if shutil.which("java") is None:
        pytest.skip("Java is missing: apt-get install default-jre-headless")
    folder = tmp_path_factory.mktemp("markup")
    sheet = STYLE.search(site.html("front"))[1]
    for kind in every_kind:
        html = site.html(kind)
        (folder / f"{kind}.html").write_text(html if kind == "front" else html.replace(sheet, ""), encoding="utf-8")
    checker = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", checker, "--format", "json", "--stdout", "--exit-zero-always", *sorted(folder.iterdir())]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=300)
    found: dict[str, list[dict]] = {kind: [] for kind in every_kind}
    for message in json.loads(ran.stdout)["messages"]:
        found[unquote(message["url"]).rsplit("/", 1)[-1].removesuffix(".html")].append(message)
    return found


def told(message: dict) -> str:
    return f"{message.get('subType') or message['type']}: {message['message']} | {message.get('extract', '')}"


def is_allowed(message: dict) -> bool:
    return any(re.search(pattern, told(message)) for pattern in ALLOWED)


def test_markup_has_no_fault(remarks):
    """Each fault once, with the kinds of pages that have it: what a slot does wrong is wrong on all of them."""
    faults: dict[str, list[str]] = {}
    for kind, messages in remarks.items():
        for message in messages:
            if not is_allowed(message):
                faults.setdefault(told(message), []).append(kind)
    assert faults == {}


@pytest.mark.parametrize("pattern", ALLOWED)
def test_allowed_remark_still_comes(remarks, pattern):
    assert any(re.search(pattern, told(message)) for messages in remarks.values() for message in messages)


def test_checker_finds_a_fault(node_modules, tmp_path):
    page = tmp_path / "broken.html"
    page.write_text("<!doctype html><html lang=ja><title>破れ</title><p><div></p>", encoding="utf-8")
    checker = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    ran = subprocess.run(
        ["java", "-jar", checker, "--format", "json", "--stdout", "--exit-zero-always", page], capture_output=True, check=True, timeout=60
    )
    assert any(message["type"] == "error" for message in json.loads(ran.stdout)["messages"])
