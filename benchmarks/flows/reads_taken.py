"""reads-taken: what readers' browsers send, taken by one newsstand process while it serves pages, and kept when it is killed."""

import http.client
import os
import random
import re
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks import rounds, slots
from benchmarks.homes import addresses, inside
from benchmarks.load import Load, Slots, load
from benchmarks.plan import Figure, Flow, Must, Plan, Result
from benchmarks.processes import Server, children, free_port, kawaraban
from benchmarks.verify import Wrong
from kawaraban.conf import Configuration
from kawaraban.conf import load as configuration
from kawaraban.readership import spool, tokens
from kawaraban.readership.spool import BYTES, FIELDS
from kawaraban.readership.verdicts import Verdict

ARTICLES, ROUNDS, SECONDS, KILLS = 100, 5, 4.0, 50
SLOT, SLOTS_SECONDS = 0.4, 120.0  # of one, of all
A_SECOND = 80_000  # reads that are prepared for each; no newsstand takes more
PAUSE = 20  # ms between two requests of a reader's connection
READERS = 16  # whose reads go on while the newsstand is killed
LEAST_TAKEN, LEAST_SPEED, MOST_SLOWER = 8_000, 0.95, 1.05
PAGES_A_BEACON = 100  # at full speed; each is a request like a page, and does more
CYCLE = 0.04  # seconds between two beacons of a connection: the pause, and the wait for an answer
SENDERS = 24  # connections; a thousand beacons a second, as of a magazine that is read 86 million times a day
LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


class Reads:
    """Queries that were never sent before, and the networks that they come from: a reader is a network here."""

    def __init__(self, config: Configuration) -> None:
        self.key, self.number = config.reads_key, 0
        self.lock = threading.Lock()

    def next(self) -> tuple[int, str, str]:
        """Article, query, network."""
        with self.lock:
            self.number += 1
            number = self.number
        network, article = divmod(number, ARTICLES)
        token = tokens.token(self.key, int(time.time()) // tokens.HOUR)
        address = f"{20 + network // 65536}.{network // 256 % 256}.{network % 256}.7"
        return article + 1, f"{tokens.seal(self.key, article + 1)}.{token}.www.google.co.jp", address

    def write(self, file: Path, count: int) -> None:
        file.write_text("".join(f"{query} {network}\n" for _, query, network in (self.next() for _ in range(count))), encoding="utf-8")


class Sender(threading.Thread):
    """Reads one after another over one connection; notes which were answered 204."""

    def __init__(self, port: int, reads: Reads) -> None:
        super().__init__(daemon=True)
        self.port, self.reads = port, reads
        self.answered = Counter[int]()
        self.broken = 0
        self.over = threading.Event()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        while not self.over.is_set():
            article, query, network = self.reads.next()
            try:
                connection.request("POST", f"/-/read?{query}", headers={"User-Agent": AGENT, "X-Forwarded-For": network})
                answer = connection.getresponse()
                answer.read()
                self.answered[article] += answer.status == 204
            except (OSError, http.client.HTTPException):
                connection.close()
                self.broken += 1
                time.sleep(0.02)
        connection.close()


@contextmanager
def flowing(port: int, reads: Reads) -> Iterator[list[Sender]]:
    senders = [Sender(port, reads) for _ in range(READERS)]
    for sender in senders:
        sender.start()
    yield senders
    for sender in senders:
        sender.over.set()
    for sender in senders:
        sender.join()


def run(plan: Plan) -> Result:
    home = plan.homes.fresh(plan.homes.printed(ARTICLES), "reads")
    config, result = configuration(home), Result()
    paths, reads = home / f"addresses-{ARTICLES}.txt", Reads(config)
    addresses(home, ARTICLES)
    result.settings = {
        "beacons": "each another reader or article, 100 articles",
        "pages meanwhile": "one kept connection, as fast as it is answered",
        "pages at full speed": f"beacons in every second slot of {SLOT} s, each compared with those around it",
        "a thousand pages a second": "over one connection, beacons now to this process and now to another one, in the same slots",
        "kills": KILLS,
    }
    with kawaraban(home, "newsstand", free_port(), free_port()) as server:
        take(result, plan, server, reads, paths)
        slow_down(result, plan, server, reads, paths)
        with kawaraban(home, "newsstand", free_port(), free_port()) as other:
            serve(result, plan, (server, other), reads, paths)
    kill(result, plan, home, config, reads)
    return result


def take(result: Result, plan: Plan, server: Server, reads: Reads, paths: Path) -> None:
    """As many as there can be, with pages served beside."""
    seconds, config = plan.seconds or SECONDS, configuration(paths.parent)
    file, before, taken, pages = paths.parent / "beacons.txt", len(accepted(config)), list[Load](), list[Load]()
    for number in range(ROUNDS):
        reads.write(file, round(A_SECOND * seconds))
        with ThreadPoolExecutor(1) as beside:
            page = beside.submit(load, server.port, seconds, "walk", paths, seed=number + 1, connections=1)
            taken.append(load(server.port, seconds, "beacons", file))
            pages.append(page.result())
    kept, sent = len(accepted(config)) - before, sum(found.requests for found in taken)
    if kept < sent:
        raise Wrong(f"{sent} reads were answered 204 and {kept} are in the spool")
    figure = rounds.figure("beacons taken a second, pages served beside", "1/s", [found.rate for found in taken], 0)
    result.figures += [
        figure,
        rounds.figure("beacons: p99", "ms", [found.p99 * 1000 for found in taken], 2),
        rounds.figure("pages served beside, a second", "1/s", [found.rate for found in pages], 0),
        rounds.figure("newsstand's memory", "MB", [server.resident() / 1e6], 1),
    ]
    result.musts.append(Must("beacons taken a second by one newsstand process, pages served beside", LEAST_TAKEN, figure.value))
    result.verified.append(f"all {sent} reads that were answered 204 are in the spool")


def slow_down(result: Result, plan: Plan, server: Server, reads: Reads, paths: Path) -> None:
    """As many pages as there can be, with a beacon for every hundred of them in every second slot of time."""
    seconds, file = plan.seconds * 4 or SLOTS_SECONDS, paths.parent / "beacons.txt"
    alone = load(server.port, plan.seconds or SECONDS, "walk", paths)
    senders = max(1, round(alone.rate / PAGES_A_BEACON * CYCLE))
    reads.write(file, round(2 * alone.rate / PAGES_A_BEACON * (seconds + 2)))
    with ThreadPoolExecutor(1) as beside:
        sent = beside.submit(load, server.port, seconds + 2, "beacons_in_slots", file, connections=senders, pause=PAUSE, slots=Slots(SLOT, 1))
        time.sleep(0.5)
        pages = load(server.port, seconds, "walk_in_slots", paths, slots=Slots(SLOT))
    compared = slots.ratios(slots.sums({int(number): count for number, count in pages.eighths.items()}))
    speed = rounds.figure("pages at full speed, with a beacon for every hundred of them ÷ without", "×", compared)
    result.figures += [
        Figure("pages at full speed, a second", "1/s", round(alone.rate)),
        Figure("beacons a second while there are some", "1/s", round(2 * sent.result().rate)),
        speed,
    ]
    result.musts.append(Must(speed.name, LEAST_SPEED, speed.value))


def serve(result: Result, plan: Plan, servers: tuple[Server, Server], reads: Reads, paths: Path) -> None:
    """A thousand pages a second, one after another, and as many beacons, now to the process that serves them, now to another one.

    A machine that does more is quicker to wake, or has fewer cores to spare, and what is asked for is what the process has to do with it.
    """
    seconds, folder = plan.seconds * 4 or SLOTS_SECONDS, paths.parent
    own, other = servers
    with ThreadPoolExecutor(2) as beside:
        sent = []
        for server, rest in ((own, 1), (other, 0)):
            file = folder / f"beacons-{rest}.txt"
            reads.write(file, round(1200 * (seconds + 2)))
            sent.append(
                beside.submit(load, server.port, seconds + 2, "beacons_in_slots", file, connections=SENDERS, pause=PAUSE, slots=Slots(SLOT, rest))
            )
        time.sleep(0.5)
        found = list(paced(own.port, paths.read_text(encoding="utf-8").split(), seconds))
    medians = slots.medians((moment / SLOT, took) for moment, took in found)
    slower = rounds.figure("a page's median time, with a beacon for each page ÷ with these sent to another process", "×", slots.ratios(medians))
    result.figures += [
        Figure("pages one after another, a second", "1/s", round(len(found) / seconds)),
        rounds.figure("beacons a second beside", "1/s", [2 * one.result().rate for one in sent], 0),
        Figure("a page's time: p50", "ms", round(median(took for _, took in found) * 1000, 3)),
        slower,
    ]
    result.musts.append(Must(slower.name, MOST_SLOWER, slower.value, most=True))


def paced(port: int, addresses: list[str], seconds: float) -> Iterator[tuple[float, float]]:
    """When a page was asked for and how long it took, in seconds: over one connection, about a thousand a second."""
    chance, until = random.Random(port), time.monotonic() + seconds  # noqa: S311
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for address in cycle(addresses):
            asked = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            began = time.monotonic()
            connection.sendall(asked)
            read_whole(connection)
            now = time.monotonic()
            yield began, now - began
            if now > until:
                return
            time.sleep(chance.uniform(0, 2) * max(0.0, 0.001 - (now - began)))


def read_whole(connection: socket.socket) -> None:
    """One answer, as a client does that has nothing else to do with it."""
    got = received(connection)
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += received(connection)
    length = LENGTH.search(got, 0, end + 2)
    if not got.startswith(b"HTTP/1.1 200") or length is None:
        raise Wrong(f"a page was answered {got[:60]!r}")
    missing = int(length[1]) - (len(got) - end - 4)
    while missing > 0:
        missing -= len(received(connection))


def received(connection: socket.socket) -> bytes:
    if not (found := connection.recv(1 << 18)):
        raise Wrong("a page was broken off")
    return found


def kill(result: Result, plan: Plan, home: Path, config: Configuration, reads: Reads) -> None:
    """Newsstand and worker are killed at moments of chance; every read that was answered 204 must be in the counts."""
    kills = max(2, round(plan.seconds)) if plan.seconds else KILLS
    before, port, desk_port, chance = counted(home), free_port(), free_port(), random.Random(50)  # noqa: S311
    with flowing(port, reads) as senders:
        for _ in range(kills):
            with kawaraban(home, "newsstand", port, desk_port) as newsstand, kawaraban(home, "worker", port, desk_port) as worker:
                time.sleep(chance.uniform(0.2, 3.0))
                for server in (newsstand, worker):
                    slay(server)
    after, answered = counted(home), sum((sender.answered for sender in senders), Counter[int]())
    more = after - before
    if missing := {article: number for article, number in answered.items() if more[article] < number}:
        raise Wrong(f"reads that were answered 204 are not in the counts, by article: {missing}")
    broken = sum(sender.broken for sender in senders)
    if more.total() > answered.total() + broken:
        raise Wrong(f"{more.total()} reads were counted, {answered.total()} answered and {broken} broken off")
    result.verified.append(f"none of {answered.total()} reads answered 204 is missing after {kills} kills of newsstand and worker, none there twice")


def slay(server: Server) -> None:
    """The parent first, which would start others in place of its children."""
    if server.process is not None:
        for pid in (server.process.pid, *[child.pid for child in children(server.process.pid)]):
            os.kill(pid, signal.SIGKILL)


def counted(home: Path) -> Counter[int]:
    """Accepted reads by article, all that waits rolled up."""
    inside(home, "reads-counted", home / "counted.txt")
    lines = (home / "counted.txt").read_text().splitlines()
    return Counter({int(article): int(number) for article, number in (line.split() for line in lines)})


def accepted(config: Configuration) -> list[int]:
    """The articles of the reads in the spool."""
    found = (chunk.records for file in spool.files(config.reads / "spool") for chunk in spool.chunks(file))
    records = (FIELDS.unpack_from(chunk, at) for chunk in found for at in range(0, len(chunk), BYTES))
    return [record[3] for record in records if record[5] == Verdict.ACCEPTED]


FLOW = Flow("reads-taken", "reads sent by browsers, with pages served beside and processes killed", run)
