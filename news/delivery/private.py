"""Tables whose rows the public never sees, each with the reason. **What is not listed here is public.**

A new table is public until somebody lists it: forgetting costs a page that is made anew, never one that is out of date.
Other apps add theirs by :func:`keep_private` from ``AppConfig.ready()``.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

PEOPLE = "accounts and rights: no page of the visitors' site shows them"
WORK = "work inside the house: a published page never shows it"
LOGS = "a log that only the admin shows"
MACHINERY = "machinery of the framework, without anything that is shown"
UPLOADS = "an upload that is not part of the library yet"

# Table to reason. Names of tables that are not installed do no harm.
_PRIVATE: dict[str, str] = {
    "auth_group": PEOPLE,
    "auth_group_permissions": PEOPLE,
    "auth_permission": PEOPLE,
    "auth_user": PEOPLE,
    "auth_user_groups": PEOPLE,
    "auth_user_user_permissions": PEOPLE,
    "axes_accessattempt": LOGS,
    "axes_accessattemptexpiration": LOGS,
    "axes_accessfailurelog": LOGS,
    "axes_accesslog": LOGS,
    "django_admin_log": LOGS,
    "django_content_type": MACHINERY,
    "django_migrations": MACHINERY,
    "django_session": "sessions: an answer that hangs on one is never kept",
    "django_tasks_database_dbtaskresult": "the queue: what a task changes is watched by itself",
    "newsroom_accessrequest": "requests for accessible versions: personal data",
    "newsroom_approvaltask": WORK,
    "newsroom_approvaltask_groups": WORK,
    "newsroom_bundle": "a bundle is a plan; its pages are watched themselves",
    "newsroom_bundlepage": "a bundle is a plan; its pages are watched themselves",
    "newsroom_cache": "the cache in the database",
    "newsroom_changerecord": "the log of changes is read afresh; each row stands beside a write that is watched",
    "newsroom_deliverytoken": "the token itself",
    "newsroom_deputy": PEOPLE,
    "newsroom_downloadcount": "figures for the admin",
    "newsroom_draftlink": "links to drafts: their answers are never kept",
    "newsroom_draftremark": "remarks on drafts",
    "newsroom_frontendtoken": "tokens that open drafts: answers to them are never kept",
    "newsroom_missedsearch": "the register of what visitors miss, for the admin",
    "newsroom_missedsearchcount": "the register of what visitors miss, for the admin",
    "newsroom_original": "what an editor brought in; only the draft made of it can become public",
    "newsroom_pagemoment": "when the scheduler looks at a page again",
    "newsroom_pagepreview": "what an editor typed and did not save",
    "newsroom_pagereview": WORK,
    "newsroom_pageviewcount": "figures for the admin",
    "newsroom_preflightoverride": WORK,
    "newsroom_relatedrow": "derived from what is shown; it is never shown itself",
    "newsroom_schedulefailure": WORK,
    "newsroom_schedulerheartbeat": WORK,
    "newsroom_webhook": "addresses of other systems and their secrets",
    "newsroom_webhookdelivery": LOGS,
    "simple_translation_simpletranslation": MACHINERY,
    "sqlite_sequence": MACHINERY,
    "wagtailadmin_admin": MACHINERY,
    "wagtailadmin_editingsession": WORK,
    "wagtailadmin_formstate": WORK,
    "wagtailcore_apitoken": PEOPLE,
    "wagtailcore_comment": WORK,
    "wagtailcore_commentreply": WORK,
    "wagtailcore_groupapprovaltask": WORK,
    "wagtailcore_groupapprovaltask_groups": WORK,
    "wagtailcore_groupcollectionpermission": PEOPLE,
    "wagtailcore_grouppagepermission": PEOPLE,
    "wagtailcore_groupsitepermission": PEOPLE,
    "wagtailcore_modellogentry": LOGS,
    "wagtailcore_pagelogentry": LOGS,
    "wagtailcore_pagesubscription": PEOPLE,
    "wagtailcore_revision": "versions: what is published of one is written to the page's own row",
    "wagtailcore_task": WORK,
    "wagtailcore_taskstate": WORK,
    "wagtailcore_uploadedfile": UPLOADS,
    "wagtailcore_workflow": WORK,
    "wagtailcore_workflowcontenttype": WORK,
    "wagtailcore_workflowpage": WORK,
    "wagtailcore_workflowstate": WORK,
    "wagtailcore_workflowtask": WORK,
    "wagtailimages_uploadedimage": UPLOADS,
    "wagtaildocs_uploadeddocument": UPLOADS,
    "wagtailsearch_indexentry": "the index of the search is written after the page; answers to searches are not kept",
    "wagtailsearchpromotions_query": "answers to searches are not kept",
    "wagtailsearchpromotions_querydailyhits": "figures for the admin",
    "wagtailsearchpromotions_searchpromotion": "answers to searches are not kept",
    "wagtailusers_userprofile": PEOPLE,
}
# Beginnings of names: tables that a search backend makes beside its own.
_PRIVATE_BEGINNINGS = ("wagtailsearch_indexentry_", "modelsearch_")

# Columns of public tables that only the admin reads. A write of these alone changes nothing for the public.
_PRIVATE_COLUMNS: dict[str, frozenset[str]] = {
    "wagtailcore_page": frozenset(
        {
            "draft_title",  # the title of the draft
            "has_unpublished_changes",
            "latest_revision_id",
            "latest_revision_created_at",
            "locked",
            "locked_at",
            "locked_by_id",
            "owner_id",
            "numchild",  # counts drafts too; whatever makes it change is a row of its own
            "go_live_at",  # when a draft is to go live; that it did is "live"
            "expired",  # why it is not live
        }
    ),
    # Asked anew at each download; no page shows them.
    "newsroom_attachment": frozenset({"scanned_at", "infection"}),
}


def keep_private(table: str, reason: str) -> None:
    """Say that nothing in ``table`` is ever shown to the public. Call it from ``AppConfig.ready()``.

    Raises ``ValueError`` without a reason: whoever reads the list later has to be able to check it.
    """
    if not reason.strip():
        raise ValueError(f"Say why nothing in {table!r} is public.")
    _PRIVATE[table] = reason


def keep_the_hosts_own_tables_private() -> None:
    """Tables whose names the host chose: its accounts, and caches in the database."""
    user: Any = get_user_model()
    for model in (user, *(each.remote_field.through for each in user._meta.local_many_to_many)):
        _PRIVATE.setdefault(model._meta.db_table, PEOPLE)
    for cache in settings.CACHES.values():
        if str(cache["BACKEND"]).endswith("DatabaseCache"):
            _PRIVATE.setdefault(cache["LOCATION"], "a cache in the database")


def reason_for(table: str) -> str:
    """Why ``table`` is private; empty where it is public."""
    if table.startswith(_PRIVATE_BEGINNINGS):
        return _PRIVATE["wagtailsearch_indexentry"]
    return _PRIVATE.get(table, "")


def is_private(table: str, columns: tuple[str, ...] | None = None) -> bool:
    """Whether a write of these ``columns`` of ``table`` (``None``: of whole rows) changes nothing for the public."""
    if table in _PRIVATE or table.startswith(_PRIVATE_BEGINNINGS):
        return True
    return columns is not None and _PRIVATE_COLUMNS.get(table, frozenset()).issuperset(columns)


def keep_columns_private(table: str, *columns: str, reason: str) -> None:
    """Say that the public never sees these ``columns`` of ``table``. Raises ``ValueError`` without a reason."""
    if not reason.strip():
        raise ValueError(f"Say why these columns of {table!r} are not public.")
    _PRIVATE_COLUMNS[table] = private_columns(table) | set(columns)


def private_columns(table: str) -> frozenset[str]:
    """Columns of a public table that only the admin reads."""
    return _PRIVATE_COLUMNS.get(table, frozenset())
