"""What has been counted, by article."""

import time
from collections import Counter
from pathlib import Path

from django.conf import settings

from kawaraban.readership import sites
from kawaraban.readership.columns import ACCEPTED, Grain
from kawaraban.readership.rolling import roll_up


def tell(file: Path) -> None:
    """Rolls up what waits first."""
    store = sites.store()
    roll_up(settings.KAWARABAN.reads / "spool", store, sites.days(), lambda: time.time_ns() // 1_000_000)
    found = Counter[int]()
    for column in store.columns(Grain.DAY, ACCEPTED, 0, 1 << 62).values():
        found.update(column.as_dict())
    file.write_text("".join(f"{article} {number}\n" for article, number in sorted(found.items())), encoding="utf-8")
