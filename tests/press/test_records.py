import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawaraban.press.compress import Part, compressed
from kawaraban.press.marks import Slot
from kawaraban.press.records import (
    LONGEST_KEY,
    Record,
    head,
    is_fit,
    moved,
    own,
    page_key,
    read,
    read_part,
    read_run,
    run_key,
    slot_key,
    written,
    written_part,
    written_run,
)
from kawaraban.press.records import place as place_of
from kawaraban.press.segments import Place

TEXT = some.text(some.characters(codec="utf-8"), max_size=60)
PART = some.one_of(some.binary(max_size=200).map(compressed), some.binary(min_size=12, max_size=12))
RECORD = some.builds(
    Record,
    status=some.integers(100, 599),
    mime=TEXT,
    parts=some.lists(PART, max_size=8).map(tuple),
    generation=some.integers(0, 2**32 - 1),
    changes=some.integers(0, 2**64 - 1),
    date=some.floats(allow_nan=False),
    location=some.text(some.characters(codec="utf-8"), max_size=400),
    inset_changes=some.integers(0, 2**64 - 1),
    insets=some.sampled_from(["", "page:12 2=picks 5=related", "wire:7 3=on_this"]),
)


@given(RECORD)
def test_record_comes_back_as_it_was_written(record: Record) -> None:
    place = Place(3, 2**40, len(own(record)))
    stored = written(record, place)
    sizes = tuple(len(part.deflated) for part in record.parts if isinstance(part, Part))
    record = record._replace(place=place, sizes=sizes)
    assert read(stored, own(record)) == record
    assert read(stored).sizes == sizes
    assert place_of(stored) == place
    assert place_of(moved(stored, Place(4, 5, place.size))) == (4, 5, place.size)
    assert read(moved(stored, Place(4, 5, place.size)), own(record)) == record._replace(place=Place(4, 5, place.size))
    assert (head(stored).changes, head(stored).generation) == (record.changes, record.generation)
    assert head(stored).inset_changes == record.inset_changes


@given(some.binary(max_size=500).map(compressed))
def test_part_comes_back_as_it_was_written(part: object) -> None:
    assert read_part(written_part(part)) == part  # type: ignore[arg-type]


@given(some.lists(some.one_of(TEXT.map(str.encode), TEXT.map(Slot)), max_size=6).map(tuple))
def test_run_comes_back_as_it_was_written(run: tuple[bytes | Slot, ...]) -> None:
    assert read_run(written_run(run)) == run


def test_run_with_a_text_that_looks_like_a_slot_is_another_run() -> None:
    assert written_run((b'{"slot": "wire"}',)) != written_run((Slot("wire"),))
    assert read_run(written_run((b'{"slot": "wire"}',))) == (b'{"slot": "wire"}',)


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("/", True),
        ("/世界?page=2", True),
        ("/" + "a" * (LONGEST_KEY - 1), True),
        ("/" + "a" * LONGEST_KEY, False),
        ("/" + "あ" * 167, False),
        ("/\udcff", False),
    ],
)
def test_address_is_fit_when_it_can_be_a_key(address: str, fits: bool) -> None:
    assert is_fit(address) is fits
    assert not fits or page_key(address).decode() == address


def test_keys_of_two_generations_differ() -> None:
    layout = written_run((Slot("wire"),))
    assert run_key(1, layout) != run_key(2, layout)
    assert slot_key(1, "wire") != slot_key(2, "wire")
