"""Whom we ask: hosts of the open network only, looked at by their numbers each time."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from syriatopics.collecting.world import World

__all__ = ["PRIVATE", "checked_ip", "is_private"]

PRIVATE = "a private address"
# An address of the old kind written as one of the new: what it stands for is looked at.
_MAPPING = tuple(map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))


def is_private(ip: str) -> bool:
    """Say whether a number is of no host that everybody can reach.

    Examples
    --------
    >>> is_private("127.0.0.1"), is_private("169.254.169.254"), is_private("93.184.216.34")
    (True, True, False)
    >>> is_private("::ffff:10.0.0.1"), is_private("64:ff9b::7f00:1"), is_private("no number")
    (True, True, True)
    """
    try:
        number = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return True
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo and number.teredo[1])
        if inner is None and any(number in network for network in _MAPPING):
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None and is_private(str(inner)):
            return True
        if number in _MAPPING[1]:  # of whom everybody can reach by the old kind
            return False
    return not number.is_global or number.is_multicast


def checked_ip(world: World, url: str, allow_private: bool) -> str:
    """Return the number to connect to, or nothing where one of the host's is private.

    A host with numbers of both kinds is refused: it may be meant to lead inside.

    Raises
    ------
    NoAnswerError
        If the host is not known.
    """
    parts = urlsplit(url)
    found = world.resolve(
        parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    )
    if not found or (not allow_private and any(map(is_private, found))):
        return ""
    return found[0]
