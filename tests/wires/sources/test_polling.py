from datetime import UTC, datetime

import pytest

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive, Unkept
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources import polling
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.options import Options
from tests.wires.payloads import nitf
from tests.wires.sources.conftest import LIMITS, Server, give

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def polled(db: None, server: Server, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setattr(polling, "limits", lambda: LIMITS)
    return builders.make_source(
        kind=Source.Kind.POLL, address=server.address(), settings={"user": "us", "password": "secret", "header": "X-Api-Key: k"}
    )


def test_answer_is_kept_and_its_etag_told_next_time(polled: Source, server: Server) -> None:
    server.answer = lambda handler: give(handler, nitf(), ETag='"1"', Last_Modified="Fri, 20 Nov 2026 08:00:00 GMT")
    polling.ask(polled, NOW)
    polled.refresh_from_db()
    assert (Arrival.objects.get().size, polled.etag, polled.last_seen) == (len(nitf()), '"1"', NOW)
    server.answer = lambda handler: give(handler, status=304)
    polling.ask(polled, NOW)
    headers = server.asked[1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Fri, 20 Nov 2026 08:00:00 GMT")
    assert (headers["Authorization"], headers["X-Api-Key"]) == ("Basic dXM6c2VjcmV0", "k")
    assert Arrival.objects.count() == 1


def test_what_was_not_kept_is_told_again(polled: Source, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise Unkept("no room")

    server.answer = lambda handler: give(handler, nitf(), ETag='"1"')
    monkeypatch.setattr(polling, "keep", refuse)
    with pytest.raises(Unkept):
        polling.ask(polled, NOW)
    polled.refresh_from_db()
    assert polled.etag == ""


def test_empty_answer_is_a_fault(polled: Source, server: Server) -> None:
    server.answer = lambda handler: give(handler, b"", ETag='"1"')
    with pytest.raises(Unanswered, match="empty"):
        polling.ask(polled, NOW)
    assert not Arrival.objects.exists() and Source.objects.get().etag == ""


@pytest.mark.parametrize(("header", "told"), [("", {}), ("X-Key: a: b ", {"X-Key": "a: b"}), ("nonsense", {}), (": x", {})])
def test_one_more_line(header: str, told: dict[str, str]) -> None:
    assert polling.log_in(Options(header=header)) == told


def test_line_within_a_line_is_refused(polled: Source, server: Server) -> None:
    polled.settings = {"header": "X-Key: a\r\nHost: other"}
    with pytest.raises(Unanswered):
        polling.ask(polled, NOW)
    assert server.asked == []
