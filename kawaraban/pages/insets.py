"""What each inset shows, made without the page that it stands in."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from kawaraban.desk import models
from kawaraban.pages import made_from, read_also
from kawaraban.pages.rendering import rendered, template_name
from kawaraban.press.insets import Insets
from kawaraban.wires.models import WireItem

NOTHING = frozenset({"nothing"})  # what is made from nothing that can change


def contexts(about: str) -> tuple[Any, ...]:
    """The insets about page:12 or wire:7; none when it is gone, or readers may not see it."""
    kind, _, key = about.partition(":")
    if kind == "wire":
        return (read_also.on_this(int(key)),) if WireItem.objects.usable().filter(pk=key).exists() else ()
    page = models.Article.objects.listable().filter(pk=key).select_related("section").first()
    return read_also.read_also(page) if page else ()


def made_insets(about: str) -> Insets:
    with override(settings.LANGUAGE_CODE), made_from.noting() as notes:
        texts = {template_name(type(context)): rendered(context, "insets/").encode() for context in contexts(about)}
    return Insets(about, texts, frozenset(notes.keys) or NOTHING)
