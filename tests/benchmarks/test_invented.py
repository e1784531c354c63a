"""The archive that the search is measured with: the same for the same number, with common words and rare ones."""

from collections import Counter

import pytest

from benchmarks.invented import LENGTH, invented

pytestmark = pytest.mark.slow


def test_an_article_is_the_same_for_the_same_number() -> None:
    assert invented(3) == invented(3)
    assert invented(3) != invented(4)
    assert len(invented(3).document.body) == LENGTH


def test_few_words_are_in_most_articles_and_most_words_in_few() -> None:
    articles = [invented(number) for number in range(60)]
    pieces = Counter(noun for article in articles for noun in article.nouns)
    assert max(pieces.values()) > 30
    assert sum(count == 1 for count in pieces.values()) > len(pieces) / 2


def test_marks_are_of_every_facet() -> None:
    assert set(invented(5).document.marks) == {"kind", "section", "topic", "author"}
