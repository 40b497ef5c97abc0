"""What somebody is told whose request is not taken: why, and what to do, in the language of the visit."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
TOO_LARGE, TOO_MANY = 413, 429


def refuse(request: HttpRequest, status: int, title: str, *sentences: str, wait: int = 0) -> HttpResponse:
    """An answer with ``status``; programs get its sentences as JSON. ``wait``: seconds until it can be tried again.

    It asks the database nothing: a flood of refusals is to cost as little as possible.
    """
    if _wants_json(request):
        response: HttpResponse = JsonResponse({"title": title, "detail": " ".join(sentences), "status": status})
        response["Content-Type"] = "application/problem+json"
    else:
        response = HttpResponse(render_to_string("newsroom/refused.html", {"title": title, "sentences": sentences}))
    response.status_code = status
    if wait:
        response["Retry-After"] = str(wait)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def too_many_attempts(request: HttpRequest, seconds: int) -> HttpResponse:
    """The sender has tried as often as is allowed within ``seconds``."""
    return refuse(
        request,
        TOO_MANY,
        gettext("Too many attempts"),
        gettext("Too many attempts came from here, so this one was not looked at."),
        please_wait(seconds),
        wait=seconds,
    )


def please_wait(seconds: int) -> str:
    """Say how long to wait, in whole minutes."""
    minutes = max(1, -(-seconds // 60))
    text = ngettext("Wait %(minutes)d minute and try again.", "Wait %(minutes)d minutes and try again.", minutes)
    return text % {"minutes": minutes}


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """The request holds more than ``limit`` bytes."""
    is_large = limit >= 1024 * 1024
    size = f"{limit // (1024 * 1024)} MB" if is_large else f"{limit // 1024} KB"
    return refuse(
        request,
        TOO_LARGE,
        gettext("That is too much at once"),
        gettext("This address takes at most %(size)s, so nothing of what was sent was read or kept.") % {"size": size},
        gettext("Go back, shorten the text or choose a smaller file, and send it again."),
    )


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.path_info.startswith("/api/") or ("json" in accepts and "html" not in accepts)
