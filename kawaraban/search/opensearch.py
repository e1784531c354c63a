"""The desk's search by OpenSearch: modelsearch's backend, given the same words as the database's own search.

Its analyzers split at blanks and do nothing else, so what is found stays the same.
"""

from typing import Any

from modelsearch.backends import opensearch2
from modelsearch.backends.elasticsearchbase import Field
from modelsearch.index import AutocompleteField, SearchField

from kawaraban.search.backend import AsksInWords, plain
from kawaraban.search.wording import for_index

LONGEST = 30  # characters of a word's beginnings that are found while typing
ANALYSIS = {
    "analyzer": {
        "default": {"type": "custom", "tokenizer": "whitespace"},
        "edgengram_analyzer": {"type": "custom", "tokenizer": "whitespace", "filter": ["edgengram"]},
    },
    "filter": {"edgengram": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST}},
}


class Mapping(opensearch2.OpenSearch2Mapping):
    edgengram_analyzer_config = {"analyzer": "edgengram_analyzer", "search_analyzer": "default"}

    def _get_document_field_data(self, field: Any, thing: Any) -> tuple[str, Any, list[Any]]:
        name, value, beginnings = super()._get_document_field_data(field, thing)
        if not isinstance(field, SearchField | AutocompleteField):
            return name, value, beginnings
        worded = for_index(plain(value))
        return name, worded, [worded] if beginnings else []


class QueryCompiler(AsksInWords, opensearch2.OpenSearch2SearchQueryCompiler):
    mapping_class = Mapping


class AutocompleteQueryCompiler(AsksInWords, opensearch2.OpenSearch2AutocompleteQueryCompiler):
    mapping_class = Mapping

    def get_inner_query(self) -> dict[str, Any]:
        """Several ways to say it, which the library asks for in full searches only."""
        fields = [Field(name) for name in self.remapped_fields or ["_edgengrams"]]
        return self._join_and_compile_queries(self.query, fields)


class SearchBackend(opensearch2.OpenSearch2SearchBackend):
    mapping_class = Mapping
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    settings = {"settings": {"analysis": ANALYSIS}}
