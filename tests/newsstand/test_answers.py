"""Answers as readers get them, from a newsstand in a process of its own."""

import gzip
import zlib
from pathlib import Path

import pytest

import kawaraban
from kawaraban.newsstand.assets import Assets

WHOLE = "一<header>first</header>二<ul>first</ul>三"
SECURITY = {
    "content-security-policy": "default-src 'none'; img-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture(scope="module")
def world(magazine):
    magazine.press.file("/world", "一{masthead}二{wire}三")
    magazine.press.file("/world?page=2", "second")
    magazine.press.file("/wire?section=%E5%9B%BD%E9%9A%9B&page=2", "国際")
    magazine.press.file("/世界/港", "港")
    magazine.press.file("/gone", "gone", status=410)
    magazine.press.file("/old", "moved", status=301, location="/世界/港")
    magazine.press.file("/feed.xml", "<rss/>", mime="application/rss+xml; charset=utf-8")
    return magazine


def test_page_zipped(world) -> None:
    answer = world.get("/world", Accept_Encoding="gzip, br")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert inflate.decompress(answer.body).decode() == WHOLE
    assert (inflate.eof, inflate.unused_data) == (True, b"")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=1, stale-while-revalidate=10, stale-if-error=86400"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers.items() >= SECURITY.items()
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("accepted", [{}, {"Accept_Encoding": "br, gzip;q=0"}, {"Accept_Encoding": "identity"}])
def test_page_plain(world, accepted) -> None:
    answer = world.get("/world", **accepted)
    assert answer.text == WHOLE
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/world?page=2", "second"),
        ("/world?utm_source=x&page=2&y", "second"),
        ("/world?page=1", WHOLE),
        ("/world?", WHOLE),
        ("/wire?page=2&section=%E5%9B%BD%e9%9a%9b", "国際"),
        ("/%E4%B8%96%E7%95%8C/%e6%b8%af", "港"),
        ("/%E4%B8%96%E7%95%8C%2F%E6%B8%AF", "港"),
        ("/%77orld", WHOLE),
        ("http://any.example/world", WHOLE),
    ],
)
def test_page_under_each_form_of_its_address(world, path: str, text: str) -> None:
    for _ in range(2):  # not at hand, then at hand
        assert world.get(path).text == text


def test_decoded_question_mark_is_no_query(world) -> None:
    assert world.get("/world?page=2").status == 200
    assert world.get("/world%3Fpage=2").status == 404


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/world/", "/world"),
        ("/world/?page=2&a=%C3%A9", "/world?page=2&a=%C3%A9"),
        ("//world", "/world"),
        ("//evil.example/%2F..", "/evil.example"),
        ("/%0d%0aSet-Cookie:a=b/", None),
        ("/%E4%B8%96%E7%95%8C//%E6%B8%AF", "/%E4%B8%96%E7%95%8C/%E6%B8%AF"),
    ],
)
def test_address_that_is_not_clean(world, path: str, location: str | None) -> None:
    answer = world.get(path)
    if location is None or ".." in path:
        assert (answer.status, "location" in answer.headers) == (404, False)
    else:
        assert (answer.status, answer.headers["location"]) == (301, location)
        assert answer.headers["cache-control"].startswith("public, max-age=1,")


def test_page_that_moved(world) -> None:
    answer = world.get("/old")
    assert (answer.status, answer.headers["location"], answer.text) == (301, "/%E4%B8%96%E7%95%8C/%E6%B8%AF", "moved")


def test_page_that_is_gone(world) -> None:
    answer = world.get("/gone", If_None_Match="*")
    assert (answer.status, answer.text, answer.headers["cache-control"]) == (410, "gone", "public, max-age=1")


def test_feed_keeps_its_type(world) -> None:
    assert world.get("/feed.xml").headers["content-type"] == "application/rss+xml; charset=utf-8"


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/world", "/static/kawaraban/icons/icon.svg"])
def test_known_page_is_not_sent_again(world, path: str, accepted: str) -> None:
    first = world.get(path, Accept_Encoding=accepted)
    tag = first.headers["etag"]
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = world.get(path, Accept_Encoding=accepted, If_None_Match=condition)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
        assert (answer.headers["cache-control"], answer.headers["vary"]) == (first.headers["cache-control"], "Accept-Encoding")
        assert "content-length" not in answer.headers
    assert world.get(path, Accept_Encoding=accepted, If_None_Match='"other"').status == 200


def test_tag_is_of_one_coding(world) -> None:
    tag = world.get("/world", Accept_Encoding="gzip").headers["etag"]
    assert world.get("/world", If_None_Match=tag).status == 200


@pytest.mark.parametrize("path", ["/world", "/world/", "/gone", "/static/kawaraban/icons/icon.svg", "/static/none", "/healthz", "/%00"])
def test_head_has_the_headers_and_no_body(world, path: str) -> None:
    get, head = world.get(path, Accept_Encoding="gzip"), world.running.ask("HEAD", path, Accept_Encoding="gzip")
    for answer in (get, head):
        for name in ("date", "x-request-id"):
            del answer.headers[name]
    if get.body:
        assert head.headers == get.headers
    assert (head.status, head.body) == (get.status, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
@pytest.mark.parametrize(
    ("path", "allowed"), [("/world", "GET, HEAD"), ("/none", "GET, HEAD"), ("/static/x", "GET, HEAD"), ("/-/print", "GET, HEAD")]
)
def test_other_methods_are_refused(world, method: str, path: str, allowed: str) -> None:
    answer = world.running.ask(method, path)
    assert (answer.status, answer.headers["allow"], answer.headers["cache-control"]) == (405, allowed, "no-store")


@pytest.mark.parametrize("path", ["/..", "/a/../world", "/%2e%2e/world", "/%00", "/%ff", "/%0a", "/world?page=0", "/world?page=x", "/-/", "/-/print"])
def test_page_that_can_not_be_never_asks_the_desk(world, path: str) -> None:
    answer = world.get(path)
    assert (answer.status, answer.text, answer.headers["cache-control"]) == (404, "printed: not found", "public, max-age=1")
    assert answer.headers.items() >= SECURITY.items()
    assert not world.desk.asked


def test_built_in_answers_allow_nothing(world) -> None:
    for path in ("/static/none", "/media/none.jpg", "/healthz", "/" + "x" * 3_000):
        answer = world.get(path)
        assert answer.headers["content-security-policy"] == "default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_request_id_is_taken_over_or_made(world) -> None:
    assert world.get("/world", X_Request_Id="from-nginx.1").headers["x-request-id"] == "from-nginx.1"
    made = {world.get("/world", **given).headers["x-request-id"] for given in ({}, {"X_Request_Id": "a b"}, {"X_Request_Id": "x" * 65})}
    assert len(made) == 3
    assert not made & {"a b", "x" * 65}


def test_static_by_both_names(world) -> None:
    plain = world.get("/static/kawaraban/icons/icon.svg", Accept_Encoding="gzip")
    assert (plain.status, plain.headers["content-type"], plain.headers["cache-control"]) == (200, "image/svg+xml", "public, max-age=3600")
    assert gzip.decompress(plain.body).startswith(b"<svg")
    name = Assets([Path(kawaraban.__file__).parent / "pages/static"]).hashed("kawaraban/icons/icon.svg")
    assert world.get(f"/static/{name}").headers["cache-control"] == "public, max-age=31536000, immutable"


def test_slot_filed_by_another_process_is_seen_by_the_next_request(world) -> None:
    world.press.file("/slot", "{wire}")
    for number in range(30):
        world.press.slots(wire=f"<ul>{number}</ul>".encode())
        assert world.get("/slot").text == f"<ul>{number}</ul>"
    world.press.slots(wire=b"<ul>first</ul>")


def test_commit_that_was_not_announced_is_seen_within_a_second(world, until) -> None:
    world.press.file("/quiet", "{wire}")
    assert world.get("/quiet").text == "<ul>first</ul>"
    epoch, world.press.edition.epoch = world.press.edition.epoch, type("Dead", (), {"announce": lambda self, number: None})()
    world.press.slots(wire=b"<ul>quiet</ul>")
    world.press.edition.epoch = epoch
    until(lambda: world.get("/quiet").text == "<ul>quiet</ul>", 1.5)
    world.press.slots(wire=b"<ul>first</ul>")


def test_theme_is_above_the_package_and_hsts_is_sent_when_told(magazine_of_its_own, tmp_path) -> None:
    theme = tmp_path / "home-0/theme/static/kawaraban/icons"
    theme.mkdir(parents=True)
    (theme / "icon.svg").write_text("<svg>theirs</svg>")
    magazine = magazine_of_its_own(hsts=True)
    assert magazine.get("/static/kawaraban/icons/icon.svg").text == "<svg>theirs</svg>"
    for path in ("/", "//", "/static/kawaraban/icons/icon.svg"):
        assert magazine.get(path).headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
