"""`kawaraban wires …`"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Agency copy in.", no_args_is_help=True)

STDIN = Path("-")


@app.callback()
def wires() -> None:
    pass


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
        found, reasons = partly.read, partly.reasons
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
