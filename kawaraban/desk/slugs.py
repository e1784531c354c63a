"""Names in addresses: ASCII, short, never one that the reader site needs itself."""

from anyascii import anyascii
from django.utils.text import slugify

# First path components that are not pages of the tree (kawaraban/pages/urls.py).
RESERVED = frozenset(
    {"latest", "wire", "ranking", "newsletter", "search", "static", "media", "sitemaps", "api", "healthz", "readyz", "metrics", "reads"}
)
LONGEST = 60


def spelled(name: str) -> str:
    """A title in ASCII for an address: «Night Harbour» → night-harbour, 世界 → shijie; empty when nothing is left."""
    words = slugify(anyascii(name)).split("-")
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST]
    return slug
