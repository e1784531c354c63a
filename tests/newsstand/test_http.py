import pytest

from kawaraban.newsstand import http
from kawaraban.newsstand.http import Address, Moved


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/", "", Address("/")),
        ("/world", "", Address("/world")),
        ("/世界/港", "", Address("/世界/港")),
        ("/a b", "", Address("/a b")),
        ("/world", "page=2", Address("/world", "page=2")),
        ("/world", "page=1", Address("/world")),
        ("/world", "page=1&page=3", Address("/world", "page=3")),
        ("/world", "utm_source=x&page=2&fbclid=y", Address("/world", "page=2")),
        ("/world", "utm_source=x&&=&%ff", Address("/world")),
        ("/wire", "page=2&section=国際", Address("/wire", "section=%E5%9B%BD%E9%9A%9B&page=2")),
        ("/wire", "section=%E5%9B%BD%E9%9A%9B", Address("/wire", "section=%E5%9B%BD%E9%9A%9B")),
        ("/wire", "section=a+b/c", Address("/wire", "section=a%20b%2Fc")),
        ("/wire", "section=", Address("/wire")),
        ("/wire", "section=" + "x" * 60, Address("/wire", "section=" + "x" * 60)),
        ("/", "page=2", Address("/", "page=2")),
    ],
)
def test_address_is_canonical(path: str, query: str, found: Address) -> None:
    assert http.address(path, query) == found
    assert http.address(*found) == found


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/world/", "", "/world"),
        ("//", "", "/"),
        ("//evil.example", "", "/evil.example"),
        ("///evil.example//", "a=b&a=ü", "/evil.example?a=b&a=%C3%BC"),
        ("/\\evil.example/", "", "/%5Cevil.example"),
        ("/世界//港", "page=2", "/%E4%B8%96%E7%95%8C/%E6%B8%AF?page=2"),
        ("/a b/", "x=%0d%0aSet-Cookie:", "/a%20b?x=%0d%0aSet-Cookie:"),
    ],
)
def test_address_that_is_not_clean_is_elsewhere(path: str, query: str, location: str) -> None:
    assert http.address(path, query) == Moved(location)


@pytest.mark.parametrize("path", ["", "*", "world", "/..", "/a/../b", "/./a", "/a\0", "/a\r\nb", "/\ufffd", "/a?page=2", "/a#b", "/\x7f", "/\x85"])
def test_address_that_no_page_has(path: str) -> None:
    assert http.address(path, "") is None


@pytest.mark.parametrize("page", ["", "0", "01", "-1", "1.5", "1234567", "abc", "２", "2\n", "%32"])
def test_page_that_can_not_be(page: str) -> None:
    assert http.address("/world", f"page={page}") is None


@pytest.mark.parametrize("section", ["x" * 61, "a%00b", "%ff", "a%0Ab"])
def test_section_that_can_not_be(section: str) -> None:
    assert http.address("/wire", f"section={section}") is None


def test_path_that_is_too_long() -> None:
    assert http.address("/" + "x" * 1_999, "") is not None
    with pytest.raises(http.TooLong):
        http.address("/" + "x" * 2_000, "")


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate, gzip ; q=1.0, *;q=0", True),
        ("x-gzip", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip; Q=0", False),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=x", True),
        ("gzip;q=0;x=1", False),
        ("gzip;x=1;q=0", False),
        ("gzipped", False),
    ],
)
def test_gzip_is_accepted(accepted: str, takes: bool) -> None:
    assert http.accepts_gzip(accepted) is takes


@pytest.mark.parametrize(
    ("condition", "holds"),
    [('"a-g"', True), ('W/"a-g"', True), ('"b", "a-g"', True), ("*", True), (" * ", True), ('"a"', False), ("a-g", False), ("", False)],
)
def test_condition_names_tag(condition: str, holds: bool) -> None:
    assert http.matches(condition, '"a-g"') is holds


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=3-5", (3, 6)),
        ("bytes=3-99", (3, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("Bytes= 9-9 ", (9, 10)),
        ("bytes=5-3", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes 0-1", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_range_of_ten_bytes(asked: str, span: tuple[int, int] | None) -> None:
    assert http.byte_range(asked, 10) == span


@pytest.mark.parametrize(("asked", "size"), [("bytes=10-", 10), ("bytes=99-100", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-1", 0)])
def test_range_behind_the_end(asked: str, size: int) -> None:
    with pytest.raises(http.Unsatisfiable):
        http.byte_range(asked, size)


@pytest.mark.parametrize(
    ("given", "taken"), [("abc-1.2_X", "abc-1.2_X"), ("x" * 64, "x" * 64), ("x" * 65, ""), ("a b", ""), ("", ""), (None, ""), ("é", "")]
)
def test_request_id_is_taken_when_sane(given: str | None, taken: str) -> None:
    assert http.sane_id(given) == taken


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        ("/world/2026/harbour", "/world/2026/harbour"),
        ("/世界", "/%E4%B8%96%E7%95%8C"),
        ("/%E4%B8%96?page=2", "/%E4%B8%96?page=2"),
        ("//evil.example", "/evil.example"),
        ("/%2Fevil.example", "/evil.example"),
        ("/\\evil.example", "/evil.example"),
        ("/a\r\nSet-Cookie: b", "/a%0D%0ASet-Cookie:%20b"),
        ("https://other.example/a?b=c", "https://other.example/a?b=c"),
        ("https://other.example/\r\nX: y", "https://other.example/%0D%0AX:%20y"),
    ],
)
def test_location_is_ascii_and_leads_where_it_says(told: str, sent: str) -> None:
    assert http.location_header(told) == sent
