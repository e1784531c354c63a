import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.newsstand.http import TooLong
from kawaraban.newsstand.questions import PARAMETERS, canonical


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/search", "", ""),
        ("/search", "q=", ""),
        ("/search", "q=%E7%B5%8C%E6%B8%88", "q=%E7%B5%8C%E6%B8%88"),
        ("/search", "q=経済", "q=%E7%B5%8C%E6%B8%88"),
        ("/search", "q=++a++b%0D%0A%00c+", "q=a+b+c"),
        ("/search", "utm_source=x&page=2&q=a&&=&q", "q=a&page=2"),
        ("/search", "order=date&q=a&q=b", "q=b&order=date"),
        ("/search", "q=%ED%A0%80a%ff", "q=a"),
        ("/search", "q=a&section=12&from=2024-01-01", "q=a&section=12&from=2024-01-01"),
        ("/search", "q=a&topic=" + "x" * 90, "q=a&topic=" + "x" * 80),
        ("/search", "q=" + "x" * 600, "q=" + "x" * 501),
        ("/search/feed", "q=a&order=date&page=2&author=7", "q=a&author=7"),
        ("/search/suggest", "q=a&section=12", "q=a"),
        ("/search/suggest", "q=" + "x" * 90, "q=" + "x" * 61),
        ("/search", "&".join(f"x{number}=1" for number in range(60)) + "&q=a", ""),
    ],
)
def test_question_has_one_form(path: str, query: str, found: str) -> None:
    assert canonical(path, query) == found


@given(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=200))
def test_question_in_its_form_stays_as_it_is(path: str, text: str) -> None:
    once = canonical(path, f"q={text}")
    assert canonical(path, once) == once


def test_question_that_is_no_question() -> None:
    with pytest.raises(TooLong):
        canonical("/search", "q=" + "x" * 20_000)
