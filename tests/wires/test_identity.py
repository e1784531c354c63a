import pytest

from kawaraban.wires.identity import Fingerprint, address_of, guid_of, is_same, namespace_of


@pytest.mark.parametrize("agency", ["潮見通信", " 潮見通信 ", "潮見通信\u3000"])
def test_agency_spelled_otherwise_is_the_same(agency: str) -> None:
    assert namespace_of(agency) == "潮見通信"


def test_agencies_in_wide_letters() -> None:
    assert namespace_of("ＮＡＧＩ　Press") == namespace_of("nagi press") == "nagi press"


def test_long_identifiers_stay_apart() -> None:
    assert guid_of("a" * 255) == "a" * 255
    assert guid_of("a" * 300) != guid_of("a" * 299 + "b") and len(guid_of("a" * 300)) < 255


@pytest.mark.parametrize(
    "address", ["https://shiomi.example/a", "HTTPS://Shiomi.example/a/", "https://shiomi.example/a#top", " https://shiomi.example/a"]
)
def test_addresses_that_are_one(address: str) -> None:
    assert address_of(address) == "https://shiomi.example/a"


@pytest.mark.parametrize("address", ["", "https://[::1", "x"])
def test_addresses_that_are_none(address: str) -> None:
    assert address_of(address) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("a", "t", "x"), ("a", "t", "x"), True),
        (("a", "t", "x"), ("a", "t", "y"), True),
        (("a", "t", "x"), ("a", "u", "x"), True),
        (("a", "t", "x"), ("a", "u", "y"), False),
        (("a", "t", "x"), ("b", "t", "x"), False),
        (("", "t", "x"), ("", "t", "x"), True),
        (("", "t", ""), ("", "t", ""), True),
        (("", "t", "x"), ("", "t", "y"), False),
        (("", "", "x"), ("", "", "x"), False),
        (("a", "", ""), ("a", "", ""), False),
        (("a", "t", "x"), ("", "t", "x"), False),
    ],
)
def test_two_items_are_one(one: tuple[str, str, str], other: tuple[str, str, str], same: bool) -> None:
    assert is_same(Fingerprint(*one), Fingerprint(*other)) is same
