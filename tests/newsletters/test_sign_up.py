import pytest

from kawaraban.newsletters.models import Subscriber
from kawaraban.newsletters.sign_up import UnusableAddress, sign_up


def test_sign_up_twice_is_one_subscriber(db: None) -> None:
    for address in ("yomite@example.jp", "YOMITE@example.jp", " yomite@example.jp\n"):
        sign_up(address)
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["", "\t", "yomite", "yomite@", "yomite@example", "yo mite@example.jp", "yomite@example.jp,b@example.jp", "a@" + "b" * 300 + ".jp"]
)
def test_sign_up_refuses_what_is_no_address(db: None, address: str) -> None:
    with pytest.raises(UnusableAddress):
        sign_up(address)
    assert not Subscriber.objects.exists()


def test_sign_up_as_long_as_an_address_may_be(db: None) -> None:
    address = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".jp"
    sign_up(address)
    assert Subscriber.objects.get().address == address
