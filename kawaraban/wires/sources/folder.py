"""A watched folder: files that have come whole are archived, then moved away.

Only what lies in the folder itself is looked at. A file is whole when nobody writes to it any more: two looks find it alike, and no process has
it open for writing, where the system can tell. Names that begin with a dot or end in .tmp or .part are of files on their way.
"""

import contextlib
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGURG

from kawaraban.wires.archive import Payload, synced
from kawaraban.wires.fault import Fault, Faulty, Value, system

DONE, REFUSED = "done", "refused"
ON_THE_WAY = (".tmp", ".part", ".partial", ".filepart", ".crdownload")
MOST = 50  # files a look
SETTLED = 0.15  # seconds between the two looks at least
EMPTY = 10.0  # seconds after which an empty file is not just being begun


class Refused(Faulty):
    """A thing in the folder that is not taken."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How a file looked."""

    inode: int
    size: int
    changed: int  # ns


@dataclass(frozen=True, slots=True)
class Found:
    """A file that has come whole, read."""

    name: str
    sight: Sight
    payload: Payload


@dataclass
class Folder:
    """What one process remembers of a folder between looks. It may forget all of it: nothing is lost."""

    path: Path
    size: int = 10 << 20  # bytes of one file
    seen: dict[str, tuple[Sight, float]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)  # names whose refusal has been told

    def look(self, clock: float) -> tuple[list[Found], list[Fault]]:
        """The files that are whole, the oldest first, and a fault for each new thing that can't be taken. Raises OSError.

        clock: seconds that only grow.
        """
        found: list[Found] = []
        refusals: list[Fault] = []
        with opened(self.path) as folder:
            for name in self.settled(folder, clock):
                try:
                    file = read(folder, name, self.size)
                except Refused as refusal:
                    refusals.append(self.refuse(folder, name, refusal.fault))
                    continue
                if file is not None and file.sight == self.seen[name][0]:
                    found.append(file)
        return found, refusals

    def settled(self, folder: int, clock: float) -> list[str]:
        """The names of the files that look as they did, the oldest first."""
        sights = dict(sights_in(folder))
        before = self.seen
        self.seen = {name: before[name] if name in before and before[name][0] == sight else (sight, clock) for name, sight in sights.items()}
        self.told &= set(sights)
        ready = [name for name, (sight, since) in self.seen.items() if name not in self.told and clock - since >= (SETTLED if sight.size else EMPTY)]
        return sorted(ready, key=lambda name: (self.seen[name][0].changed, name))[:MOST]

    def refuse(self, folder: int, name: str, reason: Fault) -> Fault:
        """A file goes aside; anything else stays where it is, told once."""
        self.told.add(name)
        with contextlib.suppress(OSError):
            if stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                move(folder, name, REFUSED)
        return Fault("%(name)s: %(reason)s.", {"name": printable(name), "reason": reason})

    def put_away(self, found: Found, *, delete: bool) -> bool:
        """Once it is archived. False when it has been changed meanwhile, so that it is to be read again. Raises OSError."""
        with opened(self.path) as folder:
            try:
                now = os.stat(found.name, dir_fd=folder, follow_symlinks=False)
            except FileNotFoundError:
                return True
            if sight(now) != found.sight:
                return False
            if delete:
                os.unlink(found.name, dir_fd=folder)
            else:
                move(folder, found.name, DONE)
        self.seen.pop(found.name, None)
        return True


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Everything is done relative to the folder that was opened, so that no name leads out of it."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield folder
    finally:
        os.close(folder)


def sights_in(folder: int) -> Iterator[tuple[str, Sight]]:
    """What lies there, folders and files on their way left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower().endswith(ON_THE_WAY):
                continue
            with contextlib.suppress(FileNotFoundError):
                if not entry.is_dir(follow_symlinks=False):
                    yield entry.name, sight(entry.stat(follow_symlinks=False))


def sight(found: os.stat_result) -> Sight:
    return Sight(found.st_ino, found.st_size, found.st_mtime_ns)


def read(folder: int, name: str, most: int) -> Found | None:
    """The file, whole; None when somebody still writes to it, or it has gone. Raises Refused."""
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        if is_link(folder, name):
            raise Refused(Fault("it is a link, and only files are taken")) from error
        raise Refused(Fault("it can't be read: %(reason)s", {"reason": system(error)})) from error
    with os.fdopen(number, "rb") as file:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode):
            raise Refused(Fault("it is no file"))
        if not before.st_size:
            raise Refused(Fault("it is empty; it was moved to %(folder)s/", {"folder": REFUSED}))
        if before.st_size > most:
            told: dict[str, Value] = {"size": before.st_size, "most": most, "folder": REFUSED}
            raise Refused(Fault("it has %(size)d bytes, and wires.payload_bytes allows %(most)d; it was moved to %(folder)s/", told))
        if is_being_written(number):
            return None
        data = file.read(most + 1)
        is_whole = len(data) == before.st_size and sight(os.fstat(number)) == sight(before)
    return Found(name, sight(before), Payload(data, name)) if is_whole else None


def is_link(folder: int, name: str) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def is_being_written(number: int) -> bool:
    """Whether a process has the file open for writing. Linux tells its owner: a lease to read is refused meanwhile.

    Who opens it for writing while we hold the lease would have us sent SIGIO, which ends a process; SIGURG is passed over.
    """
    if not hasattr(fcntl, "F_SETLEASE") or not hasattr(fcntl, "F_SETSIG"):
        return False
    try:
        fcntl.fcntl(number, fcntl.F_SETSIG, SIGURG)
        fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:  # not ours, or a file system that knows no leases: two looks must do
        return False
    return False


def move(folder: int, name: str, place: str) -> None:
    """Into a folder within the folder, under a name that is free there."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(place, 0o750, dir_fd=folder)
    within = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    try:
        os.rename(name, free_name(within, name), src_dir_fd=folder, dst_dir_fd=within)
    finally:
        os.close(within)


def free_name(folder: int, name: str) -> str:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return name
    stamp = f"{time.time_ns():x}-"
    return stamp + os.fsdecode(os.fsencode(name)[-(255 - len(stamp)) :])


def printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]


def made(path: Path) -> Path:
    """The folder, made when it is missing. Raises OSError."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        synced(path.parent)
    return path
