"""The `kawaraban` command."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kawaraban import __version__, homes, serving
from kawaraban.conf import Configuration, ConfigurationError, load
from kawaraban.demo import sending
from kawaraban.readership import commands as readership
from kawaraban.search import commands as search
from kawaraban.search import home_commands as home_search
from kawaraban.wires import commands as wires

app = typer.Typer(
    help="Kawaraban: a publishing system for news magazines.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
imports = typer.Typer(help="Bring something into the magazine.", no_args_is_help=True)
app.add_typer(imports, name="import")
press = typer.Typer(help="What has been printed for readers.", no_args_is_help=True)
app.add_typer(press, name="press")
app.add_typer(wires.app, name="wires")
app.add_typer(readership.app, name="readership")
app.add_typer(search.app, name="search")
app.command("related")(search.related)

Home = Annotated[Path | None, typer.Option("--home", envvar="KAWARABAN_HOME", help="Folder of the magazine.")]


def say(sentence: str) -> None:
    typer.echo(sentence)


def fail(sentence: object) -> typer.Exit:
    typer.echo(f"kawaraban: {sentence}", err=True)
    return typer.Exit(1)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context, home: Home = None, version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False
) -> None:
    context.obj = home
    if version:
        say(__version__)
        raise typer.Exit


def chosen_home(context: typer.Context) -> Path:
    if context.obj is None:
        raise fail("which magazine? Name its folder with --home FOLDER or KAWARABAN_HOME.")
    return Path(context.obj)


def entered(context: typer.Context, process: str = "desk") -> Configuration:
    """The configuration of the chosen home, with Django ready for it."""
    try:
        return homes.enter(chosen_home(context), process)
    except ConfigurationError as error:
        raise fail(error) from None


wires.enter_with(entered)
readership.enter_with(entered)
home_search.enter_with(entered)
app.command()(readership.rankings)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make the magazine in; it must be new or empty.")],
    name: Annotated[str, typer.Option(help="Name of the magazine.")] = "無題",
) -> None:
    """Make a new magazine: its folder, settings, database and first editor."""
    try:
        made = homes.make(folder)
        homes.enter(made)
        say("Making the database …")
        log_in = homes.furnish(made, name)
    except ConfigurationError as error:
        raise fail(error) from None
    say(f"{made} is ready.")
    say(f"Desk log-in: {log_in.name} / {log_in.password}")
    say(f"Start it with: kawaraban --home {folder} serve")


@app.command()
def found(context: typer.Context, name: Annotated[str, typer.Argument(help="Name of the magazine.")]) -> None:
    """Give a home whose database is empty its tables, front page and first editor."""
    configuration = entered(context)
    log_in = homes.furnish(configuration.home, name)
    say(f"Desk log-in: {log_in.name} / {log_in.password}")


@app.command()
def demo(
    context: typer.Context,
    stay: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it afterwards.")] = True,
    live: Annotated[bool, typer.Option("--live/--quiet", help="Have an invented agency send something every 20 seconds meanwhile.")] = True,
) -> None:
    """Make the demo edition, an invented weekly, and serve it."""
    home = chosen_home(context)
    try:
        log_in = homes.demo(home, say)
    except ConfigurationError as error:
        raise fail(error) from None
    if stay and live:
        sending.start(home)
    if stay:
        serve_all(home, f"Desk log-in: {log_in.name} / {log_in.password}")


@app.command()
def serve(context: typer.Context) -> None:
    """Serve readers and desk, with the worker, until stopped."""
    serve_all(chosen_home(context))


def serve_all(home: Path, greeting: str = "") -> None:
    try:
        code = serving.supervise(home, say, greeting)
    except (ConfigurationError, serving.Unservable) as error:
        raise fail(error) from None
    raise typer.Exit(code)


@app.command()
def newsstand(
    context: typer.Context,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that answer readers; else as kawaraban.toml says.")] = None,
) -> None:
    """Serve the reader pages alone. SIGHUP starts its processes anew without dropping a request."""
    home = chosen_home(context)
    try:
        serving.serve_readers(home, load(home.resolve()), workers)
    except (ConfigurationError, serving.Unservable) as error:
        raise fail(error) from None


@app.command()
def desk(context: typer.Context) -> None:
    """Serve the desk alone."""
    found = entered(context)
    homes.bring_up_to_date(say)
    try:
        serving.serve_desk(found)
    except serving.Unservable as error:
        raise fail(error) from None


@app.command()
def worker(context: typer.Context) -> None:
    """Do what falls due: scheduled publication and expiry, and the printing that can wait."""
    serving.work(entered(context))


@press.command()
def status(context: typer.Context) -> None:
    """Say what has been printed and what waits."""
    entered(context)
    from kawaraban.pages import reprint  # Django is ready only now

    for line in reprint.status():
        say(line)


@press.command("reprint")
def print_again(
    context: typer.Context,
    path: Annotated[str | None, typer.Argument(help="Path of a page, such as /world/2026-11/harbour.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every page and slot.")] = False,
) -> None:
    """Print a page again, or all of them, with progress."""
    if (path is None) != everything:
        raise fail("name the path of a page, or say --all.")
    entered(context)
    from kawaraban.pages import reprint  # Django is ready only now

    try:
        told = reprint.everything(say) if path is None else reprint.one(path)
    except reprint.Unprintable as error:
        raise fail(error) from None
    say(told)


@press.command()
def verify(context: typer.Context) -> None:
    """Print every page again and compare: exit 1 with a line for each that is not what it should be."""
    entered(context)
    from kawaraban.pages import reprint  # Django is ready only now

    found = reprint.verify(say)
    for line in found.faults:
        typer.echo(f"✗ {line}", err=True)
    if found.faults:
        raise typer.Exit(1)
    say(f"✓ {found.pages} pages and {found.slots} slots are as they should be.")


@imports.command("capture")
def import_capture(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Plain text of a captured article page, UTF-8.")],
    section: Annotated[str | None, typer.Option(help="Section of the article; made when missing.")] = None,
) -> None:
    """Take over an article page with its lists from its plain text."""
    configuration = entered(context)
    from kawaraban.exchange.importing import UnreadableFileError  # Django is ready only now
    from kawaraban.exchange.importing import import_capture as filed

    say(f"Reading {file} …")
    try:
        said = filed(file, section)
    except UnreadableFileError as error:
        raise fail(error) from None
    for line in said.lines:
        say(line)
    say(f"{configuration.readers_address.rstrip('/')}{said.address}")


@app.command()
def check(context: typer.Context) -> None:
    """Say whether this magazine is healthy; exit 1 with a sentence for each fault."""
    configuration = entered(context)
    from kawaraban.health import faults, told_of_reads, told_of_search  # Django is ready only now

    found = faults(configuration)
    for sentence in found:
        typer.echo(f"✗ {sentence}", err=True)
    if found:
        raise typer.Exit(1)
    say(f"✓ Everything is in order. {told_of_reads(configuration)} {told_of_search()}")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def manage(context: typer.Context) -> None:
    """Run a Django management command in this home."""
    entered(context)
    from django.core.management import execute_from_command_line  # after the home is known

    execute_from_command_line(["kawaraban manage", *context.args])


def main() -> None:
    """The command as installed. What nobody foresaw ends in one sentence, its trace in a file."""
    try:
        app(prog_name="kawaraban")
    except Exception as error:
        if os.environ.get("KAWARABAN_TRACE"):
            raise
        file = homes.note_trace(error)
        typer.echo(f"kawaraban: something went wrong that should not: {type(error).__name__}: {error}\nThe details are in {file}.", err=True)
        sys.exit(1)
