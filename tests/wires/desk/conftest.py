from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def writer(desk: Client) -> Client:
    """Somebody of the group that writes: they see the wire desk and no more of it."""
    return member("Writers and translators", "writer")


@pytest.fixture
def chief(desk: Client) -> Client:
    """Somebody of the group that publishes."""
    return member("Desk editors", "chief")


def member(group: str, name: str) -> Client:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.utils.translation import gettext, override

    with override("ja"):
        found = Group.objects.get(name=gettext(group))
    user: Any = get_user_model().objects.create_user(name, password="a long password")
    user.groups.add(found)
    client = Client()
    client.force_login(user)
    return client
