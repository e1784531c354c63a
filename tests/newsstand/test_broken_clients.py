"""Requests that no browser sends."""

import socket
import struct
import time

import pytest

END = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("request_bytes", "expected"),
    [
        (b"GET /" + END, 200),
        (b"GET //" + END, 301),
        (b"GET http://any.example/" + END, 200),
        (b"GET http://any.example//evil.example/" + END, 301),
        (b"GET /%ff" + END, 404),
        (b"GET /\xff" + END, 400),
        (b"GET /%00" + END, 404),
        (b"GET /\x00" + END, 400),
        (b"GET /a%0d%0ab" + END, 404),
        (b"GET /../../etc/passwd" + END, 404),
        (b"GET /%2e%2e/%2e%2e/etc/passwd" + END, 404),
        (b"GET *" + END, 404),
        (b"GET any.example" + END, 404),
        (b"OPTIONS *" + END, 405),
        (b"BREW /" + END, 405),
        (b"GET /" + b"x" * 2_100 + END, 414),
        (b"GET /" + b"x" * 70_000 + END, 414),
        (b"GET /?utm=" + b"x" * 5_000 + END, 200),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"x" * 60_000 + b"\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(200)) + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: \xff\xfe\r\nIf-None-Match: \xff\r\nRange: \xff\r\n\r\n", 200),
        (b"GET / HTTP/1.0\r\n\r\n", 200),
        (b"GET /\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
    ],
)
def test_odd_request(magazine, request_bytes: bytes, expected: int) -> None:
    answer = magazine.running.raw(request_bytes)
    assert status(answer) == expected
    if expected == 301:
        assert b"\r\nlocation: /" in answer
        assert b"\r\nlocation: //" not in answer
    assert magazine.running.said == ""


def test_header_without_end(magazine) -> None:
    with socket.create_connection(("127.0.0.1", magazine.running.port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        answer = b""
        try:
            for _ in range(100):
                connection.sendall(b"x" * 50_000)
            answer = connection.recv(1_000)
        except OSError:
            pass  # closed while we were talking
        assert answer == b"" or status(answer) == 431
    assert magazine.get("/").status == 200


def test_requests_one_after_another_on_a_connection(magazine) -> None:
    magazine.press.file("/pipe", "pipe")
    magazine.desk.has["/printed-between"] = "between"
    request = b"GET /pipe HTTP/1.1\r\nHost: x\r\n\r\n"
    between = b"GET /printed-between HTTP/1.1\r\nHost: x\r\n\r\nHEAD /pipe HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = magazine.running.raw(request * 20 + between + request * 20 + b"GET /pipe" + END)
    assert answer.count(b"HTTP/1.1 200 OK") == 43
    assert answer.count(b"\r\n\r\npipe") == 41
    assert answer.count(b"\r\n\r\nbetween") == 1


def test_body_where_none_is_taken(magazine) -> None:
    answer = magazine.running.raw(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET /" + END)
    assert answer.count(b"HTTP/1.1 405 ") == 1
    assert answer.count(b"HTTP/1.1 200 OK") == 1


def test_readers_who_leave(magazine) -> None:
    magazine.desk.pause = 0.2
    magazine.press.file("/large", "x" * 3_000_000)
    for data in (b"GET /large", b"GET /asked-and-left", b"POST /newsletter", b"GET /media/none.jpg"):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", magazine.running.port)) as connection:
                connection.sendall(data + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
                time.sleep(0.01)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    time.sleep(0.5)
    magazine.desk.pause = 0.0
    assert magazine.get("/").status == 200
    assert magazine.running.said == ""


def test_slow_clients_hold_up_nobody(magazine) -> None:
    slow = [socket.create_connection(("127.0.0.1", magazine.running.port)) for _ in range(300)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        assert [magazine.get("/").status for _ in range(20)] == [200] * 20
        assert time.monotonic() - began < 2
        slow[0].sendall(b"x\r\nConnection: close\r\n\r\n")
        assert slow[0].recv(100).startswith(b"HTTP/1.1 200 OK")
    finally:
        for connection in slow:
            connection.close()
    assert magazine.running.said == ""
