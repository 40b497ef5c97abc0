"""A draft in the place of the published page: the same rows as after its publication, and nothing written."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex

from tests.trust.planting import Planter, World, make_world, page_types
from wagtail_newsroom.news.delivery.draft_view import seen_as_published
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.publishing.files.draft_files import files_of_draft
from wagtail_newsroom.news.visibility import public_files, public_pages

# Of the act of publication, or of the row as such.
OTHERWISE = {
    "id",
    "has_unpublished_changes",
    "live_revision_id",
    "latest_revision_id",
    "last_published_at",
    "draft_title",
}
OTHERWISE |= {"latest_revision_created_at", "first_published_at", "calendar_sequence", "calendar_state", "expired"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def read(page: Page) -> dict[str, Any]:
    """The rows of a page and of what lies below it, as the database answers."""
    model = type(page)
    found: dict[str, Any] = {"own": model_to_rows(model.objects.filter(pk=page.pk))}
    for relation in get_all_child_relations(model):
        rows = relation.related_model.objects.filter(**{relation.field.name: page.pk})
        found[relation.name] = model_to_rows(rows, order="sort_order")
    for each in model._meta.get_fields():
        if isinstance(each, ParentalManyToManyField):
            found[each.name] = sorted(model.objects.filter(pk=page.pk).values_list(each.name, flat=True))
    found["references"] = sorted(
        ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list(
            "to_content_type", "to_object_id", "model_path"
        )
    )
    return found


def model_to_rows(rows: Any, order: str = "pk") -> list[dict[str, Any]]:
    has_order = order in {each.name for each in rows.model._meta.fields}
    return [
        {name: str(value) for name, value in row.items() if name not in OTHERWISE}
        for row in rows.order_by(order if has_order else "pk").values()
    ]


def test_draft_of_each_type_reads_as_it_does_once_published(world: World, subtests: pytest.Subtests) -> None:
    boss = get_user_model().objects.create_superuser("boss", "boss@example.org")
    for model in page_types():
        with subtests.test(model._meta.label), transaction.atomic():
            page = Planter(world, "zqprzed").page(model)
            draft = Planter(world, "zqpo").edit(page)
            revision = draft.save_revision()
            draft = page.get_latest_revision_as_object()
            before = read(page)

            with seen_as_published(draft, files_of_draft(draft, boss)):
                seen = read(page)
                is_public = public_pages(Page.objects.filter(pk=page.pk)).exists()
            assert read(page) == before
            revision.publish()

            assert seen == read(page)
            assert seen != before
            assert is_public


def test_page_that_was_never_public_is_found_with_its_files_until_it_is_left(world: World) -> None:
    boss = get_user_model().objects.create_superuser("boss", "boss@example.org")
    planter = Planter(world, "zqnowe")
    page = planter.page(NewsPage, live=False)
    draft = page.get_latest_revision_as_object()

    def public() -> list[Any]:
        documents, photos = (
            type(each).objects.filter(pk=each.pk) for each in (planter.any_document(), planter.any_photo())
        )
        pages = public_pages(Page.objects.filter(title__startswith="zqnowe"))
        return [pages.count(), public_files(documents).count(), public_files(photos).count()]

    with seen_as_published(draft, files_of_draft(draft, boss)):
        seen = public()

    assert (seen, public()) == ([1, 1, 1], [0, 0, 0])
