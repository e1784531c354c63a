import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from kawaraban.pages.cutting import ELLIPSIS, columns, cut_characters, cut_columns
from kawaraban.pages.ruby import GROUP, without_ruby

FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇯🇵"
DAKUTEN = "か\u3099"  # か with a combining voiced mark
VARIANT = "葛\U000e0100"  # an ideographic variation sequence
HEART = "❤\ufe0f"
RUBY = "汐見《しおみ》"
MARKED = "｜新しい街《ニュータウン》"
CLUSTERS = [FAMILY, FLAG, DAKUTEN, VARIANT, HEART]

texts = st.lists(st.one_of(st.text(max_size=6), st.sampled_from([*CLUSTERS, RUBY, MARKED, "あ", "ｱ", "a", "…", "《", "》", "｜"])), max_size=30).map(
    "".join
)


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("", 25, ""),
        ("短い", 25, "短い"),
        ("あ" * 25, 25, "あ" * 25),
        ("あ" * 26, 25, "あ" * 25),
        ("あ" * 24 + "、終わり", 25, "あ" * 24 + "、"),
        ("a" * 30, 25, "a" * 25),
        ("あいう", 0, ""),
    ],
)
def test_characters_cut(text: str, limit: int, cut: str) -> None:
    assert cut_characters(text, limit) == cut


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_characters_keep_clusters_whole(cluster: str) -> None:
    assert cut_characters(cluster * 3, 2) == cluster * 2


@pytest.mark.parametrize(("limit", "cut"), [(1, ""), (2, RUBY), (3, RUBY + "の"), (4, RUBY + "の灯")])
def test_characters_keep_ruby_whole(limit: int, cut: str) -> None:
    assert cut_characters(RUBY + "の灯", limit) == cut


@pytest.mark.parametrize(
    ("seen", "width"),
    [
        ("a", 1),
        ("é", 1),
        ("\u1fff", 1),
        ("\u2000", 2),
        ("…", 2),
        ("─", 2),
        ("“", 2),
        ("あ", 2),
        ("、", 2),
        ("Ａ", 2),
        ("ｱ", 1),
        ("ﾟ", 1),
        ("\uffa0", 2),
        ("𠮷", 2),
    ],
)
def test_columns_as_php_counts_them(seen: str, width: int) -> None:
    assert columns(seen) == width


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_columns_of_a_cluster_are_two(cluster: str) -> None:
    assert columns(cluster) == 2


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("あ" * 25, "あ" * 25),
        ("あ" * 25 + "a", "あ" * 25 + "a"),
        ("あ" * 26, "あ" * 24 + "…"),
        ("a" * 51, "a" * 51),
        ("a" * 52, "a" * 49 + "…"),
        ("a" + "あ" * 26, "a" + "あ" * 24 + "…"),
        ("ｱ" * 52, "ｱ" * 49 + "…"),
        ("", ""),
    ],
)
def test_columns_cut_at_51(text: str, cut: str) -> None:
    assert cut_columns(text, 51) == cut


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_columns_keep_clusters_whole(cluster: str) -> None:
    assert cut_columns(cluster * 10, 7) == cluster * 2 + "…"


def test_columns_count_ruby_as_its_base() -> None:
    assert cut_columns(RUBY * 3, 12) == RUBY * 3
    assert cut_columns(RUBY * 4, 12) == RUBY * 2 + "…"


@given(texts, st.integers(0, 60))
@example(FAMILY * 4, 3)
def test_characters_never_more_than_the_limit(text: str, limit: int) -> None:
    kept = cut_characters(text, limit)
    assert text.startswith(kept)
    assert len(graphemes(without_ruby(kept))) <= limit


@given(texts, st.integers(2, 60))
def test_columns_never_wider_than_the_limit(text: str, limit: int) -> None:
    cut = cut_columns(text, limit)
    kept = cut.removesuffix(ELLIPSIS)
    assert cut == text or text.startswith(kept)
    assert columns(without_ruby(cut)) <= limit


@given(st.text(max_size=40), st.integers(0, 30))
def test_characters_never_split_a_cluster(text: str, limit: int) -> None:
    kept = cut_characters(text, limit)
    if not GROUP.search(text):
        assert graphemes(text)[: len(graphemes(kept))] == graphemes(kept)


@given(texts, st.integers(2, 60))
def test_columns_never_split_a_ruby_group(text: str, limit: int) -> None:
    kept = cut_columns(text, limit).removesuffix(ELLIPSIS)
    assert all(group.end() <= len(kept) or group.start() >= len(kept) for group in GROUP.finditer(text))


@given(texts, st.integers(2, 60))
def test_columns_cut_no_more_than_they_must(text: str, limit: int) -> None:
    if columns(without_ruby(text)) <= limit and not GROUP.search(text):
        assert cut_columns(text, limit) == text
