"""Joined bodies as the programs read them that readers, crawlers and partners use; also when the parts come one after another."""

import asyncio
import gzip
import os
import shutil
import socket
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import httpx
import pytest
import requests

from kawaraban.press.compress import compressed
from kawaraban.press.stitch import HEADER, gzipped

pytestmark = pytest.mark.slow
PAUSE = 0.15
TEXTS = (
    "<!doctype html><html lang=ja><meta charset=utf-8><title>四つの部品</title>",
    "<header>潮見</header>",
    "<p>" + "海の道が変わる日。" * 900,
    "</p><footer id=end>終わり</footer>",
)
WHOLE = "".join(TEXTS)
PARTS = [compressed(text.encode()) for text in TEXTS]


def head(length: int | None) -> bytes:
    how = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n{how}\r\nConnection: close\r\n\r\n".encode()


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def answer(connection: socket.socket, pause: float) -> None:
    with connection, suppress(BrokenPipeError, ConnectionResetError):  # a browser opens more connections than it uses
        connection.recv(65536)
        body = gzipped(PARTS)
        if not pause:
            connection.sendall(head(len(body)) + body)
            return
        connection.sendall(head(None) + chunk(HEADER))
        for part in PARTS:
            time.sleep(pause)
            connection.sendall(chunk(part.deflated))
        time.sleep(pause)
        end = body[len(HEADER) + sum(len(part.deflated) for part in PARTS) :]
        connection.sendall(chunk(end) + b"0\r\n\r\n")


@pytest.fixture(params=[0.0, PAUSE], ids=["at once", "part by part"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(connection, request.param), daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: apt install {name}")
    return found


def by_aiohttp(address: str) -> str:
    async def ask() -> str:
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            return await response.text(encoding="utf-8")

    return asyncio.run(ask())


def by_curl(address: str) -> str:
    return subprocess.run([program("curl"), "--silent", "--compressed", address], capture_output=True, check=True).stdout.decode()


def by_node(address: str) -> str:
    script = "fetch(process.argv[1]).then(answer => answer.text()).then(text => process.stdout.write(text))"
    return subprocess.run([program("node"), "-e", script, address], capture_output=True, check=True).stdout.decode()


def by_requests(address: str) -> str:
    return requests.get(address, timeout=20).content.decode()


def by_httpx(address: str) -> str:
    return httpx.get(address, timeout=20, trust_env=False).content.decode()


@pytest.mark.parametrize("read", [by_requests, by_httpx, by_aiohttp, by_curl, by_node])
def test_program_reads_the_whole(address: str, read: Callable[[str], str]) -> None:
    assert read(address) == WHOLE


def test_gzip_and_zlib_of_python() -> None:
    body = gzipped(PARTS)
    assert gzip.decompress(body).decode() == WHOLE
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert b"".join(reader.decompress(body[place : place + 1]) for place in range(len(body))).decode() == WHOLE
    assert reader.eof and not reader.unused_data


def test_zlib_of_node(tmp_path: Path) -> None:
    (tmp_path / "body.gz").write_bytes(gzipped(PARTS))
    script = "process.stdout.write(require('zlib').gunzipSync(require('fs').readFileSync(process.argv[1])))"
    done = subprocess.run([program("node"), "-e", script, str(tmp_path / "body.gz")], capture_output=True, check=True)
    assert done.stdout.decode() == WHOLE


def test_gunzip_of_nginx(address: str, tmp_path: Path) -> None:
    """A reader who refuses gzip gets the text through an nginx that unpacks."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    user = "user root; " if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"{user}daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}/b; proxy_temp_path {tmp_path}/p; fastcgi_temp_path {tmp_path}/f;"
        f" uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;"
        f" server {{ listen 127.0.0.1:{port}; gunzip on; location / {{ proxy_http_version 1.1; proxy_pass {address}; }} }} }}"
    )
    with subprocess.Popen([program("nginx"), "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]) as process:
        try:
            until = time.monotonic() + 10
            while True:
                try:
                    found = httpx.get(f"http://127.0.0.1:{port}/", headers={"Accept-Encoding": "identity"}, timeout=20, trust_env=False)
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < until, (tmp_path / "error.log").read_text()
                    time.sleep(0.05)
        finally:
            process.terminate()
    assert "content-encoding" not in found.headers
    assert found.content.decode() == WHOLE


@pytest.mark.browser
def test_chromium(address: str) -> None:
    api = pytest.importorskip("playwright.sync_api")
    switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=switches)
        tab = browser.new_page()
        tab.goto(address, wait_until="load")
        assert tab.inner_text("#end") == "終わり"
        assert tab.inner_text("p") == "海の道が変わる日。" * 900
        browser.close()
