"""The desk's search, by the database's own means: what a save costs, and in which order hits come."""

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING or connection.vendor == "sqlite":
    from modelsearch.backends.database.sqlite.sqlite import SQLiteAutocompleteQueryCompiler as AutocompleteQueryCompiler
    from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex as Index
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as Backend
else:
    from modelsearch.backends.database.postgres.postgres import PostgresAutocompleteQueryCompiler as AutocompleteQueryCompiler
    from modelsearch.backends.database.postgres.postgres import PostgresIndex as Index
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as Backend


class NewestFirst(AutocompleteQueryCompiler):
    """Who looks for an article while typing wants the latest one.

    On SQLite sorting by relevance asks the index once more for every hit: a second for a thousand hits.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if connection.vendor == "sqlite":
            self.order_by_relevance = False


class FrugalIndex(Index):
    """A save writes the entries it is about and reads no others.

    The libraries' own looks at the length of every title in the index after each save: seconds with 100,000
    articles. A new entry counts as one with a title of usual length until `update_index` weighs all of them.
    """

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)


class SearchBackend(Backend):
    autocomplete_query_compiler_class = NewestFirst
    index_class = FrugalIndex
