"""The desk's search boxes, choosers and reports find Japanese: modelsearch's database backends over text cut into words."""

import copy
from typing import Any

from django.utils.encoding import force_str
from modelsearch.index import BaseField, RelatedFields
from modelsearch.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from kawaraban.desk import searching
from kawaraban.search import rewording
from kawaraban.search.wording import for_index, for_query


class Worded:
    """A thing whose texts come cut into words, as an index asks for them."""

    def __init__(self, thing: Any) -> None:
        self.thing, self.pk = thing, thing.pk

    def get_search_fields(self) -> list[BaseField]:
        return [worded(field) for field in self.thing.get_search_fields()]


def worded(field: BaseField) -> BaseField:
    found = copy.copy(field)
    if isinstance(field, RelatedFields):
        found.fields = [worded(inner) for inner in field.fields]
        found.get_value = lambda asked: field.get_value(bare(asked))
    else:
        found.get_value = lambda asked: for_index(plain(field.get_value(bare(asked))))
    return found


def bare(asked: Any) -> Any:
    return asked.thing if isinstance(asked, Worded) else asked


def plain(value: Any) -> str:
    """A field's value as modelsearch writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    if isinstance(value, dict):
        return ", ".join(map(plain, value.values()))
    return force_str(value)


def reworded(query: SearchQuery) -> SearchQuery:
    """A query that asks for words as for_index writes them."""
    if isinstance(query, PlainText):
        terms = [query.query_string] if query.operator == "and" else query.query_string.split()
        return combined([asked(term) for term in terms])
    if isinstance(query, Phrase):
        return asked(query.query_string)
    if isinstance(query, And | Or):
        return type(query)([reworded(inner) for inner in query.subqueries])
    if isinstance(query, Not):
        return Not(reworded(query.subquery))
    if isinstance(query, Boost):
        return Boost(reworded(query.subquery), query.boost)
    return query


def in_both_ways(query: SearchQuery) -> SearchQuery:
    """As entries are worded now; as long as some are not, as they were worded before, too."""
    found = reworded(query)
    return found if found is MATCH_NONE or found is query or rewording.is_done() else Or([found, query])


def asked(text: str) -> SearchQuery:
    wording = for_query(text)
    ways = dict.fromkeys(filter(None, (wording.characters, wording.words)))
    return combined([PlainText(way) for way in ways])


def combined(queries: list[SearchQuery]) -> SearchQuery:
    if not queries:
        return MATCH_NONE
    return queries[0] if len(queries) == 1 else Or(queries)


class AsksInWords:
    """A compiler whose query is reworded; not for one that names columns, which PostgreSQL reads from the tables themselves."""

    fields: Any
    query: Any

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.fields:
            self.query = in_both_ways(self.query)


class QueryCompiler(AsksInWords, searching.Backend.query_compiler_class):  # type: ignore[name-defined] # one of two
    pass


class AutocompleteQueryCompiler(AsksInWords, searching.NewestFirst):
    pass


class Index(searching.FrugalIndex):
    def add_items(self, model: Any, things: Any) -> None:
        super().add_items(model, [Worded(thing) for thing in things])


class SearchBackend(searching.SearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index

    def __init__(self, params: dict[str, Any]) -> None:
        # Words come stemmed; PostgreSQL's own stemmer would drop some and stem others again.
        super().__init__({"SEARCH_CONFIG": "simple", **params})
