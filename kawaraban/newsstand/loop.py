"""The event loop under granian, on which a call's first step is taken where the call arrives.

granian hands each call, a coroutine, over to the loop's thread and wakes it. For an answer
that is at hand this costs more than everything else, so the coroutine is begun at once in the
thread that brings it, and only what waits for something is handed over: on_the_loop() is where
it crosses. Source: granian's _futures.py; its loops can be registered by name.
"""

import asyncio
from collections.abc import Callable, Generator
from contextvars import Context
from types import CoroutineType
from typing import TYPE_CHECKING, TypeVarTuple, cast

if TYPE_CHECKING:
    from granian.constants import Loops

NAME = "kawaraban"
Ts = TypeVarTuple("Ts")


class Loop(asyncio.SelectorEventLoop):
    """Runs what is called on it from other threads up to where it first waits, in those threads."""

    def call_soon_threadsafe(self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None) -> asyncio.Handle:
        if args and isinstance(args[0], CoroutineType):
            try:
                args[0].send(None)
            except StopIteration:
                return DONE
        return super().call_soon_threadsafe(callback, *args, context=context)


class Over(asyncio.Handle):
    """Stands for what has been run already."""

    def __init__(self) -> None:
        """Nothing is kept."""

    def cancel(self) -> None:
        """There is nothing left to cancel."""

    def cancelled(self) -> bool:
        return False


DONE = Over()


class Crossing:
    def __await__(self) -> Generator[None]:
        yield


def on_the_loop() -> Crossing:
    """Awaited first, it is on the loop's thread that what follows goes on."""
    return Crossing()


def register() -> "Loops":
    """Makes the loop known to granian; gives what to ask for it by."""
    from granian import loops

    if NAME not in loops:
        loops.register(NAME)(begun)
    return cast("Loops", NAME)


def begun() -> Loop:
    made = Loop()
    asyncio.set_event_loop(made)
    return made
