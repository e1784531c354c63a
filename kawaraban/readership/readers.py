"""Who reads, so that nobody can say who it was: a hash under a salt that is thrown away when its day is over."""

import contextlib
import hmac
import os
import secrets
import socket
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NamedTuple

SALT_BYTES = 32
MAPPED = bytes(10) + b"\xff\xff"  # before an IPv4 address written as IPv6
LONGEST_AGENT = 500  # characters of what a program says about itself


class Reader(NamedTuple):
    """Both are the first 8 bytes of an HMAC."""

    key: int
    network: int


def identity(salt: bytes, prefix: bytes, agent: str) -> Reader:
    return Reader(hashed(salt, b"reader" + prefix + agent[:LONGEST_AGENT].encode("utf-8", "replace")), network_key(salt, prefix))


@lru_cache(5_000)
def network_key(salt: bytes, prefix: bytes) -> int:
    return hashed(salt, b"network" + prefix)


def hashed(salt: bytes, content: bytes) -> int:
    return int.from_bytes(hmac.digest(salt, content, "sha256")[:8], "little")


def network(address: str, ipv4_bits: int = 24, ipv6_bits: int = 56) -> bytes:
    """The network that an address is in, with its kind before it; empty for what is no address."""
    try:
        if ":" not in address:
            return b"4" + masked(socket.inet_pton(socket.AF_INET, address), ipv4_bits)
        found = socket.inet_pton(socket.AF_INET6, address.strip("[]").partition("%")[0])
    except (OSError, ValueError):
        return b""
    return b"4" + masked(found[12:], ipv4_bits) if found.startswith(MAPPED) else b"6" + masked(found, ipv6_bits)


def masked(address: bytes, bits: int) -> bytes:
    whole, rest = divmod(bits, 8)
    kept = address[:whole] + bytes([address[whole] & 0xFF00 >> rest & 0xFF]) if rest else address[:whole]
    return kept.ljust(len(address), b"\0")


class Hops:
    """Which addresses are proxies of ours. Others may say what they like about where a request came from."""

    def __init__(self, trusted: Iterable[str]) -> None:
        self.nets = [ip_network(name) for name in trusted]
        self.is_trusted = lru_cache(1000)(self.look)

    def look(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        found = found.ipv4_mapped or found if found.version == 6 else found
        return any(found in net for net in self.nets)

    def address(self, peer: str, forwarded: str) -> str:
        """Where a request came from. peer: who connected, as host:port. forwarded: X-Forwarded-For, as it came."""
        nearest = peer.rpartition(":")[0].strip("[]") or peer
        told = forwarded.split(",") if forwarded else []
        while told and self.is_trusted(nearest):
            nearest = told.pop().strip().strip("[]")
        return nearest


def day_of(now: float, zone: tzinfo) -> tuple[date, float]:
    """The day that a moment is in, and when that day is over, both moments in seconds since 1970."""
    day = datetime.fromtimestamp(now, zone).date()
    return day, datetime.combine(day + timedelta(days=1), time(), zone).timestamp()


class Salts:
    """The day's salt, in a file that all processes of a machine share and that goes with the day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[date, bytes] = {}

    def of(self, day: date) -> bytes:
        """What is known of it, or one of this process's own until it can be shared. Touches no disk."""
        if day not in self.known:
            self.known[day] = secrets.token_bytes(SALT_BYTES)
        return self.known[day]

    def share(self, day: date) -> None:
        """Takes what is in its file, or puts it there. Where that can't be done, it can be tried again."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self.known[day] = self.shared(day)

    def shared(self, day: date) -> bytes:
        """What the first of all processes has put there."""
        if found := self.kept(day):
            return found
        file = self.file(day)
        file.unlink(missing_ok=True)
        with self.written(self.of(day)) as partial, contextlib.suppress(FileExistsError):
            file.hardlink_to(partial)
        return file.read_bytes()

    def kept(self, day: date) -> bytes:
        """What is in a day's file; empty for nothing."""
        try:
            found = self.file(day).read_bytes()
        except FileNotFoundError:
            return b""
        return found if len(found) == SALT_BYTES else b""

    def replace(self, day: date, salt: bytes) -> None:
        """Has all processes of the machine use a salt, the same as other machines. Raises OSError."""
        if self.kept(day) != salt:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self.written(salt) as partial:
                partial.replace(self.file(day))

    @contextlib.contextmanager
    def written(self, salt: bytes) -> Iterator[Path]:
        partial = self.folder / f".salt-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:  # noqa: PTH123 - a descriptor has no path
                opened.write(salt)
                opened.flush()
                os.fsync(opened.fileno())
            yield partial
        finally:
            partial.unlink(missing_ok=True)

    def forget_before(self, day: date) -> None:
        """From then on nobody can tell whether two reads were one reader's."""
        for known in list(self.known):
            if known < day:
                del self.known[known]
        with contextlib.suppress(OSError):
            for file in self.folder.glob("salt-*"):
                if file.name < self.file(day).name:
                    file.unlink(missing_ok=True)

    def file(self, day: date) -> Path:
        return self.folder / f"salt-{day.isoformat()}"
