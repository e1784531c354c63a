"""kawaraban.toml: every setting of a home, its default and its help.

The reference page docs/reference/settings.md and the file that `kawaraban init`
writes are both made from the fields in values.py.
"""

import dataclasses
import os
import secrets
import tomllib
from pathlib import Path
from typing import Any

from kawaraban.conf.checking import faults, faults_of_valkey
from kawaraban.conf.values import (
    ENGINES,
    TABLES,
    VALKEY,
    Configuration,
    Database,
    Dates,
    Headlines,
    Lists,
    Readership,
    Secrets,
    WireSource,
    listed,
)

__all__ = [
    "ENGINES",
    "FILE_NAME",
    "TABLES",
    "VALKEY",
    "Configuration",
    "ConfigurationError",
    "Dates",
    "Headlines",
    "Lists",
    "Readership",
    "WireSource",
    "faults_of_valkey",
    "listed",
    "load",
    "new_file",
]
FILE_NAME = "kawaraban.toml"


class ConfigurationError(Exception):
    """A kawaraban.toml that can't be used; its text says where and what to do."""


def load(home: Path) -> Configuration:
    """The configuration of a home, environment applied.

    Raises ConfigurationError for a home without the file, or with one that can't be used.
    """
    file = home / FILE_NAME
    if not file.is_file():
        raise ConfigurationError(f"{home} is no Kawaraban home: it has no {FILE_NAME}. Make one with: kawaraban init {home}")
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: not readable as TOML: {error}") from error
    if unknown := sorted(set(raw) - set(TABLES)):
        raise ConfigurationError(f"{file}: unknown table [{unknown[0]}]. Known: {', '.join(TABLES)}.")
    sources = read_sources(file, raw.get("wires"))
    tables = {name: read_table(file, name, kind, raw.get(name, {})) for name, kind in TABLES.items()}
    return checked(with_environment(Configuration(home=home, **tables, sources=sources)))


def read_sources(file: Path, wires: Any) -> tuple[WireSource, ...]:
    """Takes the sources out of their table: each is a table [[wires.source]] of its own."""
    found = wires.pop("source", []) if isinstance(wires, dict) else []
    if not isinstance(found, list):
        raise ConfigurationError(f"{file}: a source begins with [[wires.source]], in two brackets each.")
    return tuple(read_table(file, "wires.source", WireSource, entry) for entry in found)


def read_table(file: Path, name: str, kind: type, raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise ConfigurationError(f"{file}: [{name}] must be a table.")
    known = {entry.name: entry for entry in dataclasses.fields(kind)}
    for key, value in raw.items():
        if key not in known:
            raise ConfigurationError(f"{file}: unknown setting {name}.{key}. Known: {', '.join(known)}.")
        wanted = type(known[key].default)
        if type(value) is not wanted:
            told = {"str": "a text in quotes", "int": "a whole number", "bool": "true or false"}[wanted.__name__]
            raise ConfigurationError(f"{file}: {name}.{key} must be {told}, not {value!r}.")
    return kind(**raw)


def with_environment(found: Configuration) -> Configuration:
    serve = dataclasses.replace(
        found.serve,
        port=port_from_environment("KAWARABAN_PORT", found.serve.port),
        desk_port=port_from_environment("KAWARABAN_DESK_PORT", found.serve.desk_port),
    )
    key = os.environ.get("KAWARABAN_SECRET_KEY", found.secrets.key)
    url = os.environ.get("KAWARABAN_DATABASE_URL", found.database.url)
    readership = dataclasses.replace(found.readership, valkey=os.environ.get("KAWARABAN_VALKEY_URL", found.readership.valkey))
    return dataclasses.replace(found, serve=serve, secrets=Secrets(key), database=Database(url), readership=readership)


def port_from_environment(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a port between 1 and 65535, not {value!r}.")
    return int(value)


def checked(found: Configuration) -> Configuration:
    """The same configuration, or ConfigurationError for a value that nothing could work with."""
    if sentence := next(faults(found), ""):
        raise ConfigurationError(sentence)
    return found


def new_file() -> str:
    """The text of a kawaraban.toml with every setting, each commented out but for a fresh secret."""
    lines = ["# Every setting of this magazine. A line that starts with # shows the default.", ""]
    for name, kind in TABLES.items():
        lines.append(f"[{name}]")
        for entry in dataclasses.fields(kind):
            shown = f'key = "{secrets.token_urlsafe(48)}"' if (name, entry.name) == ("secrets", "key") else default_line(entry)
            lines += [f"# {entry.metadata['help']}", shown]
        lines.append("")
    lines += ["# A source of agency copy may be a table here, [[wires.source]], instead of being set up at the desk: docs/how-to/wires.md."]
    return "\n".join([*lines, ""])


def default_line(entry: "dataclasses.Field[Any]") -> str:
    value = f'"{entry.default}"' if isinstance(entry.default, str) else str(entry.default).lower()
    return f"# {entry.name} = {value}"
