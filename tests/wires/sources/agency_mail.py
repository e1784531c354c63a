"""A real IMAP server with a mailbox in memory, in a process of its own, and a certificate for this machine."""

import contextlib
import imaplib
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.wires.sources.conftest import HERE

USER, PASSWORD = "shiomi", 'pass "word\\'


@dataclass
class AgencyMail:
    port: int
    certificate: Path

    @property
    def address(self) -> str:
        return f"imap://{HERE}:{self.port}"

    @contextlib.contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4(HERE, self.port, timeout=5) as found:
            found.starttls(ssl.create_default_context(cafile=self.certificate))
            found.login(USER, PASSWORD)
            yield found

    def send(self, text: bytes, mailbox: str = "INBOX") -> None:
        with self.session() as found:
            assert found.append(mailbox, "", "", text)[0] == "OK"

    def anew(self, mailbox: str = "wire") -> None:
        """A folder that is made again: the server numbers its mails anew."""
        with self.session() as found:
            found.delete(mailbox)
            assert found.create(mailbox)[0] == "OK"

    def kept(self, mailbox: str = "INBOX") -> list[tuple[int, bytes]]:
        """UID and flags of what is in the mailbox."""
        with self.session() as found:
            found.select(mailbox, readonly=True)
            _, lines = found.uid("FETCH", "1:*", "(UID FLAGS)")
            return [(int(line.split(b"UID ")[1].split()[0].rstrip(b")")), line) for line in lines if line]


def made_certificate(folder: Path) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: apt install openssl")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    files = ["-keyout", str(key), "-out", str(certificate)]
    names = ["-subj", f"/CN={HERE}", "-addext", f"subjectAltName=IP:{HERE}"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files], check=True, capture_output=True)
    return key, certificate


@contextlib.contextmanager
def running(folder: Path) -> Iterator[AgencyMail]:
    key, certificate = made_certificate(folder)
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = probe.getsockname()[1]
    service = ["--host", HERE, "--port", str(port), "--cert", str(certificate), "--key", str(key)]
    backend = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [sys.executable, "-c", "from pymap.main import main; main()", *service, *backend]
    with (folder / "said").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            await_answer(port, folder)
            yield AgencyMail(port, certificate)
        finally:
            process.terminate()


def await_answer(port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((HERE, port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError((folder / "said").read_text())
