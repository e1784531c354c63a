"""Which machines a source may be at: any on the open net, and of the others those that kawaraban.toml names. Pure."""

import ipaddress
from collections.abc import Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_open(text: str) -> bool:
    """Whether an address lies on the open net, whatever it is wrapped in."""
    found = address(text)
    return found is not None and all(is_global(part) for part in unwrapped(found))


def is_global(found: Address) -> bool:
    is_of_a_site = isinstance(found, ipaddress.IPv6Address) and found.is_site_local
    return found.is_global and not (found.is_multicast or found.is_reserved or is_of_a_site)


def is_allowed(host: str, text: str, allowed: Sequence[str]) -> bool:
    """Whether a machine may be asked. host: its name as the source gives it; text: the address that the name stands for."""
    if is_open(text):
        return True
    found = address(text)
    return any(name.lower() == host.lower() or (found is not None and is_within(found, name)) for name in allowed)


def address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def unwrapped(found: Address) -> list[Address]:
    """The address, or what it carries of the older kind: a gateway would send us there."""
    if isinstance(found, ipaddress.IPv4Address):
        return [found]
    if found.ipv4_mapped:
        return [found.ipv4_mapped]
    inner: list[Address] = [part for part in (found.sixtofour, *(found.teredo or ())) if part]
    if found in NAT64:
        inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return inner or [found]


def is_within(found: Address, net: str) -> bool:
    try:
        return any(part in ipaddress.ip_network(net, strict=False) for part in {found, *unwrapped(found)})
    except ValueError:
        return False
