"""Asks a web address, and keeps what it answers."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

from kawaraban.wires import health
from kawaraban.wires.fault import Fault
from kawaraban.wires.ingest import keep
from kawaraban.wires.models import Source
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.fetching import Question, fetch
from kawaraban.wires.sources.options import Options, limits, options_of


def ask(source: Source, now: datetime) -> None:
    """Raises Unanswered, Unkept, database errors."""
    question = Question(source.address, source.etag, source.last_modified, log_in(options_of(source)))
    answered = fetch(question, limits(), now)
    if answered.payload is None:
        health.seen(source, now)
    elif not answered.payload.data:
        raise Unanswered(Fault("The answer is empty."))
    else:
        keep(source, answered.payload, now)
    # Only now: what was not kept must be told again.
    Source.objects.filter(pk=source.pk).update(etag=answered.etag, last_modified=answered.last_modified)


def log_in(options: Options) -> Mapping[str, str]:
    told = {}
    if options.user or options.password:
        told["Authorization"] = "Basic " + b64encode(f"{options.user}:{options.password}".encode()).decode()
    name, _, value = options.header.partition(":")
    if name.strip() and value.strip():
        told[name.strip()] = value.strip()
    return told
