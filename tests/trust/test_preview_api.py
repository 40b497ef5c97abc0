"""The v3 preview API: pages for everybody, all else with a token; a token opens what its holder may; no writes."""

import itertools
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import APIToken, GroupPagePermission, Page

from tests.factories import private_collection
from tests.trust.doors import V3, ask_all, fill_route, leaks, v3_routes
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.api.v3 import preview_urls
from wagtail_newsroom.news.models import EventPage, NewsPage, Person

WORD = "zqtajne"
OPEN_ROUTES = ("pages/", "pages", "openapi.json", "docs")
WRITES = ("POST", "PUT", "PATCH", "DELETE")


def token_of(name: str, **facts: bool) -> dict[str, str]:
    """Create a user with a token and return the headers that carry it."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", **facts)
    _row, secret = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.matrix
def test_routes_that_are_tried_are_all_that_answer() -> None:
    """The doors are those of the address patterns, whatever Wagtail adds."""
    patterns = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern)).strip("/") for each in preview_urls()[0]}

    assert patterns - {"", "docs", "openapi.json"} == set(v3_routes())


def addresses(method: str, *, limit: int = 4) -> list[str]:
    """Some addresses of each route that takes ``method``."""
    patterns = [pattern for pattern, methods in v3_routes().items() if method in methods]
    return [f"{V3}/{path}/" for pattern in patterns for path in fill_route(pattern)[:limit]]


def test_everything_but_pages_asks_for_a_token(world: World, stranger: Client, reader: Client) -> None:
    asked = [address for address in addresses("GET", limit=3) if not address.startswith(f"{V3}/pages/")]

    for visitor in (stranger, reader):
        assert [address for address in asked if visitor.get(address).status_code != 401] == []
        assert [address for address in asked if visitor.head(address).status_code != 401] == []


@pytest.mark.parametrize("value", ["Bearer wagtail_x", "Bearer ", "Token x", "Basic eDp4"])
def test_made_up_token_opens_nothing(world: World, stranger: Client, value: str) -> None:
    for name in ("images", "documents", "whoami", "snippets/newsroom.Person", "pages/1/revisions"):
        assert stranger.get(f"{V3}/{name}/", headers={"Authorization": value}).status_code == 401, name


def test_revoked_token_and_that_of_a_closed_account_open_nothing(world: World, stranger: Client) -> None:
    revoked, closed = token_of("revoked", is_superuser=True), token_of("closed", is_superuser=True)
    APIToken.objects.get(user__username="revoked").revoke()
    get_user_model().objects.filter(username="closed").update(is_active=False)

    for headers in (revoked, closed):
        assert stranger.get(f"{V3}/images/", headers=headers).status_code == 401


def test_l1_token_of_somebody_without_rights_shows_no_draft_and_no_file_of_one(world: World, stranger: Client) -> None:
    headers = token_of("holder")
    planter = Planter(world, WORD)
    hidden = [planter.page(model, live=False) for model in page_types()]

    pages = [f"{V3}/pages/{page.pk}/{query}" for page in hidden for query in ("", "?version=draft", "revisions/")]
    files = [f"{V3}/images/{planter.any_photo().pk}/", f"{V3}/documents/{planter.any_document().pk}/"]
    lists = [
        f"{V3}/{name}/?limit=100{search}" for name in ("pages", "images", "documents") for search in ("", _search())
    ]
    answers = ask_all(stranger, [*pages, *files, *lists], **headers)

    assert leaks(answers.values(), WORD) == []
    assert {answers[address].status for address in pages} <= {403, 404}
    assert {answers[address].status for address in files} == {404}


def _search() -> str:
    return f"&search={WORD}"


def test_token_shows_public_files_to_everybody_and_hidden_ones_to_those_who_may_change_them(
    world: World, stranger: Client
) -> None:
    planter, public = Planter(world, WORD), Planter(world, "zqjawne")
    public.page(NewsPage)
    hidden, shown = planter.any_photo(), public.any_photo()
    guest, administrator = token_of("guest"), token_of("administrator", is_superuser=True)

    assert _ids(stranger, "images", guest) >= {shown.pk}
    assert hidden.pk not in _ids(stranger, "images", guest)
    assert _ids(stranger, "images", administrator) >= {shown.pk, hidden.pk}
    assert planter.any_document().pk in _ids(stranger, "documents", administrator)
    assert planter.any_document().pk not in _ids(stranger, "documents", guest)


def _ids(visitor: Client, name: str, headers: dict[str, str]) -> set[int]:
    return {item["id"] for item in visitor.get(f"{V3}/{name}/?limit=100", headers=headers).json()["items"]}


def test_l1_editor_s_token_shows_the_drafts_of_that_section_only(world: World, stranger: Client) -> None:
    headers = token_of("editor")
    group = Group.objects.create(name="Section")
    group.user_set.add(get_user_model().objects.get(username="editor"))
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=world.tree["news"], permission=permission)
    own = Planter(world, "zqnasze").page(NewsPage, live=False)
    foreign = Planter(world, WORD).page(EventPage, live=False)

    assert stranger.get(f"{V3}/pages/{own.pk}/?version=draft", headers=headers).status_code == 200
    assert stranger.get(f"{V3}/pages/{foreign.pk}/?version=draft", headers=headers).status_code == 404
    assert leaks(ask_all(stranger, [f"{V3}/pages/?limit=100"], **headers).values(), WORD) == []


def test_l4_people_are_listed_without_what_colleagues_only_may_know(world: World, stranger: Client) -> None:
    headers = token_of("administrator", is_superuser=True)
    person = Planter(world, WORD).related(Person)
    person.email, person.phone = "zqposta@example.org", "zqtelefon"
    person.save()

    answers = ask_all(
        stranger, [f"{V3}/snippets/newsroom.Person/", f"{V3}/snippets/newsroom.Person/{person.pk}/"], **headers
    )

    assert {answer.status for answer in answers.values()} == {200}
    assert leaks(answers.values(), "zqposta", "zqtelefon") == []


def test_l5_token_of_a_guest_shows_no_private_file(world: World, stranger: Client) -> None:
    planter = Planter(world, WORD, files_in=private_collection())
    planter.page(NewsPage)
    headers = token_of("guest")

    names = [f"images/{planter.any_photo().pk}/", f"documents/{planter.any_document().pk}/", "images/", "documents/"]
    answers = ask_all(stranger, [f"{V3}/{name}" for name in names], **headers)

    assert [answer.address for answer in answers.values() if answer.holds(f"{WORD} ") or answer.holds(f"{WORD}.")] == []


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("with_token", [False, True], ids=["without a token", "with an administrator's token"])
def test_writes_are_refused_on_every_route(world: World, stranger: Client, method: str, *, with_token: bool) -> None:
    headers = token_of("administrator", is_superuser=True) if with_token else {}
    before = _everything()
    asked = [*addresses("GET"), *itertools.chain.from_iterable(addresses(each) for each in WRITES)]

    answers = {address: _write(stranger, method, address, headers) for address in dict.fromkeys(asked)}

    assert {address: status for address, status in answers.items() if status not in {403, 405}} == {}
    assert _everything() == before


def _write(visitor: Client, method: str, address: str, headers: dict[str, str]) -> int:
    return visitor.generic(method, address, "{}", content_type="application/json", headers=headers).status_code


def _everything() -> list[Any]:
    return list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path", "latest_revision"))


def test_writes_without_a_token_are_refused_where_writes_are_switched_on(
    world: World, stranger: Client, settings: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    before = _everything()

    for method in WRITES:
        for address in addresses(method, limit=1):
            assert _write(stranger, method, address, {}) in {401, 403, 405}, f"{method} {address}"
    assert _everything() == before
