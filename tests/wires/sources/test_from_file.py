from dataclasses import replace

import pytest

from kawaraban.conf import WireSource
from kawaraban.demo import builders
from kawaraban.wires.models import Source
from kawaraban.wires.sources.from_file import merge
from kawaraban.wires.sources.options import Options, limits, options_of

POLL = WireSource(
    key="shiomi", agency="潮見通信", address="https://shiomi.example/feed", user="us", password="secret", header="X-Key: 1", schedule=30
)


def merged(settings, *sources: WireSource) -> list[Source]:
    settings.KAWARABAN = replace(settings.KAWARABAN, sources=sources)
    merge(settings.KAWARABAN)
    return list(Source.objects.order_by("key"))


def test_source_comes_into_the_database_without_its_password(db: None, settings) -> None:
    (source,) = merged(settings, POLL)
    assert (source.key, source.name, source.kind, source.schedule, source.is_from_file, source.is_on) == ("shiomi", "shiomi", "poll", 30, True, True)
    assert "secret" not in str(vars(source)) and "X-Key" not in str(vars(source))
    assert options_of(source) == Options("us", "secret", "X-Key: 1")


def test_file_wins_and_health_stays(db: None, settings) -> None:
    builders.make_source(items=7, token_hash="t", name="desk's")
    (source,) = merged(settings, POLL)
    assert (source.items, source.token_hash, source.name, source.agency) == (7, "t", "shiomi", "潮見通信")
    (source,) = merged(settings, replace(POLL, name="潮見", schedule=60))
    assert (source.name, source.schedule) == ("潮見", 60)


def test_source_that_left_the_file_is_off_and_the_desk_s(db: None, settings) -> None:
    merged(settings, POLL, replace(POLL, key="other"))
    builders.make_source(key="own")
    found = merged(settings, POLL)
    assert [(source.key, source.is_on, source.is_from_file) for source in found] == [
        ("other", False, False),
        ("own", True, False),
        ("shiomi", True, True),
    ]


@pytest.mark.parametrize("told", [[], "x", {"user": 7, "mailbox": ""}, {"unknown": "x"}])
def test_odd_settings_are_as_if_not_set(db: None, told: object) -> None:
    assert options_of(builders.make_source(settings=told)) == Options()


def test_limits_are_settings(settings) -> None:
    wires = replace(settings.KAWARABAN.wires, payload_bytes=7, private_hosts=" feeds.lan, 10.0.0.0/8,")
    settings.KAWARABAN = replace(settings.KAWARABAN, wires=wires)
    assert (limits().size, limits().allowed) == (7, ("feeds.lan", "10.0.0.0/8"))
