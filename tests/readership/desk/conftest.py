from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.wires.desk.conftest import member


@pytest.fixture(autouse=True)
def japanese(desk: Client) -> Iterator[None]:
    """As the magazine's editors read it."""
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    yield


@pytest.fixture
def writer(desk: Client) -> Client:
    """Somebody of the group that writes: they see what is read and no more."""
    return member("Writers and translators", "writer")


@pytest.fixture
def chief(desk: Client) -> Client:
    """Somebody of the group that publishes."""
    return member("Desk editors", "chief")
