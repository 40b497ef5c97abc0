"""What holds for every operation: odd questions, methods, headers, cursors. Operations are read from the document."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page, Site

from tests.factories import NewsPageFactory
from tests.trust.delivery_doors import V1, operations, query_names
from wagtail_newsroom.news.publishing.sharing.tokens import make_front_end_token

LISTS = [path for path in operations() if "{" not in path and "cursor" in query_names(path)]
PLAIN = [path for path in operations() if "{" not in path]


def wrong(answer: Any) -> dict[str, str]:
    """The parameters that a problem names, with their codes."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert all(each["detail"] for each in problem["errors"])
    return {each["parameter"]: each["code"] for each in problem["errors"]}


@pytest.mark.parametrize("path", list(operations()))
def test_parameter_that_is_not_there_is_named_before_the_database_is_asked(
    client: Client, db: None, django_assert_num_queries: Callable[..., Any], path: str
) -> None:
    address = path.replace("{id}", "1").replace("{slug}", "a").replace("{key}", "a")
    with django_assert_num_queries(0):
        answer = client.get(f"{address}?nonsense=1&x%00=2")

    assert answer.status_code in (400, 422)
    assert "nonsense" in wrong(answer) or "x" in wrong(answer)


ODD = [
    ("limit", "0"),
    ("limit", "101"),
    ("limit", "9" * 40),
    ("limit", "-1"),
    ("limit", "1e1"),
    ("limit", "٣"),
    ("limit", "\0"),
    ("cursor", "x"),
    ("cursor", "W10="),
    ("cursor", "a" * 601),
    ("count", "maybe"),
    ("rich_text", "pdf"),
    ("order", "password"),
    ("ids", "1,x"),
    ("ids", ",".join(map(str, range(1, 102)))),
    ("kind", "news,nonsense"),
    ("locale", ""),
    ("fields", "title,password"),
    ("include", "password"),
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("name", "value"), ODD, ids=lambda value: str(value)[:20])
def test_value_that_cannot_be_looked_up_is_named_before_the_database_is_asked(
    client: Client, db: None, django_assert_num_queries: Callable[..., Any], path: str, name: str, value: str
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(path, {name: value})

    known = name in query_names(path)
    assert answer.status_code == (422 if known else 400)
    assert wrong(answer) == {name: "bad_value" if known else "unknown_parameter"}


def test_query_of_a_hundred_kilobytes_is_refused(client: Client, db: None) -> None:
    for path in PLAIN:
        assert client.get(path, {"limit": "1" * 100_000}).status_code == 422, path


def test_parameter_that_is_given_twice_is_named(client: Client, db: None) -> None:
    assert wrong(client.get(f"{V1}/news/?limit=1&limit=2")) == {"limit": "bad_value"}


def front_end_token() -> str:
    """A token for operations that show nothing without one."""
    boss = get_user_model().objects.create_superuser("boss", "boss@example.org")
    return make_front_end_token("Staging", Site.objects.get(is_default_site=True), boss, 1)[1]


@pytest.mark.parametrize("path", PLAIN)
def test_methods_and_formats_of_each_operation(client: Client, tree: dict[str, Page], path: str) -> None:
    needed = {"path": "/"} if "path" in query_names(path) else {}
    if "security" in operations()[path]:
        client = Client(headers={"authorization": f"Preview {front_end_token()}"})
    got, head = client.get(path, needed), client.head(path, needed)
    same = {name: value for name, value in got.headers.items() if name != "Content-Length"}
    answered = min(map(int, operations()[path]["responses"]))

    assert got.status_code == head.status_code == answered
    assert {name: value for name, value in head.headers.items() if name != "Content-Length"} == same
    assert client.options(path).status_code == 204
    assert client.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method(path)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert refused.json()["code"] == "method_not_allowed"
    assert client.get(path, needed, headers={"accept": "image/png"}).json()["code"] == "not_acceptable"
    media_type = got.headers["Content-Type"].split(";")[0]
    for accepted in (media_type, f"{media_type.split('/')[0]}/*", "*/*", f"text/x;q=1, {media_type};q=0.2"):
        assert client.get(path, needed, headers={"accept": accepted}).status_code == answered, accepted


def test_answer_is_validated_by_its_strong_etag(client: Client, tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Raz")
    address = f"{V1}/news/{page.pk}/"
    first = client.get(address)
    assert first.headers["ETag"].startswith('"')
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304

    page.title = "Dwa"
    page.save_revision().publish()
    changed = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (changed.status_code, changed.json()["title"]) == (200, "Dwa")


# Cursors


@pytest.fixture
def many(tree: dict[str, Page]) -> list[int]:
    """News of few days and few titles: most keys are equal."""
    day = dt.date(2026, 3, 1)
    return [
        NewsPageFactory(
            parent=tree["news"], title=f"Wieść {n % 3}", slug=f"w-{n}", date=day + dt.timedelta(days=n % 4)
        ).pk
        for n in range(17)
    ]


def walk(client: Client, address: str, direction: str = "next") -> list[list[int]]:
    """The ids of each page of a list, followed to its end."""
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([item["id"] for item in answer["items"]])
        address = answer[direction]
    return pages


@pytest.mark.services
def test_t13_walk_in_every_order_meets_each_row_once_there_and_back(client: Client, many: list[int]) -> None:
    parameters = operations()[f"{V1}/news/"]["parameters"]
    orders = next(each["schema"]["enum"] for each in parameters if each["name"] == "order")
    for order in orders:
        whole = [item["id"] for item in client.get(f"{V1}/news/", {"order": order, "limit": 100}).json()["items"]]
        there = walk(client, f"{V1}/news/?limit=5&order={order}")
        assert [pk for page in there for pk in page] == whole, order
        assert sorted(whole) == sorted(many)

        last = client.get(f"{V1}/news/", {"order": order, "limit": 5}).json()
        while last["next"]:
            last = client.get(last["next"]).json()
        back = [each["id"] for each in last["items"]]
        while last["prev"]:
            last = client.get(last["prev"]).json()
            back = [item["id"] for item in last["items"]] + back
        assert back == whole, order


def test_cursor_stays_where_it_is_while_items_are_added_and_taken(
    client: Client, tree: dict[str, Page], many: list[int]
) -> None:
    first = client.get(f"{V1}/news/?limit=5&order=-id").json()
    rest = walk(client, first["next"])
    NewsPageFactory(parent=tree["news"], title="Nowa")
    Page.objects.get(pk=first["items"][-1]["id"]).specific.unpublish()

    assert walk(client, first["next"]) == rest


def test_cursor_of_another_question_is_refused(client: Client, many: list[int]) -> None:
    following = client.get(f"{V1}/news/?limit=5&order=-id").json()["next"]
    cursor = following.split("cursor=")[1].split("&")[0]

    for address in (f"{V1}/news/?limit=5&order=id", f"{V1}/news/?limit=5&order=-id&kind=report"):
        assert wrong(client.get(f"{address}&cursor={cursor}")) == {"cursor": "bad_value"}
    assert client.get(f"{V1}/news/?limit=9&order=-id&count=false&cursor={cursor}").status_code == 200
    for path in LISTS:
        if path != f"{V1}/news/":
            assert wrong(client.get(f"{path}?cursor={cursor}")) == {"cursor": "bad_value"}, path


def test_count_may_be_left_out(client: Client, many: list[int], django_assert_num_queries: Callable[..., Any]) -> None:
    assert client.get(f"{V1}/news/").json()["count"] == len(many)
    with django_assert_num_queries(4):
        assert client.get(f"{V1}/news/?count=false").json()["count"] is None


def test_document_is_one_set_of_bytes_and_names_every_answer(client: Client) -> None:
    first, second = client.get(f"{V1}/openapi.json"), client.get(f"{V1}/openapi.json")

    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    document = json.loads(first.content)
    assert document["openapi"].startswith("3.1")
    ids = [operation["operationId"] for operation in operations().values()]
    assert len(ids) == len(set(ids))
