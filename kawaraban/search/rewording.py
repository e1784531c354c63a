"""The desk's entries worded anew when text is cut in another way than before: by the worker, some at a time, the old ones found meanwhile."""

import logging
import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models

from kawaraban.search.dictionary import japanese
from kawaraban.search.models import Wording
from kawaraban.search.wording import FORM

log = logging.getLogger(__name__)

AT_ONCE = 20  # whose entries are written in one transaction: an editor's save waits for it
EVERY = 5.0  # seconds between two looks at how far it is
AGAIN = 60.0  # seconds after which OpenSearch, which did not answer, is asked again


class Known:
    is_done = False
    looked = float("-inf")
    rebuilding: Thread | None = None
    began = float("-inf")


def version() -> str:
    return f"{settings.KAWARABAN.search.engine} {FORM} {japanese().version}"


def is_done() -> bool:
    """Whether every entry is worded as queries are."""
    if time.monotonic() - Known.looked > EVERY:
        Known.looked = time.monotonic()
        Known.is_done = Wording.objects.filter(version=version(), is_done=True).exists()
    return Known.is_done


def turn(is_over: Callable[[], bool]) -> int:
    """Rewords what is to be reworded, as far as there is time; gives the number of entries. Raises database errors."""
    if is_done():
        return 0
    at = Wording.objects.filter(version=version()).first() or begun()
    if settings.KAWARABAN.search.engine == "opensearch":
        rebuild_beside()
        return 0
    return 0 if at.is_done else go_on(at, is_over)


def everything() -> None:
    """All of it at once, for the command line. Raises database errors, and whatever OpenSearch's client raises."""
    at = begun()
    if settings.KAWARABAN.search.engine == "opensearch":
        rebuild(at)
    else:
        go_on(at, lambda: False)


def begun() -> Wording:
    """The others stay: a host of the earlier release, still running, would word all of it back."""
    return Wording.objects.update_or_create(version=version(), defaults={"kind": "", "key": "", "is_done": False})[0]


def rebuild_beside() -> None:
    """In a thread: filling OpenSearch takes long, and a withdrawal from the readers' search can't wait for it."""
    is_running = Known.rebuilding is not None and Known.rebuilding.is_alive()
    if is_running or time.monotonic() - Known.began < AGAIN:
        return
    Known.began = time.monotonic()
    Known.rebuilding = Thread(target=attempt, name="opensearch", daemon=True)
    Known.rebuilding.start()


def attempt() -> None:
    try:
        rebuild(Wording.objects.get(version=version()))
    except Exception as error:  # the client has many, and each means the same
        log.error("the desk's search could not be filled, it is tried again: %s", error)  # noqa: TRY400 - the sentence says it all
    finally:
        connections.close_all()


def rebuild(at: Wording) -> None:
    """OpenSearch makes new indexes beside the old ones, and swaps them."""
    call_command("update_index", verbosity=0)
    finish(at)


def go_on(at: Wording, is_over: Callable[[], bool]) -> int:
    done = 0
    backend = get_search_backend()
    for model, things in batches(at):
        with transaction.atomic():
            backend.add_bulk(model, things)
            at.kind, at.key = model._meta.label_lower, str(things[-1].pk)
            at.save()
        done += len(things)
        if is_over():
            return done
    finish(at)
    return done


def batches(at: Wording) -> Iterator[tuple[Any, list[Any]]]:
    """What is left, model after model in the order of their names."""
    models = {model._meta.label_lower: model for model in get_indexed_models()}
    for name in sorted(name for name in models if name >= at.kind):
        last = at.key if name == at.kind else ""
        while things := following(models[name], last):
            yield models[name], things
            last = str(things[-1].pk)


def following(model: Any, last: str) -> list[Any]:
    asked = model.get_indexed_objects().order_by("pk")
    return list((asked.filter(pk__gt=last) if last else asked)[:AT_ONCE])


def finish(at: Wording) -> None:
    at.is_done = True
    at.save()
    Known.looked = float("-inf")


def left() -> int:
    """Entries that are not worded anew yet, about: nothing when all are. For `kawaraban search status`."""
    if is_done():
        return 0
    at = Wording.objects.filter(version=version()).first() or Wording()
    models = {model._meta.label_lower: model for model in get_indexed_models()}
    asked = {name: model.get_indexed_objects() for name, model in models.items() if name >= at.kind}
    return sum((query.filter(pk__gt=at.key) if name == at.kind and at.key else query).count() for name, query in asked.items())
