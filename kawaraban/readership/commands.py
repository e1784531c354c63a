"""`kawaraban readership` and `kawaraban rankings`: reads and rankings at the command line."""

import gc
import json
import sys
import tempfile
import time
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kawaraban.conf import ENGINES, VALKEY, faults_of_valkey
from kawaraban.readership.unreachable import Unreachable

if TYPE_CHECKING:
    from kawaraban.readership.replaying import Replay, Told

app = typer.Typer(help="What readers read.", no_args_is_help=True)
# The command's own room, above this one, hands in how a home is entered.
entering: list[Callable[[typer.Context], Any]] = []
FAULTS_TOLD = 20

Folder = Annotated[Path | None, typer.Option("--store", help="Folder of a store of its own, that needs no magazine.", metavar="DIR")]


def enter_with(function: Callable[[typer.Context], Any]) -> None:
    entering[:] = [function]


def tell(sentence: object) -> None:
    typer.echo(sentence, err=True)


def fail(sentence: object) -> typer.Exit:
    tell(f"kawaraban: {sentence}")
    return typer.Exit(1)


@app.command()
def replay(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Old reads; may be compressed by gzip.", metavar="FILE")],
    store: Folder = None,
    format: Annotated[str, typer.Option(help="csv: with a header at,article,reader and perhaps user_agent; combined: an access log.")] = "csv",  # noqa: A002
    tz: Annotated[
        str, typer.Option(help="Time zone of the days, and of moments without one; else the magazine's, or the store's, or Asia/Tokyo.")
    ] = "",
) -> None:
    """Count old reads, such as those of the system that a magazine comes from: each reader, article and day once, robots left out.

    A moment is a number of milliseconds since 1970, or ISO 8601. Exit 1 with `FILE:LINE: reason` for what can't be read, after counting the rest.
    Reads that have been counted are not counted again.
    """
    from kawaraban.readership.replaying import FORMATS, Told  # libraries that no other command waits for
    from kawaraban.readership.stores.sqlite import Unusable

    if format not in FORMATS:
        raise fail(f"there is no format {format!r}; there are {', '.join(FORMATS)}.")
    if not file.is_file():
        raise fail(f"{file} is not there.")
    if tz and tz not in zoneinfo.available_timezones():
        raise fail(f"there is no time zone {tz!r}. Write it as in Asia/Tokyo.")
    told = Told()
    try:
        with own(store, file, format, tz) if store else of_site(context, file, format, tz) as found:
            run(found, told)
    except Unusable as error:
        raise fail(error) from None
    report(file, told, is_site=store is None)


@contextmanager
def own(folder: Path, file: Path, form: str, zone: str) -> "Iterator[Replay]":
    from kawaraban.readership.named import Names, locked, opened
    from kawaraban.readership.replaying import Replay
    from kawaraban.readership.robots import Robots

    store, days = opened(folder, zone)
    with closing(store), locked(folder):
        names = Names(store.names())
        yield Replay(file, form, store, days, names.__getitem__, Robots(), names)


@contextmanager
def of_site(context: typer.Context, file: Path, form: str, zone: str) -> "Iterator[Replay]":
    configuration = entering[0](context)
    if zone and zone != configuration.site.time_zone:
        raise fail(f"the magazine counts days in {configuration.site.time_zone}. Leave --tz away, or write moments with their zone.")
    from kawaraban.readership.sites import replay_of  # Django is ready only now

    yield replay_of(file, form, configuration, now())


@app.command()
def move(
    context: typer.Context,
    engine: Annotated[str, typer.Argument(help="Where the counts go: valkey or database.", metavar="ENGINE")],
    replace: Annotated[bool, typer.Option("--replace", help="What is counted there goes.")] = False,
) -> None:
    """Take all counts to the other engine, before readership.engine is changed to it. Newsstand, forwarder and worker are stopped meanwhile."""
    configuration = entering[0](context)
    rules = configuration.readership
    if engine not in ENGINES:
        raise fail(f"there is no engine {engine!r}; there are {' and '.join(ENGINES)}.")
    if engine == rules.engine:
        raise fail(f"readership.engine is {engine} already: move the counts first, then change it.")
    if sentence := next(faults_of_valkey(rules), ""):
        raise fail(sentence)
    from kawaraban.readership import moving  # Django is ready only now, and a library that only this engine needs is there
    from kawaraban.readership.server import Server
    from kawaraban.readership.stores.site import SiteStore
    from kawaraban.readership.stores.store import Outrun
    from kawaraban.readership.stores.valkey import ValkeyStore

    database, server = SiteStore(), ValkeyStore(Server(rules.valkey, rules.valkey_prefix, patience=600.0))
    try:
        if engine == VALKEY:
            count = moving.to_server(database, server, configuration.reads / "spool", replace=replace)
        else:
            count = moving.to_database(server, database, configuration.reads / "spool", replace=replace)
    except (moving.Immovable, Unreachable) as error:
        raise fail(f"{error}.") from None
    except Outrun:
        raise fail("something counts still: stop the worker, then try again.") from None
    typer.echo(f"{count:,} columns of counts are in the {engine} now. Set readership.engine to {engine}, and start.")


def now() -> int:
    return time.time_ns() // 1_000_000


def run(found: "Replay", told: "Told") -> None:
    """Raises typer.Exit with a sentence for what can't be done."""
    from kawaraban.readership.past_reads import Unreadable
    from kawaraban.readership.replaying import COUNTED

    try:
        source = f"replay:{found.digest()}"
        done = found.store.offsets().get(source)
        if done is not None and done.place == COUNTED:
            told.is_known = True
            return
        with tempfile.TemporaryDirectory(prefix="kawaraban-replay-") as name:
            folder = Path(name)
            with bar(found.file.stat().st_size, "Reading ") as moved, uncollected():
                found.lay_out(folder, told, moved)
            with bar(sum(1 for _ in folder.iterdir()), "Counting") as moved:
                found.count(folder, source, told, moved)
    except Unreadable as error:
        raise fail(f"{found.file}: {error}.") from None
    except (OSError, EOFError) as error:
        raise fail(f"{found.file} can't be replayed: {error}.") from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Millions of small lists without a cycle, which the garbage collector would go through again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def bar(length: int, label: str) -> Iterator[Callable[[int], object]]:
    with typer.progressbar(length=max(length, 1), label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as drawn:
        yield drawn.update


def report(file: Path, told: "Told", *, is_site: bool) -> None:
    if told.is_known:
        typer.echo(f"{file} has been counted before; nothing was added.")
        return
    typer.echo(f"{told.reads:,} reads; {told.accepted:,} are counted, {told.reads - told.robots - told.unknown - told.accepted:,} are repeated.")
    if told.robots:
        typer.echo(f"{told.robots:,} of robots were left out.")
    if told.unknown:
        typer.echo(f"{told.unknown:,} of what is no article of the magazine were left out.")
    if told.faults:
        for line, reason in told.faults[:FAULTS_TOLD]:
            tell(f"{file}:{line}: {reason}")
        if (more := len(told.faults) - FAULTS_TOLD) > 0:
            tell(f"{more:,} more lines can't be read.")
        raise typer.Exit(1)


def rankings(
    context: typer.Context,
    store: Folder = None,
    at: Annotated[str, typer.Option(help="The window's end: milliseconds since 1970 or ISO 8601; else now.", metavar="TIME")] = "",
    window: Annotated[str, typer.Option(help="24h, 7d or 30d.")] = "24h",
    top: Annotated[int, typer.Option(min=1, help="Length of the list.", metavar="N")] = 10,
    is_json: Annotated[bool, typer.Option("--json", help="A list of rank, article and reads.")] = False,
) -> None:
    """Print the articles most read in a window, as counted: what editors pin or hold is not looked at."""
    from kawaraban.readership.stores.sqlite import Unusable  # libraries that no other command waits for
    from kawaraban.readership.stretches import LENGTHS

    if window not in LENGTHS:
        raise fail(f"there is no window {window!r}; there are {', '.join(LENGTHS)}.")
    try:
        found = of_store(store, at, window, top) if store else of_magazine(context, at, window, top)
    except Unusable as error:
        raise fail(error) from None
    if is_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for rank in found:
            typer.echo(f"{rank['rank']:>3}  {rank['reads']:>9,}  {rank['article']}")
    if not found:
        tell("No article was read in this window." + (last_read(store) if store else ""))


def of_store(folder: Path, at: str, window: str, top: int) -> list[dict[str, int | str]]:
    from kawaraban.readership.named import opened
    from kawaraban.readership.named import rankings as ranked

    found, days = opened(folder, "", is_new_welcome=False)
    with closing(found):
        return ranked(found, days, window, moment(at, days.zone), top)


def last_read(folder: Path) -> str:
    from kawaraban.readership.named import opened

    found, days = opened(folder, "", is_new_welcome=False)
    with closing(found):
        at = datetime.fromtimestamp(found.last_minute() / 1000, days.zone) if found.last_minute() else None
    return f" The last one was before {at:%Y-%m-%dT%H:%M%z}: try --at with that." if at else ""


def of_magazine(context: typer.Context, at: str, window: str, top: int) -> list[dict[str, int | str]]:
    configuration = entering[0](context)
    from kawaraban.readership.sites import rankings as ranked  # Django is ready only now

    try:
        return ranked(window, moment(at, zoneinfo.ZoneInfo(configuration.site.time_zone)), top, now())
    except Unreachable as error:
        raise fail(f"the counts can't be read: {error}.") from None


def moment(text: str, zone: zoneinfo.ZoneInfo) -> int:
    from kawaraban.readership.past_reads import moment as read

    try:
        return read(text, zone) if text else now()
    except (ValueError, OverflowError):
        raise fail(f"--at {text!r} is no moment: milliseconds since 1970, or ISO 8601 such as 2024-07-10T17:36+09:00.") from None
