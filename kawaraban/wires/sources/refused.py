"""What lies in refused/ of a watched folder and is in no archive: files that were too large. They stay until somebody has looked at them."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kawaraban.wires.models import Source
from kawaraban.wires.sources.folder import REFUSED
from kawaraban.wires.sources.picking_up import may_look_at

MOST = 1_000  # entries that are looked at


@dataclass(frozen=True, slots=True)
class Refused:
    folder: Path
    number: int


def refused(source: Source) -> Refused:
    """None for a source of another kind, or whose folder this machine does not have."""
    folder = settings.KAWARABAN.home / source.address / REFUSED
    number = 0
    if source.kind == Source.Kind.FOLDER and may_look_at(source):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry, _ in zip(entries, range(MOST), strict=False):
                number += entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_size > 0
    return Refused(folder, number)
