from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kawaraban.wires.archive import Archive
    from kawaraban.wires.copy import Copy
    from kawaraban.wires.filing import Filed
    from kawaraban.wires.models import Source

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
File = Callable[..., "Filed"]


@pytest.fixture
def source(db: None) -> Source:
    from kawaraban.demo import builders

    return builders.make_source()


@pytest.fixture
def filed(source: Source) -> File:
    """Files a copy that came so many minutes after NOW."""
    from django.conf import settings
    from django.db import transaction

    from kawaraban.wires.filing import file
    from kawaraban.wires.house import house
    from kawaraban.wires.settling import Filing

    def file_copy(copy: Copy, minute: float = 0, *, by: Source | None = None) -> Filed:
        now = NOW + timedelta(minutes=minute)
        with transaction.atomic():
            return file(copy, Filing(by or source, house(settings.KAWARABAN), now, now))

    return file_copy


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive of the test's own."""
    from kawaraban.wires.archive import Archive

    made = Archive(tmp_path / "archive")
    for name in ("ingest", "sweeping", "replaying", "retention", "turn"):
        monkeypatch.setattr(f"kawaraban.wires.{name}.archive", lambda: made)
    return made
