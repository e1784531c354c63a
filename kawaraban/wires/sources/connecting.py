"""A connection to a machine outside: to the very address that was looked at, and for a limited time whatever the other side does. No Django.

A name is resolved once and the connection goes to what it was resolved to, so that a name which changes its meaning in between gains nothing.
The standard library's own clients take a connection that is made; the kept libraries resolve for themselves.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from kawaraban.wires.fault import Fault, Faulty, Value, system
from kawaraban.wires.sources.nets import is_allowed


class Unanswered(Faulty):
    """A source could not be asked, or answered with a fault. seconds: how long it asks to be left alone."""

    def __init__(self, what: Fault | str, seconds: float = 0.0) -> None:
        self.seconds = seconds
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one look at a source may take."""

    size: int = 10 << 20  # bytes of one payload
    seconds: float = 30.0  # all in all
    patience: float = 10.0  # seconds without a byte
    allowed: tuple[str, ...] = ()  # names, addresses and nets of one's own
    authorities: str = ""  # a file of certificates besides the system's


@dataclass(frozen=True, slots=True)
class Place:
    host: str
    port: int
    is_secret: bool  # whether it speaks TLS from the first byte


def resolved(place: Place, limits: Limits) -> list[str]:
    """The addresses of a machine that may be asked. Raises Unanswered."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unanswered(Fault("%(host)s is not known: %(reason)s. Check the address.", {"host": place.host, "reason": system(error)})) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if is_allowed(place.host, address, limits.allowed)]
    if not allowed:
        told: dict[str, Value] = {"host": place.host, "address": addresses[0]}
        raise Unanswered(
            Fault("%(host)s is at %(address)s, in a private net. If that is right, name it in kawaraban.toml: wires.private_hosts.", told)
        )
    return allowed


@contextmanager
def connected(place: Place, limits: Limits) -> Iterator[socket.socket]:
    """An open connection, TLS begun. It is cut when its time is over, so that no trickle holds anybody up. Raises Unanswered, OSError."""
    with dialled(place, limits) as plain, cut_after(plain, limits.seconds):
        if not place.is_secret:
            yield plain
            return
        with encrypted(plain, place.host, limits) as secret:
            yield secret


def dialled(place: Place, limits: Limits) -> socket.socket:
    failure: OSError | None = None
    for address in resolved(place, limits)[:3]:
        try:
            return socket.create_connection((address, place.port), timeout=limits.patience)
        except OSError as error:
            failure = error
    told: dict[str, Value] = {"host": place.host, "port": place.port, "reason": reason(failure)}
    raise Unanswered(Fault("%(host)s can't be reached at port %(port)d: %(reason)s.", told)) from failure


def encrypted(plain: socket.socket, host: str, limits: Limits) -> ssl.SSLSocket:
    return trusting(limits).wrap_socket(plain, server_hostname=host, suppress_ragged_eofs=False)  # what broke off is no end


def trusting(limits: Limits) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if limits.authorities:
        context.load_verify_locations(limits.authorities)
    return context


@contextmanager
def cut_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Raises TimeoutError when it was cut, also where the cut looked like an end. TLS takes the socket over: the cut is made by a second handle."""
    handle, is_cut = connection.dup(), threading.Event()
    timer = threading.Timer(seconds, cut, [handle, is_cut])
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if is_cut.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        timer.join()
        handle.close()
    if is_cut.is_set():
        raise TimeoutError


def cut(handle: socket.socket, is_cut: threading.Event) -> None:
    is_cut.set()
    with suppress(OSError):  # it has ended by itself
        handle.shutdown(socket.SHUT_RDWR)


def reason(error: BaseException | None) -> Value:
    """What went wrong, as part of a sentence."""
    if isinstance(error, TimeoutError):
        return Fault("no answer in time")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Fault("its certificate can't be trusted (%(reason)s)", {"reason": error.verify_message})
    if isinstance(error, OSError):
        return system(error) or Fault("the connection broke off")
    return str(error) or type(error).__name__
