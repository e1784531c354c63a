"""What the judged queries of the demo edition are answered with, against plain pairs of characters; every piece of a title finds it."""

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = importlib.util.spec_from_file_location("search_quality", ROOT / "tools" / "search_quality.py")
quality = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(quality)

pytestmark = pytest.mark.slow
KINDS = {"two", "word", "words", "question", "name", "reading", "latin", "number", "phrase", "variant", "synonym", "without"}


def mean(find) -> float:
    gained = [quality.ndcg(find(query), answers) for _, query, answers in quality.judged()]
    return sum(gained) / len(gained)


def test_the_judged_set_is_whole() -> None:
    known = {document.id for document in quality.documents()}
    judged = quality.judged()
    assert len(judged) >= 150
    assert {kind for kind, *_ in judged} == KINDS
    assert {identity for *_, answers in judged for identity in answers} <= known
    assert len({query for _, query, _ in judged}) == len(judged)


def test_judged_queries_are_answered_well(tmp_path: Path) -> None:
    ours, pairs = mean(quality.ours(tmp_path)), mean(quality.plain(quality.bigrams))
    assert ours >= 0.90
    assert ours - pairs >= 0.10


def test_every_piece_of_a_title_finds_its_article(tmp_path: Path) -> None:
    find = quality.ours(tmp_path, top=1000)
    for document in quality.documents()[::6]:
        for piece in {*document.title, *map("".join, pairwise(document.title))}:
            assert not piece.strip() or document.id in find(piece), (document.id, piece)
