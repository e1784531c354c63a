"""Whatever is typed is answered, and soon: FTS5's own syntax, quotes, NULs, emoji, half surrogates, 500 characters of anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawaraban.search.filters import Order
from kawaraban.search.finding import Finder

SYNTAX = ['"', "'", '""', "*", "^", "(", ")", ":", "{", "}", "+", "-", "~", "|", "\\", "%", "_", ";", "--", "/*", "*/", "?1", "”", "“"]
WORDED = [
    "NEAR(",
    "NEAR(a,5)",
    "AND",
    "OR",
    "NOT",
    "title:",
    "{title}:",
    "-title:",
    "経済",
    "きたちょうせん",
    "かいぎ",
    "海の底",
    "server",
    "COVID-19",
]
STRANGE = ["\x00", "\ud800", "\udfff", "\ufffe", "😀", "👩‍👩‍👧", "\u3000", "\n", "\t", "\r\n", "\u200b", "\u202e", "か\u3099", "ﷺ", "é", "ß", "𠮷"]
FRAGMENTS = [*SYNTAX, *WORDED, *STRANGE, "server", "COVID-19", "ー", "々", "ゝ", "ゞ", "ヴ", "ｳﾞ", "。", "、", "20万人", "㌢", "ああああああああ", " "]
HOSTILE = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=120).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=120).map(" ".join),
    st.text(st.characters(exclude_categories=[]), max_size=500),
    st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF), max_size=500),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), max_size=500),
    st.tuples(st.sampled_from(FRAGMENTS), st.integers(1, 500)).map(lambda pair: pair[0] * pair[1]),
    st.binary(max_size=200).map(lambda data: data.decode("utf-8", "surrogateescape")),
)
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def answered(finder: Finder, text: str) -> None:
    answer = finder.find(text[:500], with_facets=True)
    assert answer.total >= len(answer.hits)
    assert finder.find(text[:500], order=Order.DATE).hits is not None
    assert all(finder.extract(hit, text[:500]).title for hit in answer.hits)
    assert len(finder.suggest(text[:500])) <= 8


@settings(max_examples=200, deadline=None, suppress_health_check=SHARED)
@given(HOSTILE)
def test_no_query_is_an_error(finder: Finder, text: str) -> None:
    answered(finder, text)


@pytest.mark.slow
@settings(max_examples=20_000, deadline=1000, suppress_health_check=SHARED)
@given(HOSTILE)
def test_no_query_of_very_many_is_an_error_or_takes_a_second(finder: Finder, text: str) -> None:
    answered(finder, text)
