"""Which addresses of the network are public."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 networks that carry an IPv4 address in their last 32 bits: translated traffic ends at that one.
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, also the one that an IPv6 address leads to.

    Raises ``ValueError`` where it is no address.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not _is_reserved(each) for each in _meant(parsed))


def _is_reserved(address: Address) -> bool:
    return isinstance(address, ipaddress.IPv4Address) and address.is_reserved


def _meant(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _TRANSLATED):
        # As public as the address it stands for.
        return [last]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    # Tunnels: both ends count.
    ends = [address.sixtofour, *(address.teredo or ())]
    return [address, *(end for end in ends if end is not None)]
