import socket
import time

import pytest

FORM = b"address=reader%40example.com"
MIME = "application/x-www-form-urlencoded"


def test_form_is_passed_on_as_it_is(magazine) -> None:
    answer = magazine.running.ask("POST", "/newsletter", FORM, Content_Type=MIME, X_Forwarded_For="192.0.2.7")
    assert (answer.status, answer.text) == (422, "<p>そのアドレスは使えません")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/html; charset=utf-8", "no-store")
    assert answer.headers["content-security-policy"] == "default-src 'none'; img-src 'self'"
    body, headers = magazine.desk.forms[-1]
    assert (body, headers["Content-Type"], headers["X-Forwarded-For"]) == (FORM, MIME, "192.0.2.7, 127.0.0.1")


def test_page_of_the_form_is_a_page(magazine) -> None:
    magazine.press.file("/newsletter", "form")
    assert magazine.get("/newsletter").text == "form"
    answer = magazine.running.ask("PUT", "/newsletter", FORM)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_form_that_is_too_large(magazine) -> None:
    answer = magazine.running.ask("POST", "/newsletter", b"x" * 10_001)
    assert (answer.status, answer.headers["cache-control"]) == (413, "no-store")
    told = magazine.running.raw(
        b"POST /newsletter HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n" + b"x" * 10_001 + b"\r\n0\r\n\r\n"
    )
    assert told.startswith(b"HTTP/1.1 413 ")
    assert magazine.running.ask("POST", "/newsletter", b"x" * 10_000).status == 422


@pytest.mark.slow
def test_form_that_never_arrives(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    with socket.create_connection(("127.0.0.1", magazine.running.port), timeout=15) as connection:
        connection.sendall(b"POST /newsletter HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nadd")
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", magazine.running.port), timeout=15) as other:
                other.sendall(b"POST /newsletter HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nadd")
        began = time.monotonic()
        assert connection.recv(20).startswith(b"HTTP/1.1 408 ")
        assert 8 < time.monotonic() - began < 12
    assert magazine.get("/").status == 200
    assert magazine.running.said == ""


def test_form_while_the_desk_is_gone(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    magazine.desk.stop()
    answer = magazine.running.ask("POST", "/newsletter", FORM, Content_Type=MIME)
    assert (answer.status, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "5", "no-store")
