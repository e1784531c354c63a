import re
from dataclasses import fields
from typing import Any

from django.template import Context
from django.template.loader import get_template


def rendered(context: Any, folder: str = "") -> str:
    """A context as HTML: its template sees its fields and nothing else."""
    template = get_template(f"pages/{folder}{template_name(type(context))}.html").template
    return template.render(Context({entry.name: getattr(context, entry.name) for entry in fields(context)}))


def template_name(kind: type) -> str:
    """FrontPage → front_page."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
