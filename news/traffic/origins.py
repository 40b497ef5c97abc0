"""Public forms without a session: what comes from a page of somebody else, and what is too long, is not taken."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from wagtail_newsroom.news.traffic.bodies import FORM, sent_bytes
from wagtail_newsroom.news.traffic.refusals import too_large

View = Callable[..., HttpResponseBase]
PORTS = {"http": 80, "https": 443}


def public_form(view: View) -> View:
    """Mark ``view`` as a form of everybody's, which neither sets nor reads a cookie.

    Django's token against forged posts needs a cookie, and a visitor gets none; it would guard nobody's session either.
    The view asks :func:`comes_from_elsewhere`, and gives out tokens of its own. A body that is too long is refused
    here, before anything reads it, whatever middleware the host has.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if sent_bytes(request.META) > FORM:
            return too_large(request, FORM)
        return view(request, *args, **kwargs)

    guarded.is_public_form = True  # type: ignore[attr-defined]  # found by the walk over forms
    return csrf_exempt(guarded)


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser says that this was sent from a page of another site.

    Browsers set both headers by themselves and let no page change them. A page that gives its address to nobody
    (``Referrer-Policy: no-referrer``) sends ``Origin: null`` to its own site too: there ``Sec-Fetch-Site`` counts. What
    says nothing of the kind is no browser, and needs a token like everybody.
    """
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    if site and site != "same-origin":
        return not _is_trusted(origin)
    if not origin or (origin == "null" and site):
        return False
    return not (_names_our_host(request, origin) or _is_trusted(origin))


def _is_trusted(origin: str) -> bool:
    return origin in settings.CSRF_TRUSTED_ORIGINS


def _names_our_host(request: HttpRequest, origin: str) -> bool:
    """The scheme is left out: a proxy that ends TLS may not tell us of it."""
    try:
        address, ours = urlsplit(origin), urlsplit(f"//{request.get_host()}")
        default = PORTS.get(address.scheme)
        return (
            default is not None
            and address.hostname == ours.hostname
            and (address.port or default) in {ours.port or default, ours.port or PORTS["http"]}
        )
    except ValueError:
        return False
