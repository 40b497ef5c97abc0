"""The page editor saves, submits and publishes whole or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from wagtail_newsroom.news.publishing.atomic import make_whole


def edit_whole() -> None:
    """Give what the editor does with a valid form one transaction.

    Wagtail writes the page, its revision and its publication one after the other. Checking the form stays outside, so
    that SQLite's one writer is not held up by it. An answer of a hook (which keeps the draft) is committed; what is
    raised rolls back. E-mails about comments leave once everything is written, and a dead mail server undoes nothing.
    """
    for view in (CreateView, EditView):
        make_whole(view, "form_valid")
    method = EditView.send_commenting_notifications
    if not getattr(method, "waits_for_commit", False):
        EditView.send_commenting_notifications = _after_commit(method)


def _after_commit(method: Callable[..., Any]) -> Callable[..., None]:
    @wraps(method)
    def later(*args: Any, **kwargs: Any) -> None:
        transaction.on_commit(lambda: method(*args, **kwargs), robust=True)

    later.waits_for_commit = True  # type: ignore[attr-defined]
    return later
