"""Addresses in the answers of a mount of Wagtail's v3 API: its own, also where the host mounts the API a second time.

Wagtail builds them by the name of the API, which both mounts share: the answers of one would lead to the other.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse

# What the API says about itself names all its addresses; other answers name those of pages in one key only.
ABOUT_ITSELF = ("openapi.json", "docs/")


def lead_to_own_mount(request: HttpRequest, route: str, response: HttpResponse) -> HttpResponse:
    """Write the addresses in ``response``, which was asked for at ``route`` below a mount, as those of that mount."""
    match = request.resolver_match
    if match is None or response.streaming or not match.route.endswith(route):
        return response
    own = get_script_prefix() + match.route.removesuffix(route)
    named = reverse("wagtailapi_v3:api-root")
    if own == named or named.encode() not in response.content:
        return response
    if route.startswith(ABOUT_ITSELF):
        response.content = response.content.replace(named.encode(), own.encode())
    else:
        address = rb'("detail_url":\s*"(?:https?://[^/"]+)?)' + re.escape(named.encode())
        response.content = re.sub(address, lambda found: found[1] + own.encode(), response.content)
    return response
