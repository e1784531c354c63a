import pytest

from kawaraban.wires.wrapping import unwrapped


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (
            "　潮見市の市長は一日、港を再\n開発すると述べた。費用は四百\n億円。\n　埠頭の店主は待つ。",
            ["潮見市の市長は一日、港を再開発すると述べた。費用は四百億円。", "埠頭の店主は待つ。"],
        ),
        (
            "The mayor of Shiomi said on\nTuesday that the harbour would\nbe rebuilt.\nShe smiled.",
            ["The mayor of Shiomi said on Tuesday that the harbour would be rebuilt.", "She smiled."],
        ),
        (
            "潮見港を訪れた\n一日のNATO\n首脳は次の通り\nHana Hatano\n・沖りん",
            ["潮見港を訪れた", "一日のNATO", "首脳は次の通り", "Hana Hatano", "・沖りん"],
        ),
        ("一行目の市長談話は次の通りだと\nいう。\n\n\n二段落目", ["一行目の市長談話は次の通りだという。", "二段落目"]),
        (f"{'港' * 60}\n{'町' * 60}", ["港" * 60, "町" * 60]),
        ("港\r\n町\r海", ["港", "町", "海"]),
        (" \n\t\n", []),
        ("", []),
    ],
    ids=["fifteen kanji", "english", "short lines", "empty lines", "not wrapped", "line ends", "blank", "empty"],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert unwrapped(text).split("\n\n") == (paragraphs or [""])
