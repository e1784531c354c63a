"""Files that come along with copy: their names made harmless, their kind told from their bytes, brought to the copy that names them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from unicodedata import category, normalize

from kawaraban.wires.copy import Copy, Media

LONGEST = 120  # characters of a file's name
UNFIT = re.compile(r'[<>:"|?*]')
SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.S), "image/webp"),
    (re.compile(rb"....ftypavi[fs]", re.S), "image/avif"),
    (re.compile(rb"....ftyp(?:hei[cx]|mif1)", re.S), "image/heic"),
    (re.compile(rb"II\*\0|MM\0\*"), "image/tiff"),
    (re.compile(rb"....ftyp", re.S), "video/mp4"),
    (re.compile(rb"\xff[\xfb\xf3\xf2]|ID3"), "audio/mpeg"),
    (re.compile(rb"%PDF-"), "application/pdf"),
)


def file_name(told: str) -> str:
    """The last part of a stranger's path, without signs that a system or a reader could take for something else; "" when nothing is left."""
    last = re.split(r"[/\\]", normalize("NFC", told))[-1]
    plain = "".join(sign for sign in last if category(sign)[0] != "C")  # controls, marks that turn the direction, halves of signs
    stem, dot, ending = UNFIT.sub("_", plain).strip(" .\u3000").rpartition(".")
    return f"{(stem if dot else ending)[:LONGEST]}{dot}{ending[:10] if dot else ''}"


def kind(content: bytes) -> str:
    """The MIME type of a picture or other medium by its first bytes, whatever its sender calls it; "" for anything else."""
    return next((mime for signature, mime in SIGNATURES if signature.match(content)), "")


def with_media(copies: list[Copy], files: Iterable[Media]) -> list[Copy]:
    """The copies with the content of the media that they name. What none of them names goes to the only one, or stays behind."""
    by_name = {medium.address: medium for medium in files}
    named = {base_name(medium.address) for copy in copies for medium in copy.media}
    more = tuple(medium for name, medium in by_name.items() if name not in named) if len(copies) == 1 else ()
    return [replace(copy, media=tuple(filled(medium, by_name) for medium in copy.media) + more) for copy in copies]


def filled(medium: Media, files: dict[str, Media]) -> Media:
    found = files.get(base_name(medium.address))
    if found is None or medium.content:
        return medium
    return replace(medium, content=found.content, size=found.size, mime=found.mime or medium.mime)


def base_name(address: str) -> str:
    return address if address.startswith(("cid:", "https://", "http://")) else file_name(address)
