"""Where days and hours begin. Hours are counted from their day's beginning, so that a day is always made of whole ones."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from kawaraban.readership.columns import I64

MINUTE, HOUR = 60_000, 3_600_000  # ms
EARLIEST, LATEST = -2_000_000_000_000, 32_000_000_000_000  # 1906 and 2984: what no calendar need know


class Days:
    """The days of a time zone, in ms since 1970."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.starts: I64 = np.zeros(0, np.int64)

    def cover(self, first: int, last: int) -> None:
        """Has every day known that a moment between two may be in, and the next."""
        if len(self.starts) and self.starts[0] <= first and last < self.starts[-1]:
            return
        if len(self.starts):
            first, last = min(first, int(self.starts[0])), max(last, int(self.starts[-1]))
        day = datetime.fromtimestamp(first / 1000, self.zone).date() - timedelta(days=1)
        end = datetime.fromtimestamp(last / 1000, self.zone).date() + timedelta(days=2)
        found = [begin(day + timedelta(days=more), self.zone) for more in range((end - day).days + 1)]
        self.starts = np.unique(np.array(found, np.int64))

    def of(self, moments: I64) -> I64:
        """The starts of the days of some moments."""
        if not len(moments):
            return moments
        self.cover(int(moments.min()), int(moments.max()))
        return self.starts[np.searchsorted(self.starts, moments, side="right") - 1]

    def hours(self, moments: I64) -> I64:
        """The starts of the hours of some moments."""
        days = self.of(moments)
        return days + (moments - days) // HOUR * HOUR

    def day(self, moment: int) -> int:
        self.cover(moment, moment)
        return int(self.starts[np.searchsorted(self.starts, moment, side="right") - 1])

    def hour(self, moment: int) -> int:
        day = self.day(moment)
        return day + (moment - day) // HOUR * HOUR

    def after(self, day: int) -> int:
        """The start of the day after one."""
        self.cover(day, day)
        return int(self.starts[np.searchsorted(self.starts, day, side="right")])

    def hours_of(self, day: int) -> list[int]:
        """The starts of a day's hours; the last may be a shorter one."""
        return list(range(day, self.after(day), HOUR))


def minutes(moments: I64) -> I64:
    return moments // MINUTE * MINUTE


def begin(day: date, zone: ZoneInfo) -> int:
    """The first moment of a day, also where clocks are put forward at midnight."""
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
