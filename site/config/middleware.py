"""What the reference site does around every request."""

from __future__ import annotations

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from wagtail_newsroom.news.caching import PRIVATE, say_how_long

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PathLocaleMiddleware:
    """Take the language of public addresses from the path alone, that of the admin from the browser.

    Django's own middleware looks at cookies and ``Accept-Language`` everywhere, and says so in the
    ``Vary`` of every answer. A public address of ours has one language: what its prefix says, else
    the default one. Editors read the admin in the language of their browser, then of their profile.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_admin = _is_admin(request)
        translation.activate(
            translation.get_language_from_request(request)
            if is_admin
            else translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        )
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if is_admin:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class AdminContentSecurityPolicyMiddleware:
    """Give the admin what it needs beside the policy of the site, but not where people type their passwords."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.get_admin_response = csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_wider = _is_admin(request) and not request.path_info.startswith(
            tuple(settings.ADMIN_PATHS_WITHOUT_INLINE_SCRIPTS)
        )
        return self.get_admin_response(request) if is_wider else self.get_response(request)


class ValidatorMiddleware(ConditionalGetMiddleware):
    """Django's, for answers that give something: what is missing has no validator by which it could be told apart."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if response.status_code == 200 else response


class CacheControlMiddleware:
    """Say of every answer how long it may be kept: nothing of the admin and of people with a session, by nobody.

    What a view says itself stays, but for the admin: Wagtail's “private” alone lets a shared browser keep it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_admin(request):
            response.headers["Cache-Control"] = PRIVATE
        else:
            say_how_long(request, response)
        return response


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.ADMIN_PREFIX)
