"""Whether an editor has decided about an item's place in the flash: then no rule does any more."""

from wagtail.models import ModelLogEntry

from kawaraban.wires.models import WireItem

PREFIX = "wires."  # of the log's words for what editors do to items


def is_touched(item: WireItem) -> bool:
    """The log tells: it has each verb that changed something, and outlives a kill."""
    return bool(ModelLogEntry.objects.for_instance(item).filter(action__startswith=PREFIX).exists())
