"""The public door for other apps: what they register, and the contracts of what they give.

Call the functions from ``AppConfig.ready()``: each door closes when the newsroom first reads what came through it.
The gallery app that ships with the newsroom uses the same doors. ``docs/extending.md`` lists them.

Public: other apps may import from here.
"""

from wagtail_newsroom.news.registry.acts import (
    chores,
    followup_conditions,
    library_steps,
    preflight_checks,
    register_chore,
    register_followup_condition,
    register_library_step,
    register_preflight_check,
)
from wagtail_newsroom.news.registry.admin import (
    admin_listings,
    desk_panels,
    menu_items,
    model_admins,
    register_admin_listing,
    register_desk_panel,
    register_menu_item,
    register_model_admin,
)
from wagtail_newsroom.news.registry.api import (
    ListedField,
    api_endpoints,
    api_fields_for,
    listed_fields,
    register_api_endpoint,
    register_api_field,
)
from wagtail_newsroom.news.registry.changes import register_change_type
from wagtail_newsroom.news.registry.content import (
    card_of,
    pages_about,
    register_card,
    register_page_finder,
    register_script,
    register_story_block,
    register_structured_data,
    register_stylesheet,
    scripts,
    story_blocks,
    structured_data,
    stylesheets,
)
from wagtail_newsroom.news.registry.contracts import (
    Card,
    Chore,
    Finding,
    LibraryStep,
    PagesAbout,
    Severity,
    Surroundings,
    without_empty,
)
from wagtail_newsroom.news.registry.moments import register_moments, register_moments_of_lists
from wagtail_newsroom.news.registry.page_views import (
    PageFileView,
    page_files,
    page_listing,
    register_page_file,
    register_page_listing,
    register_retired_view,
    retired_view,
)
from wagtail_newsroom.news.registry.shelves import RegistrationError, reopened
from wagtail_newsroom.news.registry.shown import register_shown_everywhere

__all__ = [
    "Card",
    "Chore",
    "Finding",
    "LibraryStep",
    "ListedField",
    "PageFileView",
    "PagesAbout",
    "RegistrationError",
    "Severity",
    "Surroundings",
    "admin_listings",
    "api_endpoints",
    "api_fields_for",
    "card_of",
    "chores",
    "desk_panels",
    "followup_conditions",
    "library_steps",
    "listed_fields",
    "menu_items",
    "model_admins",
    "page_files",
    "page_listing",
    "pages_about",
    "preflight_checks",
    "register_admin_listing",
    "register_api_endpoint",
    "register_api_field",
    "register_card",
    "register_change_type",
    "register_chore",
    "register_desk_panel",
    "register_followup_condition",
    "register_library_step",
    "register_menu_item",
    "register_model_admin",
    "register_moments",
    "register_moments_of_lists",
    "register_page_file",
    "register_page_finder",
    "register_page_listing",
    "register_preflight_check",
    "register_retired_view",
    "register_script",
    "register_shown_everywhere",
    "register_story_block",
    "register_structured_data",
    "register_stylesheet",
    "reopened",
    "retired_view",
    "scripts",
    "story_blocks",
    "structured_data",
    "stylesheets",
    "without_empty",
]
