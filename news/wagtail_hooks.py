"""Where the newsroom meets Wagtail's hooks. Each hook delegates."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from news.admin.dates import keep_what_is_typed
from news.admin.deputies import DeputyViewSet
from news.admin.gates import guard_bulk_action, guard_new_page, guard_page
from news.admin.languages import register_language_marks
from news.admin.pages import NewsroomPages
from news.admin.preflight import preflight_panel, preflight_urls
from news.admin.snippets import NewsroomSnippets
from news.api.rich_text import register_public_links
from news.views.documents import guard_document
from news.visibility import is_expired

register_snippet(NewsroomSnippets)
keep_what_is_typed()


@hooks.register("register_admin_viewset")
def newsroom_menu() -> Any:
    return NewsroomPages()


@hooks.register("register_admin_viewset")
def deputies() -> Any:
    return DeputyViewSet()


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


@hooks.register("register_admin_urls")
def preflight_addresses() -> Any:
    return preflight_urls()


@hooks.register("insert_editor_js")
def checks_beside_the_form() -> str:
    return preflight_panel()


@hooks.register("before_create_page")
def check_new_page(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> HttpResponse | None:
    return guard_new_page(request, page_class)


@hooks.register("before_edit_page")
def check_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return guard_page(request, page)


@hooks.register("before_bulk_action")
def check_pages_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return guard_bulk_action(request, action_type, objects, action)
