"""What other rooms may listen to. Each is sent within the transaction of what it tells."""

from django.dispatch import Signal

# An item has been killed or withheld: item (a WireItem as it is now), receipt (a KillReceipt, saved). Its pages still stand.
taken_down = Signal()
# An item has a new face that corrects the one before: item, version (a WireVersion).
corrected = Signal()
# An item that had been killed or withheld may be shown again: item.
revived = Signal()
