"""Where a message may go: to an address on the internet, over https, never to a machine inside.

A name is looked up once, every address that it has is looked at, and the connection is made to one of these: a name that
leads elsewhere a moment later (rebinding) changes nothing.
"""

import contextlib
import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from wagtail_newsroom.news.conf import setting

LOOK_UP_SECONDS = 5
# The only part of IPv6 from which public addresses are given out.
UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
# What Python, or an older one, takes for global: addresses for protocols (a cloud tells its machines' secrets there), and
# relays that lead from IPv6 to any address of IPv4.
NOT_FOR_SERVERS_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
NOT_FOR_SERVERS_6 = (IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
ENDS_IN_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)


class RefusedAddressError(Exception):
    """An address that nothing is sent to. ``code``: why, one of :data:`wagtail_newsroom.news.delivery.webhooks.words.REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Target:
    """The parts of an address, as they are needed to send something there."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The name that the receiver is asked for by, with its port where that is not the usual one."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_secure else 80) else f"{name}:{self.port}"


@dataclass(frozen=True)
class Place:
    """One address of a name, looked up and looked at: what a socket connects to."""

    family: int
    address: Any


def read_address(url: str) -> Target:
    """Take ``url`` apart. Raises :class:`RefusedAddressError` for what is no https address or hides where it leads."""
    if any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise RefusedAddressError("address")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # UnicodeError among them
        raise RefusedAddressError("address") from None
    if not host or port == 0 or parts.username is not None or parts.password is not None:
        raise RefusedAddressError("address")
    if parts.scheme != "https" and not (parts.scheme == "http" and setting("WEBHOOKS_ALLOW_LOOPBACK")):
        raise RefusedAddressError("scheme")
    if ":" not in host and ENDS_IN_A_NUMBER.search(host) and not _is_plain_ipv4(host):
        raise RefusedAddressError("number")
    is_secure = parts.scheme == "https"
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(is_secure, host, port or (443 if is_secure else 80), iri_to_uri(path))


def places_of(target: Target) -> list[Place]:
    """Look the name up, once. Raises :class:`RefusedAddressError` where nothing, or anything that is not public, answers to it."""
    places = [Place(family, address) for family, _type, _proto, _name, address in _look_up(target)]
    if not places:
        raise RefusedAddressError("name")
    may_be_here = bool(setting("WEBHOOKS_ALLOW_LOOPBACK"))
    for place in places:
        address = ip_address(str(place.address[0]))
        is_here = may_be_here and is_loopback(address)
        if not is_here and (not target.is_secure or not is_public(address)):
            raise RefusedAddressError("private")
    return places


def _look_up(target: Target) -> list[Any]:
    """What the machine's resolver says, which knows no bound: one that takes too long is left alone and has said nothing."""
    found: list[Any] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):  # nobody is called so
            found.extend(
                socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
            )

    asking = threading.Thread(target=ask, name="newsroom-look-up", daemon=True)
    asking.start()
    asking.join(LOOK_UP_SECONDS)
    return list(found)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether ``address`` is one of a machine on the internet, whichever way it is written."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not any(address in each for each in NOT_FOR_SERVERS_4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:  # a network that speaks IPv6 alone reaches IPv4 by these
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in UNICAST and address.is_global and not any(address in each for each in NOT_FOR_SERVERS_6)


def is_loopback(address: IPv4Address | IPv6Address) -> bool:
    """Whether ``address`` is this machine itself."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return bool((mapped or address).is_loopback)


def _is_plain_ipv4(host: str) -> bool:
    """Four decimal numbers without a leading zero: others are read in more than one way."""
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True
