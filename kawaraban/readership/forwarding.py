"""What a host's newsstand took, sent from its spool into the stream that all hosts share. No Django, no numpy.

How far a file has been sent is kept on the server and changed with the stream, in one step: whoever is killed,
and also a server that comes back without its last second, has each read there once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kawaraban.readership import spool
from kawaraban.readership.server import Server

SIZE = 6400 * spool.BYTES  # of a batch
GREATEST = 512 << 20  # bytes of a stream that nobody counts; what comes after waits in the spools
KEPT = 7_200_000  # ms that a file stays when all of it has been sent: a server may come back as it was when it last saved
STREAM, SENT, TOTAL = "reads", "sent", "total"
APPEND = """
local there = redis.call('HGET', KEYS[2], ARGV[1]) or ''
if there ~= ARGV[2] then return 0 end
local total = redis.call('INCRBY', KEYS[3], ARGV[6])
redis.call('XADD', KEYS[1], '*', 'file', ARGV[1], 'since', ARGV[4], 'until', ARGV[5], 'total', total, 'records', ARGV[7])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1
"""


class Sent(NamedTuple):
    """How far a file has been sent."""

    place: int  # bytes
    at: int  # ms since 1970: what comes after it was written later than this
    when: int  # ms since 1970
    told: bytes  # as the server has it


def forward(folder: Path, server: Server, now: Callable[[], int], is_over: Callable[[], bool] = lambda: False) -> int:
    """Sends what waits in the spool, and clears files away that are done; gives the number of records. Raises OSError."""
    done = 0
    for file in spool.files(folder):
        while not is_over() and (count := one_batch(file, server, now())) is not None:
            done += count
    clear(folder, server, now())
    return done


def one_batch(file: Path, server: Server, now: int) -> int | None:
    """The number of records of the next batch, 0 if somebody else has sent it; None when nothing waits, or when it has to."""
    (before,) = sent_of([file], server)
    try:
        chunk = next(spool.chunks(file, before.place, SIZE), None)
    except FileNotFoundError:
        return None
    if chunk is None or is_full(server):
        return None
    count = len(chunk.records) // spool.BYTES
    # What comes after the place was written after it was last looked at, and what is behind a full batch perhaps long before now.
    at = now if len(chunk.records) < SIZE // 2 else before.at
    keys = (server.key(STREAM), server.key(SENT), server.key(TOTAL))
    new = f"{chunk.end} {at} {now}"
    is_ours = server.ask("EVAL", APPEND, len(keys), *keys, file.name, before.told, new, min(before.at, now), now, count, chunk.records)
    return count if is_ours else 0


def sent_of(files: list[Path], server: Server) -> list[Sent]:
    if not files:
        return []
    told = server.ask("HMGET", server.key(SENT), *(file.name for file in files))
    return [sent(file, found or b"") for file, found in zip(files, told, strict=True)]


def sent(file: Path, told: bytes) -> Sent:
    place, at, when = map(int, told.split()) if told else (0, spool.start(file), spool.start(file))
    return Sent(place, at, when, told)


def is_full(server: Server) -> bool:
    return int(server.ask("MEMORY", "USAGE", server.key(STREAM)) or 0) > GREATEST


def clear(folder: Path, server: Server, now: int) -> None:
    """Deletes files that no newsstand writes to and of which everything has been there for a while, then what is known of them."""
    files = spool.files(folder)
    old = [(file, found.place) for file, found in zip(files, sent_of(files, server), strict=True) if now - found.when > KEPT]
    done = [file for file, place in old if not spool.is_open(file) and file.exists() and next(spool.chunks(file, place, SIZE), None) is None]
    for file in done:
        file.unlink(missing_ok=True)
    if done:
        server.ask("HDEL", server.key(SENT), *(file.name for file in done))
