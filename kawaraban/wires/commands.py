"""`kawaraban wires`: agency copy at the command line."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Agency copy.", no_args_is_help=True)
STDIN = Path("-")
# The command's own room, above this one, hands in how a home is entered.
entering: list[Callable[[typer.Context], Any]] = []


def enter_with(function: Callable[[typer.Context], Any]) -> None:
    entering[:] = [function]


def enter(context: typer.Context) -> None:
    """Django ready for the chosen home."""
    entering[0](context)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Payloads of agencies, also compressed; - is the standard input.", metavar="FILE")],
    format: Annotated[str, typer.Option(help="Name of the format; else it is recognised from the bytes.")] = "",  # noqa: A002 - the option's name
) -> None:
    """Print each item of some files as a line of JSON; exit 1 with `file: reason` for what can't be read, after printing the rest.

    The names are those of the wires' copy. Moments have their zone, media their size in place of their content. No magazine is needed.
    """
    from kawaraban.wires.formats import FORMATS  # libraries that no other command waits for

    if format and format not in FORMATS:
        typer.echo(f"kawaraban: there is no format {format!r}; there are {', '.join(FORMATS)}.", err=True)
        raise typer.Exit(1)
    reasons = [f"{file}: {reason}" for file in files for reason in shown(file, format)]
    for reason in reasons:
        typer.echo(reason, err=True)
    if reasons:
        raise typer.Exit(1)


def shown(file: Path, name: str) -> Iterator[str]:
    """Prints what can be read of a file; says why the rest can't be."""
    from kawaraban.wires.copy import Partly, Unreadable
    from kawaraban.wires.lines import line
    from kawaraban.wires.reading import read as copies

    try:
        found, reasons = copies(payload(file), name), []
    except OSError as error:
        found, reasons = [], [error.strerror or str(error)]
    except Partly as partly:
        found, reasons = partly.read, [str(fault) for fault in partly.faults]
    except Unreadable as reason:
        found, reasons = [], [str(reason)]
    for copy in found:
        typer.echo(line(copy))
    yield from reasons


def payload(file: Path) -> bytes:
    """The bytes of a file, one more than is read at most."""
    from kawaraban.wires.limits import PAYLOAD_BYTES

    if file == STDIN:
        return sys.stdin.buffer.read(PAYLOAD_BYTES + 1)
    with file.open("rb") as stream:
        return stream.read(PAYLOAD_BYTES + 1)


@app.command()
def replay(
    context: typer.Context,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on, in UTC.")] = None,
    source: Annotated[str, typer.Option(help="Short name of the source; else all.")] = "",
) -> None:
    """Read the archive again. What was filed is not filed again; what could not be read is tried again."""
    enter(context)
    from django.utils import timezone  # Django is ready only now

    from kawaraban.wires.models import Source
    from kawaraban.wires.replaying import replay as read_again

    if source and not Source.objects.filter(key=source).exists():
        typer.echo(f"kawaraban: there is no source {source!r}. The desk lists them with their short names.", err=True)
        raise typer.Exit(1)
    done = read_again(timezone.now(), typer.echo, since.date() if since else None, source)
    typer.echo(f"{done.payloads} payloads were read again; {done.quarantined} of them can't be read, in whole or in part.")
    if done.unknown:
        typer.echo(f"{done.unknown} payloads are of sources that are gone, and were left as they are.")


@app.command()
def prune(context: typer.Context) -> None:
    """Delete what is older than wires.archive_days: payloads in the archive, and files in done/ and refused/ of watched folders.

    Payloads that wait or are quarantined stay, and so do files that are in no archive.
    """
    enter(context)
    from django.utils import timezone  # Django is ready only now

    from kawaraban.wires.retention import forget
    from kawaraban.wires.retention import prune as let_go
    from kawaraban.wires.sources.emptying import empty

    now = timezone.now()
    forget(now)
    emptied = empty(now)  # first: what is in the archive still is known for certain
    typer.echo(f"{let_go(now)} payloads were deleted, and {emptied.deleted} files of watched folders.")
    for folder, number in emptied.left.items():
        typer.echo(f"{number} files in {folder} are in no archive, and were left.")
