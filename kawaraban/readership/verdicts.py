"""What becomes of a read, and how the reader came. The numbers are stored: they never change."""

from enum import IntEnum


class Verdict(IntEnum):
    ACCEPTED = 0
    METHOD = 1
    SIZE = 2  # longer than a beacon can be
    MALFORMED = 3
    TOKEN = 4  # not one of ours
    EXPIRED = 5
    UNKNOWN_ARTICLE = 6
    ROBOT = 7
    PRIVACY = 8  # the reader asks not to be counted
    CEILING = 9  # more from one network than there may be
    REPEATED = 10  # the same reader and article on the same day
    CLOCK = 11  # a moment that can't be
    FOREIGN = 12  # sent by a page of another site
    LOST = 13  # nowhere left to keep it

    @property
    def measure(self) -> str:
        """Its name among the counts."""
        return "accepted" if self is Verdict.ACCEPTED else f"rejected:{self.name.lower()}"


class Referrer(IntEnum):
    DIRECT = 0
    INTERNAL = 1
    SEARCH = 2
    SOCIAL = 3
    OTHER = 4

    @property
    def measure(self) -> str:
        """Its name among the counts."""
        return f"referrer:{self.name.lower()}"
