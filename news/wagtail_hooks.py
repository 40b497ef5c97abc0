"""Where the newsroom meets Wagtail's hooks. Each hook delegates."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from news.admin.dates import keep_what_is_typed
from news.admin.desk import clear_summary, put_desk_in_place
from news.admin.languages import register_language_marks
from news.admin.menu import newsroom_viewsets, register_registers
from news.admin.reviews import register_review_actions, review_button
from news.admin.snippets import NewsroomSnippets
from news.api.rich_text import register_public_links
from news.views.documents import guard_document
from news.visibility import is_expired

register_snippet(NewsroomSnippets)
keep_what_is_typed()
register_registers()


@hooks.register("register_admin_viewset")
def newsroom_menu() -> Any:
    return newsroom_viewsets()


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: Any) -> None:
    put_desk_in_place(request, panels)


@hooks.register("construct_homepage_summary_items", order=1000)
def summary(request: HttpRequest, items: Any) -> None:
    clear_summary(request, items)


@hooks.register("register_page_header_buttons")
def review_of_a_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return review_button(page, user, next_url)


@hooks.register("register_log_actions")
def review_actions(actions: Any) -> None:
    register_review_actions(actions)


@hooks.register("register_rich_text_features")
def language_marks(features: Any) -> None:
    register_language_marks(features)


@hooks.register("register_rich_text_features", order=100)
def public_links(features: Any) -> None:
    """After Wagtail has registered its own handlers."""
    register_public_links(features)


@hooks.register("before_serve_document")
def guard_downloads(document: Any, request: HttpRequest) -> HttpResponse | None:
    return guard_document(document, request)


@hooks.register("before_serve_page")
def hide_expired_pages(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """A page past its expiry is gone at once, not when the scheduler comes round."""
    if is_expired(page):
        raise Http404("This page has expired.")
