"""What article pages carry so that their reads are counted."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from kawaraban.readership import tokens

SCRIPT = Path(__file__).parent / "templates" / "pages" / "parts" / "read.js"


@cache
def script() -> SafeString:
    """The script, without what only its readers need; empty when reads aren't counted."""
    rules = settings.KAWARABAN.readership
    if not rules.counted:
        return SafeString()
    told = {"SECONDS": str(rules.seconds), "PERCENT": str(rules.scrolled), "SIGNALS": str(int(rules.privacy_signals))}
    plain = squeezed(SCRIPT.read_text(encoding="utf-8"))
    return mark_safe(re.sub(r"\b(SECONDS|PERCENT|SIGNALS)\b", lambda found: told[found[0]], plain))  # noqa: S308


def squeezed(script: str) -> str:
    """A script without its comments on lines of their own, and indentation."""
    return re.sub(r"^ *(//.*)?\n?", "", script, flags=re.M).strip()


def token(now: datetime) -> str:
    return tokens.token(settings.KAWARABAN.reads_key, int(now.timestamp()) // tokens.HOUR)


def seal(article: int) -> str:
    """Of an article, in its page; empty when reads aren't counted."""
    return tokens.seal(settings.KAWARABAN.reads_key, article) if settings.KAWARABAN.readership.counted else ""
