"""Nothing that was answered 204 is missing, wherever the newsstand is killed."""

import http.client
import os
import random
import signal
import threading
import time
from collections.abc import Callable

import pytest

from kawaraban.readership import spool, tokens

pytestmark = pytest.mark.slow
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
KILLS, ARTICLES = 10, 10**9


class Readers(threading.Thread):
    """Sends reads of one article after another over one connection, and opens another one when it breaks."""

    def __init__(self, port: int, key: bytes, first: int) -> None:
        super().__init__(daemon=True)
        self.port, self.key, self.first = port, key, first
        self.answered: list[int] = []
        self.is_over = False

    def run(self) -> None:
        article, token = self.first, tokens.token(self.key, int(time.time()) // 3600)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        while not self.is_over:
            article += 1
            try:
                connection.request("POST", f"/-/read?{tokens.seal(self.key, article)}.{token}.", headers={"User-Agent": AGENT})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                time.sleep(0.01)
                continue
            if answer.status == 204:
                self.answered.append(article)
        connection.close()


def test_no_answered_read_is_missing_after_kills(magazine_of_its_own: Callable[..., object], until: Callable[..., None]) -> None:
    magazine = magazine_of_its_own(readership=f"network_ceiling = {ARTICLES}")
    senders = [Readers(magazine.running.port, magazine.config.reads_key, number * 10_000_000) for number in range(1, 13)]
    for sender in senders:
        sender.start()
    chance = random.Random(5)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.7))
        for pid in (*magazine.running.pids, magazine.running.process.pid):
            os.kill(pid, signal.SIGKILL)
        magazine.running.process.wait(10)
        magazine.running.log.close()
        before = sum(len(sender.answered) for sender in senders)
        magazine.running.start()
        until(lambda before=before: sum(len(sender.answered) for sender in senders) > before, 10)
    for sender in senders:
        sender.is_over = True
        sender.join(10)
    answered = [article for sender in senders for article in sender.answered]
    chunks = [chunk for file in spool.files(magazine.config.reads / "spool") for chunk in spool.chunks(file)]
    kept = [spool.FIELDS.unpack_from(chunk.records, at) for chunk in chunks for at in range(0, len(chunk.records), spool.BYTES)]
    articles = [record[3] for record in kept if record[5] == 0]
    assert len(answered) > 1000 and set(answered) <= set(articles)
    assert len(articles) == len(set(articles)), "the same read twice"
    assert len(set(articles)) - len(answered) <= KILLS * len(senders)
