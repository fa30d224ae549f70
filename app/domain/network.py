"""Which addresses of the network are public: whatever is sent or fetched for others goes to these alone."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

IpAddress = IPv4Address | IPv6Address

# IPv6 networks that carry an IPv4 address in their last 32 bits: translated traffic ends at that one.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))


def is_public(address: str | IpAddress) -> bool:
    """Whether an address is on the public internet, also the ones that an IPv6 address leads to.

    Raises ``ValueError`` where it is no address.
    """
    parsed = ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    return all(map(_is_open, _meant(parsed)))


def _is_open(address: IpAddress) -> bool:
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    reserved = isinstance(address, IPv4Address) and address.is_reserved
    return address.is_global and not (address.is_multicast or address.is_unspecified or reserved)


def _meant(address: IpAddress) -> list[IpAddress]:
    if isinstance(address, IPv4Address):
        return [address]
    if any(address in network for network in _TRANSLATED):
        # As public as the address it stands for.
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    # Tunnels: both ends count.
    ends = [address.sixtofour, *(address.teredo or ())]
    return [address, *(end for end in ends if end is not None)]
