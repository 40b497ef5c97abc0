"""Wagtail's preview of an image in any size: only sizes that the site uses are made. Nobody orders a giant one."""

from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.images.views.images import preview

from wagtail_newsroom.news.images.renditions import all_specs

# What Wagtail's own pages of an image show.
OF_THE_ADMIN = ("original", "max-165x165", "max-400x400", "max-800x600")


def preview_known_size(request: HttpRequest, image_id: int, filter_spec: str) -> HttpResponseBase:
    """A size of an image, for those who may change it: 400 for one that the site does not use."""
    if filter_spec not in {*all_specs(), *OF_THE_ADMIN}:
        return HttpResponseBadRequest("This size is not one that the site uses.", content_type="text/plain")
    return preview(request, image_id, filter_spec)


def preview_urls() -> list[URLPattern]:
    """Stands before Wagtail's own address, so that it answers in its place."""
    view = require_admin_access(preview_known_size)
    return [path("images/<int:image_id>/preview/<str:filter_spec>/", view, name="newsroom_image_preview")]
