import base64
import hashlib

from kawaraban.pages.heads import style_sheet


def policy() -> str:
    """The Content-Security-Policy of every page. The one style sheet inside pages is named by its hash. Source: W3C CSP Level 3."""
    digest = base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()
    rules = {
        "default-src": "'none'",
        "style-src": f"'self' 'sha256-{digest}'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
