import pytest

from kawaraban.wires.addresses import medium, web

BASE = "https://wire.example/d/e"


@pytest.mark.parametrize(
    ("text", "base", "found"),
    [
        (" https://wire.example/1 ", "", "https://wire.example/1"),
        ("HTTP://wire.example/1", "", "HTTP://wire.example/1"),
        ("/1?a=b#c", BASE, "https://wire.example/1?a=b#c"),
        ("1", BASE, "https://wire.example/d/1"),
        ("//media.example/1", BASE, "https://media.example/1"),
        ("港", BASE, "https://wire.example/d/港"),
        ("/1", "", ""),
        ("//media.example/1", "", ""),
        ("javascript:alert(1)", BASE, ""),
        ("mailto:a@wire.example", "", ""),
        ("https://", "", ""),
        ("https:1", "", ""),
        ("https://[::1", "", ""),
        ("https://wire.example/ 1", "", ""),
        ('https://wire.example/"onclick="', "", ""),
        ("https://wire.example/" + "x" * 3_000, "", ""),
        ("", BASE, ""),
        ("/1", "https://[", ""),
    ],
)
def test_address_on_the_web(text: str, base: str, found: str) -> None:
    assert web(text, base) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://media.example/1.jpg", "https://media.example/1.jpg"),
        ("cid:a@wire.example", "cid:a@wire.example"),
        ("shiomi-1.jpg", "shiomi-1.jpg"),
        ("//media.example/1.jpg", ""),
        ("data:image/png;base64,AAAA", ""),
        ("file:///etc/x", ""),
        ("", ""),
    ],
)
def test_address_of_a_medium(text: str, found: str) -> None:
    assert medium(text) == found


def test_address_of_a_medium_goes_on_from_the_base() -> None:
    assert medium("../1.jpg", BASE) == "https://wire.example/1.jpg"
