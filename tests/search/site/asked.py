"""What a question brings."""

from kawaraban.search import site


def titles(text: str, **more: object) -> list[str]:
    return [getattr(found.thing, "title", "") or found.thing.headline for found in site.find(text, **more).results]
