import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.search.query import LENGTH, Query, Term, parse


def words(*texts: str) -> tuple[tuple[Term, ...], ...]:
    return tuple((Term(text),) for text in texts)


QUERIES = [
    ("経済 首相", Query(words("経済", "首相"))),
    ("経済　首相", Query(words("経済", "首相"))),
    ('"海の底" 船', Query(((Term("海の底", True),), (Term("船"),)))),
    ("“海の底”", Query(((Term("海の底", True),),))),
    ('"海の底', Query(((Term("海の底", True),),))),
    ("船 -港", Query(words("船"), (Term("港"),))),
    ("船 －港", Query(words("船"), (Term("港"),))),
    ('船 -"港 町"', Query(words("船"), (Term("港 町", True),))),
    ("クジラ OR クラゲ", Query(((Term("クジラ"), Term("クラゲ")),))),
    ("船 クジラ | クラゲ", Query(((Term("船"),), (Term("クジラ"), Term("クラゲ"))))),
    ("OR 船 OR", Query(words("船"))),
    ("COVID-19 e-mail", Query(words("COVID-19", "e-mail"))),
    ("- -- \"\" ''", Query(words("-", "''"), (Term("-"),))),
    ("", Query()),
]


@pytest.mark.parametrize(("text", "query"), QUERIES)
def test_parse(text: str, query: Query) -> None:
    assert parse(text) == query


def test_nothing_is_read_past_the_limit() -> None:
    assert parse("あ" * LENGTH + " 船") == Query(words("あ" * LENGTH))


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=LENGTH))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert all(term.text for group in (*query.groups, query.excluded) for term in group)
