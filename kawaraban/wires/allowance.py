"""How much markup the texts of one payload may have: a megabyte of nothing but tags takes a second, and a payload may have ten.

The bytes of a payload don't tell, since texts may be escaped, encoded or compressed in it; what cleans texts counts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from kawaraban.wires.copy import Unreadable
from kawaraban.wires.limits import MARKUP

P = ParamSpec("P")
R = TypeVar("R")
left: ContextVar[list[int] | None] = ContextVar("left", default=None)


@contextmanager
def granted(marks: int) -> Iterator[None]:
    """What is read in here shares so many tags, references and lines; within another grant it has its share of that."""
    token = None if left.get() else left.set([marks])
    try:
        yield
    finally:
        if token:
            left.reset(token)


def bounded(read: Callable[P, R]) -> Callable[P, R]:
    """A reading of payloads that refuses the texts beyond what is granted to one."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        with granted(MARKUP):
            return read(*args, **kwargs)

    return reading


def spend(text: str) -> None:
    """Raises Unreadable for what is too much beside the texts before it; outside of a grant nothing is counted."""
    spend_marks(text.count("<") + text.count("&") + text.count("\n"))


def spend_marks(marks: int) -> None:
    if rest := left.get():
        if marks > rest[0]:
            raise Unreadable("with it the texts of the payload have more than %(most)d tags, references and lines", most=MARKUP)
        rest[0] -= marks
