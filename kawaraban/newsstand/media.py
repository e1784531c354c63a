"""Pictures from the media folder, whole or in ranges."""

import os
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from stat import S_ISREG

from kawaraban.newsstand import http
from kawaraban.newsstand.answers import MEDIA, Answer, FileAnswer
from kawaraban.newsstand.notices import plain
from kawaraban.newsstand.rsgi import Header, Headers

PREFIX = "/media/"
RENDITIONS = "/media/images/"
PRIVATE = "original_images"
MIMES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_YEAR, AN_HOUR = "public, max-age=31536000", "public, max-age=3600"


class Media:
    def __init__(self, folder: Path, *, hsts: bool = False) -> None:
        self.folder = os.path.realpath(folder)
        self.secure = [*http.SECURITY, http.HSTS] if hsts else http.SECURITY

    def answer(self, path: str, method: str, headers: Headers) -> Answer:
        """The answer to a path below PREFIX."""
        file = self.file(path.removeprefix(PREFIX))
        mime = MIMES.get(os.path.splitext(file)[1].lower(), "")  # noqa: PTH122
        try:
            state = os.stat(file) if mime else None  # noqa: PTH116
        except OSError:
            state = None
        if state is None or not S_ISREG(state.st_mode):
            return plain(404, "There is no such picture.\n", MEDIA)
        tag, changed = f'"{state.st_mtime_ns:x}-{state.st_size:x}"', formatdate(int(state.st_mtime), usegmt=True)
        keeping = A_YEAR if path.startswith(RENDITIONS) else AN_HOUR
        shared = [("etag", tag), ("last-modified", changed), ("cache-control", keeping), http.NOTHING_ALLOWED, *self.secure]
        if is_known(headers, tag, int(state.st_mtime)):
            return Answer(304, shared, kind=MEDIA)
        told = [("content-type", mime), ("accept-ranges", "bytes"), *shared]
        asked = headers.get("range") if method == "GET" else None
        if asked and headers.get("if-range", tag) in (tag, changed):
            return part(told, file, asked, state.st_size)
        return whole(told, file, state.st_size)

    def file(self, name: str) -> str:
        """The true path of a file that may be shown, or nothing."""
        if http.CONTROL.search(name) or any(segment in ("", "..") or segment.startswith(".") for segment in name.split("/")):
            return ""
        true = os.path.realpath(os.path.join(self.folder, name))  # noqa: PTH118
        inside = true.removeprefix(self.folder + os.sep)
        return "" if inside == true or inside.startswith(PRIVATE + os.sep) else true


def whole(headers: list[Header], file: str, size: int) -> Answer:
    return FileAnswer(200, [*headers, ("content-length", str(size))], kind=MEDIA, file=file, size=size)


def part(headers: list[Header], file: str, asked: str, size: int) -> Answer:
    try:
        span = http.byte_range(asked, size)
    except http.Unsatisfiable:
        answer = plain(416, "The file ends before this range.\n", MEDIA)
        answer.headers.append(("content-range", f"bytes */{size}"))
        return answer
    if span is None:
        return whole(headers, file, size)
    first, after = span
    more = [("content-range", f"bytes {first}-{after - 1}/{size}"), ("content-length", str(after - first))]
    return FileAnswer(206, [*headers, *more], kind=MEDIA, file=file, size=after - first, span=span)


def is_known(headers: Headers, tag: str, changed: int) -> bool:
    """Whether the reader has this file already. Source: RFC 9110, 13.2.2"""
    if (condition := headers.get("if-none-match")) is not None:
        return http.matches(condition, tag)
    if (since := headers.get("if-modified-since")) is None:
        return False
    try:
        return changed <= parsedate_to_datetime(since).timestamp()
    except (ValueError, OverflowError):
        return False
