"""N11: an odd value gets a sentence or nothing found, never a fault: every parameter of every type at every door."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from wagtail.images import get_image_model

from tests.soak import fuzzed
from tests.standing import planted_for_many
from tests.trust.admin_doors import Planted, plant_admin
from tests.trust.doors import V2, V3, v2_endpoints
from tests.trust.grown import Grown
from tests.trust.planting import World, page_types
from tests.trust.questions import ODD, Question, admin_addresses, admin_parameters, public_questions, values
from wagtail_newsroom.news.models import NewsPage

pytestmark = [pytest.mark.services(rows="all"), pytest.mark.slow]

# Rows and people are planted once; an example writes nothing.
TOGETHER = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@pytest.fixture(scope="module")
def grown_plants(grown_world: Grown, django_db_blocker: Any) -> Iterator[Planted]:
    world, media = grown_world.world, grown_world.media
    with planted_for_many(django_db_blocker, media) as plant:
        yield plant(lambda: plant_admin(world.read_again(), "zqtajne", title="zqtytul"))


@pytest.fixture
def boss(grown_plants: Planted, world: World) -> Client:
    client = Client()
    client.force_login(grown_plants.owner)
    return client


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refusals are logged as bad requests, thousands of them."""
    caplog.set_level(logging.CRITICAL, logger="django")


def ask(visitor: Client, address: str) -> Any:
    """The answer; an exception is told with the address that brought it about."""
    try:
        response = visitor.get(address)
        assert response.status_code < 500
        b"".join(response.streaming_content) if response.streaming else response.content
    except Exception as error:
        error.add_note(f"asked: {address!r}")
        raise
    return response


@pytest.fixture(scope="module")
def asked_publicly(grown_world: Grown, django_db_blocker: Any) -> list[Question]:
    with django_db_blocker.unblock():
        return public_questions(grown_world.world.ground.values())


@fuzzed(860, **TOGETHER)
@given(data=st.data())
def test_t16_no_public_parameter_breaks_whatever_its_value(
    asked_publicly: list[Question], world: World, stranger: Client, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(asked_publicly))
    ask(stranger, question.with_values(*data.draw(st.lists(values(), min_size=1, max_size=2))))


@pytest.fixture(scope="module")
def parameters() -> dict[str, list[str]]:
    """Those of the admin's addresses that were asked for them."""
    return {}


@fuzzed(140, **TOGETHER)
@given(data=st.data())
def test_c3_no_list_or_chooser_of_the_admin_breaks_whatever_is_asked(
    grown_plants: Planted, boss: Client, parameters: dict[str, list[str]], data: st.DataObject
) -> None:
    if not parameters:
        parameters.update({address: [] for address in admin_addresses(grown_plants)})
    address = data.draw(st.sampled_from(list(parameters)))
    names = parameters[address] = parameters[address] or admin_parameters(boss, address)
    question = Question(address, data.draw(st.sampled_from(names)))
    ask(boss, question.with_values(*data.draw(st.lists(values(), min_size=1, max_size=2))))


@pytest.mark.parametrize("typed", ['"', '"\\"', 'a"b', "\0", "(", "*", "'", "-", "a:b", "NOT", "a" * 5000, "a " * 2500])
def test_c3_every_search_finds_words_and_breaks_at_no_sign(
    grown_plants: Planted, boss: Client, stranger: Client, typed: str
) -> None:
    lists = [each for each in admin_addresses(grown_plants) if each.count("/") <= 4 and "chooser" in each]
    for address in [*lists[:8], "/admin/pages/search/", "/admin/images/", "/admin/documents/", "/admin/users/"]:
        ask(boss, Question(address, "q").with_values(typed))
    for api in (V2, V3):
        assert ask(stranger, Question(f"{api}/pages/", "search").with_values(typed)).status_code in {200, 400}


def test_c3_quotation_mark_finds_the_words_beside_it(world: World, boss: Client) -> None:
    photo = get_image_model().objects.first()
    photo.title = "Most w Jarocinku"
    photo.save()
    for typed in ("Jarocinku", '"Jarocinku', 'Jarocinku"', 'Most "w" Jarocinku'):
        answer = ask(boss, Question("/admin/images/", "q").with_values(typed))
        assert [each.pk for each in answer.context["object_list"]] == [photo.pk], typed


# As people meet them


REFUSED = [
    ("/api/v2/pages/?search=%00", "search"),
    ("/api/v2/images/?search=%00", "search"),
    ("/api/v2/documents/?search=%00", "search"),
    ("/api/v2/pages/?offset=9223372036854775808", "offset"),
    ("/api/v2/pages/?search=a&search_operator=maybe", "search_operator"),
    ("/api/v2/pages/?type=newsroom.EventPage&start_date=abc", "start_date"),
    ("/api/v2/pages/?type=newsroom.EventPage&end_date=x", "end_date"),
    ("/api/v2/pages/?type=newsroom.EventPage&venue=" + "9" * 30, "venue"),
    ("/api/v2/pages/?type=newsroom.NewsPage&date=x", "date"),
    ("/api/v2/pages/?type=newsroom.NewsPage&topics=abc", "topics"),
    ("/api/v2/pages/?first_published_at=x", "first_published_at"),
    ("/api/v2/documents/?issued_on=x", "issued_on"),
    *((f"/api/v2/{name}/find/?id=abc", "id") for name in ("pages", "images", "documents")),
    ("/api/v2/pages/?type=newsroom.EventPage&reports=" + "9" * 30, "reports"),
    ("/api/v3-preview/pages/?type=newsroom.EventPage&reports=" + "9" * 30, "reports"),
    ("/api/v3-preview/pages/?type=newsroom.EventPage&start_date=abc", "start_date"),
    ("/api/v3-preview/pages/?search=%00", "search"),
    ("/api/v3-preview/pages/?offset=9223372036854775808", "offset"),
    ("/api/v3-preview/pages/find/?id=" + "9" * 30, "id"),
]


@pytest.mark.parametrize(("address", "name"), REFUSED)
def test_t16_refusal_names_the_parameter_in_a_sentence(world: World, stranger: Client, address: str, name: str) -> None:
    response = stranger.get(address)
    body = json.loads(response.content)
    sentence = body.get("message") or body.get("detail")

    assert response.status_code == 400
    assert f"„{name}”" in sentence or f"“{name}”" in sentence
    assert sentence.endswith(".")


def test_c1_every_field_of_every_type_refuses_words_in_the_place_of_a_day_or_a_number(
    world: World, stranger: Client
) -> None:
    """Over all types: what is neither text nor choice nor tag says which form it wants."""
    kinds = ("DateField", "DateTimeField", "TimeField", "IntegerField", "DecimalField", "ForeignKey", "BooleanField")
    endpoint, asked = v2_endpoints()["pages"], 0
    for model in page_types():
        for name in endpoint.get_available_fields(model, db_fields_only=True):
            kind = model._meta.get_field(name).get_internal_type()
            if kind in kinds and name != "locale":
                asked += 1
                query = Question(f"{V2}/pages/", name, (("type", model._meta.label),))
                assert stranger.get(query.with_values("abc")).status_code == 400, (model, name)

    assert asked > 40


def test_t16_a_value_of_the_right_form_is_looked_up(world: World, stranger: Client) -> None:
    page = world.ground[NewsPage]
    moment = page.first_published_at.isoformat()
    for name, value in [("date", page.date.isoformat()), ("first_published_at", moment), ("title", page.title)]:
        query = Question(f"{V2}/pages/", name, (("type", "newsroom.NewsPage"),))
        found = json.loads(stranger.get(query.with_values(value)).content)
        assert page.pk in [each["id"] for each in found["items"]], name


def test_odd_values_are_of_many_kinds() -> None:
    assert len(set(ODD)) == len(ODD) > 30
