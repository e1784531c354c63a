from typing import Any

import pytest

from kawaraban.wires.revising import html_of, revise

OLD = ["一。", "二。", "三。"]


def blocks(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": html_of(text), "id": text} for text in texts]


def texts(found: list[dict[str, Any]]) -> list[str]:
    return [block["value"].removeprefix("<p>").removesuffix("</p>") for block in found]


@pytest.mark.parametrize(
    ("draft", "new", "wanted", "left"),
    [
        (OLD, OLD, OLD, 0),
        (OLD, ["一。", "弐。", "三。"], ["一。", "弐。", "三。"], 0),
        (OLD, ["一。", "三。"], ["一。", "三。"], 0),
        (OLD, [*OLD, "四。"], [*OLD, "四。"], 0),
        (OLD, ["零。", *OLD], ["零。", *OLD], 0),
        (["一。", "挿入。", "二。", "三。"], ["一。", "弐。", "三。"], ["一。", "挿入。", "弐。", "三。"], 0),
        (["一。", "二を直した。", "三。"], ["一。", "弐。", "三。"], ["一。", "二を直した。", "三。"], 1),
        (["一。", "三。"], ["一。", "三。"], ["一。", "三。"], 0),
        (["［港都］　一。", "二。", "三。"], ["壱。", "二。", "三。"], ["［港都］　壱。", "二。", "三。"], 0),
        ([], ["壱。"], [], 1),
    ],
)
def test_revise(draft: list[str], new: list[str], wanted: list[str], left: int) -> None:
    found = revise(blocks(*draft), OLD, new)
    assert (texts(found.blocks), found.left) == (wanted, left)


def test_revise_keeps_blocks_of_other_kinds_and_what_has_been_marked_up() -> None:
    draft: list[dict[str, Any]] = [{"type": "subheading", "value": "一。"}, {"type": "paragraph", "value": "<p>二<b>。</b></p>"}]
    found = revise(draft, ["一。", "二。"], ["壱。", "弐。"])
    assert (found.blocks, found.left, found.made) == (draft, 1, 0)


def test_revise_knows_paragraphs_as_the_editor_stores_them() -> None:
    draft = [{"type": "paragraph", "value": '<p data-block-key="x1">A &amp; B</p>', "id": "1"}]
    assert revise(draft, ["A & B"], ["A & <C>"]).blocks == [{"type": "paragraph", "value": "<p>A &amp; &lt;C&gt;</p>", "id": "1"}]
