"""The formats in which agencies send. One more is one module with NAME, `fits(data)` and `read(data)`, one line here, and some samples."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kawaraban.wires.allowance import bounded
from kawaraban.wires.copy import Read
from kawaraban.wires.formats import anpa, iptc7901, jsonfeed, mail, newsml1, newsmlg2, ninjs, nitf, plaintext, rss


@dataclass(frozen=True, slots=True)
class Format:
    fits: Callable[[bytes], bool]  # from the first bytes alone, and never raises
    read: Read


def enclosed(data: bytes) -> Read | None:
    """How to read what a mail encloses; None for what is in no format by itself."""
    return next((known.read for name, known in FORMATS.items() if name != mail.NAME and known.fits(data)), None)


# In the order in which they are asked whether a payload fits.
FORMATS = {
    jsonfeed.NAME: Format(jsonfeed.fits, bounded(jsonfeed.read)),
    ninjs.NAME: Format(ninjs.fits, bounded(ninjs.read)),
    newsmlg2.NAME: Format(newsmlg2.fits, bounded(newsmlg2.read)),
    newsml1.NAME: Format(newsml1.fits, bounded(newsml1.read)),
    nitf.NAME: Format(nitf.fits, bounded(nitf.read)),
    rss.NAME: Format(rss.fits, bounded(rss.read)),
    iptc7901.NAME: Format(iptc7901.fits, bounded(iptc7901.read)),
    anpa.NAME: Format(anpa.fits, bounded(anpa.read)),
    mail.NAME: Format(mail.fits, bounded(partial(mail.read, within=enclosed))),
    plaintext.NAME: Format(plaintext.fits, bounded(plaintext.read)),
}
