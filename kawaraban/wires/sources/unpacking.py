"""What came compressed, made whole, and never more of it than may be. Pure."""

import zlib

from kawaraban.wires.fault import Fault, Faulty

CHUNK = 1 << 16
EITHER = zlib.MAX_WBITS | 32  # gzip or zlib, whichever its head says
KNOWN = ("gzip", "x-gzip", "deflate")


class TooMuch(Exception):
    """More bytes than are allowed."""


class Garbled(Faulty):
    """It is not what it says it is, or broke off."""


class Unpacking:
    """Takes pieces as they come; holds no more than `most` bytes, and a piece."""

    def __init__(self, coding: str, most: int) -> None:
        """coding: of HTTP; empty for none. Raises Garbled for one that is not known."""
        self.coding = "" if coding.strip().lower() in ("", "identity") else coding.strip().lower()
        if self.coding and self.coding not in KNOWN:
            raise Garbled(Fault("it is compressed as %(coding)s; gzip and deflate can be read", {"coding": repr(self.coding[:40])}))
        self.most = most
        self.pieces: list[bytes] = []
        self.size = 0
        self.machine = zlib.decompressobj(EITHER) if self.coding else None

    def take(self, piece: bytes) -> None:
        """Raises TooMuch, Garbled."""
        if self.machine is None:
            self.add(piece)
            return
        try:
            is_more = True
            while is_more:
                if self.machine.eof:  # a second member follows the first
                    self.machine = zlib.decompressobj(EITHER)
                made = self.machine.decompress(piece, CHUNK)
                self.add(made)
                piece = self.machine.unconsumed_tail or self.machine.unused_data
                is_more = bool(piece) or (len(made) == CHUNK and not self.machine.eof)
        except zlib.error as error:
            raise Garbled(Fault("it can't be decompressed: %(reason)s", {"reason": str(error)})) from error

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.most:
            raise TooMuch
        self.pieces.append(piece)

    def whole(self) -> bytes:
        """Raises Garbled when the end is missing."""
        if self.machine is not None and self.pieces and not self.machine.eof:
            raise Garbled(Fault("what is compressed broke off"))
        return b"".join(self.pieces)
