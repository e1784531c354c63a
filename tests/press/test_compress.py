import zlib

import pytest

from kawaraban.press.compress import DIGEST_BYTES, LEVEL, compressed, plain

TEXTS = [b"", b"a", "瓦版".encode() * 500, bytes(range(256)) * 300]


@pytest.mark.parametrize("text", TEXTS, ids=len)
def test_part_gives_its_text_back(text: bytes) -> None:
    assert plain(compressed(text)) == text


@pytest.mark.parametrize("text", TEXTS, ids=len)
def test_part_knows_length_and_sum(text: bytes) -> None:
    part = compressed(text)
    assert (part.length, part.crc, len(part.digest)) == (len(text), zlib.crc32(text), DIGEST_BYTES)


def test_part_ends_on_a_byte_and_leaves_the_stream_open() -> None:
    deflated = compressed("瓦版".encode() * 500).deflated
    reading = zlib.decompressobj(-zlib.MAX_WBITS)
    reading.decompress(deflated)
    assert deflated.endswith(b"\x00\x00\xff\xff")
    assert not reading.eof


def test_part_refers_to_nothing_before_it() -> None:
    first, second = compressed(b"the same words"), compressed(b"the same words")
    assert first == second
    assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(second.deflated) == b"the same words"


def test_part_costs_little_more_than_the_text_compressed_at_the_same_level() -> None:
    text = "".join(f"第{number}話 {number * number % 977}番の灯台" for number in range(2000)).encode()
    assert len(compressed(text).deflated) <= len(zlib.compress(text, LEVEL)) + 8


def test_digests_of_different_texts_differ() -> None:
    assert compressed(b"a").digest != compressed(b"b").digest
