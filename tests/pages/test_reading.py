"""What article pages carry so that their reads are counted."""

import base64
import dataclasses
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from kawaraban.conf import Readership
from kawaraban.demo import builders
from kawaraban.desk.models import Front
from kawaraban.newsstand import beacon
from kawaraban.pages import reading, slots
from kawaraban.pages.policy import named, policy
from kawaraban.readership import tokens

SCRIPT = re.compile(r'<script data-token="([^"]*)">(.*?)</script>', re.S)


@pytest.fixture
def rules(settings) -> Iterator[object]:
    """Sets [readership] for a test."""

    def change(**values: object) -> None:
        settings.KAWARABAN = dataclasses.replace(settings.KAWARABAN, readership=Readership(**values))
        reading.script.cache_clear()

    yield change
    reading.script.cache_clear()


def test_script_is_small_and_whole() -> None:
    script = reading.script()
    assert len(script.encode()) <= 1200
    assert "// " not in script and not re.search("SECONDS|PERCENT|SIGNALS", script)
    assert not re.search(r"cookie|[sS]torage|https?:", script)


def test_policy_names_the_script(front: Front) -> None:
    digest = base64.b64encode(hashlib.sha256(SCRIPT.findall(slots.slot_html("beacon"))[0][1].encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}' 'sha256-" in policy()


def test_article_carries_what_the_newsstand_takes(client: Client, front: Front, settings) -> None:
    article = builders.make_article("記事", slug="article")
    html = client.get(article.address).content.decode()
    ((token, _),) = SCRIPT.findall(html)
    (seal,) = re.findall(r'data-read="([^"]*)"', html)
    key = settings.KAWARABAN.reads_key
    assert seal == tokens.seal(key, article.pk) and tokens.is_ours(key, token)
    assert list(beacon.carried([slots.slot_html("beacon").encode(), b"", None])) == [token]
    assert html.index("<script data-token") < html.index("</head>")


def test_other_pages_carry_nothing(client: Client, front: Front) -> None:
    assert "data-token" not in client.get("/").content.decode()
    assert "data-read" not in client.get("/latest").content.decode()


def test_token_is_of_the_hour(settings) -> None:
    found = reading.token(datetime(2026, 11, 25, 12, 59, 59, tzinfo=UTC))
    assert found.split(".")[0] == str(1_795_611_599 // 3600)
    assert found != reading.token(datetime(2026, 11, 25, 13, tzinfo=UTC))


def test_nothing_is_there_when_reads_are_not_counted(rules, client: Client, front: Front) -> None:
    rules(counted=False)
    article = builders.make_article("記事", slug="article")
    assert "data-" not in re.sub(r"data-slot", "", slots.slot_html("beacon"))
    assert "data-read" not in client.get(article.address).content.decode()
    assert named(reading.SCRIPT.read_text()) not in policy() and policy().count("sha256-") == 2  # of the styles, of what suggests


def test_settings_are_in_the_script(rules) -> None:
    rules(seconds=7, scrolled=40, privacy_signals=False)
    assert "7 * 1e3" in reading.script() and "* 40)" in reading.script() and "(0 &&" in reading.script()
