"""Downloads: the guard in front of Wagtail's document view."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from news.models.attachments import current_versions
from news.visibility import is_public_file, may_work_with


def guard_document(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Decide before a file is served: lead an old address on, hide what the public may not read, let the rest pass.

    Runs before any validator is looked at, so that ``If-None-Match`` tells nothing about a hidden file.
    """
    if may_work_with(request, document):
        return None
    if not is_public_file(document):
        raise Http404("There is no such document.")
    current = current_versions([document])[document.pk]
    if current.pk != document.pk and request.GET.get("version") != "archival":
        return HttpResponsePermanentRedirect(current.url)
    return None
