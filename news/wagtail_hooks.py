"""Where the newsroom meets Wagtail's hooks. Each hook delegates."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from wagtail_newsroom.news.admin.access_requests.actions import register_request_log, request_urls
from wagtail_newsroom.news.admin.account import put_portrait_upright
from wagtail_newsroom.news.admin.agenda.urls import agenda_urls
from wagtail_newsroom.news.admin.bulk_actions import BULK_ACTIONS, keep_language_in_bulk
from wagtail_newsroom.news.admin.comparing import register_comparisons
from wagtail_newsroom.news.admin.compat import limit_admin_api
from wagtail_newsroom.news.admin.dates import typed_dates_script
from wagtail_newsroom.news.admin.desk.home import clear_summary, put_desk_in_place
from wagtail_newsroom.news.admin.document_form import current_files
from wagtail_newsroom.news.admin.intake.menu import register_intake_menu
from wagtail_newsroom.news.admin.intake.urls import intake_urls
from wagtail_newsroom.news.admin.lists.reviews import register_review_actions, review_button
from wagtail_newsroom.news.admin.menu.viewsets import newsroom_viewsets, register_model_admins
from wagtail_newsroom.news.admin.moderation.gates import guard_bulk_action
from wagtail_newsroom.news.admin.moderation.preflight import preflight_panel, preflight_urls
from wagtail_newsroom.news.admin.moderation.submitting import name_submission
from wagtail_newsroom.news.admin.overrides import OVERRIDES, V3, apply_overrides
from wagtail_newsroom.news.admin.page_actions.change_log import register_actions
from wagtail_newsroom.news.admin.page_actions.page_buttons import header_buttons, listing_buttons
from wagtail_newsroom.news.admin.page_actions.retiring import (
    ask_before_bulk_action,
    ask_before_deleting,
    lead_to_retiring,
)
from wagtail_newsroom.news.admin.page_actions.urls import page_action_urls
from wagtail_newsroom.news.admin.page_viewsets import page_viewsets
from wagtail_newsroom.news.admin.public_use import explaining_urls, keep_shown_snippet, keep_shown_snippets
from wagtail_newsroom.news.admin.rich_text import register_language_marks
from wagtail_newsroom.news.admin.saving.session import saving_panel, saving_urls
from wagtail_newsroom.news.admin.seen import choosable_pages
from wagtail_newsroom.news.admin.sharing.front_ends import front_end_panel
from wagtail_newsroom.news.admin.sharing.views import register_sharing_log, share_buttons, sharing_urls
from wagtail_newsroom.news.admin.snippets import NewsroomSnippets
from wagtail_newsroom.news.admin.translating import translating_urls
from wagtail_newsroom.news.admin.webhooks.acts import register_webhook_log
from wagtail_newsroom.news.api.rich_text import register_public_links
from wagtail_newsroom.news.publishing.page_actions import register_page_actions
from wagtail_newsroom.news.publishing.public_use import guard_rows
from wagtail_newsroom.news.views.answers import read_pages_whole, say_how_long_pages_keep
from wagtail_newsroom.news.views.files.documents import give_document, guard_document
from wagtail_newsroom.news.views.files.scanning import hold_back
from wagtail_newsroom.news.views.retired import guard_expired

guard_rows(viewset.model for viewset in NewsroomSnippets.items)
register_snippet(NewsroomSnippets)
apply_overrides(OVERRIDES)
register_model_admins()
register_intake_menu()


# --- What visitors get -----------------------------------------------------------------------


@hooks.register("before_serve_document")
def guard_downloads(document: Any, request: HttpRequest) -> HttpResponse | None:
    return guard_document(document, request)


@hooks.register("before_serve_document", order=100)
def hold_back_downloads(document: Any, request: HttpRequest) -> HttpResponse | None:
    return hold_back(document)


@hooks.register("before_serve_document", order=10_000)
def give_downloads(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    """Behind the host's own hooks: what comes after this one is not asked."""
    return give_document(document, request)


@hooks.register("on_serve_page", order=-1000)
def how_long_pages_keep(serve: Any) -> Any:
    """Around all others."""
    return say_how_long_pages_keep(serve)


@hooks.register("on_serve_page", order=1000)
def pages_are_read_whole(serve: Any) -> Any:
    """Inside all others: whoever may not read the page was turned away."""
    return read_pages_whole(serve)


@hooks.register("before_serve_page")
def hide_expired_pages(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    guard_expired(page)


@hooks.register("register_rich_text_features", order=100)
def public_links(features: Any) -> None:
    """After Wagtail has registered its own handlers."""
    register_public_links(features)


# --- The menu and the desk -------------------------------------------------------------------


@hooks.register("register_admin_viewset")
def newsroom_menu() -> Any:
    return newsroom_viewsets()


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: Any) -> None:
    put_desk_in_place(request, panels)


@hooks.register("construct_homepage_summary_items", order=1000)
def admin_summary(request: HttpRequest, items: Any) -> None:
    clear_summary(request, items)


# --- Actions on a page, its reviews, and links to its draft -------------------------------------


@hooks.register("register_admin_urls")
def forms_about_pages() -> Any:
    return page_action_urls


@hooks.register("register_admin_urls")
def agenda_in_and_out() -> Any:
    return agenda_urls


@hooks.register("register_page_header_buttons")
def actions_in_the_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return header_buttons(page, user, next_url)


@hooks.register("register_page_listing_more_buttons")
def actions_in_lists(page: Page, user: Any, next_url: str | None = None) -> Any:
    return listing_buttons(page, user, next_url)


@hooks.register("register_log_actions")
def actions_in_the_history(actions: Any) -> None:
    register_actions(actions)


@hooks.register("register_page_header_buttons")
def review_of_a_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return review_button(page, user, next_url)


@hooks.register("register_log_actions")
def review_actions(actions: Any) -> None:
    register_review_actions(actions)


@hooks.register("register_admin_urls")
def draft_sharing() -> Any:
    return sharing_urls()


@hooks.register("register_page_header_buttons")
def draft_sharing_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return share_buttons(page, user, view_name, next_url)


@hooks.register("insert_editor_js")
def previews_on_a_front_end() -> str:
    return front_end_panel()


@hooks.register("register_log_actions")
def draft_sharing_log(actions: Any) -> None:
    register_sharing_log(actions)


@hooks.register("register_admin_urls")
def bringing_in() -> Any:
    return intake_urls


@hooks.register("register_admin_urls")
def actions_on_requests() -> Any:
    return request_urls()


@hooks.register("register_log_actions")
def requests_in_the_history(actions: Any) -> None:
    register_request_log(actions)


@hooks.register("register_log_actions")
def webhooks_in_the_history(actions: Any) -> None:
    register_webhook_log(actions)


# --- Taking down -----------------------------------------------------------------------------


@hooks.register("before_delete_page")
def retire_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_before_deleting(request, page)


@hooks.register("before_bulk_action")
def retire_several(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    return ask_before_bulk_action(request, action, objects, view)


@hooks.register("construct_page_action_menu")
def retire_in_the_editor(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    lead_to_retiring(menu_items, request, context)


@hooks.register("construct_page_action_menu")
def submission_in_the_editor(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    name_submission(menu_items, request, context)


# --- The checks before publication -----------------------------------------------------------


@hooks.register("register_admin_urls")
def preflight_addresses() -> Any:
    return preflight_urls()


@hooks.register("insert_editor_js")
def checks_beside_the_form() -> str:
    return preflight_panel()


@hooks.register("before_bulk_action")
def move_within_a_language(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return keep_language_in_bulk(request, action_type, objects, action)


@hooks.register("before_bulk_action")
def check_pages_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return guard_bulk_action(request, action_type, objects, action)


# --- Saving a form --------------------------------------------------------------------------


@hooks.register("register_admin_urls")
def saving_addresses() -> Any:
    return saving_urls()


@hooks.register("insert_editor_js")
def what_was_typed_is_kept() -> str:
    return saving_panel()


@hooks.register("insert_editor_js")
def typed_dates_are_kept() -> str:
    return typed_dates_script()


# --- What the public sees is changed by people who may publish -------------------------------


@hooks.register("register_admin_urls", order=-10)
def reasons_at_files() -> Any:
    return explaining_urls()


@hooks.register("register_admin_urls", order=-10)
def places_of_translations() -> Any:
    return translating_urls()


@hooks.register("before_edit_snippet")
def keep_a_shown_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return keep_shown_snippet(request, instance)


@hooks.register("before_delete_snippet")
def keep_shown_snippets_in_place(request: HttpRequest, instances: Any) -> HttpResponse | None:
    return keep_shown_snippets(request, instances)


# --- Wagtail's own views and actions ----------------------------------------------------------


@hooks.register("register_admin_viewset", order=1000)
def views_of_pages() -> Any:
    """After those of Wagtail and of the host, to which ours give way."""
    return page_viewsets()


@hooks.register("register_actions", order=1000)
def actions_on_pages(registry: Any) -> None:
    """After those of the host, around which ours are put."""
    register_page_actions(registry)


# After Wagtail's own, in whose place they stand.
for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action, order=100)


@hooks.register("construct_newsroom_v3_api")
def limits_of_the_preview_api() -> None:
    apply_overrides(OVERRIDES, V3)


@hooks.register("register_admin_urls")
def comparisons_of_versions() -> list[Any]:
    """No addresses; all apps are ready by now, and Wagtail's have registered their own comparisons."""
    register_comparisons()
    return []


# --- Wagtail's own forms, choosers and API ---------------------------------------------------


@hooks.register("register_account_settings_panel", order=-10)
def portrait_of_an_account(request: HttpRequest, user: Any, profile: Any) -> None:
    """No panel: Wagtail calls this before its own forms read the request."""
    put_portrait_upright(request)


@hooks.register("register_rich_text_features")
def language_marks(features: Any) -> None:
    register_language_marks(features)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose_from(pages: Any, request: HttpRequest) -> Any:
    return choosable_pages(pages, request)


@hooks.register("construct_document_chooser_queryset")
def files_to_choose_from(documents: Any, request: HttpRequest) -> Any:
    return current_files(documents, request)


@hooks.register("construct_admin_api", order=100)
def own_files_in_the_admin_api(router: Any) -> None:
    """After Wagtail has registered its own."""
    limit_admin_api(router)
