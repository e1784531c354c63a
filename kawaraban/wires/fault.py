"""What went wrong with a source, kept apart from what it names, so that whoever reads it reads it in the own language. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Union

LONGEST = 500  # characters of a value
DEEPEST = 5  # faults within faults
Value = Union[str, int, "Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """text: a msgid, in English, with %(name)s for each of its values; without values it stands as it is."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """Raises KeyError, ValueError or TypeError when text and values do not fit."""
        text = translate(self.text) if self.text else ""
        told = {name: value.said(translate) if isinstance(value, Fault) else value for name, value in self.values.items()}
        return text % told if told else text

    def kept(self, depth: int = DEEPEST) -> dict[str, Any]:
        """As JSON can hold it. What is deeper stands in English for good."""
        return {"text": self.text, "values": {name: kept(value, depth - 1) for name, value in self.values.items()}}


def kept(value: Value, depth: int) -> Any:
    if isinstance(value, Fault) and depth:
        return value.kept(depth)
    return value if isinstance(value, int) else str(value)[:LONGEST]


def fault_of(told: Any, depth: int = DEEPEST) -> Fault:
    """A fault that was kept. Raises KeyError, TypeError or ValueError for what is none."""
    if not depth:
        raise ValueError("too deep")
    values = {name: fault_of(value, depth - 1) if isinstance(value, dict) else value for name, value in dict(told["values"]).items()}
    return Fault(str(told["text"]), values)


class Faulty(Exception):
    """Something failed. The fault says what."""

    def __init__(self, what: Fault | str) -> None:
        self.fault = what if isinstance(what, Fault) else Fault(what)
        super().__init__(str(self.fault))


# What Linux says of files and nets, for the catalogues.
SYSTEM = (
    Fault("Address family not supported by protocol"),
    Fault("Broken pipe"),
    Fault("Connection refused"),
    Fault("Connection reset by peer"),
    Fault("Device or resource busy"),
    Fault("Disk quota exceeded"),
    Fault("File name too long"),
    Fault("Host is down"),
    Fault("Input/output error"),
    Fault("Is a directory"),
    Fault("Name or service not known"),
    Fault("Network is unreachable"),
    Fault("No address associated with hostname"),
    Fault("No route to host"),
    Fault("No space left on device"),
    Fault("No such file or directory"),
    Fault("Not a directory"),
    Fault("Operation not permitted"),
    Fault("Permission denied"),
    Fault("Read-only file system"),
    Fault("Stale file handle"),
    Fault("Temporary failure in name resolution"),
    Fault("Too many levels of symbolic links"),
    Fault("Too many open files"),
)
KNOWN = {found.text: found for found in SYSTEM}


def system(error: OSError | UnicodeError) -> Value:
    """The system's own words."""
    words = getattr(error, "strerror", None) or str(error)
    return KNOWN.get(words, words)
