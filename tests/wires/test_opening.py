import gzip
import io
import zipfile

import pytest

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import EXPANDED
from kawaraban.wires.opening import File, Room, opened


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "files"),
    [
        (b"", [File("", b"")]),
        (b"plain", [File("", b"plain")]),
        (gzip.compress(b"a"), [File("", b"a")]),
        (gzip.compress(b"a") + gzip.compress(b"b"), [File("", b"ab")]),
        (zipped(("a", b"1"), ("b/c", gzip.compress(b"2"))), [File("a", b"1"), File("b/c", b"2")]),
        (gzip.compress(zipped(("../a", b"1"), ("b/", b""), ("__MACOSX/._a", b"x"), (".DS_Store", b"x"))), [File("../a", b"1")]),
        (zipped(("a", b"1"), how=zipfile.ZIP_STORED), [File("a", b"1")]),
    ],
    ids=["empty", "plain", "gzip", "two gzips", "zip", "zip in gzip", "stored"],
)
def test_opened(data: bytes, files: list[File]) -> None:
    assert opened(data) == files


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x1f\x8b\x08", "not the gzip that it begins as"),
        (gzip.compress(b"abc" * 1_000)[:-9], "not the gzip that it begins as"),
        (b"PK\x03\x04", "not the zip archive that it begins as"),
        (zipped(("a", b"x" * 100))[:-1], "not the zip archive"),
        (zipped(("a", b"x"), how=zipfile.ZIP_LZMA), "neither by deflate nor at all"),
        (zipped(("a", b"x"), how=zipfile.ZIP_BZIP2), "neither by deflate nor at all"),
        (gzip.compress(b"\0" * (EXPANDED + 1)), "expands to more than"),
        (zipped(*((str(number), b"\0" * (20 << 20)) for number in range(3))), "expands to more than"),
        (zipped(("a", gzip.compress(b"\0" * (30 << 20))), ("b", gzip.compress(b"\0" * (30 << 20)))), "expands to more than"),
        (gzip.compress(b"x") * 2_001, "more than 2000 compressed parts"),
        (zipped(*((str(number), b"") for number in range(2_001))), "more than 2000 files"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))), "compressed more than 3 times"),
        (zipped(("a", b"x"), how=zipfile.ZIP_STORED).replace(b"x", b"y"), "not the zip archive"),
    ],
    ids=["head", "torn", "zip's head", "torn zip", "lzma", "bzip2", "bomb", "zip of bombs", "bombs in a zip", "parts", "files", "layers", "checksum"],
)
def test_what_can_not_be_opened(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        opened(data)


def test_room_is_shared() -> None:
    room = Room(4)
    assert opened(gzip.compress(b"abc"), room=room) == [File("", b"abc")]
    for _ in range(2):
        with pytest.raises(Unreadable, match="expands to more"):
            opened(gzip.compress(b"abc" * 1_000_000), room=room)


def test_archive_that_needs_a_password() -> None:
    data = bytearray(zipped(("a", b"x")))
    for at in (6, data.index(b"PK\x01\x02") + 8):  # the flag of encryption, in both heads
        data[at] |= 1
    with pytest.raises(Unreadable, match="password"):
        opened(bytes(data))
