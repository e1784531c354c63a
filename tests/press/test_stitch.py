import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawaraban.press.compress import LEVEL, compressed
from kawaraban.press.stitch import gzipped, identity, tag

TEXT = some.one_of(some.binary(max_size=3000), some.text(max_size=800).map(str.encode), some.just(b"<p>") | some.just("瓦版".encode() * 900))
TEXTS = some.lists(TEXT, max_size=12)


@given(TEXTS)
def test_joining_equals_compressing_the_whole(texts: list[bytes]) -> None:
    whole = b"".join(texts)
    body = gzipped([compressed(text) for text in texts])
    assert gzip.decompress(body) == whole == gzip.decompress(gzip.compress(whole))
    assert identity([compressed(text) for text in texts]) == whole


@given(TEXTS)
def test_joined_body_is_one_member_and_nothing_after_it(texts: list[bytes]) -> None:
    reading = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reading.decompress(gzipped([compressed(text) for text in texts])) == b"".join(texts)
    assert reading.eof
    assert reading.unused_data == b""


@given(TEXTS)
def test_trailer_is_that_of_the_whole(texts: list[bytes]) -> None:
    whole = b"".join(texts)
    trailer = zlib.crc32(whole).to_bytes(4, "little") + len(whole).to_bytes(4, "little")
    assert gzipped([compressed(text) for text in texts])[-8:] == trailer


@given(TEXTS, TEXTS)
def test_tag_differs_when_the_text_does(one: list[bytes], other: list[bytes]) -> None:
    tags = tag([compressed(text) for text in one]), tag([compressed(text) for text in other])
    if one == other:
        assert tags[0] == tags[1]
    if b"".join(one) != b"".join(other):
        assert tags[0] != tags[1]


@given(some.lists(TEXT, min_size=1, max_size=6), some.data())
def test_tag_is_that_of_the_text_where_the_cuts_are_the_same(texts: list[bytes], data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(texts) - 1))
    changed = [*texts[:place], data.draw(TEXT), *texts[place + 1 :]]
    assert (tag([compressed(text) for text in texts]) == tag([compressed(text) for text in changed])) is (texts == changed)


@pytest.mark.parametrize("texts", [[], [b""], [b"", b""], [b"", b"a", b""]])
def test_empty_parts_are_joined_too(texts: list[bytes]) -> None:
    assert gzip.decompress(gzipped([compressed(text) for text in texts])) == b"".join(texts)


def test_joined_body_carries_no_time_and_no_name() -> None:
    body = gzipped([compressed(b"a")])
    assert body == gzipped([compressed(b"a")])
    assert body[3:8] == bytes(5)


def test_tag_can_stand_in_a_header() -> None:
    assert tag([compressed(b"a")]).isalnum()


def test_few_parts_of_a_page_cost_little() -> None:
    rows = [f"<p>第{number}話。{number * 7919 % 10007}番の灯台から{number * 104729 % 9973}海里。</p>" for number in range(700)]
    texts = ["".join(rows[start : start + 175]).encode() for start in range(0, 700, 175)]
    joined = gzipped([compressed(text) for text in texts])
    assert len(joined) <= 1.12 * len(gzip.compress(b"".join(texts), LEVEL))
