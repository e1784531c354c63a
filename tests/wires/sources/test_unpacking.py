import gzip
import zlib

import pytest

from kawaraban.wires.sources.unpacking import Garbled, TooMuch, Unpacking

TEXT = "潮見通信　港都の新造連絡船。".encode() * 5000


def unpacked(data: bytes, coding: str = "gzip", most: int = 1 << 20, step: int = 1000) -> bytes:
    unpacking = Unpacking(coding, most)
    for start in range(0, len(data), step):
        unpacking.take(data[start : start + step])
    return unpacking.whole()


@pytest.mark.parametrize("step", [1, 77, 10**7])
@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("X-GZIP", gzip.compress), ("deflate", zlib.compress), ("", bytes), ("identity", bytes)]
)
def test_unpacked_is_what_was_packed(coding: str, pack, step: int) -> None:
    assert unpacked(pack(TEXT), coding, step=step) == TEXT


def test_several_members_are_one() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


def test_bomb_is_stopped_before_it_is_there() -> None:
    bomb = gzip.compress(bytes(200 << 20), 9)
    unpacking = Unpacking("gzip", 1 << 20)
    with pytest.raises(TooMuch):
        unpacking.take(bomb)
    assert sum(map(len, unpacking.pieces)) <= 1 << 20
    with pytest.raises(TooMuch):
        unpacked(bytes(101), "", 100)


@pytest.mark.parametrize(
    "data",
    [gzip.compress(TEXT)[:-9], gzip.compress(TEXT)[:5], b"no gzip at all", gzip.compress(b"x") + b"rubbish"],
    ids=["torn", "head", "other", "rubbish"],
)
def test_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        unpacked(data)


def test_unknown_coding() -> None:
    with pytest.raises(Garbled, match="'br'"):
        Unpacking("br", 10)
