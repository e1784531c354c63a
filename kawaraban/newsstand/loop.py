"""The event loop under granian, on which a call's first step is taken where the call arrives.

granian hands each call, a coroutine, over to the loop's thread and wakes it. For an answer
that is at hand this costs more than everything else, so the coroutine is begun at once in the
thread that brings it, and only what waits for something is handed over: on_the_loop() is where
it crosses. What waits for a thread of ours goes on in that thread: see Later.
Source: granian's _futures.py; its loops can be registered by name.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Generator
from contextvars import Context
from functools import partial
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
                step = args[0].send(None)
            except StopIteration:
                return DONE
            if isinstance(step, Later):
                step.begin(partial(go_on, args[0]))
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


class Later:
    """Awaited, a call is put aside, begin is given what goes on with it, and whoever calls that does so in its own thread, up to the call's end."""

    def __init__(self, begin: Callable[[Callable[[bool], None]], None]) -> None:
        self.begin = begin

    def __await__(self) -> Generator["Later", bool, bool]:
        return (yield self)


def go_on(call: Coroutine[object, bool, object], told: bool) -> None:
    with contextlib.suppress(StopIteration):
        call.send(told)


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
