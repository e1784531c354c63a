import base64
import hashlib

from kawaraban.pages import reading, suggesting
from kawaraban.pages.heads import style_sheet


def policy() -> str:
    """The Content-Security-Policy of every page. What stands inside pages is named by hash: W3C CSP Level 3."""
    rules = {
        "default-src": "'none'",
        "style-src": f"'self' {named(style_sheet())}",
        "script-src": " ".join(["'self'", *(named(script) for script in (reading.script(), suggesting.script()) if script)]),
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
