"""The views of the admin: scripts learn that nobody is signed in, an answer is drawn for whoever asked for it, and a report
or list that names pages of whatever section is shown by a view of ours."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.log_actions import LogContext

from wagtail_newsroom.news.admin.reports import SeenPageTypesView
from wagtail_newsroom.news.admin.saving.session import tell_script, wants_json
from wagtail_newsroom.news.finding.promotions import PROMOTIONS

View = Callable[..., Any]
Decorator = Callable[[View], View]


def for_scripts_and_readers(require_admin_access: Decorator) -> Decorator:
    """People are led to the log-in, as before."""

    def decorated(view: View) -> View:
        guarded = require_admin_access(_drawn_for_reader(_in_our_place(view)))

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if wants_json(request) and not request.user.has_perms(["wagtailadmin.access_admin"]):
                return tell_script()
            return guarded(request, *args, **kwargs)

        return answered

    return decorated


def _in_our_place(view: View) -> View:
    """Wagtail's own addresses come before those of the hook ``register_admin_urls``: a view is put in place here."""
    ours = _views_of_ours().get(getattr(view, "view_class", None))
    return ours.as_view(**view.view_initkwargs) if ours else view  # type: ignore[attr-defined]  # of every class-based view


@cache
def _views_of_ours() -> dict[Any, Any]:
    """By the view of Wagtail's in whose place each stands."""
    views: dict[Any, Any] = {PageTypesUsageReportView: SeenPageTypesView}
    if apps.is_installed(PROMOTIONS):
        from wagtail_newsroom.news.admin.searching.promotions import VIEWS

        views |= VIEWS
    return views


def _drawn_for_reader(view: View) -> View:
    """Wagtail knows who works in the admin until the view has answered; what it answers is drawn after that."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            draw = response.render

            def drawn() -> Any:
                with LogContext(user=request.user, generate_uuid=False):
                    return draw()

            response.render = drawn
        return response

    return answered
