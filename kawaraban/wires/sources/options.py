"""How a source is reached, besides its address: from its settings in the desk, or from kawaraban.toml, whose passwords stay out of the database."""

from dataclasses import dataclass

from django.conf import settings

from kawaraban.conf import listed
from kawaraban.wires.models import Source
from kawaraban.wires.sources.connecting import Limits


@dataclass(frozen=True, slots=True)
class Options:
    user: str = ""
    password: str = ""
    header: str = ""  # one line, its name and its value
    mailbox: str = "INBOX"
    after: str = "keep"  # or delete

    @property
    def is_deleting(self) -> bool:
        return self.after == "delete"


NAMES = ("user", "password", "header", "mailbox", "after")
SECRET = ("password", "header")


def options_of(source: Source) -> Options:
    """What is empty or no text is as if it were not set."""
    found = dict(source.settings) if isinstance(source.settings, dict) else {}
    for entry in settings.KAWARABAN.sources:
        if source.is_from_file and entry.key == source.key:
            found |= {name: getattr(entry, name) for name in SECRET}
    return Options(**{name: found[name] for name in NAMES if isinstance(found.get(name), str) and found[name]})


def limits() -> Limits:
    wires = settings.KAWARABAN.wires
    return Limits(size=wires.payload_bytes, allowed=tuple(listed(wires.private_hosts)))
