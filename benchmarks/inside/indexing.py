"""What readers search, filled as the worker would, so that it has nothing to do while something is measured."""

from kawaraban.search import rewording
from kawaraban.search.models import Wording
from kawaraban.search.site import remaking


def finish() -> None:
    remaking.remade(lambda *_: None)
    Wording.objects.update_or_create(version=rewording.version(), defaults={"is_done": True})
