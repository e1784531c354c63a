"""Which of a story's copies is shown. Pure.

Of those that readers may see: one that an editor has pinned; then the complete ones, half as long as the longest at least; then those in the
magazine's language; then those that none of the others updates; then those changed within an hour of the newest; then the agency that the desk
ranks first; then the first that came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Member:
    """A copy of a story that readers may see."""

    key: int
    length: int
    language: str
    changed_at: datetime
    rank: int
    is_pinned: bool = False
    updates: frozenset[int] = frozenset()  # keys of copies that it is a newer telling of


def best(members: Sequence[Member], language: str) -> int | None:
    """The key of the one to show; None when there is none."""
    if not members:
        return None
    changed = {member.key: member.changed_at for member in members}
    outdated = {key for member in members for key in member.updates if key in changed and changed[key] <= member.changed_at}
    longest, newest = max(member.length for member in members), max(member.changed_at for member in members)

    def order(member: Member) -> tuple[bool | int, ...]:
        is_foreign, is_outdated = member.language.partition("-")[0] != language, member.key in outdated
        is_old = newest - member.changed_at > FRESH
        return not member.is_pinned, member.length * 2 < longest, is_foreign, is_outdated, is_old, member.rank, member.key

    return min(members, key=order).key
