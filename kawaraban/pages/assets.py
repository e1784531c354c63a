"""Addresses of static files that change with the files, so that browsers may keep what they have."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from kawaraban.newsstand.assets import Assets


@cache
def assets() -> Assets:
    return Assets([Path(__file__).parent / "static", settings.KAWARABAN.theme / "static"])


def asset(name: str) -> str:
    """kawaraban/icons/icon.svg → /static/kawaraban/icons/icon.<hash>.svg"""
    return f"/static/{assets().hashed(name)}"


@require_safe
def serve(request: HttpRequest, name: str) -> FileResponse:
    """For previews at the desk; readers get these from the newsstand."""
    if (file := assets().file(name)) is None:
        raise Http404
    return FileResponse(file.open("rb"))


def with_hashes(css: str) -> str:
    """A style sheet whose /static/ addresses carry their files' hashes."""
    return re.sub(r"(url\(\s*['\"]?)/static/([^'\")?#]+)", lambda found: found[1] + asset(found[2]), css)
