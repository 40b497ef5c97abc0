"""Where stock Wagtail is changed while it runs, because it offers no door: the whole list, and nothing beside it.

``tests/admin/test_overrides.py`` holds each to the signature that it leans on, and a system check names one whose target
is gone in the installed Wagtail.
"""

from wagtail_newsroom.news.admin.overrides.access import for_scripts_and_readers
from wagtail_newsroom.news.admin.overrides.exports import without_formulas
from wagtail_newsroom.news.admin.overrides.guards import ask_about_chosen, ask_about_parent
from wagtail_newsroom.news.admin.overrides.lists import by_words, in_settled_order
from wagtail_newsroom.news.admin.overrides.naming import (
    ask_about_named,
    compare_seen_blocks,
    leave_out_of_editor,
    show_what_is_seen,
)
from wagtail_newsroom.news.admin.overrides.override import Override, apply_overrides
from wagtail_newsroom.news.admin.overrides.translations import in_language_of_place
from wagtail_newsroom.news.api.rich_text import cleaning_first, public_rich_text
from wagtail_newsroom.news.api.v3_queries import offered_or_worked_with, public_unless_signed_in

V3 = "wagtail.api.v3"
NO_QUERY_DOOR = "a hook or a setting for the queries of the v3 API"

OVERRIDES: tuple[Override, ...] = (
    Override(
        "wagtail.admin.views.chooser:BrowseView.get",
        ("self", "request", "parent_page_id"),
        ask_about_parent,
        "The page chooser names the page whose children it lists, of whatever section.",
        "a viewset for the page chooser, as other choosers have; or a hook for the parent",
    ),
    Override(
        "wagtail.admin.views.chooser:ChosenMultipleView.get",
        ("self", "request"),
        ask_about_chosen,
        "The page chooser tells the titles of pages by their ids, of whatever section.",
        "the hook construct_page_chooser_queryset for chosen pages, too",
    ),
    Override(
        "wagtail.admin.auth:require_admin_access",
        ("view_func",),
        for_scripts_and_readers,
        "A form that saves itself after its session has ended gets the page of the log-in, and says “a server error”; "
        "what a view answers is drawn when nobody knows any more for whom, and widgets have no other way to know.",
        "a setting for the decorator of the admin's views; middleware would be one more line for every host",
    ),
    Override(
        "wagtail.admin.forms.models:WagtailAdminModelForm._clean_fields",
        ("self",),
        ask_about_named,
        "Whoever sends a form may put the id of any page, file or row into it, and is then told its title.",
        "a permission that choosers, blocks and rich text ask for what is chosen",
    ),
    Override(
        "wagtail.admin.widgets.chooser:BaseChooser.get_value_data",
        ("self", "value"),
        show_what_is_seen,
        "Choosers show title, picture and address of what a version refers to, to whoever opens its form.",
        "widgets that know for whom they are drawn",
    ),
    Override(
        "wagtail.admin.rich_text.editors.draftail:DraftailRichTextArea.format_value",
        ("self", "value"),
        leave_out_of_editor,
        "The text editor gets the file names and pictures of what a text refers to, for whoever opens its form.",
        "widgets that know for whom they are drawn",
    ),
    Override(
        "wagtail.admin.compare:get_comparison_class_for_block",
        ("block",),
        compare_seen_blocks,
        "Comparing versions names what a block refers to.",
        "comparisons that know for whom they are made",
    ),
    Override(
        "wagtail.admin.views.mixins:SpreadsheetExportMixin.preprocess_field_value",
        ("self", "field", "value", "export_format"),
        without_formulas,
        "Reports hold what people typed: a title that starts with = is run by the program that opens the file.",
        "exports whose cells are text unless they say otherwise",
    ),
    Override(
        "wagtail.admin.paginator:WagtailPaginator.__init__",
        ("self", "object_list", "per_page", "orphans", "allow_empty_first_page", "error_messages"),
        in_settled_order,
        "PostgreSQL gives rows of equal keys in any order: a list that is paged repeats some and loses others.",
        "an order that ends in the key in every list and chooser; or a setting for their paginator",
    ),
    Override(
        "modelsearch.backends.base:BaseSearchBackend._search",
        ("self", "query_compiler_class", "query", "model_or_queryset", "kwargs"),
        by_words,
        "A quotation mark in a search is an error (500) on SQLite, NUL on PostgreSQL, in every list and chooser.",
        "a parser of typed words in front of all searches, not in those of pages alone",
    ),
    Override(
        "wagtail.api.v3.routers.pages:get_pages_queryset",
        ("request", "model"),
        public_unless_signed_in,
        "The v3 API lists pages past their expiry, and those of private sections to whoever is signed in to them.",
        NO_QUERY_DOOR,
        app=V3,
    ),
    Override(
        "wagtail.images.api.v3.router:get_images_queryset",
        ("request",),
        offered_or_worked_with,
        "The v3 API lists images that only drafts use.",
        NO_QUERY_DOOR,
        app=V3,
    ),
    Override(
        "wagtail.documents.api.v3.router:get_documents_queryset",
        ("request",),
        offered_or_worked_with,
        "The v3 API lists documents that only drafts use.",
        NO_QUERY_DOOR,
        app=V3,
    ),
    Override(
        "wagtail.rich_text:get_rewriter",
        (),
        cleaning_first,
        "What code stored as rich text is shown as it is, scripts and all.",
        "a cleaner before the rewriters of links and embeds",
    ),
    Override(
        "wagtail.api.rich_text:APIRichText.serialize",
        ("cls", "value", "format", "features"),
        public_rich_text,
        "Rich text leaves the APIs as code stored it, and its Markdown resolves links by the editor's converters, "
        "which know nothing of the public.",
        "converters to Markdown that take the link handlers of a rich text's features, and a cleaner before all formats",
    ),
    Override(
        "wagtail.actions.copy_page:CopyPageAction._copy_page",
        ("self", "page", "to", "update_attrs", "exclude_fields", "_mpnode_attrs"),
        in_language_of_place,
        "A copy below a list of another language keeps its own, and stands in neither list.",
        "copies that take the language of their new parent; the admin's view asks no registry for the action",
    ),
)

__all__ = ["OVERRIDES", "V3", "Override", "apply_overrides"]
