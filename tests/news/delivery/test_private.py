"""The list of private tables: what is not on it is public, and each entry says why it is there."""

from typing import Any

import pytest
from django.apps import apps
from wagtail.models import Page

from wagtail_newsroom.news.delivery import private
from wagtail_newsroom.news.delivery.draft_rows import tables_of_pages
from wagtail_newsroom.news.publishing.changes.funnels import DRAFT_FIELDS

# Tables of installed apps that the public sees, or that decide what it sees. A new table is public by itself; it is named
# here so that whoever adds one says which of the two it is.
PUBLIC = {
    "home_contactpage",
    "home_homepage",
    "home_searchpage",
    "home_standardpage",
    "newsroom_agendachange",
    "newsroom_attachment",
    "newsroom_attachmentindexpage",
    "newsroom_correction",
    "newsroom_eventindexpage",
    "newsroom_eventorganiser",
    "newsroom_eventpage",
    "newsroom_eventstop",
    "newsroom_galleries_galleryindexpage",
    "newsroom_galleries_gallerypage",
    "newsroom_galleries_galleryphoto",
    "newsroom_galleries_photo",
    "newsroom_galleries_photorendition",
    "newsroom_informationclause",
    "newsroom_newsindexpage",
    "newsroom_newspage",
    "newsroom_newsroompage",
    "newsroom_newsroompage_projects",
    "newsroom_newsroompage_topics",
    "newsroom_newsroomsettings",
    "newsroom_organisation",
    "newsroom_pageattachment",
    "newsroom_pagecontact",
    "newsroom_person",
    "newsroom_project",
    "newsroom_project_partners",
    "newsroom_relatedpage",
    "newsroom_retirement",
    "newsroom_sitetexts",
    "newsroom_topic",
    "newsroom_venue",
    "taggit_tag",
    "taggit_taggeditem",
    "wagtailcore_collection",
    "wagtailcore_collectionviewrestriction",
    "wagtailcore_collectionviewrestriction_groups",
    "wagtailcore_locale",
    "wagtailcore_page",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_pageviewrestriction_groups",
    "wagtailcore_referenceindex",
    "wagtailcore_site",
    "wagtaildocs_document",
    "wagtailembeds_embed",
    "wagtailimages_image",
    "wagtailimages_rendition",
    "wagtailredirects_redirect",
    # Those of apps that the suite adds: nobody listed them.
    "consultations_answer",
    "consultations_consultationindexpage",
    "consultations_consultationpage",
    "host_types_donatedgallerypage",
    "host_types_ournewspage",
    "host_types_trainingpage",
}


def test_every_installed_table_is_public_or_private_for_a_reason() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    public = {table for table in tables if not private.reason_for(table)}

    assert public == PUBLIC & tables
    assert PUBLIC - tables == set(), "These are gone: take them off the list."


def test_table_that_nobody_listed_is_public() -> None:
    assert not private.is_private("somebody_elses_table")
    assert not private.is_private("somebody_elses_table", ("draft_title",))


def test_row_of_a_page_is_private_by_its_columns_alone() -> None:
    assert private.is_private("wagtailcore_page", ("draft_title", "locked"))
    assert not private.is_private("wagtailcore_page", ("draft_title", "title"))
    assert not private.is_private("wagtailcore_page")
    assert private.is_private("wagtailcore_page", ()), "a claim that sets a column to itself changes nothing"


def test_columns_of_drafts_exist_and_are_those_that_the_log_of_changes_leaves_out() -> None:
    columns = {Page._meta.get_field(name).column for name in DRAFT_FIELDS}

    assert columns == private.private_columns("wagtailcore_page")


def test_private_table_needs_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "_PRIVATE", dict(private._PRIVATE))
    with pytest.raises(ValueError, match="Say why"):
        private.keep_private("host_votes", " ")

    private.keep_private("host_votes", "votes are counted behind closed doors")
    assert private.is_private("host_votes")


def test_tables_of_pages_are_found_with_their_rows_and_relations() -> None:
    found = {name: rows.column for name, rows in tables_of_pages().items()}

    assert found["wagtailcore_page"] == "id"
    assert found["newsroom_newspage"] == "newsroompage_ptr_id"
    assert found["newsroom_pagecontact"] == "page_id"
    assert found["newsroom_newsroompage_topics"] == "newsroompage_id"
    assert "newsroom_topic" not in found


def test_accounts_and_caches_are_private_whatever_the_host_calls_them(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "_PRIVATE", {})
    settings.CACHES = {"pages": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "hosts_cache"}}
    private.keep_the_hosts_own_tables_private()
    assert {"hosts_cache", "auth_user", "auth_user_groups", "auth_user_user_permissions"} == set(private._PRIVATE)
