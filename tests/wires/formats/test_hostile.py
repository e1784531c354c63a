"""Whatever comes, `read` gives copies or says why not: crafted bytes raise nothing but Unreadable, and take neither long nor much."""

import gzip
import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawaraban.wires import reading
from kawaraban.wires.copy import Copy, Partly, Read, Unreadable
from kawaraban.wires.formats import FORMATS, anpa, iptc7901, mail, plaintext
from tests.wires.formats.conftest import samples
from tests.wires.test_opening import zipped

FORMS = (iptc7901, anpa, mail, plaintext)
READS: dict[str, Read] = {form.NAME: FORMATS[form.NAME].read for form in FORMS} | {"": reading.read}
SEEDS = {form.NAME: [sample.read_bytes() for sample in samples(form.NAME)] for form in FORMS}
SEEDS[""] = [packed for seeds in [*SEEDS.values()] for seed in seeds[:2] for packed in (gzip.compress(seed), zipped(("a", seed), ("b", seed)))]
TOKENS = [
    *(b"\x01", b"\x02", b"\x03", b"\x04", b"\x0c", b"\x0b", b"\x18", b"\x1f", b"\x0e", b"\0", b"\n", b"\r\n\r\n", b" ", b"\t", b"\xff", b"\xfe\xff"),
    *(b"\x1b$B", b"\x1b(I", b"\x1b(B", b"\x81", b"\xa4\xa2", b"\x8f\xf4", b"\xe3\x80", b"^", b"<", b"=", b":", "：".encode(), b",", b"0" * 30, b"99"),
    *(b"=?utf-8?b?", b"=?iso-2022-jp?q?", b"?=", b"boundary=", b"--b\n", b"Content-Type: ", b"multipart/mixed; ", b"message/rfc822", b"charset=idna"),
    *(b"Content-Transfer-Encoding: ", b"base64", b"x-uuencode", b"quoted-printable", b"filename*0*=utf-8''%", b'"', b"(", b"<a@b>", b";", b"Date: "),
    *(
        "解禁：".encode(),
        "訂正".encode("cp932"),
        b"EMBARGO: ",
        b"KILL",
        "令和99年99月99日25時".encode(),
        b"9999-99-99T99:99",
        b"GMT+99",
        b"Sep 99",
        b"PK\x03\x04",
    ),
]


@st.composite
def mutated(draw: st.DrawFn, name: str) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS[name])))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 30))] = draw(st.sampled_from(TOKENS) | st.binary(max_size=6))
    return bytes(data)


def check(read: Callable[[bytes], list[Copy]], data: bytes) -> None:
    try:
        copies = read(data)
    except Partly as partly:
        copies = partly.read
        assert copies and partly.faults
    except Unreadable as reason:
        assert "\n" not in str(reason)
        return
    assert copies
    for copy in copies:
        assert copy.guid and 1 <= copy.urgency <= 9 and copy.version > 0
        assert all(moment is None or moment.tzinfo for moment in (copy.published, copy.updated, copy.embargoed_until))
        assert "<script" not in copy.body_html.lower() and "\0" not in f"{copy}"


def check_all(data: bytes) -> None:
    for name, read in READS.items():
        assert not name or isinstance(FORMATS[name].fits(data), bool)
        check(read, data)


@pytest.mark.parametrize("name", READS)
def test_mutated_samples(name: str) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(mutated(name))
    def run(data: bytes) -> None:
        check(READS[name], data)

    run()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(TOKENS), max_size=40).map(b"".join))
def test_raw_bytes(data: bytes) -> None:
    check_all(data)


@pytest.mark.endurance
@pytest.mark.parametrize("name", READS)
def test_mutated_samples_for_long(name: str) -> None:
    @settings(max_examples=8_000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(mutated(name) | mutated(name).map(lambda data: data * 3) | st.binary(max_size=3_000))
    def run(data: bytes) -> None:
        check(READS[name], data)

    run()


HEAD = b"From: a\nMessage-ID: <a@b>\n"
MULTIPART = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
SEVEN = b"\x01shm0001 5 gen x\r\n"
ANPA = b"\x01a0001\nr b BC-x\n"
CRAFTED = {
    "nothing": b"\0" * (10 << 20),
    "spaces": b" " * (10 << 20),
    "starts": b"\x01shm0001 5 gen \x02" * 100_000,
    "messages": (SEVEN + b"\x02x\x03\x04") * 2_000,
    "slashes": SEVEN + b"a/" * 1_900 + b"\x02x\x03",
    "lines": (SEVEN + b"\x02" + b"a\n" * 19_000 + b"\x03") * 10,
    "wide lines": (SEVEN + b"\x02" + "港町\n".encode("cp932") * 19_000 + b"\x03") * 10,
    "orders": (SEVEN + b"\x02" + b"KILL\n" * 19_000 + b"\x03") * 10,
    "one line": SEVEN + b"\x02" + b"a" * 1_000_000 + b"\x03",
    "one line of brackets": SEVEN + b"\x02=\n" + b"A (" * 300_000 + b"\x03",
    "euc": SEVEN + b"\x02" + b"\x80\xa1" * 500_000 + b"\x03",
    "euc pieces": SEVEN + b"\x02" + b"a\xa1\xa1" * 330_000 + b"\x03",
    "escapes": SEVEN + b"\x02" + b"\x1b$B" * 300_000 + b"\x03",
    "rare escapes": SEVEN + b"\x02" + b"\x1b$A0!" * 200_000 + b"\x03",
    "killed words": ANPA + b"\x02\t" + b"a \x18" * 300_000 + b"\x03",
    "a word": ANPA + b"\x02\t" + b"a" * 1_000_000 + b"\x03",
    "instructions": ANPA + b"\x02\t" + b"\x0c" * 1_000_000 + b"\x03",
    "heads": (ANPA + b"\x02" + b"^a<\n" * 19_000 + b"\x03") * 10,
    "open heads": (ANPA + b"\x02" + b"^a\nb\n" * 9_500 + b"\x03") * 10,
    "quotes": ANPA + b"\x02\t" + b"``''_ _ " * 120_000 + b"\x03",
    "table": ANPA.replace(b"BC", b"\x12BC") + b"\x02" + b"\ba\t\t\tb\n" * 19_000 + b"\x03",
    "headers": HEAD + b"X: y\n" * 190_000,
    "long header": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 500_000 + b"\n\nx",
    "words": HEAD + b"Subject: " + b"=?" * 1_990 + b"\n\nx",
    "parentheses": HEAD.replace(b"a\n", b"(" * 4_000 + b"\n") + b"\nx",
    "parameters": HEAD + b"Content-Type: text/plain; " + b"a=b; " * 700 + b"\n\nx",
    "continuations": HEAD + b"Content-Disposition: attachment; " + b"".join(b"filename*%d*=a;" % number for number in range(250)) + b"\n\nx",
    "parts with parameters": MULTIPART + (b"--b\nContent-Type: image/png; " + b"a=b; " * 700 + b"\n\nx\n") * 190,
    "references": HEAD + b"References: " + b"<a@b> " * 600 + b"\n\nx",
    "nested": HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(30)) + b"x\n" * 90_000,
    "nested mails": HEAD + b"Content-Type: message/rfc822\n\n" * 29 + b"x\n" * 90_000,
    "dashes": MULTIPART + b"--b\n\n" * 150_000,
    "base64": HEAD + b"Content-Transfer-Encoding: base64\nContent-Type: image/jpeg\n\n" + b"/9j/" * 2_500_000,
    "uuencode": HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + (b"M" + b"!" * 60 + b"\n") * 150_000,
    "quoted-printable": HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=41=\n" * 180_000,
    "html": HEAD + b"Content-Type: text/html\n\n" + b"<ul><li>" * 120_000,
    "heads of html": HEAD + b"Content-Type: text/html\n\n" + b"<head" * 200_000,
    "metas": HEAD + b"Content-Type: text/html\n\n" + b"<meta charset" * 70_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 190_000,
    "signatures": HEAD + b"\n" + b"-- \n" * 190_000,
    "block": b"Headline: x\n" * 87_000,
    "continued": b"Headline: x\nGuid: y\n" + b" z\n" * 290_000,
    "text under a block": "見出し: 港\n記事番号: 1\n\n".encode() + "・港町。\n".encode() * 70_000,
    "values": b"Guid: x\nSubjects: " + b"a:b," * 250_000 + b"\n\nx",
    "colons": b":" * 1_000_000,
    "bomb": gzip.compress(b"\0" * (200 << 20), 1),
    "mail in bombs": gzip.compress(MULTIPART + b"--b\nContent-Type: image/x\n\n" + gzip.compress(b"\0" * (60 << 20))),
    "gzips": gzip.compress(b"Guid: x\n") * 2_000,
}


@pytest.mark.endurance
@pytest.mark.parametrize("name", CRAFTED)
def test_crafted_bytes_are_read_in_time(name: str) -> None:
    for read in READS.values():
        begun = process_time()
        check(read, CRAFTED[name])
        assert process_time() - begun < 2


@pytest.mark.endurance
@pytest.mark.parametrize("name", CRAFTED)
def test_crafted_bytes_take_little_memory(name: str) -> None:
    tracemalloc.start()
    try:
        check(reading.read, CRAFTED[name])
        assert tracemalloc.get_traced_memory()[1] < 256 << 20
    finally:
        tracemalloc.stop()
