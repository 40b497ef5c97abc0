"""Limits around views that are not ours: log-in, passwords of pages and files, links that reset a password.

They are known by the names of their addresses, and a table says what each of them checks; another app adds its own by
:func:`guard_form` in ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from django.http import HttpRequest, HttpResponseBase

from wagtail_newsroom.news.traffic.refusals import TOO_MANY, too_many_attempts
from wagtail_newsroom.news.traffic.throttles import RESETS, SECRETS, Attempt, Limits, take_attempt

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Target = Callable[[HttpRequest, dict[str, Any]], str]


@dataclass(frozen=True)
class Guard:
    """What one form is called for counting, its limits, what is tried there, and whether success counts too."""

    form: str
    limits: Limits
    target: Target
    counts_success: bool = False


def typed(field: str) -> Target:
    """What was typed into ``field``, however it is spelled."""
    return lambda request, _kwargs: normalize("NFKC", request.POST.get(field, "")).strip().casefold()[:254]


def named(parameter: str) -> Target:
    """What the address says in ``parameter``."""
    return lambda _request, kwargs: str(kwargs.get(parameter, ""))


LOG_IN = Guard("log-in", SECRETS, typed("username"))
GUARDS: dict[str, Guard] = {
    "wagtailadmin_login": LOG_IN,
    "wagtailcore_login": LOG_IN,
    "admin:login": LOG_IN,
    "wagtailadmin_password_reset": Guard("reset", RESETS, typed("email"), counts_success=True),
    "wagtailcore_authenticate_with_password": Guard("page password", SECRETS, named("page_view_restriction_id")),
    "wagtaildocs_authenticate_with_password": Guard("file password", SECRETS, named("restriction_id")),
}


def guard_form(url_name: str, guard: Guard) -> None:
    """Limit attempts at the form whose address is called ``url_name``, its namespace before it (``admin:login``)."""
    GUARDS[url_name] = guard


class ThrottleMiddleware:
    """Answer 429 in the place of a form that its sender has tried too often.

    An attempt is a POST; one that leads on (a redirect) was right, and does not count unless the guard says so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        tried: tuple[Guard, Attempt] | None = request.__dict__.pop("_newsroom_attempt", None)
        if tried is not None:
            guard, attempt = tried
            led_on = 300 <= response.status_code < 400
            # Whoever refused it behind us did not look at it either.
            if response.status_code == TOO_MANY or led_on != guard.counts_success:
                attempt.give_back()
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        guard = GUARDS.get(match.view_name) if match and request.method == "POST" else None
        if guard is None:
            return None
        attempt = take_attempt(request, guard.form, guard.target(request, kwargs), guard.limits)
        if attempt is None:
            return too_many_attempts(request, guard.limits.seconds)
        request.__dict__["_newsroom_attempt"] = guard, attempt
        return None


def account_is_locked(request: HttpRequest, _response: Any, _credentials: Any = None) -> HttpResponseBase:
    """The answer to a log-in that is locked; for django-axes (``AXES_LOCKOUT_CALLABLE``)."""
    return too_many_attempts(request, SECRETS.seconds)
