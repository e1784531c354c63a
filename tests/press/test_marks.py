import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawaraban.press.marks import LEAST_LITERAL, Piece, Slot, cut, folded, mark

WORD = "a1b2"
LONG, SHORT = b"x" * LEAST_LITERAL, b"<p>"
WIRE, RANKING = Slot("wire"), Slot("ranking:24h")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("あ", ("あ".encode(),)),
        (mark(WORD, "wire"), (WIRE,)),
        (f"a{mark(WORD, 'wire')}b", (b"a", WIRE, b"b")),
        (f"{mark(WORD, 'wire')}{mark(WORD, 'ranking:24h')}", (WIRE, RANKING)),
        (mark("other", "wire"), (mark("other", "wire").encode(),)),
        ("\x02" + WORD, (b"\x02" + WORD.encode(),)),
    ],
)
def test_page_is_cut_at_its_marks(text: str, pieces: tuple[Piece, ...]) -> None:
    assert cut(text, WORD) == pieces


@pytest.mark.parametrize("word", ["a.c", "a+", "(", "["])
def test_word_is_taken_as_it_is(word: str) -> None:
    assert cut(f"abc{mark(word, 'wire')}", word) == (b"abc", WIRE)


@given(some.lists(some.one_of(some.text(some.characters(exclude_characters="\x02\x03", codec="utf-8")), some.just(WIRE))))
def test_cutting_loses_nothing(pieces: list[str | Slot]) -> None:
    text = "".join(mark(WORD, piece.name) if isinstance(piece, Slot) else piece for piece in pieces)
    again = "".join(mark(WORD, piece.name) if isinstance(piece, Slot) else piece.decode() for piece in cut(text, WORD))
    assert again == text


@pytest.mark.parametrize(
    ("pieces", "made"),
    [
        ((), ()),
        ((LONG,), (LONG,)),
        ((SHORT,), (SHORT,)),
        ((WIRE,), ((WIRE,),)),
        ((LONG, WIRE, LONG), (LONG, (WIRE,), LONG)),
        ((WIRE, SHORT, RANKING), ((WIRE, SHORT, RANKING),)),
        ((SHORT, WIRE), ((SHORT, WIRE),)),
        ((LONG, WIRE, SHORT), (LONG, (WIRE, SHORT))),
        ((LONG, SHORT, LONG), (LONG, SHORT, LONG)),
        ((WIRE, LONG, RANKING), ((WIRE,), LONG, (RANKING,))),
        ((WIRE, b"<main>a</main>", RANKING), ((WIRE,), b"<main>a</main>", (RANKING,))),
        ((WIRE, b"<main>a", RANKING, b"b", RANKING, b"c</main>", WIRE), ((WIRE,), b"<main>a", (RANKING,), b"b", (RANKING,), b"c</main>", (WIRE,))),
        ((b"<main>a</main>", SHORT, WIRE, SHORT), (b"<main>a</main>", (SHORT, WIRE, SHORT))),
    ],
)
def test_neighbouring_slots_are_folded_into_runs(pieces: tuple[Piece, ...], made: object) -> None:
    assert folded(pieces) == made


@given(some.lists(some.sampled_from([LONG, SHORT, WIRE, RANKING])))
def test_folding_keeps_every_piece_in_its_order(pieces: list[Piece]) -> None:
    flat: list[Piece] = []
    for piece in folded(tuple(pieces)):
        flat += [piece] if isinstance(piece, bytes) else piece
    assert joined(flat) == joined(pieces)


def joined(pieces: list[Piece]) -> bytes:
    return b"".join(f"[{piece.name}]".encode() if isinstance(piece, Slot) else piece for piece in pieces)
