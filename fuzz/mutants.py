"""Inputs for Hypothesis: samples cut, spliced, stuffed, repeated without measure, written in other encodings."""

import gzip
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

LARGEST = 1 << 20
ENCODINGS = ("utf-16", "utf-16-le", "cp932", "euc-jp", "iso-2022-jp", "latin-1", "utf-7")
SIGNS = (
    b"\0",
    b"\x01",
    b"\x1b$B",
    b"\x1b(B",
    b"\x1f",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"&#0;",
    b"&#xD800;",
    b"&amp;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
)
SIGNS += (
    b"9" * 30,
    b"-1",
    b"1e999",
    b"\\u0000",
    b"\\ud800",
    b"%00",
    b"\r\n",
    b"\r\n\r\n",
    b"\n\n",
    b"../",
    b"data:,",
    b"javascript:",
    b"\xe3\x80\x80",
    b"\x80",
)
Step = Callable[[bytes], bytes]


@st.composite
def mutants(draw: st.DrawFn, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    data = draw(st.sampled_from(seeds)) if seeds else b""
    for _ in range(draw(st.integers(0, 6))):
        data = step(draw, data, seeds, words)[:LARGEST]
    return data


def step(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    match draw(st.sampled_from(("word", "repeat", "cut", "splice", "noise", "swap", "encoding", "packed"))):
        case "word":
            return data[:start] + draw(st.sampled_from([*words, *SIGNS])) + data[start:]
        case "repeat":
            piece = data[start : min(end, start + draw(st.integers(1, 200)))] or draw(st.sampled_from([*words, *SIGNS]))
            times = min(draw(st.sampled_from((2, 30, 1_000, 30_000, 1_000_000))), LARGEST // len(piece))
            return data[:start] + piece * times + data[start:]
        case "cut":
            return data[:start] + data[end:]
        case "splice":
            other = draw(st.sampled_from(seeds))
            return data[:start] + other[draw(st.integers(0, len(other))) :]
        case "noise":
            return data[:start] + draw(st.binary(max_size=40)) + data[end:]
        case "swap":
            middle = draw(st.integers(start, end))
            return data[:start] + data[middle:end] + data[start:middle] + data[end:]
        case "encoding":
            return data.decode("utf-8", "replace").encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return gzip.compress(data, mtime=0)
