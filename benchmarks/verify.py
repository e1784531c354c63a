"""Answers compared with the true page, after the clock has stopped."""

import gzip
import hashlib
import http.client
import json
import random
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class Wrong(Exception):
    """A reader got something else than the page: there is no figure."""


@dataclass(frozen=True)
class Truth:
    digest: str
    bytes: int
    whole: int  # bytes, compressed whole at the same level


@dataclass(frozen=True)
class Answer:
    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes  # as it came
    asked: float = 0.0  # seconds of the machine's monotonic clock, before the request was sent


def read_truth(file: Path) -> dict[str, Truth]:
    found = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return {line["address"]: Truth(line["digest"], line["bytes"], line["whole"]) for line in found}


class Reader:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def read(self, address: str) -> Answer:
        asked = time.monotonic()
        self.connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        return Answer(address, answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read(), asked)

    def close(self) -> None:
        self.connection.close()


def fetched(port: int, addresses: Iterable[str]) -> Iterator[Answer]:
    reader = Reader(port)
    try:
        for address in addresses:
            yield reader.read(address)
    finally:
        reader.close()


def text_of(answer: Answer) -> bytes:
    """What the reader sees. Raises Wrong."""
    if answer.status != 200 or answer.headers.get("content-encoding") != "gzip":
        raise Wrong(f"{answer.address} answers {answer.status} in {answer.headers.get('content-encoding', 'plain')}")
    try:
        return gzip.decompress(answer.body)
    except (OSError, EOFError) as error:
        raise Wrong(f"{answer.address} is not valid gzip: {error}") from error


def compare(answers: Iterable[Answer], truth: Mapping[str, Truth], who: str) -> int:
    """How many answers were compared. Raises Wrong for the first that is not the true page."""
    number = 0
    for answer in answers:
        number += 1
        page = text_of(answer)
        if hashlib.blake2b(page).hexdigest() != truth[answer.address].digest:
            raise Wrong(f"{who}: {answer.address} is not the true page ({len(page)} bytes, {truth[answer.address].bytes} expected)")
    if not number:
        raise Wrong(f"{who}: nothing was compared")
    return number


@dataclass
class Sampler:
    """Reads random pages in a thread while the clock runs, and keeps what came."""

    port: int
    addresses: Sequence[str]
    pause: float = 0.05
    weights: Sequence[float] | None = None  # added up
    answers: list[Answer] = field(default_factory=list)
    fault: Exception | None = None

    def __enter__(self) -> "Sampler":
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.thread.join()
        if self.fault is not None:
            raise Wrong(f"a reader beside the load failed: {self.fault!r}")

    def run(self) -> None:
        chance, reader = random.Random(time.time_ns()), Reader(self.port)  # noqa: S311
        try:
            while not self.over.wait(self.pause):
                self.answers += [reader.read(address) for address in chance.choices(self.addresses, cum_weights=self.weights)]
        except Exception as error:
            self.fault = error
        finally:
            reader.close()
