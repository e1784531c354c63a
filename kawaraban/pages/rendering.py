import re
from contextvars import ContextVar
from dataclasses import fields
from typing import Any

from django.template import Context
from django.template.loader import get_template

# While a page is printed: the word that the marks of its slots and insets carry.
printing_word: ContextVar[str] = ContextVar("printing_word", default="")


def rendered(context: Any, folder: str = "") -> str:
    """A context as HTML: its template sees its fields and nothing else."""
    template = get_template(f"pages/{folder}{template_name(type(context))}.html").template
    return template.render(Context({entry.name: getattr(context, entry.name) for entry in fields(context)}))


def template_name(kind: type) -> str:
    """FrontPage → front_page."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
