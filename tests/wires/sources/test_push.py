"""Sent to the desk's own addresses, as an agency would."""

import gzip
from base64 import b64encode
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive, Unkept
from kawaraban.wires.models import Arrival, Source, WireItem
from kawaraban.wires.sources import push
from kawaraban.wires.sources.bucket import Buckets
from kawaraban.wires.sources.tokens import rotate
from kawaraban.wires.sweeping import take_in_waiting
from tests.conftest import DESK
from tests.wires.payloads import nitf


@pytest.fixture
def token(source: Source, archive: Archive, settings, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = DESK["ROOT_URLCONF"], DESK["MIDDLEWARE"]
    monkeypatch.setattr(push, "sources", Buckets(0.001, 50.0))
    monkeypatch.setattr(push, "strangers", Buckets(0.001, 50.0))
    return rotate(source, timezone.now())


def sent(token: str, data: bytes = nitf(), key: str = "shiomi", **headers: str) -> Any:
    told = {"Authorization": f"Bearer {token}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True).post(f"/-/push/{key}?name=../a%0A.xml", data, content_type="application/xml", headers=told)


def test_payload_is_on_disk_when_202_is_said(token: str, archive: Archive) -> None:
    answer = sent(token)
    arrival = Arrival.objects.get()
    assert (answer.status_code, answer.json()["digest"]) == (202, arrival.digest)
    assert archive.read(arrival.file).payload.data == nitf() and (arrival.name, arrival.content_type) == ("a.xml", "application/xml")
    assert take_in_waiting(timezone.now(), lambda: False) == 1 and WireItem.objects.count() == 1


def test_same_bytes_are_taken_once(token: str) -> None:
    assert [sent(token).status_code for _ in range(3)] == [202] * 3
    assert sent(token).json() == sent(token).json() and Arrival.objects.count() == 1


def test_both_tokens_are_taken_while_they_change(token: str, source: Source) -> None:
    second = rotate(source, timezone.now())
    assert [sent(token).status_code, sent(second).status_code] == [202, 202]


def test_token_as_a_password(token: str) -> None:
    assert sent("", Authorization="Basic " + b64encode(f"agency:{token}".encode()).decode()).status_code == 202


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic !!!", "Basic eA==", "Digest x", "Bearer é"])
def test_wrong_token_learns_nothing(token: str, header: str) -> None:
    answers = [sent("", key=key, Authorization=header) for key in ("shiomi", "other", "x" * 50)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1 and "Bearer" in answers[0]["WWW-Authenticate"]
    assert not Arrival.objects.exists()


def test_token_of_another_source_is_wrong(token: str) -> None:
    builders.make_source("北浜通信", key="kitahama")
    assert sent(token, key="kitahama").status_code == 401


def test_source_that_is_off_or_of_another_kind(token: str, source: Source) -> None:
    Source.objects.update(is_on=False)
    assert sent(token).status_code == 403
    Source.objects.update(is_on=True, kind=Source.Kind.FOLDER)
    assert sent(token).status_code == 401


def test_other_methods_and_empty_bodies(token: str) -> None:
    answer = Client().get("/-/push/shiomi")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert sent(token, b"", Content_Length="0").status_code == 400
    assert sent(token, nitf(), Content_Length="many").status_code == 411


def limited(settings: Any, most: int) -> None:
    from dataclasses import replace

    found = settings.KAWARABAN
    settings.KAWARABAN = replace(found, wires=replace(found.wires, payload_bytes=most))


def test_too_large_is_refused_also_when_it_is_compressed(token: str, settings, source: Source) -> None:
    limited(settings, 1000)
    assert sent(token, bytes(1001)).status_code == 413
    answer = sent(token, gzip.compress(bytes(100_000)), Content_Encoding="gzip")
    assert answer.status_code == 413 and "1000 bytes" in answer.json()["error"]
    source.refresh_from_db()
    assert source.failures == 2 and not Arrival.objects.exists()


def test_compressed_is_taken_whole_or_not(token: str) -> None:
    assert sent(token, gzip.compress(nitf()), Content_Encoding="gzip").status_code == 202
    assert Arrival.objects.get().size == len(nitf())
    assert sent(token, gzip.compress(nitf())[:-9], Content_Encoding="gzip").status_code == 415
    assert sent(token, nitf(), Content_Encoding="br").status_code == 415


def test_too_many_at_once(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "sources", Buckets(0.1, 2.0))
    answers = [sent(token) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429] and 1 <= int(answers[2]["Retry-After"]) <= 10


def test_who_guesses_is_slowed_and_who_knows_is_not(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "strangers", Buckets(0.1, 2.0))
    assert [sent("guess").status_code for _ in range(3)] == [401, 401, 429]
    assert sent(token).status_code == 202


@pytest.mark.parametrize("error", [Unkept("no room"), OperationalError("locked"), OSError("gone")])
def test_what_can_not_be_kept_is_sent_back(token: str, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(push, "keep", refuse)
    answer = sent(token)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10") and "Send it again" in answer.json()["error"]
