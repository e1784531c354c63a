import pytest

from kawaraban.exchange.headlines import Entry, Headlines, completed, is_cut, sameness, shows_more

WHOLE = "渡船の汽笛がまた鳴る日、岬の子どもは耳をすませて待った"
CUT = "渡船の汽笛がまた鳴る日、岬の…"
SHORTER = "渡船の汽笛がまた鳴る…"
TWIN = "渡船の汽笛がまた鳴る日、岬の店は休みだ"


@pytest.mark.parametrize(
    ("first", "second"),
    [("秤の嘘── 前編", "秤の嘘 ―― 前編"), ("ＡＢ（１）", "AB(1)"), ("海へ…帰る", "海へ...帰る"), ("港　の 朝", "港の朝")],
)
def test_sameness_overlooks_spelling(first: str, second: str) -> None:
    assert sameness(first) == sameness(second)


def test_sameness_keeps_different_headlines_apart() -> None:
    assert sameness("港の朝") != sameness("港の夜")


@pytest.mark.parametrize(("title", "expected"), [(CUT, True), (WHOLE, False), ("それでも…", False), ("", False)])
def test_is_cut(title: str, expected: bool) -> None:
    assert is_cut(title) is expected


@pytest.mark.parametrize(
    ("longer", "cut", "expected"),
    [(WHOLE, CUT, True), (CUT, SHORTER, True), (SHORTER, CUT, False), (CUT, CUT, False), (WHOLE, WHOLE, False), ("ほかの題", CUT, False)],
)
def test_shows_more(longer: str, cut: str, expected: bool) -> None:
    assert shows_more(longer, cut) is expected


def test_shows_more_of_a_title_cut_within_dots() -> None:
    assert shows_more("堤防が崩れて転がる...そのとき", "堤防が崩れて転がる.…")


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([[CUT], [WHOLE]], [[WHOLE], [WHOLE]]),
        ([[SHORTER], [CUT]], [[CUT], [CUT]]),
        ([[SHORTER], [CUT], [WHOLE]], [[WHOLE], [WHOLE], [WHOLE]]),
        ([[CUT, WHOLE], [WHOLE]], [[CUT, WHOLE], [WHOLE]]),
        ([[CUT], [WHOLE, TWIN]], [[CUT], [WHOLE, TWIN]]),
        ([[CUT], ["ほかの題"]], [[CUT], ["ほかの題"]]),
    ],
    ids=["whole elsewhere", "cut twice", "in three steps", "not beside its whole", "two wholes", "no whole"],
)
def test_completed(lists: list[list[str]], expected: list[list[str]]) -> None:
    assert completed(lists) == expected


def found(title: str, *entries: Entry, besides: tuple[int, ...] = ()) -> int | None:
    entry = Headlines(entries).find(title, besides)
    return entry.key if entry else None


def test_find_by_headline_with_and_without_deck() -> None:
    article = Entry(1, "秤の嘘", "前編")
    assert [found(title, article) for title in ("秤の嘘", "秤の嘘―― 前編", "秤の嘘── 後編")] == [1, 1, None]


def test_find_the_last_of_one_headline() -> None:
    assert found("港の朝", Entry(1, "港の朝", is_stub=True), Entry(2, "港の朝")) == 2


def test_find_whole_of_cut() -> None:
    assert found(CUT, Entry(1, WHOLE)) == 1
    assert found(CUT, Entry(1, WHOLE), besides=(1,)) is None
    assert found(CUT, Entry(1, WHOLE), Entry(2, TWIN)) is None


def test_find_stub_of_whole_title() -> None:
    assert found(WHOLE, Entry(1, SHORTER, is_stub=True), Entry(2, CUT, is_stub=True)) == 2
    assert found(WHOLE, Entry(1, CUT)) is None


@pytest.mark.parametrize(("title", "present"), [(CUT, SHORTER), (SHORTER, CUT), (CUT, CUT)])
def test_find_stub_cut_elsewhere(title: str, present: str) -> None:
    assert found(title, Entry(1, present, is_stub=True)) == 1
