"""Fields that are for colleagues only: not in an API by name, not in an answer by value."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.api import APIField

from tests.trust.doors import V2, V3, all_doors, ask, ask_all, leaks
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.models import EventPage, NewsPage, PageContact, Person

WORD = "zqtajne"
# Facts of drafts, of the workflow, and of people; `email` and `phone` belong to a page's contacts, never to a person.
INTERNAL = {
    "approved_go_live_at",
    "approved_schedule",
    "content_json",
    "draft_title",
    "expire_at",
    "expired",
    "go_live_at",
    "has_unpublished_changes",
    "hidden",
    "infection",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "locked",
    "locked_by",
    "online_link",
    "owner",
    "revisions",
    "rights_basis",
    "sha256",
    "text",
    "uploaded_by_user",
    "view_restrictions",
    "workflow_states",
}
ADMIN_API = "/admin/api/main"


def names_in_apis(model: type[models.Model]) -> set[str]:
    return {each.name if isinstance(each, APIField) else each for each in getattr(model, "api_fields", ())}


def models_in_apis() -> Iterator[type[models.Model]]:
    """Page types and every model that their fields, and the fields of those, lead to."""
    waiting, seen = list(page_types()), set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        yield model
        related = [each.related_model for each in model._meta.get_fields() if each.is_relation and each.related_model]
        waiting += [each for each in related if each is not model and getattr(each, "api_fields", None) is not None]


def test_l4_no_model_names_an_internal_field_in_its_api() -> None:
    found = {
        model._meta.label: names & INTERNAL for model in models_in_apis() if (names := names_in_apis(model)) & INTERNAL
    }

    # The text of an information clause is what people are told; that of an attachment is an index.
    found.pop("newsroom.InformationClause", None)
    assert found == {}


def test_l4_person_has_no_way_to_reach_them_in_any_api(world: World, stranger: Client) -> None:
    assert names_in_apis(Person).isdisjoint({"email", "phone"})

    planter = Planter(world, "zqjawne")
    planter.page(EventPage)
    Person.objects.update(email=f"{WORD}@example.org", phone=WORD)
    assert leaks(ask_all(stranger, all_doors(world.ground.values(), WORD)).values(), WORD) == []


@pytest.mark.parametrize("name", ["pages", "images", "documents"])
def test_l4_admin_api_is_closed_to_visitors(world: World, stranger: Client, reader: Client, name: str) -> None:
    page = Planter(world, WORD).page(NewsPage, live=False)
    asked = [f"{ADMIN_API}/{name}/", f"{ADMIN_API}/{name}/?fields=*", f"{ADMIN_API}/{name}/{page.pk}/?for_explorer=1"]

    for visitor in (stranger, reader):
        answers = ask_all(visitor, asked)
        assert {answer.status for answer in answers.values()} <= {302, 401, 403, 404}
        assert leaks(answers.values(), WORD) == []


def test_l4_link_to_join_is_for_those_who_register(world: World, stranger: Client) -> None:
    link = f"https://{WORD}.example.org/spotkanie"
    event = Planter(world, "zqjawne").page(EventPage, attendance_mode="online", online_link=link)

    assert leaks(ask_all(stranger, all_doors([event, *world.tree.values()])).values(), WORD) == []

    event.online_link_visibility = "public"
    event.save_revision().publish()
    assert ask(stranger, event.url).holds(WORD)


@pytest.mark.parametrize("query", [f"online_link={WORD}", "live=false", "has_unpublished_changes=true", "owner=1"])
def test_l4_internal_field_is_no_filter_and_no_order(world: World, stranger: Client, query: str) -> None:
    name = query.split("=")[0]
    for model in page_types():
        address = f"{V2}/pages/?type={model._meta.label}"
        assert ask(stranger, f"{address}&{query}").status == 400
        assert ask(stranger, f"{address}&order={name}").status == 400
        assert ask(stranger, f"{address}&fields={name}").status == 400
        assert ask(stranger, f"{V3}/pages/?type={model._meta.label}&order={name}").status in {400, 422}


@pytest.mark.parametrize("model", [NewsPage, EventPage], ids=lambda model: model.__name__)
def test_l4_contact_whose_time_is_over_is_behind_no_door(
    world: World, stranger: Client, model: type[NewsPage | EventPage]
) -> None:
    page = Planter(world, "zqjawne").page(model)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    page.contacts.set([PageContact(name=WORD, email=f"{WORD}@example.org", phone=WORD, shown_until=yesterday)])
    page.save_revision().publish()

    assert leaks(ask_all(stranger, all_doors([page, *world.tree.values()], WORD)).values(), WORD) == []

    page.contacts.set([PageContact(name=WORD, shown_until=timezone.localdate())])
    page.save_revision().publish()
    assert ask(stranger, page.url).holds(WORD)


def test_l4_contact_leaves_an_event_some_time_after_it(world: World, stranger: Client) -> None:
    event = Planter(world, "zqjawne").page(EventPage)
    event.contacts.set([PageContact(name=WORD, email=f"{WORD}@example.org")])
    event.start_date = timezone.localdate() - dt.timedelta(days=91)
    event.save_revision().publish()

    assert leaks(ask_all(stranger, all_doors([event, *world.tree.values()])).values(), WORD) == []
