"""Searches over HTTP: canonical, kept for a moment, never after a change, bounded, and in the magazine's clothes when there are none."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest


@pytest.fixture(autouse=True)
def a_desk_at_rest(magazine):
    yield
    magazine.desk.pause, magazine.desk.status, magazine.desk.found = 0.0, 200, "<main>{q}</main>{wire}"


def test_search_is_asked_of_the_desk_and_its_slots_are_filled(magazine) -> None:
    answer = magazine.get("/search?utm_source=x&q=" + quote("経済  首相"))
    assert (answer.status, answer.text) == (200, f"<main>q={quote('経済')}+{quote('首相')}</main><ul>first</ul>")
    assert magazine.desk.searches[-1] == ("/search", f"q={quote('経済')}+{quote('首相')}")
    assert answer.headers["content-security-policy"] == "default-src 'none'; img-src 'self'"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"] == "public, max-age=1"
    assert "set-cookie" not in answer.headers


def test_search_is_compressed_for_who_takes_it(magazine) -> None:
    answer = magazine.get("/search?q=zip", Accept_Encoding="gzip")
    assert (answer.headers["content-encoding"], gzip.decompress(answer.body)) == ("gzip", b"<main>q=zip</main><ul>first</ul>")
    plain = magazine.get("/search?q=zip")
    assert "content-encoding" not in plain.headers
    assert answer.headers["etag"] == plain.headers["etag"][:-1] + '-g"'
    assert magazine.get("/search?q=zip", If_None_Match=plain.headers["etag"]).status == 304


def test_answer_is_kept_and_its_slots_are_not(magazine) -> None:
    asked = len(magazine.desk.searches)
    assert magazine.get("/search?q=kept").text == magazine.get("/search?x=y&q=kept").text == "<main>q=kept</main><ul>first</ul>"
    magazine.press.slots(wire=b"<ul>second</ul>")
    assert magazine.get("/search?q=kept").text == "<main>q=kept</main><ul>second</ul>"
    magazine.press.slots(wire=b"<ul>first</ul>")
    assert len(magazine.desk.searches) == asked + 1


def test_answer_is_not_kept_once_anything_was_changed(magazine) -> None:
    """A withdrawal is told like any change: no answer from before it is given after it."""
    magazine.desk.found = "withdrawn"
    assert magazine.get("/search?q=change").text == "withdrawn"
    magazine.desk.found = "nothing"
    assert magazine.get("/search?q=change").text == "withdrawn"
    magazine.press.edition.tell({})
    assert magazine.get("/search?q=change").text == "nothing"


def test_answer_on_its_way_when_something_changes_is_not_kept(magazine) -> None:
    magazine.desk.found, magazine.desk.pause = "withdrawn", 0.3
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(magazine.get, "/search?q=on-its-way")
        time.sleep(0.1)
        magazine.press.edition.tell({})
        magazine.desk.found = "nothing"
        assert magazine.get("/search?q=on-its-way").text == "nothing", "who came after the change got what was asked for before it"
        first.result()
    assert magazine.get("/search?q=on-its-way").text == "nothing"


def test_answer_that_took_long_is_asked_for_again_after_a_change(magazine) -> None:
    magazine.desk.found, magazine.desk.pause = "withdrawn", 0.0
    asked = len(magazine.desk.searches)
    magazine.desk.pause = 0.7
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(magazine.get, "/search?q=long")
        time.sleep(0.2)
        magazine.press.edition.tell({})
        magazine.desk.pause = 0.0
        assert first.result().status == 200
    assert len(magazine.desk.searches) == asked + 2


@pytest.mark.slow
def test_answer_is_kept_for_ten_seconds(magazine) -> None:
    asked = len(magazine.desk.searches)
    for _ in range(13):
        magazine.get("/search?q=ten")
        time.sleep(1)
    assert len(magazine.desk.searches) == asked + 2


def test_same_search_of_many_is_asked_for_once(magazine) -> None:
    magazine.desk.pause, asked = 0.3, len(magazine.desk.searches)
    with ThreadPoolExecutor(20) as readers:
        answers = list(readers.map(lambda _: magazine.get("/search?q=many").text, range(20)))
    assert set(answers) == {"<main>q=many</main><ul>first</ul>"}
    assert len(magazine.desk.searches) == asked + 1


def test_feed_and_suggestions_are_searches(magazine) -> None:
    assert magazine.get("/search/feed?q=a&order=date").text.startswith("<main>q=a</main>")
    assert magazine.get("/search/suggest?q=a").text.startswith("<main>q=a</main>")
    assert {("/search/feed", "q=a"), ("/search/suggest", "q=a")} <= set(magazine.desk.searches)


def test_address_that_is_no_search(magazine) -> None:
    assert magazine.get("/search/other").status == 404
    moved = magazine.get("/search/?q=a%20b")
    assert (moved.status, moved.headers["location"]) == (301, "/search?q=a%20b")
    assert magazine.running.ask("POST", "/search?q=a").status == 405
    assert magazine.get("/search?q=" + "x" * 20_001).status == 414


@pytest.mark.parametrize("query", ["%ED%A0%80", "%00", "%", "%zz", "&&==&", quote('"-' * 100), quote("🗞" * 100), "%F0%9F", "q=%22%27;--"])
def test_hostile_addresses_are_answered(magazine, query: str) -> None:
    assert magazine.get(f"/search?q={query}").status == 200


def test_head_has_no_body(magazine) -> None:
    answer = magazine.running.ask("HEAD", "/search?q=head")
    assert (answer.status, answer.body) == (200, b"")


def test_answer_of_a_desk_that_fails_is_no_page(magazine) -> None:
    magazine.press.file("!503-search", "printed: no search now", status=503)
    magazine.desk.status = 500
    magazine.desk.found = "a trace"
    answer = magazine.get("/search?q=fails")
    assert (answer.status, answer.text, answer.headers["retry-after"]) == (503, "printed: no search now", "5")
    magazine.desk.status, magazine.desk.found = 200, "x" * ((1 << 20) + 1)
    assert magazine.get("/search?q=too-much").status == 503


def test_desk_gone_and_back(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    magazine.press.file("!503-search", "printed: no search now", status=503)
    assert magazine.get("/search?q=before").status == 200
    magazine.desk.stop()
    answer = magazine.get("/search?q=gone")
    assert (answer.status, answer.text, answer.headers["cache-control"]) == (503, "printed: no search now", "no-store")
    assert magazine.get("/search/suggest?q=gone").text == "[]"
    assert magazine.get("/search?q=before").status == 200, "what was asked a moment ago is still at hand"
    assert magazine.get("/").status == 200
    magazine.desk.start()
    until(lambda: magazine.get("/search?q=gone").status == 200)


def test_reader_who_comes_before_the_desk_waits_for_it(magazine_of_its_own) -> None:
    """They are started together, and the newsstand is there first."""
    magazine = magazine_of_its_own()
    magazine.desk.stop()
    with ThreadPoolExecutor(1) as readers:
        search = readers.submit(magazine.get, "/search?q=early")
        time.sleep(0.5)
        assert not search.done()
        magazine.desk.start()
        assert search.result().status == 200


def test_answer_that_the_desk_does_not_want_kept_is_not(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    magazine.desk.keeps_searches = False
    asked = len(magazine.desk.searches)
    assert [magazine.get("/search?q=filling").status for _ in range(2)] == [200, 200]
    assert len(magazine.desk.searches) == asked + 2


def test_desk_that_does_not_answer_holds_up_no_page(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    magazine.desk.search_pause, magazine.desk.has["/new"] = 5.0, "new"
    with ThreadPoolExecutor(20) as readers:
        searches = [readers.submit(magazine.get, f"/search?q=slow-{number}") for number in range(20)]
        time.sleep(0.3)
        began = time.monotonic()
        assert magazine.get("/").status == 200
        assert magazine.get("/new").text == "new"
        assert time.monotonic() - began < magazine.desk.search_pause - 1
        assert {found.result().status for found in searches} == {503}
        assert time.monotonic() - began < 2 * magazine.desk.search_pause
    assert len(magazine.desk.searches) <= 6, "what nobody waited for any more was asked all the same"


def test_only_so_many_are_asked_at_once_and_a_second(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(searches_a_second=5, searches_at_once=1)
    with ThreadPoolExecutor(30) as readers:
        answers = list(readers.map(lambda number: magazine.get(f"/search?q={number}"), range(30)))
    refused = [answer for answer in answers if answer.status == 503]
    assert len(magazine.desk.searches) + len(refused) == 30
    assert 10 <= len(magazine.desk.searches) < 20
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}


def test_reader_who_asks_too_much_is_told_so(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(searches_a_reader=10)
    magazine.press.file("!429-search", "printed: too many", status=429)
    one, other = "192.0.2.7", "192.0.2.8"
    answers = [magazine.get(f"/search?q={number}", X_Forwarded_For=one) for number in range(7)]
    assert [answer.status for answer in answers] == [200] * 5 + [429] * 2
    assert (answers[-1].text, answers[-1].headers["cache-control"]) == ("printed: too many", "no-store")
    assert 5 <= int(answers[-1].headers["retry-after"]) <= 6
    assert magazine.get("/search?q=other", X_Forwarded_For=other).status == 200
    assert magazine.get("/search?q=1", X_Forwarded_For=one).status == 200, "what is at hand costs nothing"


@pytest.mark.slow
def test_searches_fill_no_memory(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own(searches_a_second=10_000)
    magazine.desk.found = "<main>{q}" + "x" * 50_000 + "</main>{wire}"

    def resident() -> int:
        return int(Path(f"/proc/{magazine.running.pids[0]}/statm").read_text().split()[1]) * 4096

    for number in range(200):
        magazine.get(f"/search?q=before-{number}")
    before = resident()
    with ThreadPoolExecutor(8) as readers:
        assert {answer.status for answer in readers.map(lambda number: magazine.get(f"/search?q={number}"), range(2_000))} == {200}
    assert resident() - before < 16 << 20
