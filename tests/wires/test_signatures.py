import pytest

from kawaraban.demo import reading
from kawaraban.wires.signatures import BANDS, bands, likeness, shingles

JAPANESE = (
    "港都の新造連絡船「なぎ」が二十日、港都と灯崎を結ぶ航路で試験航海を終えた。定員は二百四十人で、蓄電池だけで片道を走る。"
    "船を運航する凪浜海運は来月一日の就航を予定し、運賃は据え置くとしている。試験航海には地元の小学生三十人が招かれた。"
)
ENGLISH = (
    "The new ferry Nagi completed its sea trials between Minato and Tozaki on Friday. It carries 240 passengers and runs one way on its "
    "batteries alone. The operator, Nagihama Lines, plans to start the service on the first of next month and will leave the fares as they are."
)


@pytest.mark.parametrize(
    ("text", "other", "least", "most"),
    [
        (JAPANESE, JAPANESE, 1.0, 1.0),
        (JAPANESE, JAPANESE.replace("二十日", "20日").replace("予定し", "予定"), 0.8, 0.99),
        (JAPANESE, JAPANESE.replace("「", "『").replace("」", "』").replace("、", "，"), 1.0, 1.0),
        (JAPANESE, f"［港都 潮見通信］　{JAPANESE}", 0.85, 0.99),
        (ENGLISH, ENGLISH.upper(), 1.0, 1.0),
        (ENGLISH, ENGLISH.replace("Friday", "Nov. 20"), 0.8, 0.99),
        (JAPANESE, ENGLISH, 0.0, 0.0),
        (JAPANESE, "", 0.0, 0.0),
        ("短い", "短い", 0.0, 0.0),
    ],
)
def test_likeness(text: str, other: str, least: float, most: float) -> None:
    both, _ = likeness(shingles(text), shingles(other))
    assert least <= both <= most


def test_copy_cut_short_is_contained() -> None:
    both, shorter = likeness(shingles(JAPANESE), shingles(JAPANESE[:60]))
    assert both < 0.6 and shorter == 1.0


@pytest.mark.parametrize("text", [JAPANESE, ENGLISH])
def test_near_duplicates_share_a_band(text: str) -> None:
    words = text.replace("Minato", "Minato City").replace("二百四十", "240")
    assert set(bands(shingles(text))) & set(bands(shingles(f"続報 update {words}")))
    assert len(bands(shingles(text))) == BANDS and all(-(2**63) <= value < 2**63 for value in bands(shingles(text)))


def test_text_too_short_to_tell_has_no_bands() -> None:
    assert bands(shingles("訂正")) == []


def test_stories_of_a_day_are_not_alike() -> None:
    """Sixty items of the demo's agency, of which no two tell the same."""
    made = [shingles(f"{item['headline']}\n{item['body']}") for item in reading.table("wires")["item"]]
    pairs = [(one, other) for place, one in enumerate(made) for other in made[:place]]
    assert max(max(likeness(*pair)) for pair in pairs) < 0.3
    found = [set(bands(one)) for one in made]
    assert sum(bool(one & other) for place, one in enumerate(found) for other in found[:place]) < len(pairs) / 100
