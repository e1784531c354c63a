"""`kawaraban wires`: agency copy at the command line."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer

app = typer.Typer(help="Agency copy.", no_args_is_help=True)
# The command's own room, above this one, hands in how a home is entered.
entering: list[Callable[[typer.Context], Any]] = []


def enter_with(function: Callable[[typer.Context], Any]) -> None:
    entering[:] = [function]


def enter(context: typer.Context) -> None:
    """Django ready for the chosen home."""
    entering[0](context)


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
    """Delete payloads older than wires.archive_days from the archive. Those that wait or are quarantined stay."""
    enter(context)
    from django.utils import timezone  # Django is ready only now

    from kawaraban.wires.retention import forget
    from kawaraban.wires.retention import prune as let_go

    now = timezone.now()
    forget(now)
    typer.echo(f"{let_go(now)} payloads were deleted.")
