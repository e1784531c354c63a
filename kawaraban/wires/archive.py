"""The archive: every payload whole, as it came, before anything is read of it. No Django.

A file a payload, data/wires/archive/<day>/<digest>.<source>.gz: gzip of one line of JSON that tells of the payload, then the payload.
"""

import contextlib
import gzip
import hashlib
import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kawaraban.wires.fault import Fault, Faulty, Value, system

KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NAME = re.compile(r"([0-9a-f]{64})\.([A-Za-z0-9_-]{1,40})\.gz")
PARTIAL = ".partial-"
LEVEL = 6
ABANDONED = 3600.0  # seconds after which a file that was never finished is nobody's


class Unkept(Faulty):
    """A payload could not be archived, so nothing of it was taken in."""


class Unarchived(Faulty):
    """There is no such file in the archive, or it is damaged. The fault says which."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What came, and what its sender said of it."""

    data: bytes
    name: str = ""
    content_type: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A payload's place in the archive. file: below the archive's folder."""

    file: str
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A payload read back."""

    payload: Payload
    source: str
    received_at: datetime


class Archive:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: str, payload: Payload, received_at: datetime) -> Kept:
        """Writes a payload so that it outlasts a crash; one that the day has is left as it is. Raises Unkept."""
        return self.keep_all(source, [payload], received_at)[0]

    def keep_all(self, source: str, payloads: Sequence[Payload], received_at: datetime) -> list[Kept]:
        """The same for several, which the disk takes at once: much faster than one after another. Raises Unkept."""
        kept = [placed(source, payload, received_at) for payload in payloads]
        folder = self.folder / f"{received_at.astimezone(UTC):%Y-%m-%d}"
        files = {self.folder / place.file: payload for place, payload in zip(kept, payloads, strict=True)}
        try:
            make_folder(folder)
            write_whole(folder, ((file, packed(source, payload, received_at)) for file, payload in files.items() if not file.is_file()))
        except OSError as error:
            told: dict[str, Value] = {"folder": str(folder), "reason": system(error)}
            raise Unkept(Fault("%(folder)s takes nothing more: %(reason)s. Make room; the payload was not taken in.", told)) from error
        return kept

    def read(self, file: str) -> Archived:
        """Raises Unarchived."""
        if not file:
            raise Unarchived("The archive has let go of it: it is past its time.")
        if not self.is_own(file):
            raise Unarchived(Fault("%(file)s is no name of a file in the archive.", {"file": repr(file)}))
        try:
            return unpacked((self.folder / file).read_bytes())
        except FileNotFoundError:
            raise Unarchived(Fault("%(file)s is not in the archive; it may be past its time.", {"file": file})) from None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
            raise Unarchived(Fault("%(file)s in the archive can't be read: %(reason)s.", {"file": file, "reason": str(error)})) from error

    def has(self, file: str) -> bool:
        return self.is_own(file) and (self.folder / file).is_file()

    def holds(self, file: str, digest: str) -> bool:
        """Whether a payload can be read back, whole."""
        try:
            return self.read(file).payload.digest == digest
        except Unarchived:
            return False

    def is_own(self, file: str) -> bool:
        day, _, name = file.partition("/")
        return bool(DAY.fullmatch(day) and NAME.fullmatch(name))

    def days(self, since: date | None = None) -> list[date]:
        """The days that have a folder, the oldest first."""
        if not self.folder.is_dir():
            return []
        found = sorted(date.fromisoformat(entry.name) for entry in self.folder.iterdir() if DAY.fullmatch(entry.name))
        return [day for day in found if since is None or day >= since]

    def files(self, since: date | None = None, source: str = "") -> Iterator[Kept]:
        """What lies there from a day on, of all sources or one; the oldest day first, within a day by when it was written."""
        for day in self.days(since):
            yield from (kept for kept in self.of_day(day) if source in ("", kept.source))

    def of_day(self, day: date) -> list[Kept]:
        written: list[tuple[int, Kept]] = []
        for entry in os.scandir(self.folder / day.isoformat()):
            if found := NAME.fullmatch(entry.name):
                with contextlib.suppress(FileNotFoundError):  # let go meanwhile
                    written.append((entry.stat().st_mtime_ns, Kept(f"{day.isoformat()}/{entry.name}", found[1], found[2])))
        return [kept for _, kept in sorted(written, key=lambda pair: (pair[0], pair[1].file))]

    def age(self, file: str, now: datetime) -> float:
        """Seconds since a file was written; 0 for none."""
        try:
            return max(0.0, now.timestamp() - (self.folder / file).stat().st_mtime)
        except FileNotFoundError:
            return 0.0

    def prune(self, before: date, keeping: frozenset[str] = frozenset()) -> list[str]:
        """Deletes the days before one, but for the files to keep; gives the names of what went."""
        gone = []
        for day in self.days():
            if day >= before:
                continue
            names = [kept.file for kept in self.of_day(day)]
            gone += [name for name in names if name not in keeping]
            self.remove_day(day, frozenset(names) & keeping)
        return gone

    def remove_day(self, day: date, keeping: frozenset[str]) -> None:
        folder = self.folder / day.isoformat()
        if not keeping:
            shutil.rmtree(folder, ignore_errors=True)
            return
        for entry in folder.iterdir():
            if f"{day.isoformat()}/{entry.name}" not in keeping:
                entry.unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Removes what a killed process left half written."""
        for day in self.days()[-2:]:
            for entry in (self.folder / day.isoformat()).glob(f"{PARTIAL}*"):
                with contextlib.suppress(FileNotFoundError):
                    if now.timestamp() - entry.stat().st_mtime > ABANDONED:
                        entry.unlink()


def placed(source: str, payload: Payload, received_at: datetime) -> Kept:
    """Where a payload belongs. Raises ValueError for a source that is no plain name."""
    if not KEY.fullmatch(source):
        raise ValueError(f"{source!r} can't name a source: letters, digits, hyphens and underscores only, at most 40")
    digest = payload.digest
    return Kept(f"{received_at.astimezone(UTC):%Y-%m-%d}/{digest}.{source}.gz", digest, source)


def packed(source: str, payload: Payload, received_at: datetime) -> bytes:
    told = {"source": source, "received_at": received_at.isoformat(), "name": payload.name, "content_type": payload.content_type}
    return gzip.compress(json.dumps(told).encode() + b"\n" + payload.data, LEVEL, mtime=0)


def unpacked(data: bytes) -> Archived:
    line, _, rest = gzip.decompress(data).partition(b"\n")
    told = json.loads(line)
    return Archived(Payload(rest, told["name"], told["content_type"]), told["source"], datetime.fromisoformat(told["received_at"]))


def make_folder(folder: Path) -> None:
    """A folder whose own entry outlasts a crash."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for above in (folder.parent, folder.parent.parent):
        synced(above)


def write_whole(folder: Path, files: Iterable[tuple[Path, bytes]]) -> None:
    """Each file of a folder is there with all its bytes on disk, or not at all."""
    partials: dict[Path, Path] = {}
    try:
        for file, data in files:
            partials[file] = partial = folder / f"{PARTIAL}{secrets.token_hex(8)}"
            with partial.open("xb") as out:
                out.write(data)
        for partial in partials.values():  # only now: what the first takes to the disk, the others need not
            synced(partial)
        for file, partial in partials.items():
            partial.rename(file)
    except BaseException:
        for partial in partials.values():
            partial.unlink(missing_ok=True)
        raise
    if partials:
        synced(folder)


def synced(path: Path) -> None:
    """A folder's entries, or a file's bytes, are on disk when this returns."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def plainly_named(payload: Payload) -> Payload:
    """The payload with a sender's file name that is nothing but a name."""
    name = re.split(r"[/\\]", payload.name)[-1]
    return replace(payload, name="".join(letter for letter in name if letter.isprintable())[:255])
