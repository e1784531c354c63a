"""What suggests while a reader is typing; without it, search boxes are plain forms."""

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from kawaraban.pages.reading import squeezed

SCRIPT = Path(__file__).parent / "templates" / "pages" / "parts" / "suggest.js"


@cache
def script() -> SafeString:
    return mark_safe(squeezed(SCRIPT.read_text(encoding="utf-8")))  # noqa: S308
