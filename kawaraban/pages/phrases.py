"""Where a Japanese headline may break: between phrases, as BudouX finds them."""

from functools import lru_cache

import budoux
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kawaraban.pages.ruby import GROUP, ruby_text, with_ruby

PARSER = budoux.load_default_japanese_parser()


@lru_cache(maxsize=4096)
def broken_at_phrases(text: str) -> SafeString:
    """The text as HTML with <wbr> between its phrases; ruby groups stay whole."""
    if GROUP.search(text):
        return ruby_text(text)
    return mark_safe("<wbr>".join(with_ruby(escape(phrase)) for phrase in PARSER.parse(text)))  # noqa: S308
