"""Pages that have not been printed: asked of the desk, once, and not more than it can bear."""

import time
from concurrent.futures import ThreadPoolExecutor


def test_page_is_printed_on_demand(magazine) -> None:
    magazine.desk.has["/new?page=2"] = "new"
    for _ in range(3):
        assert magazine.get("/new?utm_source=x&page=2").text == "new"
    assert magazine.desk.asked["/new?page=2"] == 1


def test_path_reaches_the_desk_decoded(magazine) -> None:
    magazine.desk.has["/新しい 記事"] = "new"
    assert magazine.get("/%E6%96%B0%E3%81%97%E3%81%84%20%E8%A8%98%E4%BA%8B").text == "new"


def test_page_that_many_want_is_asked_for_once(magazine) -> None:
    magazine.desk.has["/many"], magazine.desk.pause = "many", 0.3
    with ThreadPoolExecutor(20) as readers:
        answers = list(readers.map(lambda _: magazine.get("/many"), range(20)))
    magazine.desk.pause = 0.0
    assert {answer.text for answer in answers} == {"many"}
    assert magazine.desk.asked["/many"] == 1


def test_page_that_is_not_there_is_remembered_until_something_changes(magazine, until) -> None:
    for _ in range(5):
        answer = magazine.get("/absent")
        assert (answer.status, answer.text) == (404, "printed: not found")
    assert magazine.desk.asked["/absent"] == 1
    magazine.desk.has["/absent"] = "there now"
    magazine.press.edition.tell({})
    until(lambda: magazine.get("/absent").status == 200, 2.5)
    assert magazine.desk.asked["/absent"] == 2


def test_page_is_served_when_it_is_filed_while_it_counts_as_absent(magazine) -> None:
    assert magazine.get("/filed").status == 404
    magazine.press.file("/filed", "filed")
    assert magazine.get("/filed").text == "filed"


def test_desk_that_can_not_print_is_no_missing_page(magazine) -> None:
    magazine.desk.status = 503
    answer = magazine.get("/unprintable")
    magazine.desk.status = 200
    assert (answer.status, answer.text, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "printed: not now", "5", "no-store")
    assert magazine.get("/unprintable").status == 404


def test_pages_of_an_earlier_generation_are_printed_again_behind_the_readers(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    magazine.press.file("/a", "first")
    assert magazine.get("/a").text == "first"
    magazine.press.generation = magazine.press.edition.begin("second", "default-src 'self'")
    magazine.desk.has["/a"] = "second"
    answer = magazine.get("/a")
    assert (answer.text, answer.headers["content-security-policy"]) == ("first", "default-src 'none'; img-src 'self'")
    until(lambda: magazine.get("/a").text == "second")
    assert magazine.get("/a").headers["content-security-policy"] == "default-src 'self'"
    assert magazine.desk.asked["/a"] == 1


def test_desk_gone_and_back(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    magazine.desk.has["/new"] = "new"
    magazine.desk.stop()
    magazine.press.file("/printed", "printed")
    began = time.monotonic()
    for number in range(50):
        answer = magazine.get(f"/unknown-{number}")
        assert (answer.status, answer.headers["retry-after"], answer.text) == (503, "5", "printed: not now")
        assert answer.headers["cache-control"] == "no-store"
        assert magazine.get("/printed").status == 200
    assert time.monotonic() - began < 5
    assert magazine.get("/new").status == 503
    magazine.desk.start()
    until(lambda: magazine.get("/new").status == 200)
    assert magazine.get("/none").status == 404


def test_notices_where_nothing_was_printed_for_it(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    for address in ("!404", "!503"):
        magazine.press.edition.remove(address, magazine.press.edition.changes(), magazine.press.generation)
    assert "見つかりませんでした" in magazine.get("/none").text
    magazine.desk.stop()
    answer = magazine.get("/other")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert "can't be prepared" in answer.text


def test_only_so_many_are_asked_a_second(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    began = time.monotonic()
    with ThreadPoolExecutor(70) as readers:
        statuses = list(readers.map(lambda number: magazine.get(f"/unknown-{number}").status, range(70)))
    took = time.monotonic() - began
    assert statuses == [404] * 70
    assert 1.2 <= took < 5  # 40 at once, the other 30 at 20 a second
    assert sum(magazine.desk.asked.values()) == 70


def test_query_that_makes_no_page_leads_to_the_page_without_it(magazine) -> None:
    magazine.press.file("/記事", "article")
    for _ in range(2):
        answer = magazine.get("/%E8%A8%98%E4%BA%8B?page=7")
        assert (answer.status, answer.headers["location"]) == (302, "/%E8%A8%98%E4%BA%8B")
    assert magazine.desk.asked["/記事?page=7"] == 1
    assert magazine.get("/no-such-article?page=7").status == 404
