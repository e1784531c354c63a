"""Static files under names that change with their content, so that a browser may keep them for good."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from mimetypes import MimeTypes
from pathlib import Path

GREATEST_IN_MEMORY = 256 << 10
GREATEST_TOGETHER = 16 << 20
TEXT = frozenset({".css", ".js", ".mjs", ".json", ".map", ".svg", ".txt", ".webmanifest", ".xml"})
MIMES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
}
OTHER_MIMES = MimeTypes()  # the tables of Python itself, not those of this machine


@dataclass(frozen=True, slots=True)
class Asset:
    name: str  # such as kawaraban/icons/icon.svg
    file: Path
    digest: str
    mime: str
    size: int
    changed: int  # nanoseconds since 1970
    body: bytes | None  # of a small file
    gzip: bytes | None  # of a small text, where it is smaller

    @property
    def hashed(self) -> str:
        stem, dot, suffix = self.name.rpartition(".")
        return f"{stem}.{self.digest}.{suffix}" if dot and "/" not in suffix else f"{self.name}.{self.digest}"


class Assets:
    """The files below some folders, as they are when it is made; of two with one name the later folder's counts."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.named: dict[str, Asset] = {}
        room = GREATEST_TOGETHER
        for name, file in {name: file for root in roots for name, file in files(root)}.items():
            if (asset := read(name, file, room)) is not None:
                self.named[name] = asset
                room -= len(asset.body or b"") + len(asset.gzip or b"")
        self.by_hashed = {asset.hashed: asset for asset in self.named.values()}

    def hashed(self, name: str) -> str:
        """The name with its content's hash; as it is when there is no such file."""
        return self.named[name].hashed if name in self.named else name

    def file(self, name: str) -> Path | None:
        """The file of a plain or a hashed name."""
        asset = self.named.get(name) or self.by_hashed.get(name)
        return asset.file if asset else None


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder that lies there in truth and isn't hidden."""
    if not root.is_dir():
        return
    true_root = root.resolve()
    for file in sorted(root.rglob("*")):
        parts = file.relative_to(root).parts
        if not any(part.startswith(".") for part in parts) and file.is_file() and file.resolve().is_relative_to(true_root):
            yield "/".join(parts), file


def read(name: str, file: Path, room: int) -> Asset | None:
    """None when it can't be read."""
    try:
        content, state = file.read_bytes(), file.stat()
    except OSError:
        return None
    is_kept = len(content) <= min(GREATEST_IN_MEMORY, room)
    suffix = file.suffix.lower()
    gzip = None
    if is_kept and suffix in TEXT:
        deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        made = deflate.compress(content) + deflate.flush()
        gzip = made if len(made) < len(content) else None
    digest = blake2b(content, digest_size=5).hexdigest()
    mime = MIMES.get(suffix) or OTHER_MIMES.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(name, file, digest, mime, len(content), state.st_mtime_ns, content if is_kept else None, gzip)
