"""Where the newsroom meets Wagtail's hooks. Each hook delegates."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from news.admin.dates import keep_what_is_typed
from news.admin.guards import choosable_pages, guard_admin_views
from news.admin.languages import register_language_marks
from news.admin.library import guard_admin_api, tie_own_documents_only
from news.admin.pages import NewsroomPages
from news.admin.sharing import register_sharing_log, share_buttons, sharing_urls
from news.admin.snippets import NewsroomSnippets
from news.api.rich_text import register_public_links
from news.views.documents import guard_document
from news.visibility import is_expired

register_snippet(NewsroomSnippets)
keep_what_is_typed()
guard_admin_views()
tie_own_documents_only()


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
    """A page past its expiry is gone at once, not when the scheduler comes round."""
    if is_expired(page):
        raise Http404("This page has expired.")


@hooks.register("register_admin_urls")
def draft_sharing() -> Any:
    return sharing_urls()


@hooks.register("register_page_header_buttons")
def draft_sharing_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return share_buttons(page, user, view_name, next_url)


@hooks.register("register_log_actions")
def draft_sharing_log(actions: Any) -> None:
    register_sharing_log(actions)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose_from(pages: Any, request: HttpRequest) -> Any:
    return choosable_pages(pages, request)


@hooks.register("construct_admin_api", order=100)
def own_files_in_the_admin_api(router: Any) -> None:
    """After Wagtail has registered its own."""
    guard_admin_api(router)
