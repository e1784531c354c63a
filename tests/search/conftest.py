from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kawaraban.search import indexing, store
from kawaraban.search.document import Document
from kawaraban.search.finding import Finder
from kawaraban.search.japanese import Japanese

NEWEST = datetime(2026, 11, 20, tzinfo=UTC)
PIECES = {
    "embargo": ("北朝鮮の首相、経済制裁の解除を求める", "国連の会合で、東京都の提案に触れた。制裁は七年になる。"),
    "cable": ("海の底の糸を結びなおす人たち", "The Cable Ship Running to Servers。G7とCOVID-19、5Gの話。サーバーが20万人をつなぐ。"),
    "oyster": ("牡蠣殻の山をセメントに", "渡邊さんは1万8,000トンの殻を砕いた。凪沙丸が運ぶ。会議の議題になった。"),
    "whale": ("船が速度を落とすと、クジラの会話は届くか", "海峡の貨物船がゆっくり進む。船の会社は議会に会った。"),
}


@pytest.fixture(scope="session")
def japanese() -> Japanese:
    return Japanese()


Make = Callable[..., Finder]


@pytest.fixture
def make(japanese: Japanese, tmp_path: Path) -> Iterator[Make]:
    """A finder over pieces given as title and body, the first the newest."""
    opened = []

    def made(pieces: dict[str, tuple[str, str]], synonyms: Iterable[Iterable[str]] = ()) -> Finder:
        index = store.made(tmp_path / "store", japanese)
        opened.append(index)
        indexing.put(index, [Document(key, *texts, NEWEST - timedelta(days=age)) for age, (key, texts) in enumerate(pieces.items())])
        return Finder(index, synonyms)

    yield made
    for index in opened:
        index.close()


@pytest.fixture
def finder(make: Make) -> Finder:
    return make(PIECES)
