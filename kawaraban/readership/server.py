"""The Valkey or Redis server that the hosts of a magazine share: its address, its keys, its commands. No Django, no numpy.

All keys have the prefix in braces, so that a cluster keeps a magazine's in one place, where they can be changed together.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from valkey import Valkey
from valkey.exceptions import ValkeyError, WatchError

from kawaraban.readership.unreachable import Unreachable

TRIES = 3
MOVED = re.compile(r"MOVED [0-9]+ (?P<host>\S+):(?P<port>[0-9]+)")
CONNECT, ANSWER = 2.0, 5.0  # seconds that it may take
Command = tuple[Any, ...]


class Server:
    """Any number of threads."""

    def __init__(self, address: str, prefix: str, patience: float = ANSWER) -> None:
        """Nothing is asked yet. address: valkey://user:password@host:6379/0 and what else valkey-py takes. patience: seconds for an answer."""
        self.address, self.prefix, self.patience = address, prefix, patience
        self.named = self.client = self.connected(address)  # and whichever it says is to be asked

    def connected(self, address: str) -> Valkey:
        return Valkey.from_url(address, socket_connect_timeout=CONNECT, socket_timeout=self.patience, health_check_interval=30)

    @property
    def shown(self) -> str:
        """Its address, without what is secret."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def key(self, *parts: object) -> str:
        return ":".join((f"{{{self.prefix}}}", *map(str, parts)))

    def ask(self, *command: Any) -> Any:
        """What one command gives. Raises Unreachable, as all here."""
        return self.ask_all([command])[0]

    def ask_all(self, commands: Sequence[Command]) -> list[Any]:
        """What commands give that are sent together; others' may come between them."""
        for _ in range(TRIES):
            with self.answering(), self.client.pipeline(transaction=False) as queue:
                return sent(queue, commands)
        raise Unreachable(f"{self.shown} can't be used: its keys are being moved")

    def commit(self, key: str, expected: bytes | None, commands: Sequence[Command]) -> bool:
        """All of the commands or none, if a key is as expected still; whether it was."""
        with self.answering(), self.client.pipeline(transaction=True) as queue:
            queue.watch(key)
            if queue.get(key) == expected:
                queue.multi()
                sent(queue, commands)
                return True
        return False

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Leaves undone what can't be done now: a key has changed, or is at another host of a cluster, which is asked from then on."""
        try:
            yield
        except WatchError:
            return
        except ValkeyError as error:
            if found := MOVED.fullmatch(reason(error)):
                self.client = self.connected(moved(self.address, found["host"], int(found["port"])))
                return
            self.client = self.named  # a cluster may have put another host in the place of one that is gone
            raise Unreachable(f"{self.shown} can't be used: {reason(error)}") from error

    def close(self) -> None:
        self.client.close()
        self.named.close()


def sent(queue: Any, commands: Sequence[Command]) -> list[Any]:
    """With answers as they come: valkey-py would make numbers and dictionaries of them, one by one."""
    queue.response_callbacks = {}
    for command in commands:
        queue.execute_command(*command)
    return list(queue.execute())


def reason(error: ValkeyError) -> str:
    """Without the command, which valkey-py puts before it, megabytes long."""
    return str(error).rpartition("caused error: ")[2].rstrip(".") or type(error).__name__


def moved(address: str, host: str, port: int) -> str:
    """The same address at another host of a cluster."""
    parts = urlsplit(address)
    secret = parts.netloc.rpartition("@")[0]
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return parts._replace(netloc=f"{secret}@{where}" if secret else where).geturl()
