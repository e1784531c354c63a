from pathlib import Path

import pytest

from kawaraban.search import indexing, store
from kawaraban.search.document import Document
from kawaraban.search.finding import Finder
from kawaraban.search.japanese import Japanese
from tests.search.conftest import PIECES, Make


def test_a_folder_without_an_index_says_so(tmp_path: Path, japanese: Japanese) -> None:
    with pytest.raises(store.NoIndexError, match="kawaraban search index"):
        store.opened(tmp_path, japanese)


def test_another_way_of_cutting_makes_the_index_again(make: Make, tmp_path: Path) -> None:
    folder = make(PIECES).store.folder
    words = tmp_path / "words.txt"
    words.write_text("凪沙丸 なぎさまる", encoding="utf-8")
    old = store.made(folder, Japanese(words))
    assert old.is_stale
    assert [hit.id for hit in Finder(old).find("牡蠣").hits] == ["oyster"]
    assert indexing.take(old, ["whale"]) == 1
    assert Finder(old).find("クジラ").hits == []
    assert Finder(old).suggest("クジ") == []
    assert Finder(old).find("クジロ").meant == ""
    new = indexing.renewed(old)
    assert not new.is_stale
    assert [hit.id for hit in Finder(new).find("なぎさまる").hits] == ["oyster"]
    assert new.count == len(PIECES) - 1
    assert [file.name for file in folder.glob("*.sqlite3")] == [new.file.name]
    new.close()


def test_nothing_new_goes_into_an_index_that_is_cut_otherwise(make: Make, tmp_path: Path) -> None:
    folder = make(PIECES).store.folder
    words = tmp_path / "words.txt"
    words.write_text("凪沙丸", encoding="utf-8")
    old = store.made(folder, Japanese(words))
    with pytest.raises(store.StaleIndexError):
        indexing.put(old, [Document("new", "新しい", "記事")])
    old.close()


def test_text_is_kept_as_it_came(make: Make) -> None:
    kept = make({"one": ("題\x1f😀", "本文\ud800")}).store
    assert kept.text(1) == ("題 😀", "", "本文?", "")
