"""N13: a list that is paged gives each row once, however many rows share the key by which it is ordered."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from tests.factories import make_attachment, make_photo
from tests.soak import sample
from tests.standing import planted_for_many
from tests.trust.admin_doors import admin_patterns
from tests.trust.doors import V2, V3
from tests.trust.grown import Grown
from tests.trust.planting import World
from wagtail_newsroom.news.api.v3_queries import settle_order
from wagtail_newsroom.news.listings.order import settled
from wagtail_newsroom.news.models import EventPage, NewsPage, PageAttachment, Topic

pytestmark = pytest.mark.services(rows="all")

ROWS = 15


@pytest.fixture(scope="module")
def grown_equals(grown_world: Grown, django_db_blocker: Any) -> Iterator[list[int]]:
    world, media = grown_world.world, grown_world.media
    with planted_for_many(django_db_blocker, media) as plant:
        yield plant(lambda: plant_equals(world.read_again()))


def plant_equals(world: World) -> list[int]:
    """News, events, documents and photos that share every key but the id; some were touched again since."""
    now = timezone.now()
    moment = now + dt.timedelta(days=5)
    facts = {"title": "Równe", "lead": "Równe."}
    news = [NewsPage(slug=f"rowne-{n}", date=now.date(), **facts) for n in range(ROWS)]
    events = [EventPage(slug=f"rowne-{n}", start_date=moment.date(), **facts) for n in range(ROWS)]
    for parent, pages in ((world.tree["news"], news), (world.tree["events"], events)):
        for page in pages:
            parent.specific.add_child(instance=page)
    for number in range(ROWS):
        news[0].attachments.add(PageAttachment(attachment=make_attachment("Równe", name=f"rowne{number}.txt")))
    photos = [make_photo("Równe", name=f"rowne{number}.jpg") for number in range(ROWS)]
    news[0].body = [("image", {"image": photo, "alt": "Most"}) for photo in photos]
    news[0].save_revision().publish()
    rows = Page.objects.filter(title="Równe")
    rows.update(first_published_at=now, last_published_at=now, latest_revision_created_at=now)
    EventPage.objects.filter(title="Równe").update(starts_at=moment, ends_at=moment)
    for model in (Page, get_image_model(), get_document_model()):
        if model is not Page:
            model.objects.update(created_at=now, title="Równe")
        # PostgreSQL puts a row that was changed at another place: without a last key the order changes with it.
        for row in model.objects.filter(title="Równe").order_by("?")[: ROWS // 2]:
            model.objects.filter(pk=row.pk).update(title="Równe")
    return [page.pk for page in (*news, *events)]


@pytest.fixture
def equals(grown_equals: list[int], world: World) -> list[int]:
    return grown_equals


def walked(visitor: Client, address: str, query: dict[str, Any], limit: int) -> list[int]:
    found: list[int] = []
    for offset in range(0, 400, limit):
        response = visitor.get(f"{address}?{urlencode({**query, 'limit': limit, 'offset': offset})}")
        assert response.status_code == 200, response.content
        items = json.loads(response.content)["items"]
        if not items:
            break
        found += [item["id"] for item in items]
    return found


@pytest.mark.parametrize("order", ["-first_published_at", "title"])
def test_c2_each_page_comes_once_in_both_apis(equals: list[int], stranger: Client, order: str) -> None:
    for api in (V2, V3):
        found = walked(stranger, f"{api}/pages/", {"order": order}, 7)
        assert len(found) == len(set(found)), (api, order)
        assert set(equals) <= set(found)
    of_type = walked(stranger, f"{V2}/pages/", {"order": order, "type": "newsroom.NewsPage"}, 5)
    assert len(of_type) == len(set(of_type)) >= ROWS


def test_c2_each_row_comes_once_where_it_is_searched_and_ordered(equals: list[int], stranger: Client) -> None:
    for api in (V2, V3):
        for order in ("title", "-first_published_at"):
            found = walked(stranger, f"{api}/pages/", {"search": "Równe", "order": order}, 7)
            assert len(found) == len(set(found)) >= len(equals), (api, order)


@pytest.mark.parametrize(
    ("name", "kwargs", "asked", "given"),
    [
        ("list_pages", {}, "order=title", ["title", "id"]),
        ("list_images", {}, "order=title&order=-width", ["title", "-width", "id"]),
        ("list_snippets", {"type": "newsroom.Topic"}, "order=name", ["name", "id"]),
        ("list_redirects", {}, "", ["id"]),
        ("list_pages", {}, "order=-id", ["-id"]),
        ("list_pages", {}, "order=random", ["random"]),
        ("list_pages", {}, "order=title&search=most", ["title"]),
        ("list_pages", {}, "", []),
    ],
)
def test_c2_order_that_the_preview_api_is_asked_for_ends_in_the_key(
    rf: RequestFactory, name: str, kwargs: dict[str, Any], asked: str, given: list[str]
) -> None:
    request = rf.get(f"/?{asked}")
    settle_order(request, name, kwargs)
    assert request.GET.getlist("order") == given


@pytest.mark.parametrize("name", ["images", "documents"])
def test_c2_each_file_comes_once(equals: list[int], stranger: Client, name: str) -> None:
    for order in ("title", "-title"):
        found = walked(stranger, f"{V2}/{name}/", {"order": order}, 4)
        assert len(found) == len(set(found)) >= ROWS


def test_c2_each_row_comes_once_in_public_lists(world: World, equals: list[int], stranger: Client) -> None:
    for page in (world.tree["news"], world.tree["events"], world.tree["documents"]):
        found: list[Any] = []
        for number in range(1, 12):
            items = stranger.get(f"{page.url}?page={number}").context["items"]
            if items.number != number:
                break
            found += [getattr(item, "url", item) for item in items.object_list]
        assert len(found) == len(set(map(str, found))) > 12, page


def ordered_lists(boss: Client) -> Iterator[tuple[str, Any]]:
    """Lists, choosers and reports of the admin, by each of their columns."""
    doors = admin_patterns()
    for door in sample(doors, doors[::3]):
        if door.names or door.pattern.startswith(("/admin/failwhale/", "/admin/logout/")):
            continue
        response = boss.get(door.pattern)
        table = (response.context or {}).get("table") if response.status_code == 200 else None
        if table is None:
            continue
        keys = [column.sort_key for column in table.columns.values() if column.sort_key]
        for address in [door.pattern, *(f"{door.pattern}?ordering=-{key}" for key in keys)]:
            yield address, keys


@pytest.mark.sampled
def test_c2_every_list_and_chooser_of_the_admin_ends_its_order_in_the_key(
    world: World, equals: list[int], admin_client: Client
) -> None:
    """Whatever is given out by pages: the query that fetches a page ends its ORDER BY in an id."""
    wrong, asked = [], 0
    for address, _keys in ordered_lists(admin_client):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin_client.get(address)
        paged = [each["sql"] for each in queries if " LIMIT " in each["sql"] and " OFFSET " not in each["sql"]]
        for sql in paged:
            order = sql.rpartition(" ORDER BY ")[2] if " ORDER BY " in sql else ""
            if order and " LIMIT 1" not in sql and " LIMIT 2 " not in sql:
                asked += 1
                wrong += [] if ends_in_a_key(order) else [f"{address}: {order[:200]}"]

    assert asked > 3
    assert list(dict.fromkeys(wrong)) == []


def ends_in_a_key(order: str) -> bool:
    last = order.partition(" LIMIT ")[0].split(",")[-1].strip().lower()
    return any(name in last for name in ('"id"', '_ptr_id"', '"pk"', '"path"', '"key"', '"uuid"')) or last[0].isdigit()


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (lambda: Page.objects.order_by("-title"), "pk"),
        (lambda: Topic.objects.all(), "pk"),
        (lambda: Site.objects.order_by(F("hostname").desc()), "pk"),
    ],
    ids=["stated", "of the model", "expression"],
)
def test_order_ends_in_the_id(rows: Any, last: str, db: None) -> None:
    key = settled(rows()).query.order_by[-1]
    assert key.expression.name == last


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Page.objects.order_by("?"),
        lambda: Page.objects.order_by("title")[:3],
        lambda: Page.objects.order_by("title", "-pk"),
        lambda: Page.objects.order_by("title", "id"),
        lambda: Page.objects.values("title").distinct().order_by("title"),
        lambda: [1, 2, 3],
    ],
    ids=["random", "sliced", "has pk", "has id", "values", "a list"],
)
def test_order_that_needs_no_id_or_cannot_have_one_is_left_alone(rows: Any, db: None) -> None:
    given = rows()
    assert settled(given) is given
