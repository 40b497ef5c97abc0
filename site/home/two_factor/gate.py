"""The gate: whoever owes the second factor is nobody, whatever door they came in by."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from home.two_factor.devices import is_pending


class TwoFactorMiddleware:
    """Let a session count only once its second factor was given.

    A log-in in Wagtail's admin, at the door of a private page (``/_util/login/``) or by any other view ends in the same
    session. Until the code is right ``request.user`` is anonymous to all views but those that ask for it, and the pages
    at which somebody signs in, and those of the admin, lead there. Stands behind ``OTPMiddleware``. Visitors without a
    session cookie cost nothing: the user stays lazy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(_own_paths()):
            return self.get_response(request)
        signed_in: Any = request.user
        if _leads_on(request) and is_pending(signed_in):
            return redirect(f"{reverse('two_factor')}?{urlencode({'next': _target(request)})}")
        request.user = SimpleLazyObject(lambda: AnonymousUser() if is_pending(signed_in) else signed_in)  # type: ignore[assignment]  # lazy, as Django's
        return self.get_response(request)


def _own_paths() -> tuple[str, ...]:
    return _paths("two_factor", "wagtailadmin_logout")


def _parts_of_pages() -> tuple[str, ...]:
    """Pictures and words of the log-in's own pages, open to everybody."""
    return _paths("wagtailadmin_sprite", "wagtailadmin_javascript_catalog")


def _paths(*names: str) -> tuple[str, ...]:
    """The addresses of these names; a project that takes the middleware need not have all of them."""
    found = []
    for name in names:
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return tuple(found)


def _leads_on(request: HttpRequest) -> bool:
    """Tell whether this is a page for people that somebody who owes the second factor is sent away from."""
    path = request.path_info
    is_door = path.startswith(settings.ADMIN_PREFIX) or path.endswith("/_util/login/")
    return (
        is_door
        and not path.startswith(_parts_of_pages())
        and request.method in {"GET", "HEAD"}
        and request.accepts("text/html")
    )


def _target(request: HttpRequest) -> str:
    """Where the person wanted to go: past the log-in, to what it was to lead to."""
    is_log_in = request.path_info.endswith("login/")
    return request.GET.get("next", "") if is_log_in else request.get_full_path()
