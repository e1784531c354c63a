"""What touches the disk every now and then, in a thread of its own: a disk that hangs keeps no reader waiting."""

import threading
from collections.abc import Callable

EVERY = 1.0  # seconds between two rounds
AT_THE_END = 1.0  # seconds that a chore is waited for


class Chores:
    def __init__(self, tell: Callable[[str], None], every: float = EVERY) -> None:
        self.tell, self.every = tell, every
        self.all: list[Callable[[], None]] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.go_round, name="chores", daemon=True)

    def add(self, chore: Callable[[], None]) -> None:
        self.all.append(chore)

    def open(self) -> None:
        self.thread.start()

    def go_round(self) -> None:
        while not self.over.wait(self.every):
            for chore in self.all:
                try:
                    chore()
                except Exception as error:
                    self.tell(f"what is done every now and then failed: {error!r}")

    def close(self) -> bool:
        """Whether nothing is at the disk any more."""
        self.over.set()
        if self.thread.is_alive():
            self.thread.join(AT_THE_END)
        return not self.thread.is_alive()
