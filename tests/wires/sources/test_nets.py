import pytest

from kawaraban.wires.sources.nets import is_allowed, is_open

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1%eth0", "fd00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1", "nonsense"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_open(address: str) -> None:
    assert not is_open(address)
    assert not is_allowed("agency.example", address, [])


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_open_addresses_are_open(address: str) -> None:
    assert is_open(address) and is_allowed("agency.example", address, [])


@pytest.mark.parametrize(
    ("name", "is_right"),
    [("10.0.0.0/8", True), ("10.1.2.3", True), ("Feeds.LAN", True), ("192.168.0.0/16", False), ("other.lan", False), ("fd00::/8", False)],
)
def test_named_nets_and_machines_are_allowed(name: str, is_right: bool) -> None:
    assert is_allowed("feeds.lan", "10.1.2.3", [name]) is is_right
