"""What granian gives an application, and what it takes back.

Source: https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
The path comes percent-decoded, with U+FFFD for what is no UTF-8; the query comes
as it was sent. The body of an answer to HEAD is left out by the server.
"""

from collections.abc import AsyncIterator, Awaitable, Generator
from typing import Any, Protocol

Header = tuple[str, str]


class Headers(Protocol):
    def get(self, key: str, default: Any = None) -> Any: ...


class Scope(Protocol):
    method: str
    path: str
    query_string: str
    client: str

    @property
    def headers(self) -> Headers: ...


class Proto(Protocol):
    def __call__(self) -> Awaitable[bytes]: ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def response_empty(self, status: int, headers: list[Header]) -> None: ...

    def response_bytes(self, status: int, headers: list[Header], body: bytes) -> None: ...

    def response_file(self, status: int, headers: list[Header], file: str) -> None: ...

    def response_file_range(self, status: int, headers: list[Header], file: str, start: int, end: int) -> None: ...


class Done:
    """Awaited, it is over at once."""

    __slots__ = ()

    def __await__(self) -> Generator[None, None, None]:
        return iter(())  # type: ignore[return-value]


DONE = Done()
