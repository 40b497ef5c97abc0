"""Whether somebody is still signed in: asked by the editor's script before a form is sent, told to forms that save themselves."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

SIGNED_OUT = "signed_out"


def saving_urls() -> list[Any]:
    """Addresses under the admin's."""
    return [path("newsroom/session/", show_session, name="newsroom_session")]


@require_GET
def show_session(request: HttpRequest) -> HttpResponse:
    """For scripts: who is signed in, with a fresh token for their forms. For people: that they are."""
    if wants_json(request):
        return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})
    return render(request, "newsroom_admin/saving/signed_in.html")


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, as Wagtail's forms that save themselves do."""
    return not request.accepts("text/html")


def tell_script() -> HttpResponse:
    """Tell a script that nobody is signed in who may work in the admin."""
    text = gettext("You are not signed in any more. Sign in in another tab, then save here.")
    return JsonResponse({"success": False, "error_code": SIGNED_OUT, "error_message": text}, status=401)


def saving_panel() -> str:
    """What the editor's script says, and the script."""
    limits = {"max_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, "max_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render_to_string("newsroom_admin/saving/panel.html", limits)
