"""The context of every inset: a part of a page that is printed again without the rest of it.

The class name in snake case is the inset and its template: pages/insets/<inset>.html.
"""

from dataclasses import dataclass

from kawaraban.pages.values import Card, Link, told


@dataclass(frozen=True)
class Picks:
    """Under an article: what editors picked to read next, then what the machine found."""

    cards: tuple[Card, ...] = told("The articles, best first.")
    is_stub: bool = told("Of the article above only the headline is known.")


@dataclass(frozen=True)
class Related:
    """Beside an article, under the flash list: what else there is to read."""

    section: Link = told("The article's section.")
    cards: tuple[Card, ...] = told("The articles, best first.")


@dataclass(frozen=True)
class OnThis:
    """Under a wire item: the magazine's articles on the same."""

    cards: tuple[Card, ...] = told("The articles, best first.")
