"""The editor's preview on another front end: what was typed is kept for an hour, and the panel is led there."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from wagtail_newsroom.news.publishing.sharing.front_ends import front_end_address
from wagtail_newsroom.news.publishing.sharing.links import can_be_shared, may_share
from wagtail_newsroom.news.publishing.sharing.tokens import keep_preview


def show_on_front_end(page: Any, request: HttpRequest) -> HttpResponseBase | None:
    """Lead to the front end that shows ``page`` as it is in memory; ``None`` where it can show nothing.

    That is a page that was never saved, one that is not open to everybody once published, and one that the person may
    look at but not edit.
    """
    if not page.pk or not may_share(page, request.user) or not can_be_shared(page):
        return None
    response = HttpResponseRedirect(front_end_address(page, keep_preview(page, request.user)))
    # The address holds the key: it is nobody's referring address.
    response["Referrer-Policy"] = "no-referrer"
    return response
