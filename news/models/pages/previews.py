"""Previews: the same page on other devices and on paper, at other moments, on another front end; never indexed."""

from contextlib import nullcontext
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.caching import PRIVATE
from wagtail_newsroom.news.conf import preview_url
from wagtail_newsroom.news.naming import unseen_collections
from wagtail_newsroom.news.visibility import reading_draft

PRINT = "print"
AFTER = "after"
CLOSED = "closed"
FRONT_END = "front_end"


class PreviewMixin:
    """Adds a narrow phone to the sizes of a preview, and the printed page to its modes."""

    # Wagtail's own choice stays the one that opens first.
    default_preview_size = "mobile"

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes = [*super().preview_modes, (PRINT, _("Printed"))]  # type: ignore[misc]  # the page's
        return [(FRONT_END, _("On the front end")), *modes] if preview_url(type(self)) else modes

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        phone = {
            "name": "phone",
            "icon": "mobile-alt",
            "device_width": 320,
            "label": _("Preview on a small phone (320 px)"),
        }
        return [phone, *super().preview_sizes]  # type: ignore[misc]  # the page's

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the draft. It is for one reader and one moment: no cache keeps it and no search engine lists it.

        Somebody who works in the admin sees the photos that they may choose, and those that anybody may see.
        """
        page: Any = self
        elsewhere = registry.front_end_preview(type(self)) if mode_name == FRONT_END and _is_staff(request) else None
        if elsewhere is not None and (answer := elsewhere(page, request)) is not None:
            answer["Cache-Control"], answer["X-Robots-Tag"] = PRIVATE, "noindex, nofollow"
            return answer
        with reading_draft((), unseen_collections(page, request.user)) if _is_staff(request) else nullcontext():
            response = super().serve_preview(request, mode_name)  # type: ignore[misc]  # the page's
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _is_staff(request: HttpRequest) -> bool:
    """A draft under its link is read by nobody in particular; what it may show was decided by who shared it."""
    return bool(getattr(request, "user", None) and request.user.is_authenticated)
