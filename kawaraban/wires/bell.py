"""How one process tells the worker that a payload waits, without a query and without a socket. No Django."""

from pathlib import Path


class Bell:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "bell"
        self.heard = self.rung()

    def ring(self) -> None:
        """After the commit of what waits."""
        try:
            self.file.touch()
        except OSError:
            return  # the worker looks by itself every second

    def rung(self) -> int:
        try:
            return self.file.stat().st_mtime_ns
        except OSError:
            return 0

    def hear(self) -> None:
        """Before what waits is looked for."""
        self.heard = self.rung()

    @property
    def is_ringing(self) -> bool:
        """Whether it was rung since it was last heard."""
        return self.rung() != self.heard
