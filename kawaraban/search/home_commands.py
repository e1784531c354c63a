"""`kawaraban search reindex` and `kawaraban search status`: the index of a magazine."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kawaraban.search.commands import app, fail, tell

if TYPE_CHECKING:
    from kawaraban.search.site.state import Standing

# The command's own room, above this one, hands in how a home is entered.
entering: list[Callable[[typer.Context], Any]] = []
EVERY = 5.0  # seconds between two lines of progress


def enter_with(function: Callable[[typer.Context], Any]) -> None:
    entering[:] = [function]


@app.command()
def reindex(
    context: typer.Context, desk: Annotated[bool, typer.Option("--desk", help="What the desk's search asks, in place of the readers'.")] = False
) -> None:
    """Make the index of the magazine anew; the old one answers until then. A running worker waits meanwhile."""
    entering[0](context)
    from kawaraban.search import rewording  # Django is ready only now
    from kawaraban.search.site import remaking

    if desk:
        try:
            rewording.everything()
        except Exception as error:  # the database's, OpenSearch's client's: each means the same
            fail(f"what the desk's search asks can't be made: {error}")
        tell("The desk's search has everything.")
        return

    began = said = time.monotonic()

    def progress(done: int, missing: int) -> None:
        nonlocal said
        if time.monotonic() - said > EVERY:
            said = time.monotonic()
            tell(f"{done:,} pieces, {missing:,} to come …")

    try:
        count = remaking.remade(progress)
    except remaking.FAULTS as error:
        fail(f"the index can't be made: {error}")
    except remaking.TakenError as error:
        fail(str(error))
    taken = time.monotonic() - began
    tell(f"{count:,} pieces in {taken:,.0f} s.")


@app.command()
def status(context: typer.Context) -> None:
    """Say what can be searched in the magazine, and what not yet."""
    entering[0](context)
    from kawaraban.search.site import opened, state  # Django is ready only now

    try:
        standing, making = state.standing(), state.making()
    except opened.FAULTS as error:
        fail(f"the index can't be read: {error}")
        return
    for line in lines(standing, making):
        typer.echo(line)


def lines(standing: "Standing", making: "Standing | None") -> list[str]:
    if standing.file is None:
        return ["Index:    none yet; the worker makes it, and `kawaraban … search reindex` at once."]
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(standing.pieces.items()))
    told = [
        f"Index:    {standing.file}, {standing.bytes / 1e6:.1f} MB" + (", cut in an earlier way" if standing.is_stale else ""),
        f"Pieces:   {standing.count:,}" + (f" ({kinds})" if kinds else ""),
        f"Behind:   {standing.behind:,} changes" + (f", the first for {standing.seconds:,.1f} s" if standing.behind else ""),
    ]
    if not standing.is_filled and not standing.is_stale:
        told.append(f"Missing:  {standing.missing:,} pieces, which the worker puts in")
    if making:
        told.append(f"New:      {making.count:,} pieces, {making.missing:,} to come; it takes the index's place then")
    return told
