"""Pictures under ``/media/``: only those that the public may see, never documents by their path."""

import mimetypes
import posixpath
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from wagtail_newsroom.news.visibility import is_public_file, may_work_with

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the original or a size of an image.

    Readable by anybody where a public page shows the image from an unrestricted collection; else only by people
    who may work with this very image. For everybody else it does not exist (404), whatever validators they send.
    """
    image = find_image(posixpath.normpath(path))
    if image is None:
        raise Http404("There is no such picture.")
    public = is_public_file(image)
    if not public and not may_work_with(request, image):
        raise Http404("There is no such picture.")
    return picture_response(path, "public, max-age=300" if public else "private, no-store")


def picture_response(path: str, cache_control: str) -> HttpResponseBase:
    """The picture stored at ``path``, whatever the visitor may: whoever calls this has asked. 404 for other files."""
    kind = mimetypes.guess_type(path)[0] or ""
    if kind not in PICTURES:
        raise Http404("This kind of file is not served here.")
    try:
        stream = default_storage.open(path)
    except OSError as error:
        raise Http404("The file of this picture is missing.") from error
    response = FileResponse(stream, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = cache_control
    response["Last-Modified"] = http_date(default_storage.get_modified_time(path).timestamp())
    return response


def find_image(path: str) -> Any:
    """Return the image whose original or size is stored at ``path``; ``None`` where there is none."""
    if "\0" in path:  # no file is called so, and PostgreSQL refuses to look
        return None
    model = get_image_model()
    if image := model.objects.filter(file=path).first():
        return image
    rendition = model.get_rendition_model().objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else None
