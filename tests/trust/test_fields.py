"""Fields that are for colleagues only: not in an API by name, not in an answer by value."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

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


@pytest.mark.parametrize("name", ["pages", "images", "documents"])
def test_l4_admin_api_is_closed_to_visitors(world: World, stranger: Client, reader: Client, name: str) -> None:
    page = Planter(world, WORD).page(NewsPage, live=False)
    asked = [f"{ADMIN_API}/{name}/", f"{ADMIN_API}/{name}/?fields=*", f"{ADMIN_API}/{name}/{page.pk}/?for_explorer=1"]

    for visitor in (stranger, reader):
        answers = ask_all(visitor, asked)
        assert {answer.status for answer in answers.values()} <= {302, 401, 403, 404}
        assert leaks(answers.values(), WORD) == []


@pytest.mark.parametrize("query", [f"online_link={WORD}", "live=false", "has_unpublished_changes=true", "owner=1"])
def test_l4_internal_field_is_no_filter_and_no_order(world: World, stranger: Client, query: str) -> None:
    name = query.split("=")[0]
    for model in page_types():
        address = f"{V2}/pages/?type={model._meta.label}"
        assert ask(stranger, f"{address}&{query}").status == 400
        assert ask(stranger, f"{address}&order={name}").status == 400
        assert ask(stranger, f"{address}&fields={name}").status == 400
        assert ask(stranger, f"{V3}/pages/?type={model._meta.label}&order={name}").status in {400, 422}


def give_contact(page: NewsPage | EventPage, word: str, **facts: Any) -> None:
    page.contacts.set([PageContact(name=word, email=f"{word}@example.org", phone=word, **facts)])
    page.save_revision().publish()


@pytest.mark.slow
def test_l4_what_is_for_colleagues_only_is_behind_no_door(
    world: World, stranger: Client, subtests: pytest.Subtests
) -> None:
    """One walk for all of it: how to reach people, the link to join, contacts whose time is over. Each has its word."""
    planter, today = Planter(world, "zqjawne"), timezone.localdate()
    news, event, past = planter.page(NewsPage), planter.page(EventPage), planter.page(EventPage)
    online = planter.page(EventPage, attendance_mode="online", online_link="https://zqlink.example.org/spotkanie")
    Person.objects.update(email="zqosoba@example.org", phone="zqosoba")
    give_contact(news, "zqkontaktnews", shown_until=today - dt.timedelta(days=1))
    give_contact(event, "zqkontaktevent", shown_until=today - dt.timedelta(days=1))
    past.start_date = today - dt.timedelta(days=91)
    give_contact(past, "zqkontaktdawny")
    words = ("zqosoba", "zqlink", "zqkontaktnews", "zqkontaktevent", "zqkontaktdawny")
    pages = [news, event, past, online, *world.ground.values()]
    searches = [f"{api}/pages/?limit=100&search={word}" for api in (V2, V3) for word in words]

    answers = ask_all(stranger, [*all_doors(pages, words[0]), *searches])

    for word in words:
        with subtests.test(word):
            assert leaks(answers.values(), word) == []
    assert names_in_apis(Person).isdisjoint({"email", "phone"})


def test_l4_link_to_join_is_shown_where_it_is_for_everybody(world: World, stranger: Client) -> None:
    """The counterpart: the words above can be shown."""
    link = f"https://{WORD}.example.org/spotkanie"
    event = Planter(world, "zqjawne").page(EventPage, attendance_mode="online", online_link=link)
    assert not ask(stranger, event.url).holds(WORD)

    event.online_link_visibility = "public"
    event.save_revision().publish()

    assert ask(stranger, event.url).holds(WORD)


@pytest.mark.parametrize("model", [NewsPage, EventPage], ids=lambda model: model.__name__)
def test_l4_contact_is_shown_to_the_end_of_its_last_day(
    world: World, stranger: Client, model: type[NewsPage | EventPage]
) -> None:
    page = Planter(world, "zqjawne").page(model)
    give_contact(page, WORD, shown_until=timezone.localdate() - dt.timedelta(days=1))
    assert not ask(stranger, page.url).holds(WORD)

    give_contact(page, WORD, shown_until=timezone.localdate())

    assert ask(stranger, page.url).holds(WORD)
