"""Answers to forms that are refused before any view sees them: Django's own are in English, and say nothing of what to do.

A site names them in its settings (``CSRF_FAILURE_VIEW``) and addresses (``handler400``): see docs/hosts.md.

Public: other apps may import from here.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views import defaults
from wagtail.admin.localization import get_localized_response

from wagtail_newsroom.news.conf import base_template

TOO_LARGE = (TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig)
CSRF, SIZE = "csrf", "too_large"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is of another log-in, or that has none: 403, in the reader's language, with what to do."""
    return _in_readers_language(request, CSRF, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is larger than the site takes: 413 with its limits. Any other request that makes no sense: Django's 400."""
    if not isinstance(exception, TOO_LARGE):
        return defaults.bad_request(request, exception)
    return _in_readers_language(request, SIZE, 413)


def _in_readers_language(request: HttpRequest, code: str, status: int) -> HttpResponse:
    """In the language of the person's profile; where nobody is signed in, or nobody looked yet, in the site's or the browser's."""
    if not hasattr(request, "user"):
        return _refused(request, code, status)
    return get_localized_response(_refused, request, code, status)


def _refused(request: HttpRequest, code: str, status: int) -> HttpResponse:
    text = _text(code)
    if not request.accepts("text/html"):
        answer: HttpResponse = JsonResponse(
            {"success": False, "error_code": code, "error_message": text}, status=status
        )
    else:
        is_admin = _is_admin(request)
        template = "newsroom_admin/saving/refused.html" if is_admin else "newsroom/form_refused.html"
        context = {"text": text, "code": code, "address": request.path, "newsroom_base": base_template()}
        answer = render(request, template, context, status=status)
    add_never_cache_headers(answer)
    return answer


def _text(code: str) -> str:
    if code == CSRF:
        return gettext(
            "The page with the form was opened before the last log-in in this browser, or the browser keeps no cookies. "
            "So nothing was saved."
        )
    limits = {
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "megabytes": (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024 // 1024,
    }
    return (
        gettext(
            "The form is larger than the site takes (%(fields)s fields, %(megabytes)s MB of text). So nothing was saved."
        )
        % limits
    )


def _is_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False
