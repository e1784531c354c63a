"""Answers for static files, made once."""

from kawaraban.newsstand.answers import STATIC, Answer, FileAnswer
from kawaraban.newsstand.assets import Asset, Assets
from kawaraban.newsstand.http import HSTS, NOTHING_ALLOWED, SECURITY
from kawaraban.newsstand.notices import plain

PREFIX = "/static/"
FOR_GOOD = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
CHANGED = "no-cache"  # since the start: what is known of the file holds no more


class Statics:
    def __init__(self, assets: Assets, *, hsts: bool = False) -> None:
        self.assets = assets
        self.secure = [*SECURITY, HSTS] if hsts else SECURITY
        self.ready: dict[tuple[str, bool], Answer] = {}

    def answer(self, path: str, gzips: bool) -> Answer:
        """The answer to a path below PREFIX."""
        name = path.removeprefix(PREFIX)
        if (known := self.ready.get((name, gzips))) is not None:
            return known
        asset, keeping = self.assets.by_hashed.get(name), FOR_GOOD
        if asset is None:
            asset, keeping = self.assets.named.get(name), AN_HOUR
        if asset is None:
            return plain(404, "There is no such file.\n", STATIC)
        if asset.body is None:
            return self.from_disk(asset, keeping)
        made = self.ready[name, gzips] = self.from_memory(asset, keeping, gzips)
        return made

    def from_memory(self, asset: Asset, keeping: str, gzips: bool) -> Answer:
        body = asset.gzip if gzips and asset.gzip is not None else asset.body
        is_gzip = body is not asset.body
        tag = f'"{asset.digest}-g"' if is_gzip else f'"{asset.digest}"'
        shared = [("cache-control", keeping), NOTHING_ALLOWED, *self.secure]
        if asset.gzip is not None:
            shared.append(("vary", "Accept-Encoding"))
        headers = [("content-type", asset.mime), *([("content-encoding", "gzip")] if is_gzip else ()), *shared]
        return Answer(200, headers, body or b"", STATIC, tag, shared)

    def from_disk(self, asset: Asset, keeping: str) -> Answer:
        try:
            state = asset.file.stat()
        except OSError:
            return plain(404, "There is no such file.\n", STATIC)
        is_same = (state.st_size, state.st_mtime_ns) == (asset.size, asset.changed)
        shared = [("cache-control", keeping if is_same else CHANGED), NOTHING_ALLOWED, *self.secure]
        headers = [("content-type", asset.mime), ("content-length", str(state.st_size)), *shared]
        if not is_same:
            return FileAnswer(200, headers, b"", STATIC, file=str(asset.file), size=state.st_size)
        return FileAnswer(200, headers, b"", STATIC, f'"{asset.digest}"', shared, file=str(asset.file), size=state.st_size)
