"""What reading may do with whatever bytes: give copies or refuse, in two seconds, in 256 MB."""

import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kawaraban.wires.copy import Unreadable

SECONDS, MEGABYTES = 2.0, 256
HARD = 3  # times the memory, at which the system refuses more: the machine is not to suffer
HIGHEST = re.compile(rb"VmHWM:\s+(\d+) kB")
PAGE = resource.getpagesize()


class Hanging(BaseException):
    """Passes every `except Exception`."""


def fault(read: Callable[[bytes], object], data: bytes, seconds: float = SECONDS) -> str:
    """A sentence for what a reading does against the rules; "" when it keeps them. seconds: of the processor."""
    forget_highest()
    before, began = resident(), time.process_time()
    try:
        with interrupted(3 * seconds):
            read(data)
    except Unreadable:
        pass
    except Hanging:
        return f"it was still reading after {3 * seconds:g} s"
    except BaseException as error:
        return f"{type(error).__name__} escaped: {error}"[:300]
    took, grown = time.process_time() - began, highest() - before
    if took > seconds:
        return f"it took {took:.1f} s"
    return f"it took {grown >> 20} MB" if grown > MEGABYTES << 20 else ""


@contextmanager
def interrupted(seconds: float) -> Iterator[None]:
    """After so many seconds of the processor, Hanging: in Python code at once, in a library's when it returns."""

    def stop(number: int, frame: object) -> None:
        raise Hanging

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def resident() -> int:
    """Bytes that this process holds now."""
    return int(Path("/proc/self/statm").read_bytes().split()[1]) * PAGE


def forget_highest() -> None:
    """From here on the system counts anew what this process holds at most. Source: proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_bytes(b"5")


def highest() -> int:
    """Bytes that it has held at most."""
    return int(HIGHEST.search(Path("/proc/self/status").read_bytes())[1]) << 10


def limit_memory() -> None:
    """From here on the process gets no more than what it has and some."""
    has = int(Path("/proc/self/statm").read_bytes().split()[0]) * PAGE
    resource.setrlimit(resource.RLIMIT_AS, (has + HARD * (MEGABYTES << 20),) * 2)
