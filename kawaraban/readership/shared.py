"""How the server that hosts share is doing: what waits for it, what waits in it, and what would have it lose counts."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from kawaraban.readership import spool
from kawaraban.readership.forwarding import STREAM, sent_of
from kawaraban.readership.lagging import Lag, of_spool
from kawaraban.readership.server import Server
from kawaraban.readership.stores.store import Offset
from kawaraban.readership.stores.valkey import ValkeyStore
from kawaraban.readership.stream import SOURCE, waiting
from kawaraban.readership.unreachable import Unreachable


def unsent(folder: Path, server: Server, now: float) -> Lag:
    """now: seconds since 1970. Raises OSError, as all here."""
    files = spool.files(folder)
    places = {file.name: sent.place for file, sent in zip(files, sent_of(files, server), strict=True)}
    return of_spool(folder, now, places)


def uncounted(store: ValkeyStore, now: float) -> Lag:
    """What waits in the stream."""
    after = store.offsets().get(SOURCE, Offset(0, 0)).place
    first = waiting(store.server, after, 1)
    last = store.server.ask("XREVRANGE", store.server.key(STREAM), "+", "-", "COUNT", 1)
    if not first or not last:
        return Lag()
    total = int(dict(zip(last[0][1][::2], last[0][1][1::2], strict=True))[b"total"])
    return Lag(total - first[0].total + first[0].length, max(0.0, now - first[0].until / 1000))


def faults(server: Server) -> Iterator[str]:
    """What of the server's own settings would lose counts."""
    told = dict(line.partition(":")[::2] for line in server.ask("INFO").decode().splitlines() if ":" in line)
    if told.get("maxmemory_policy", "").startswith("allkeys") and told.get("maxmemory") != "0":
        yield _("%(server)s throws counts away when its memory is full. Set its maxmemory-policy to noeviction.") % {"server": server.shown}
    with suppress(Unreachable):  # whoever rents one out may forbid the question
        if told.get("aof_enabled") == "0" and server.ask("CONFIG", "GET", "save") == [b"save", b""]:
            yield _("%(server)s keeps counts in memory alone: they are lost when it ends. Set its appendonly to yes.") % {"server": server.shown}
