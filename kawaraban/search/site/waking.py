"""How a commit wakes what follows the log in this process, if anything does. Elsewhere the worker looks by itself."""

from threading import Event

awake = Event()


def wake() -> None:
    awake.set()
