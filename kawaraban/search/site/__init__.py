"""The magazine's own search: what of the site is in the index, and what readers get from it."""

from kawaraban.search.answer import Span
from kawaraban.search.filters import Filters, Order
from kawaraban.search.site.answering import find, suggest
from kawaraban.search.site.found import Facet, Found, Result, State

__all__ = ["Facet", "Filters", "Found", "Order", "Result", "Span", "State", "find", "suggest"]
