"""What is written once and chosen many times: venues, people, organisations, projects. Bad input stands beside its field."""

from typing import Any

import bs4
import pytest
from django.apps import apps
from django.http import HttpResponse
from wagtail.models import Page

from tests.admin.desk import Desk
from wagtail_newsroom.news.models import Organisation

LINE_BREAK = "This text holds a line break or another invisible character. Type it on one line."
NO_URL = "This is not the address of a web page. Give one that starts with https://."
REQUIRED = "This field is required."
TOO_MUCH = "Ensure this value is less than or equal to {}."

CASES = [
    ("venue", {"name": "Dom\u2028Kultury"}, "name", LINE_BREAK),
    ("venue", {"name": "Dom Kultury", "latitude": "91"}, "latitude", TOO_MUCH.format(90)),
    ("venue", {"name": "Dom Kultury", "longitude": "181"}, "longitude", TOO_MUCH.format(180)),
    ("venue", {"name": ""}, "name", REQUIRED),
    ("person", {"name": "Ewa\x0bLis"}, "name", LINE_BREAK),
    ("person", {"name": "Ewa Lis", "email": "ewa@"}, "email", "Enter a valid email address."),
    ("organisation", {"name": "Fundacja\u2029Dalej"}, "name", LINE_BREAK),
    ("organisation", {"name": "Fundacja", "url": "javascript:alert(1)"}, "url", NO_URL),
    ("organisation", {"name": "Fundacja", "url": "data:text/html,x"}, "url", NO_URL),
    (
        "organisation",
        {"name": "Fundacja", "url": "ftp://example.org/"},
        "url",
        "This is not the address of a web page. Give one that starts with https://.",
    ),
    (
        "organisation",
        {"name": "Fundacja", "logo_alt": "logo.png"},
        "logo_alt",
        "“logo.png” is a file name. Say in one sentence what the photo shows.",
    ),
    (
        "project",
        {"name": "Razem", "starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        "ends_on",
        "The project ends before it starts. Correct one of the two dates.",
    ),
    ("project", {"name": "Razem", "url": "javascript:alert(1)"}, "url", NO_URL),
    (
        "project",
        {"name": "Razem", "logo_strip_alt": "pasek.jpg"},
        "logo_strip_alt",
        "“pasek.jpg” is a file name. Say in one sentence what the photo shows.",
    ),
    ("topic", {"name": "Usługi\x0bspołeczne"}, "name", LINE_BREAK),
    (
        "topic",
        {"name": "Usługi", "slug": "usługi"},
        "slug",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ),
]


def filled(desk: Desk, url: str, typed: dict[str, Any]) -> dict[str, Any]:
    """The form at ``url`` as a browser would send it, with ``typed`` in it."""
    form = desk.client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, False)} | typed


def beside(answer: HttpResponse, field: str) -> list[str]:
    around = (
        bs4.BeautifulSoup(answer.content, "html.parser").find(id=f"id_{field}").find_parent(class_="w-field__wrapper")
    )
    return [message.get_text(" ", strip=True) for message in around.find_all(class_="error-message")]


@pytest.mark.parametrize(("model", "typed", "field", "message"), CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_impossible_entry_is_refused(
    model: str, typed: dict[str, str], field: str, message: str, tree: dict[str, Page], editor: Desk
) -> None:
    url = f"/admin/snippets/newsroom/{model}/add/"
    answer = editor.client.post(url, filled(editor, url, typed))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert beside(answer, field) == [message]
    for name, value in typed.items():
        assert answer.context["form"][name].value() == value
    assert not apps.get_model("newsroom", model).objects.exists()


def test_good_entry_is_stored_in_the_language_of_the_list(tree: dict[str, Page], editor: Desk) -> None:
    url = "/admin/snippets/newsroom/organisation/add/"
    sent = filled(editor, url, {"name": "Fundacja Dalej", "url": "https://example.org/"})
    assert editor.client.post(url, sent).status_code == 302
    assert Organisation.objects.get().locale.language_code == "pl"
