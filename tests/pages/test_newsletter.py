import pytest
from django.test import Client

from kawaraban.desk.models import Front
from kawaraban.newsletters.models import Subscriber


def test_newsletter_page_has_a_form(client: Client, front: Front) -> None:
    body = client.get("/newsletter").content.decode()
    assert 'action="/newsletter"' in body and 'type="email"' in body


def test_newsletter_stores_an_address(client: Client, front: Front) -> None:
    answer = client.post("/newsletter", {"address": "Yomite@Example.JP "})
    assert answer.status_code == 200
    assert [subscriber.address for subscriber in Subscriber.objects.all()] == ["yomite@example.jp"]


@pytest.mark.parametrize(
    "address",
    ["", " ", "yomite", "@example.jp", "a@b", "a b@example.jp", "a@example.jp\x00", "a@example.jp\nBcc: b@example.jp", "a" * 300 + "@example.jp"],
)
def test_newsletter_refuses_what_is_no_address(client: Client, front: Front, address: str) -> None:
    answer = client.post("/newsletter", {"address": address})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_newsletter_keeps_what_was_typed(client: Client, front: Front) -> None:
    body = client.post("/newsletter", {"address": '"><script>alert(1)</script>'}).content.decode()
    assert "&quot;&gt;&lt;script&gt;" in body
    assert "<script>alert" not in body


def test_newsletter_without_a_field(client: Client, front: Front) -> None:
    assert client.post("/newsletter").status_code == 422
