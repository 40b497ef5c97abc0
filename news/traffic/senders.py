"""Who sends a request: the one place that reads addresses, for log-ins, forms, limits and logs alike."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wagtail_newsroom.news.conf import setting

# What one subscriber has: an IPv4 address, or the /64 that is handed to a single line of IPv6.
SUBSCRIBER = {4: 32, 6: 64}
# What one customer of a hosting firm rotates through with little effort: the smallest IPv4 block that is routed by
# itself, and the /48 that is given to a site (RFC 6177).
NETWORK = {4: 24, 6: 48}


@dataclass(frozen=True)
class Sender:
    """``address``: an IPv4 address, or a /64 of IPv6; ``network``: the /24 or /48 around it."""

    address: str
    network: str


def sender_of(request: HttpRequest) -> Sender:
    """Who sent ``request``."""
    return sender_in(request.META)


def sender_in(meta: Mapping[str, Any]) -> Sender:
    """Who sent the request with these WSGI variables.

    Behind ``PROXIES`` proxies it is who the outermost of them saw: each adds the address that it sees to the end of
    ``X-Forwarded-For``, and what stands before the last ``PROXIES`` entries anybody may have written. Where there are
    fewer entries than proxies, the request did not come the way that the setting describes: the other end of the
    connection counts.
    """
    connected, proxies = str(meta.get("REMOTE_ADDR") or ""), int(setting("PROXIES"))
    forwarded = [entry.strip() for entry in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",") if entry.strip()]
    known = _address(forwarded[-proxies]) if 0 < proxies <= len(forwarded) else None
    known = known or _address(connected)
    if known is None:
        return Sender(connected, connected)
    return Sender(_around(known, SUBSCRIBER), _around(known, NETWORK))


def sender_address(request: HttpRequest) -> str:
    """The address of the sender; for libraries that are told by a setting whom to ask (``AXES_CLIENT_IP_CALLABLE``)."""
    return sender_of(request).address.partition("/")[0]


def _around(address: ipaddress.IPv4Address | ipaddress.IPv6Address, lengths: Mapping[int, int]) -> str:
    length = lengths[address.version]
    network = ipaddress.ip_network((address, length), strict=False)
    return str(address) if length == address.max_prefixlen else str(network)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read ``192.0.2.1``, ``192.0.2.1:4711``, ``2001:db8::1`` and ``[2001:db8::1]:4711``; IPv4 inside IPv6 is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
