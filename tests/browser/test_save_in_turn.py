"""A form that saves itself and a button that saves it never store the same page twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, expect
from wagtail.models import Page

from tests.browser.forms import until_watched
from wagtail_newsroom.news.models import NewsPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_new_page_is_made_once_where_the_server_is_slow_to_answer_the_button(
    tree: dict[str, Page], admin_at: Callable[[str, str], Tab]
) -> None:
    tab = admin_at(f"/admin/pages/add/newsroom/newspage/{tree['news'].pk}/", "en")
    held: list[Route] = []
    asked: list[str] = []

    def hold(route: Route) -> None:
        """Let everything pass but what the button sends."""
        if route.request.method != "POST":
            route.continue_()
        elif route.request.is_navigation_request():
            held.append(route)
        else:
            asked.append(route.request.url)
            route.continue_()

    tab.route("**/admin/pages/add/**", hold)
    tab.evaluate(
        """() => document.addEventListener("submit", () => setTimeout(() => {
            const title = document.querySelector("#id_title");
            title.value += " i kanapki";
            title.dispatchEvent(new Event("input", { bubbles: true }));
        }, 200))"""
    )
    # What is typed before Wagtail watches the form is its first state: nothing saves itself because of it.
    tab.locator("#id_title").fill("Herbata")
    until_watched(tab)
    tab.get_by_role("button", name="Save draft").click(no_wait_after=True)
    tab.wait_for_timeout(4000)  # the form looks for changes every half second, and waits as long before it sends them
    assert len(held) == 1
    assert asked == []
    held[0].continue_()
    expect(tab.locator(".messages")).to_contain_text("Herbata")
    assert NewsPage.objects.count() == 1
