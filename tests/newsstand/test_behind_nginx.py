"""The shipped nginx configuration in front of a newsstand: names, certificate and ports put in, nothing else changed."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.newsstand.conftest import ROOT, Magazine, free_ports, magazine_at

pytestmark = pytest.mark.slow
SHIPPED = ROOT / "deploy" / "nginx" / "kawaraban.conf"
READERS, DESK = "magazine.example", "desk.magazine.example"


@dataclass
class Front:
    magazine: Magazine
    plain: int
    tls: int

    def curl(self, path: str, *options: str, name: str = READERS) -> tuple[int, dict[str, str], str]:
        """Status, headers and body by HTTPS."""
        command = ["curl", "--silent", "--insecure", "--include", "--path-as-is", "--resolve", f"{name}:{self.tls}:127.0.0.1", *options]
        done = subprocess.run([*command, f"https://{name}:{self.tls}{path}"], capture_output=True, check=True, timeout=30)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        lines = head.decode().splitlines()
        headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:])}
        return int(lines[0].split()[1]), headers, body.decode()


def configured(folder: Path, magazine: Magazine, plain: int, tls: int) -> str:
    told = SHIPPED.read_text(encoding="utf-8")
    for before, after in (
        ("127.0.0.1:8000", f"127.0.0.1:{magazine.config.serve.port}"),
        ("127.0.0.1:8001", f"127.0.0.1:{magazine.config.serve.desk_port}"),
        ("/etc/ssl/kawaraban", str(folder)),
        ("/var/cache/kawaraban", str(folder / "cache")),
        ("/var/log/nginx", str(folder)),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
    ):
        assert before in told
        told = told.replace(before, after)
    return re.sub(r"listen \[::\][^;]*;", "", told)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    for program in ("nginx", "curl", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: apt install {program}")
    folder, magazines = tmp_path_factory.mktemp("nginx"), magazine_at(tmp_path_factory.mktemp("behind") / "home")
    magazine, (plain, tls) = next(magazines), free_ports(2)
    (folder / "cache").mkdir()
    certificate = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={READERS}", *certificate],
        check=True,
        capture_output=True,
    )
    (folder / "site.conf").write_text(configured(folder, magazine, plain, tls), encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.geteuid() == 0 else ""  # else root's nginx would go on as somebody who may not enter this folder
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ {temporary} include {folder}/site.conf; }}\n"
    )
    with subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.PIPE) as process:
        found = Front(magazine, plain, tls)
        await_answer(found, folder)
        yield found
        process.terminate()
    assert next(magazines, None) is None


def await_answer(front: Front, folder: Path) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            front.curl("/")
        except subprocess.CalledProcessError:
            assert time.monotonic() < until, (folder / "error.log").read_text()
            time.sleep(0.1)
        else:
            return


def test_plain_http_goes_to_https(front: Front) -> None:
    asked = ["curl", "--silent", "--include", "-H", f"Host: {READERS}", f"http://127.0.0.1:{front.plain}/a?b"]
    said = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
    assert "301" in said.splitlines()[0]
    assert f"Location: https://{READERS}/a?b" in said


def test_page_comes_by_http_2(front: Front) -> None:
    front.magazine.press.file("/by-two", "by two")
    done = front.curl("/by-two", "--http2", "--compressed")
    assert (done[0], done[2]) == (200, "by two")
    assert done[1]["content-encoding"] == "gzip"


def test_gzip_and_identity_are_kept_apart(front: Front) -> None:
    front.magazine.press.file("/two-forms", "two forms")
    for _ in range(2):
        assert front.curl("/two-forms", "--compressed")[2] == "two forms"
        status, headers, body = front.curl("/two-forms", "-H", "Accept-Encoding: gzip;q=0, br")
        assert (status, body, "content-encoding" in headers) == (200, "two forms", False)


def test_second_request_within_a_second_does_not_reach_the_newsstand(front: Front) -> None:
    front.magazine.press.file("/asked-twice", "asked twice")
    ids = {front.curl("/asked-twice")[1]["x-request-id"] for _ in range(3)}
    assert len(ids) <= 2, "three requests, one second at most between two"


def test_change_is_seen_within_the_second_of_the_cache(front: Front, until: Callable[..., None]) -> None:
    front.magazine.press.file("/changes", "before")
    assert front.curl("/changes")[2] == "before"
    front.magazine.press.file("/changes", "after")
    until(lambda: front.curl("/changes")[2] == "after", 2.5)


def test_page_of_long_ago_is_given_to_nobody(front: Front) -> None:
    """Also not to the second of two who ask at once for a page that nobody has asked for lately."""
    front.magazine.press.file("/withdrawn", "what may not be shown any more")
    assert front.curl("/withdrawn")[0] == 200
    front.magazine.press.file("/withdrawn", "gone", status=410)
    time.sleep(2.2)  # nginx counts whole seconds
    readers = front.magazine.running.pids
    for pid in readers:
        os.kill(pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(3) as threads:
            asking = [threads.submit(front.curl, "/withdrawn") for _ in range(3)]
            time.sleep(0.5)
            for pid in readers:
                os.kill(pid, signal.SIGCONT)
            assert [asked.result()[::2] for asked in asking] == [(410, "gone")] * 3
    finally:
        for pid in readers:
            os.kill(pid, signal.SIGCONT)


def test_nginx_can_make_its_cache_on_a_bare_debian() -> None:
    """It makes the last folder only, and Debian's package has no /var/cache/nginx."""
    found = re.search(r"^proxy_cache_path (\S+)", SHIPPED.read_text(encoding="utf-8"), re.M)
    assert found
    assert Path(found[1]).parent in map(Path, ("/var/cache", "/var/lib/nginx", "/var/log/nginx", "/dev/shm"))


def test_what_was_not_changed_is_304(front: Front) -> None:
    front.magazine.press.file("/same", "same")
    tag = front.curl("/same", "--compressed")[1]["etag"]
    assert front.curl("/same", "--compressed", "-H", f"If-None-Match: {tag}")[0] == 304


@pytest.mark.parametrize("path", ["/-/print", "/metrics", "/healthz", "/readyz"])
def test_what_is_not_for_the_public(front: Front, path: str) -> None:
    assert front.curl(path)[0] == 404


@pytest.mark.parametrize("path", ["/", "/latest"])
def test_nothing_is_posted_but_the_form(front: Front, path: str) -> None:
    assert front.curl(path, "--data", "address=x")[0] == 403


def test_forms_are_passed_on_but_not_without_end(front: Front) -> None:
    assert front.curl("/newsletter", "--data", "address=x")[0] == 422
    assert 429 in [front.curl("/newsletter", "--data", "address=x")[0] for _ in range(10)]


def test_what_agencies_send_goes_to_the_desk(front: Front, tmp_path: Path) -> None:
    sent = tmp_path / "payload"
    sent.write_bytes(bytes(9 << 20))
    shown = ("-H", "Authorization: Bearer t", "--data-binary", f"@{sent}")
    assert front.curl("/-/push/shiomi", *shown)[0] == 202
    body, headers = front.magazine.desk.forms[-1]
    told = {name.lower(): value for name, value in headers.items()}
    assert (len(body), told["authorization"], told["host"]) == (9 << 20, "Bearer t", READERS)
    sent.write_bytes(bytes(11 << 20))
    assert front.curl("/-/push/shiomi", *shown)[0] == 413
    assert front.curl("/-/push/shiomi")[0] == 403


def test_desk_does_not_print_for_who_comes_by_its_name(front: Front) -> None:
    assert front.curl("/-/print", "--data", '{"address": "/"}', name=DESK)[0] == 404


def test_newsstand_away_leaves_what_was_asked_for(front: Front) -> None:
    front.magazine.press.file("/stays", "stays")
    assert front.curl("/stays")[0] == 200
    front.magazine.running.stop()
    try:
        time.sleep(1.2)
        assert front.curl("/stays")[2] == "stays"
    finally:
        front.magazine.running.start()
