import pytest

from kawaraban.search import indexing
from kawaraban.search.related import NoSuchPieceError, Relater
from tests.search.conftest import Make

WHALE = "クジラの鳴き声を海峡の聴音器で調べる研究班は、貨物船の速度と騒音の関係を測った。"
PIECES = {
    "whale": ("クジラと貨物船の騒音", WHALE + "母子のクジラは小さな声で鳴き交わす。"),
    "again": ("クジラと貨物船の騒音", WHALE + "母子のクジラは小さな声で鳴き交わす。続報。"),
    "pilots": ("海峡の水先人", "貨物船の案内をする水先人が海峡で足りない。船長は速度を落とす。"),
    "pilots-copy": ("海峡の水先人", "貨物船の案内をする水先人が海峡で足りない。船長は速度を落とす。免許。"),
    "dolphins": ("イルカの鳴き声", "イルカの鳴き声を聴音器で録音する。クジラとは違う。"),
    "bread": ("あんパンの朝", "港のパン屋が漁師に塩味のあんパンを焼く。"),
    "ovens": ("窯の温度", "パン屋の窯とあんパンの塩を測る職人。"),
}


@pytest.fixture
def relater(make: Make) -> Relater:
    return Relater(make(PIECES).store)


def related(relater: Relater, identity: str, top: int = 10) -> list[str]:
    return [near.id for near in relater.related(identity, top)]


def test_related_shares_what_a_piece_is_about(relater: Relater) -> None:
    assert set(related(relater, "whale")) <= {"pilots", "pilots-copy", "dolphins"}
    assert related(relater, "bread")[0] == "ovens"


def test_no_story_twice_and_never_its_own(relater: Relater) -> None:
    found = related(relater, "whale")
    assert "dolphins" in found
    assert "again" not in found
    assert len({"pilots", "pilots-copy"} & set(found)) == 1


def test_top_and_falling_scores(relater: Relater) -> None:
    scores = [near.score for near in relater.related("whale", 10)]
    assert scores == sorted(scores, reverse=True)
    assert len(related(relater, "whale", 1)) == 1


def test_what_is_taken_out_is_related_to_nothing(make: Make) -> None:
    store = make(PIECES).store
    indexing.take(store, ["dolphins"])
    assert all("dolphins" not in related(Relater(store), identity) for identity in PIECES if identity != "dolphins")
    with pytest.raises(NoSuchPieceError, match="dolphins"):
        Relater(store).related("dolphins")
