from dataclasses import dataclass


@dataclass(frozen=True)
class Appearance:
    """Where a page shows besides its own address: what is printed again when it comes, goes or looks different."""

    slots: tuple[str, ...] = ()  # names, with a scope after a colon
    lists: tuple[str, ...] = ()  # addresses of lists, each with all its pages
    files: tuple[str, ...] = ()  # feeds and sitemaps
