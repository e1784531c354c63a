import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from kawaraban.pages.assets import asset
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.rendering import printing_word, rendered, template_name
from kawaraban.pages.slots import slot_html
from kawaraban.press.marks import inset_mark, mark

register = template.Library()


@register.simple_tag
def slot(name: str, *scope: int) -> SafeString:
    """The place of a slot in a page: its mark while the page is printed, else the slot itself."""
    if word := printing_word.get():
        return mark_safe(mark(word, ":".join(map(str, (name, *scope)))))  # noqa: S308
    return mark_safe(slot_html(name, *scope))  # noqa: S308


@register.simple_tag
def inset(context: Any, about: str) -> SafeString:
    """The place of an inset in a page: its mark while the page is printed, else the inset itself."""
    if word := printing_word.get():
        return mark_safe(inset_mark(word, template_name(type(context)), about))  # noqa: S308
    return mark_safe(rendered(context, "insets/"))  # noqa: S308


@register.simple_tag(name="asset")
def asset_address(name: str) -> str:
    """The address of a static file."""
    return asset(name)


@register.filter
def phrases(text: str) -> SafeString:
    return broken_at_phrases(text)


@register.filter
def json_ld(value: Any) -> SafeString:
    """A value as JSON that may stand in a <script>: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308
