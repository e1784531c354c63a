"""reads-taken: what readers' browsers send, taken by one newsstand process while it serves pages, and kept when it is killed."""

import http.client
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks import rounds
from benchmarks.homes import addresses, inside
from benchmarks.load import CONNECTIONS, Load, load
from benchmarks.plan import Flow, Must, Plan, Result
from benchmarks.processes import Server, children, free_port, kawaraban
from benchmarks.verify import Wrong
from kawaraban.conf import Configuration
from kawaraban.conf import load as configuration
from kawaraban.readership import spool, tokens
from kawaraban.readership.spool import BYTES, FIELDS
from kawaraban.readership.verdicts import Verdict

ARTICLES, ROUNDS, SERVE_ROUNDS, SECONDS, KILLS = 100, 5, 11, 4.0, 50
A_SECOND = 80_000  # reads that are prepared for each; no newsstand takes more
PAUSE = 20  # ms between two requests of a reader's connection
READERS = 4  # whose reads go on while the newsstand is killed
LEAST_TAKEN, LEAST_SPEED, MOST_SLOWER = 8_000, 0.95, 1.05
FULL, ORDINARY = "at full speed", "at a thousand a second"  # of a magazine that is read 86 million times a day
# Connections for pages, the pause between two pages of each, connections for beacons, which are answered after some milliseconds.
PACES = {FULL: (CONNECTIONS, 0, 14), ORDINARY: (20, PAUSE, 28)}
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
        "pages and beacons beside each other": f"a pause of {PAUSE} ms on average on each connection",
        "kills": KILLS,
    }
    with kawaraban(home, "newsstand", free_port(), free_port()) as server:
        take(result, plan, server, reads, paths)
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


def serve(result: Result, plan: Plan, servers: tuple[Server, Server], reads: Reads, paths: Path) -> None:
    """Pages with and without beacons beside, in turn: at a reader's pace, one for each page, and as many pages as there can be.

    At a reader's pace, the beacons that are not sent to the process that serves pages are sent to another one: a machine
    that does more is quicker to wake, or has fewer cores to spare, and what is asked for is what the process has to do with it.
    """
    seconds, file = plan.seconds or SECONDS, paths.parent / "beacons.txt"
    own, other = servers
    beside: dict[str, list[Load]] = {}

    def measure(name: str, number: int) -> Load:
        pace, _, with_beacons = name.partition(", ")
        connections, pause, senders = PACES[pace]
        port = own.port if with_beacons else other.port
        if not with_beacons and pace == FULL:
            return load(own.port, seconds, "walk", paths, seed=number + 1, connections=connections, pause=pause)
        reads.write(file, round(2000 * (seconds + 2)))
        with ThreadPoolExecutor(1) as others:
            flowing = others.submit(load, port, seconds + 1, "beacons", file, seed=number + 1, connections=senders, pause=PAUSE)
            time.sleep(0.5)
            found = load(own.port, seconds, "walk", paths, seed=number + 1, connections=connections, pause=pause)
            beside.setdefault(pace, []).append(flowing.result())
        return found

    loads = rounds.interleaved([name for pace in PACES for name in (pace, f"{pace}, with beacons")], SERVE_ROUNDS, measure)
    for name, told in loads.items():
        result.figures += rounds.figures(f"pages {name}", told)
    for pace, sent in beside.items():
        result.figures.append(rounds.figure(f"beacons meanwhile, pages {pace}", "1/s", [found.rate for found in sent], 0))
    speed = rounds.ratio("pages at full speed, with five hundred beacons a second ÷ without", loads[f"{FULL}, with beacons"], loads[FULL])
    result.musts.append(Must(speed.name, LEAST_SPEED, speed.value))
    pairs = list(zip(loads[f"{ORDINARY}, with beacons"], loads[ORDINARY], strict=True))
    name = "a page's median time, with a beacon for each page ÷ with these sent to another process"
    slower = rounds.figure(name, "×", [one.p50 / two.p50 for one, two in pairs])
    result.musts.append(Must(slower.name, MOST_SLOWER, slower.value, most=True))
    result.figures += [speed, slower]


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
