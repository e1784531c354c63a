"""What `kawaraban import` does: reads a file, files it, tells what it made."""

from dataclasses import dataclass
from pathlib import Path

from kawaraban.exchange.capture import UnreadableCapture, read
from kawaraban.exchange.filing import Made, NoMagazine, file

WORDS = {
    "articles": "article",
    "stubs": "headline without text",
    "completed": "cut headline completed",
    "sections": "section",
    "authors": "author",
    "pictures": "picture",
    "wire_items": "wire item",
    "issues": "issue",
    "mooks": "mook",
    "topics": "topic",
    "rankings": "ranking",
}
PLURALS = {"headline without text": "headlines without text", "cut headline completed": "cut headlines completed"}


GREATEST = 2 * 1024 * 1024  # bytes; a captured page has some ten thousand


class UnreadableFileError(ValueError):
    """Why a file can't be imported, as a sentence."""


@dataclass(frozen=True)
class Told:
    lines: tuple[str, ...]
    address: str


def import_capture(path: Path, section: str | None) -> Told:
    """Files a captured page. Raises UnreadableFileError; nothing is written then."""
    try:
        if path.stat().st_size > GREATEST:
            raise UnreadableFileError(
                f"{path} has {path.stat().st_size // 1024 // 1024} MB: too large for the text of one page. Choose the file of one page."
            )
        made = file(read(path.read_bytes().decode("utf-8-sig")), section)
    except OSError as error:
        raise UnreadableFileError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path} is not UTF-8 text (byte {error.start} does not fit). Convert it first.") from error
    except (UnreadableCapture, NoMagazine) as error:
        raise UnreadableFileError(f"{path}: {error}") from error
    return Told(tuple(told(made)), made.article.address)


def told(made: Made) -> list[str]:
    if made.is_nothing:
        return ["Nothing new: everything on this page is here already."]
    return [f"{count} {noun if count == 1 else PLURALS.get(noun, noun + 's')}" for name, noun in WORDS.items() if (count := made.counts[name])]
