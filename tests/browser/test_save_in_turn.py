"""A form that saves itself and a button that saves it never store the same page twice, and lose nothing."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, expect
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, member
from tests.browser.forms import sign_in, until_watched
from wagtail_newsroom.news.models import NewsIndexPage, NewsPage

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


def test_c13_form_waits_for_its_person_and_is_saved_after_a_log_in_in_another_tab(
    tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any
) -> None:
    """The session ends, somebody else signs in, then the first person again; each time the same button is pressed."""
    person, somebody = member(PUBLISHERS), member(EDITORS, "ktos")
    tab = sign_in(page_at(1280), live_server, person)
    tab.goto(f"/admin/pages/{tree['news'].pk}/edit/")
    until_watched(tab)
    notice, save = tab.locator(".newsroom-saving"), tab.get_by_role("button", name="Save draft")

    tab.context.clear_cookies()
    tab.locator("#id_title").fill("Wpisane po godzinach")
    save.click()
    expect(notice).to_contain_text("You are not signed in any more")
    assert tab.evaluate("document.activeElement.matches('.newsroom-saving')")

    sign_in(tab, live_server, somebody)
    save.click()
    expect(notice).to_contain_text("Somebody else is signed in")
    expect(tab.locator("#id_title")).to_have_value("Wpisane po godzinach")
    assert NewsIndexPage.objects.get().get_latest_revision_as_object().title != "Wpisane po godzinach"
    assert "Wpisane" in kept(tab)

    sign_in(tab, live_server, person)
    tab.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_contain_text("You are signed in again")
    save.click()
    expect(tab.locator(".messages")).to_contain_text("Wpisane po godzinach")
    assert NewsIndexPage.objects.get().get_latest_revision_as_object().title == "Wpisane po godzinach"
    # Waiting for a function would need eval(), which the policy forbids.
    until = time.monotonic() + 10
    while "Wpisane" in kept(tab):
        assert time.monotonic() < until, "What was saved is still kept."
        tab.wait_for_timeout(100)


def kept(tab: Tab) -> str:
    """What the tab keeps of what was typed."""
    return tab.evaluate("Object.values(sessionStorage).join()")
