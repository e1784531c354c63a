"""What a transaction that files many items has looked up at once: which identifiers nobody has used yet, and which nobody has ordered anything about.

It only ever says that there is nothing, so that what it has not heard of is asked of the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kawaraban.wires.copy import Copy
from kawaraban.wires.identity import guid_of
from kawaraban.wires.models import Instruction, WireItem


@dataclass(slots=True)
class Memory:
    unused: set[str] = field(default_factory=set)
    unordered: set[str] = field(default_factory=set)

    def used(self, guid: str) -> None:
        self.unused.discard(guid)

    def ordered(self, guid: str) -> None:
        self.unordered.discard(guid)


def memory_of(copies: Sequence[Copy]) -> Memory:
    """Within the transaction, after `lock`."""
    guids = {guid_of(copy.guid) for copy in copies}
    used = WireItem.objects.filter(guid__in=guids).values_list("guid", flat=True)
    ordered = Instruction.objects.filter(guid__in=guids).values_list("guid", flat=True)
    return Memory(guids - set(used), guids - set(ordered))
