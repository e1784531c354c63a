"""Asked of a real server. Names that change their meaning are played by a resolver of the test's own."""

import gzip
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kawaraban.wires.sources.connecting import Limits, Unanswered
from kawaraban.wires.sources.fetching import Answered, Question, fetch, shown
from tests.wires.sources.conftest import HERE, LIMITS, Server, give

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def asked(server: Server, path: str = "/feed.xml", limits: Limits = LIMITS, **more: Any) -> Answered:
    return fetch(Question(server.address(path), **more), limits, NOW)


def fault(server: Server, path: str = "/feed.xml", limits: Limits = LIMITS) -> Unanswered:
    with pytest.raises(Unanswered) as caught:
        asked(server, path, limits)
    return caught.value


def test_answer_is_a_payload(server: Server) -> None:
    server.answer = lambda handler: give(
        handler, b"copy", Content_Type="application/rss+xml", ETag='"1"', Last_Modified="Fri, 20 Nov 2026 08:00:00 GMT"
    )
    found = asked(server, "/wire/%E9%80%9F%E5%A0%B1.xml?key=secret")
    assert found.payload is not None
    assert (found.payload.data, found.payload.name, found.payload.content_type) == (b"copy", "速報.xml", "application/rss+xml")
    assert (found.etag, found.last_modified) == ('"1"', "Fri, 20 Nov 2026 08:00:00 GMT")
    path, headers = server.asked[0]
    assert path == "/wire/%E9%80%9F%E5%A0%B1.xml?key=secret" and headers["Host"] == f"{HERE}:{server.server_address[1]}"


def test_conditions_are_told_and_nothing_new_is_nothing(server: Server) -> None:
    server.answer = lambda handler: give(handler, status=304, Content_Length="")
    found = asked(server, etag='"1"', last_modified="yesterday")
    assert found == Answered(None, '"1"', "yesterday")
    assert {"If-None-Match": '"1"', "If-Modified-Since": "yesterday"}.items() <= server.asked[0][1].items()


def test_compressed_answer_is_whole_or_refused(server: Server) -> None:
    server.answer = lambda handler: give(handler, gzip.compress(b"copy" * 1000), Content_Encoding="gzip")
    found = asked(server)
    assert found.payload is not None and found.payload.data == b"copy" * 1000
    server.answer = lambda handler: give(handler, gzip.compress(bytes(50 << 20)), Content_Encoding="gzip")
    assert "more than 100000 bytes" in str(fault(server))
    server.answer = lambda handler: give(handler, b"\x00", Content_Encoding="br")
    assert "'br'" in str(fault(server))


def test_answer_that_is_too_long_is_not_read_to_its_end(server: Server) -> None:
    server.answer = lambda handler: give(handler, bytes(5 << 20))
    assert "wires.payload_bytes" in str(fault(server))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    server.answer = lambda handler: give(handler, b"there") if handler.path == "/b" else give(handler, status=status, Location="b")
    found = asked(server, "/a")
    assert found.payload is not None and found.payload.data == b"there"


def test_redirects_have_an_end(server: Server) -> None:
    server.answer = lambda handler: give(handler, status=302, Location=handler.path + "x")
    assert "more than 5 times" in str(fault(server))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://[::ffff:127.0.0.2]:1/", "file:///etc/passwd", "http://169.254.169.254/latest/", "gopher://x/"]
)
def test_redirect_to_where_it_may_not_go(server: Server, location: str) -> None:
    server.answer = lambda handler: give(handler, status=302, Location=location)
    assert "private net" in str(fault(server)) or "no web address" in str(fault(server))


def test_log_in_is_told_to_no_other_machine(server: Server) -> None:
    server.answer = lambda handler: give(handler) if handler.path == "/b" else give(handler, status=302, Location=f"http://localhost:{port}/b")
    port = server.server_address[1]
    fetch(Question(server.address("/a"), headers={"Authorization": "Basic x"}), replace(LIMITS, allowed=("127.0.0.0/8", "::1")), NOW)
    assert ["Authorization" in headers for _, headers in server.asked] == [True, False]


@pytest.mark.parametrize(
    ("status", "told"), [(401, "log-in"), (404, "nothing"), (410, "any more"), (500, "its own fault"), (418, "can't use"), (206, "can't")]
)
def test_fault_is_one_sentence(server: Server, status: int, told: str) -> None:
    server.answer = lambda handler: give(handler, b"secret words", status=status)
    sentence = str(fault(server, "/x?key=hidden"))
    assert told in sentence and str(status) in sentence and "hidden" not in sentence and "secret" not in sentence


@pytest.mark.parametrize(("status", "seconds"), [(429, 120.0), (503, 120.0), (500, 0.0)])
def test_retry_after_is_passed_on(server: Server, status: int, seconds: float) -> None:
    server.answer = lambda handler: give(handler, status=status, Retry_After="120")
    assert fault(server).seconds == seconds


def test_answer_that_broke_off_is_no_answer(server: Server) -> None:
    def break_off(handler: Any) -> None:
        give(handler, b"half", Content_Length="8")
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.answer = break_off
    assert "broke off" in str(fault(server))


@pytest.mark.slow
@pytest.mark.parametrize("headers", [{"Content_Length": "1000"}, {"Content_Length": "", "Connection": "close"}])
def test_trickle_is_cut(server: Server, headers: dict[str, str]) -> None:
    def trickle(handler: Any) -> None:
        give(handler, **headers)
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    server.answer = trickle
    began = time.monotonic()
    assert "no answer in time" in str(fault(server, limits=replace(LIMITS, seconds=0.6)))
    assert time.monotonic() - began < 2


@pytest.mark.slow
def test_silence_is_cut(server: Server) -> None:
    server.answer = lambda handler: time.sleep(1.5)
    assert "no answer in time" in str(fault(server, limits=replace(LIMITS, patience=0.3)))


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        with pytest.raises(Unanswered, match="can't be reached"):
            fetch(Question(f"http://{HERE}:{taken.getsockname()[1]}/"), LIMITS, NOW)


def resolving(monkeypatch: pytest.MonkeyPatch, answers: Callable[[], list[str]]) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *more, **named: [(socket.AF_INET, 1, 6, "", (ip, port)) for ip in answers()])


def test_name_that_changes_its_meaning_gains_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open when it is looked at, private when it is connected to: the connection goes where the look went."""
    connections: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], **named: Any) -> socket.socket:
        connections.append(place)
        raise ConnectionRefusedError

    meanings = iter([["93.184.215.14"], ["127.0.0.1"]])
    resolving(monkeypatch, lambda: next(meanings))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unanswered, match="can't be reached"):
        fetch(Question("http://agency.example/"), Limits(), NOW)
    assert connections == [("93.184.215.14", 80)]


def test_private_meaning_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, lambda: ["127.0.0.1"])
    with pytest.raises(Unanswered, match="private net"):
        fetch(Question(f"http://agency.example:{server.server_address[1]}/"), Limits(), NOW)
    assert server.asked == []
    assert fetch(Question(f"http://agency.example:{server.server_address[1]}/"), Limits(allowed=("agency.example",)), NOW).payload


@pytest.mark.parametrize(
    "address", ["", "feed", "ftp://agency.example/", "http://", "http://x:99999/", "http://a b/", "http://x/\r\nHost: y", "//x/", "http://[::1"]
)
def test_what_is_no_web_address(address: str) -> None:
    with pytest.raises(Unanswered, match="no web address"):
        fetch(Question(address), LIMITS, NOW)


def test_shown_tells_no_secret() -> None:
    assert shown("https://user:pass@agency.example/feed?key=1") == "https://agency.example/feed"
