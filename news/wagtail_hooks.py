"""Where the newsroom meets Wagtail's hooks. Each hook delegates."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from news.admin.change_log import register_actions
from news.admin.dates import keep_what_is_typed
from news.admin.languages import register_language_marks
from news.admin.page_buttons import header_buttons, listing_buttons
from news.admin.pages import NewsroomPages
from news.admin.retiring import (
    ask_before_bulk_action,
    ask_before_deleting,
    ask_before_unpublishing,
    guard_admin_api,
    lead_to_retiring,
)
from news.admin.snippets import NewsroomSnippets
from news.admin.urls import page_act_urls
from news.api.rich_text import register_public_links
from news.views.documents import guard_document
from news.visibility import is_expired

register_snippet(NewsroomSnippets)
keep_what_is_typed()
guard_admin_api()


@hooks.register("register_admin_viewset")
def newsroom_menu() -> Any:
    return NewsroomPages()


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
    """A page past its expiry is gone at once, not when the scheduler comes round; a retired one says why."""
    if page.live and is_expired(page):
        raise Http404("This page has expired.")


@hooks.register("register_log_actions")
def acts_in_the_history(actions: Any) -> None:
    register_actions(actions)


@hooks.register("register_admin_urls")
def forms_about_pages() -> Any:
    return page_act_urls


@hooks.register("register_page_header_buttons")
def acts_in_the_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return header_buttons(page, user, next_url)


@hooks.register("register_page_listing_more_buttons")
def acts_in_lists(page: Page, user: Any, next_url: str | None = None) -> Any:
    return listing_buttons(page, user, next_url)


@hooks.register("before_unpublish_page")
def retire_instead_of_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_before_unpublishing(request, page)


@hooks.register("before_delete_page")
def retire_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_before_deleting(request, page)


@hooks.register("before_bulk_action")
def retire_several(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    return ask_before_bulk_action(request, action, objects, view)


@hooks.register("construct_page_action_menu")
def retire_in_the_editor(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    lead_to_retiring(menu_items, request, context)
