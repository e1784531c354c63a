import pytest

from kawaraban.wires.diffing import MOST, diff

LETTER = {"same": " ", "del": "-", "ins": "+"}


def told(old: str, new: str) -> str:
    return "|".join(f"{LETTER[piece.kind]}{piece.text}" for piece in diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("", "", ""),
        ("港の朝。", "港の朝。", " 港の朝。"),
        ("", "港の朝。", "+港の朝。"),
        ("旅客420人を乗せる。", "旅客402人を乗せる。", " 旅客|-420|+402| 人を乗せる。"),
        ("議会は法案を可決した。", "議会は法案を否決した。", " 議会は法案を|-可決した。|+否決した。"),
        ("The ferry left at noon.", "The ferry left at dawn.", " The ferry left at |-noon.|+dawn."),
        ("一。\n\n二。\n\n三。", "一。\n\n三。", " 一。\n\n|-二。\n\n| 三。"),
    ],
)
def test_diff(old: str, new: str, wanted: str) -> None:
    assert told(old, new) == wanted


def test_diff_loses_nothing() -> None:
    old, new = "船は7月に就航する。\n\nポート・イリスの港だ。Grüße! ", "船は、8月に\n就航した。\n\nポート・イリスの新しい港だ。Gruß?"
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new


def test_diff_of_very_long_paragraphs_is_of_paragraphs() -> None:
    old, new = "一 " * MOST, "二 " * MOST
    assert [piece.kind for piece in diff(f"頭。\n{old}", f"頭。\n{new}")] == ["same", "del", "ins"]
