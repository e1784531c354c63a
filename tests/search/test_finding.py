from datetime import timedelta
from itertools import pairwise

import pytest

from kawaraban.search import finding, indexing
from kawaraban.search.document import Document
from kawaraban.search.finding import Finder
from tests.search.conftest import NEWEST, PIECES, Make

ANSWERS = [
    ("経済", ["embargo"]),
    ("首相 制裁", ["embargo"]),
    ("きたちょうせん", ["embargo"]),
    ("ケイザイ せいさい", ["embargo"]),
    ("DPRK", ["embargo"]),
    ("朝鮮民主主義人民共和国", ["embargo"]),
    ("サーバ", ["cable"]),
    ("server run", ["cable"]),
    ("G7", ["cable"]),
    ("5g", ["cable"]),
    ("COVID-19", ["cable"]),
    ("２０万人", ["cable"]),
    ("1万8000トン", ["oyster"]),
    ("渡辺", ["oyster"]),
    ("渡邉", ["oyster"]),
    ("沙丸", ["oyster"]),
    ("鯨", ["whale"]),
    ('"海の底"', ["cable"]),
    ('"底の海"', []),
    ('"cable ship"', ["cable"]),
    ('"ship cable"', []),
    ("クジラ OR 牡蠣", ["whale", "oyster"]),
    ("会議", ["oyster", "embargo"]),  # 会合 means the same
    ("船 -クジラ", []),
    ('船 -"貨物船が"', []),
    ("-船", []),
    ("鳴鳴 -!?!", []),
    ("クジラ -!?!", ["whale"]),
    ("？", []),
    ("", []),
]
SYNONYMS = [["北朝鮮", "DPRK", "朝鮮民主主義人民共和国"]]


@pytest.mark.parametrize(("query", "ids"), ANSWERS)
def test_find(make: Make, query: str, ids: list[str]) -> None:
    assert {hit.id for hit in make(PIECES, SYNONYMS).find(query).hits} == set(ids)


@pytest.mark.parametrize("identity", PIECES)
def test_every_piece_of_a_title_finds_it(finder: Finder, identity: str) -> None:
    title = PIECES[identity][0]
    for piece in {*title, *map("".join, pairwise(title))}:
        assert piece.isspace() or identity in {hit.id for hit in finder.find(piece, 100).hits}, piece


def test_what_has_all_words_comes_first_and_the_rest_is_said_to_be_relaxed(finder: Finder) -> None:
    answer = finder.find("クジラ 海峡 牡蠣 船")
    assert answer.relaxed
    assert [hit.id for hit in answer.hits] == ["whale", "oyster"]
    assert not finder.find("クジラ 海峡").relaxed


def test_scores_fall(finder: Finder) -> None:
    scores = [hit.score for hit in finder.find("船 会議 殻 サーバー 制裁").hits]
    assert len(scores) > 2
    assert scores == sorted(scores, reverse=True)


def test_a_word_in_the_title_tells_more(make: Make) -> None:
    finder = make({"body": ("港の朝", "灯台が見える。"), "title": ("灯台の朝", "港が見える。")})
    assert [hit.id for hit in finder.find("灯台").hits] == ["title", "body"]


def test_of_equals_the_newer_comes_first(make: Make) -> None:
    finder = make({"new": ("灯台の朝", "港"), "old": ("灯台の朝", "港")})
    assert [hit.id for hit in finder.find("灯台").hits] == ["new", "old"]


def test_a_mark_may_count_for_more_or_less(make: Make) -> None:
    found = make({"piece": ("灯台の朝", "港")})
    indexing.put(found.store, [Document("person", "灯台", "", NEWEST, marks={"kind": ("author",), "topic": ("1", "2")})])
    assert [hit.id for hit in found.find("灯台").hits] == ["person", "piece"]
    weighing = Finder(found.store, worth={("kind", "author"): 0.5, ("kind", "never"): 9.0})
    assert [hit.id for hit in weighing.find("灯台").hits] == ["piece", "person"]


def test_a_counter_is_no_answer_to_a_number(make: Make) -> None:
    finder = make({"other": ("三つの人影", "7人の船"), "station": ("駅の朝", "港")})
    assert finder.find("20万人").hits == []
    assert [hit.id for hit in finder.find("無人駅").hits] == ["station"]


def test_pairs_alone_are_no_phrase(make: Make) -> None:
    """京都大 has 東京, 京都 and 都大 somewhere, and 東京都大 nowhere."""
    finder = make({"apart": ("東京と京都大", "都大"), "whole": ("東京都大", "会")})
    assert [hit.id for hit in finder.find('"東京都大"').hits] == ["whole"]


def test_a_phrase_may_begin_within_a_word(make: Make) -> None:
    """場 is no word of 工場, and the piece says 場を失った."""
    pieces = {str(number): ("朝", f"場を失った人が{number}人。") for number in range(12)}
    finder = make({**pieces, "whole": ("夜", "工場を失った。"), "none": ("夜", "工場を建て、船を失った。")})
    assert {hit.id for hit in finder.find('"場を失った"', 20).hits} == {*pieces, "whole"}


@pytest.mark.parametrize("phrase", ["で12時", "が3人、", "ンプ（63）", "ders-strai", "S BLOCK", "12", "、明かり", "まで"])
def test_a_phrase_is_found_across_digits_punctuation_and_latin(make: Make, phrase: str) -> None:
    """Beside more pieces than are read, of which none says it."""
    others = {str(number): ("朝", "では時が人のンプに明かり、sとrとb") for number in range(finding.LOOKED_AT + 1)}
    finder = make({**others, "whole": ("夜", "駅まで12時、人が3人、明かりはランプ（63）。Spiders-straits blocked.")})
    assert [hit.id for hit in finder.find(f'"{phrase}"').hits] == ["whole"]


def test_all_that_say_a_phrase_are_found_however_many(make: Make) -> None:
    many = finding.LOOKED_AT + 50
    finder = make({str(number): ("朝", f"工場を失った人が{number}人。") for number in range(many)})
    answer = finder.find('"場を失った"', 2 * many)
    assert len(answer.hits) == answer.total == many
    indexing.put(finder.store, [Document(f"word {number}", "夜", "場を失った人。") for number in range(many)])
    assert finder.find('"場を失った"').total == 2 * many


def test_words_are_not_found_inside_latin_words(make: Make) -> None:
    assert make({"main": ("朝", "The main rainbow")}).find("ai").hits == []


def test_a_later_version_takes_the_earlier_ones_place(finder: Finder) -> None:
    indexing.put(finder.store, [Document("whale", "船の速度", "イルカの会話", NEWEST)])
    assert finder.store.count == len(PIECES)
    assert finder.find("クジラ").hits == []
    assert [hit.id for hit in finder.find("イルカ").hits] == ["whale"]


def test_what_is_taken_out_leaves_nothing(finder: Finder) -> None:
    assert indexing.take(finder.store, ["embargo", "unknown"]) == 1
    for query in ("経済", '"経済制裁"', "きたちょうせん", "済制", "首", "首相 クジラ -船"):
        assert "embargo" not in {hit.id for hit in finder.find(query).hits}
    database = finder.store.database
    assert database.execute("SELECT count(*) FROM word WHERE text = '北朝鮮'").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM words WHERE words MATCH '\"北朝鮮\"'").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM pairs WHERE pairs MATCH '\"首相\"'").fetchone() == (0,)
    for table in ("words", "pairs"):
        database.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")


def test_an_interrupted_change_is_undone(finder: Finder) -> None:
    def pieces():
        yield Document("half", "半分", "途中", NEWEST)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.put(finder.store, pieces())
    assert finder.find("半分").hits == []
    assert finder.store.count == len(PIECES)


def test_newness_counts_little(make: Make) -> None:
    pieces = {"new": ("港", "灯台がある。" + "船が来る。" * 20), "old": ("灯台", "灯台の話。")}
    assert [hit.id for hit in make(pieces).find("灯台").hits] == ["old", "new"]
    finder = Finder(make(pieces).store, now=NEWEST + timedelta(days=9000))
    assert finder.find("灯台").hits[0].score < Finder(finder.store, now=NEWEST).find("灯台").hits[0].score
