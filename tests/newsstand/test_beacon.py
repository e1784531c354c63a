"""Beacons as a newsstand process takes them: what is asked of it, and what lies in the spool then."""

import http.client
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kawaraban.conf import Configuration
from kawaraban.readership import spool, tokens
from kawaraban.readership.days import Days
from kawaraban.readership.rolling import roll_up
from kawaraban.readership.spool import FIELDS, Record
from kawaraban.readership.stores.sqlite import SqliteStore
from kawaraban.readership.stretches import counted, stretch
from kawaraban.readership.verdicts import Referrer, Verdict

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
Seen = list[Record]


def query(config: Configuration, article: int, *, host: str = "", hours: int = 0, key: bytes | None = None) -> str:
    key = key or config.reads_key
    return f"{tokens.seal(key, article)}.{tokens.token(key, int(time.time()) // 3600 - hours)}.{host}"


def recorded(config: Configuration) -> Seen:
    """What is in the spool."""
    found = (chunk for file in spool.files(config.reads / "spool") for chunk in spool.chunks(file))
    return [Record(*FIELDS.unpack_from(chunk.records, at)) for chunk in found for at in range(0, len(chunk.records), spool.BYTES)]


def figure(magazine, verdict: Verdict) -> int:
    """As the newsstand's figures tell."""
    found = re.search(rf'kawaraban_reads_total{{verdict="{verdict.name.lower()}"}} ([0-9]+)', magazine.get("/metrics").text)
    return int(found[1]) if found else 0


@pytest.fixture
def send(magazine) -> Callable[..., int]:
    """Sends a beacon, as a reader's browser does; gives the status."""

    def posted(told: str | int, *, method: str = "POST", body: bytes = b"", **headers: str) -> int:
        asked = query(magazine.config, told) if isinstance(told, int) else told
        headers = {"User-Agent": BROWSER, **headers}
        return magazine.running.ask(method, f"/-/read?{asked}", body, **headers).status

    return posted


def soon(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 4
    while not (found := is_so()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_read_is_in_the_kernel_once_it_is_answered(magazine, send) -> None:
    before = time.time() * 1000
    assert send(query(magazine.config, 100, host="www.google.co.jp")) == 204
    (record,) = [record for record in recorded(magazine.config) if record.article == 100]
    assert (record.count, record.verdict, record.referrer) == (1, Verdict.ACCEPTED, Referrer.SEARCH)
    assert before - 1 <= record.at <= time.time() * 1000
    assert record.reader != record.network != 0


@pytest.mark.slow
def test_same_reader_and_article_once(magazine, send) -> None:
    assert [send(101) for _ in range(30)] == [204] * 30
    assert [record.article for record in recorded(magazine.config) if record.verdict == 0].count(101) == 1
    assert soon(lambda: sum(record.count for record in recorded(magazine.config) if record.article == 101) == 30)


@pytest.mark.slow
@pytest.mark.parametrize(("agent", "article", "status", "reads"), [("curl/8.5.0", 102, 200, 0), (BROWSER, 116, 204, 1)])
def test_loop_with_curl_counts_once_at_most(magazine, agent: str, article: int, status: int, reads: int) -> None:
    """Also when it says that it is a browser."""
    path = f"/-/read?{query(magazine.config, article)}"
    connection = http.client.HTTPConnection("127.0.0.1", magazine.running.port, timeout=20)
    statuses = Counter[int]()
    for _ in range(1000):
        connection.request("POST", path, headers={"User-Agent": agent})
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    assert statuses == {status: 1000}
    assert len([record for record in recorded(magazine.config) if record.article == article and record.verdict == 0]) == reads


@pytest.mark.slow
def test_thousand_readers_behind_one_address_are_a_thousand(magazine) -> None:
    path = f"/-/read?{query(magazine.config, 103)}"
    connection = http.client.HTTPConnection("127.0.0.1", magazine.running.port, timeout=20)
    for number in range(1000):
        connection.request("POST", path, headers={"User-Agent": BROWSER.replace("133", str(number)), "X-Forwarded-For": "192.0.2.7"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (204, b"")
    connection.close()
    found = [record for record in recorded(magazine.config) if record.article == 103]
    assert (len({record.reader for record in found}), len({record.network for record in found})) == (1000, 1)


@pytest.mark.slow
def test_nothing_is_sampled(magazine, tmp_path: Path) -> None:
    """Each of many reads is a record of one, and all of them are in the ranking."""
    connection = http.client.HTTPConnection("127.0.0.1", magazine.running.port, timeout=20)
    wanted = {200: 700, 201: 41, 202: 1}
    for article, readers in wanted.items():
        path = f"/-/read?{query(magazine.config, article)}"
        for number in range(readers):
            connection.request("POST", path, headers={"User-Agent": BROWSER, "X-Forwarded-For": f"100.{number // 250}.{number % 250}.1"})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (204, b"")
    connection.close()
    assert {record.count for record in recorded(magazine.config) if record.article in wanted and not record.verdict} == {1}
    store, now = SqliteStore(tmp_path), round(time.time() * 1000)
    roll_up(magazine.config.reads / "spool", store, Days(ZoneInfo("Asia/Tokyo")), lambda: now)
    column = counted(store, [stretch("24h", now)], Days(ZoneInfo("Asia/Tokyo")))[0].as_dict()
    store.close()
    assert {article: column[article] for article in wanted} == wanted


@pytest.mark.parametrize(
    ("headers", "status", "verdict"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403, Verdict.FOREIGN),
        ({"Origin": "https://elsewhere.example"}, 403, Verdict.FOREIGN),
        ({"Origin": "null"}, 403, Verdict.FOREIGN),
        ({"Sec-GPC": "1"}, 200, Verdict.PRIVACY),
        ({"DNT": "1"}, 200, Verdict.PRIVACY),
        ({"User-Agent": ""}, 200, Verdict.ROBOT),
        ({"Content-Length": "513"}, 413, Verdict.SIZE),
    ],
)
def test_what_headers_tell(magazine, headers: dict[str, str], status: int, verdict: Verdict) -> None:
    before = figure(magazine, verdict)
    lines = {"Host": "x", "Connection": "close", "User-Agent": BROWSER, **headers}
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    asked = f"POST /-/read?{query(magazine.config, 104)} HTTP/1.1\r\n{told}\r\n"
    assert magazine.running.raw(asked.encode()).startswith(b"HTTP/1.1 %d " % status)
    assert figure(magazine, verdict) == before + 1


def test_own_page_may_send(magazine, send) -> None:
    assert send(105, Sec_Fetch_Site="same-origin", Origin="http://elsewhere.example") == 204
    assert send(106, Origin=f"HTTP://127.0.0.1:{magazine.running.port}", DNT="0") == 204


@pytest.mark.parametrize(
    "told", ["", "a", "1.2.3.4", "0.a.b.c.", "-1.a.b.c.", "4294967296.a.b.c.", "1e3.a.b.c.", "%31.a.b.c.", "1" * 400 + ".a.b.c."]
)
def test_what_is_no_read(send, told: str) -> None:
    assert send(told) == 400


def test_longer_than_a_read(send, magazine) -> None:
    assert send(query(magazine.config, 107, host="x" * 500)) == 413
    assert send(query(magazine.config, 107), body=b"x" * 513) == 413
    assert send(query(magazine.config, 107), method="GET") == 405


def test_article_that_was_never_printed(send, magazine) -> None:
    found = query(magazine.config, 108)
    assert send(found.replace("108.", "109.", 1)) == 404
    assert send(query(magazine.config, 108, key=b"guessed")) == 404


def test_token_of_nobody_and_of_long_ago(send, magazine) -> None:
    article, sealed, hour, _, host = query(magazine.config, 110).split(".")
    before = figure(magazine, Verdict.TOKEN), figure(magazine, Verdict.EXPIRED)
    assert send(f"{article}.{sealed}.{hour}.AAAAAAAAAAAA.{host}") == 403
    assert send(query(magazine.config, 110, hours=2)) == 200
    assert (figure(magazine, Verdict.TOKEN), figure(magazine, Verdict.EXPIRED)) == (before[0] + 1, before[1] + 1)
    assert send(query(magazine.config, 110, hours=1)) == 204


@pytest.mark.slow
def test_token_that_pages_still_carry_is_taken(magazine, send) -> None:
    told = query(magazine.config, 111, hours=9)
    assert send(told) == 200
    token = ".".join(told.split(".")[2:4])
    magazine.press.slots(beacon=f'<script data-token="{token}">'.encode())
    assert soon(lambda: send(told) == 204)


def test_answer_is_small_and_kept_by_nobody(magazine) -> None:
    answer = magazine.running.ask("POST", f"/-/read?{query(magazine.config, 112)}", b"", User_Agent=BROWSER)
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (204, b"", "no-store")
    assert "set-cookie" not in answer.headers


def test_figures_tell_reads_by_what_became_of_them(magazine, send) -> None:
    assert send(113) == 204
    assert send(113) == 204
    told = magazine.get("/metrics").text
    assert 'kawaraban_reads_total{verdict="accepted"}' in told and 'kawaraban_reads_total{verdict="repeated"}' in told
    assert "kawaraban_reads_in_memory 0" in told and 'kind="read",status="204"' in told


def test_nothing_of_an_address_is_kept(magazine, send) -> None:
    assert send(114, X_Forwarded_For="203.0.113.77") == 204
    kept = b"".join(file.read_bytes() for file in magazine.config.reads.rglob("*") if file.is_file())
    assert b"203.0.113" not in kept and bytes([203, 0, 113]) not in kept
    assert [file.name[:5] for file in magazine.config.reads.glob("salt-*")] == ["salt-"]


@pytest.mark.slow
def test_ceiling_of_a_network(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(readership="network_ceiling = 3")
    send = [magazine.running.ask("POST", f"/-/read?{query(magazine.config, article)}", b"", User_Agent=BROWSER).status for article in (1, 2, 2, 3, 4)]
    assert send == [204, 204, 204, 204, 429]
    other = magazine.running.ask("POST", f"/-/read?{query(magazine.config, 4)}", b"", User_Agent=BROWSER, X_Forwarded_For="192.0.2.9")
    assert other.status == 204


@pytest.mark.slow
def test_readers_that_are_not_counted(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(readership="counted = false")
    assert magazine.running.ask("POST", f"/-/read?{query(magazine.config, 1)}", b"", User_Agent=BROWSER).status == 405
    assert not magazine.config.reads.exists()


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "status"), [("true", 200), ("false", 204)])
def test_privacy_signals_are_a_setting(magazine_of_its_own, setting: str, status: int) -> None:
    magazine = magazine_of_its_own(readership=f"privacy_signals = {setting}")
    for article, signal in enumerate(({"DNT": "1"}, {"Sec_GPC": "1"}), 1):
        assert magazine.running.ask("POST", f"/-/read?{query(magazine.config, article)}", b"", User_Agent=BROWSER, **signal).status == status


@pytest.mark.slow
def test_two_processes_know_a_reader_by_the_same_key(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(workers=2)
    path = f"/-/read?{query(magazine.config, 1)}"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: magazine.running.ask("POST", path, b"", User_Agent=BROWSER), range(60)))
    found = [record for record in recorded(magazine.config) if record.verdict == 0]
    assert len({record.reader for record in found}) == 1 and len(found) <= 2


@pytest.mark.slow
def test_made_up_robots_have_a_ceiling_too(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(readership="network_ceiling = 3")
    path = f"/-/read?{query(magazine.config, 1)}"
    agents = [f"python-requests/2.{number}" for number in (0, 1, 2, 3, 4, 1)]
    assert [magazine.running.ask("POST", path, b"", User_Agent=agent).status for agent in agents] == [200, 200, 200, 429, 429, 200]
