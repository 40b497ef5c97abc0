"""From an invitation in the clipboard to a saved draft with its programme, in a real browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.admin.test_intake import INVITATION
from tests.browser.test_public_pages import AXE_OPTIONS
from wagtail_newsroom.news.models import EventPage

pytestmark = [pytest.mark.django_db(transaction=True)]


class Hands:
    """Counts what a person does."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.actions = tab, 0

    def press(self, name: str) -> None:
        self.actions += 1
        self.tab.get_by_role("button", name=name, exact=True).click()

    def follow(self, selector: str) -> None:
        self.actions += 1
        self.tab.locator(selector).first.click()

    def paste(self, label: str, plain: str, html: str = "") -> None:
        """Paste as a browser does: the event with what the clipboard holds, then the text arrives in the field."""
        self.actions += 1
        self.tab.get_by_label(label).evaluate(
            """(field, [plain, html]) => {
                const held = new DataTransfer();
                held.setData("text/plain", plain);
                if (html) held.setData("text/html", html);
                field.focus();
                field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true }));
                document.execCommand("insertText", false, plain);
            }""",
            [plain, html],
        )


def test_invitation_becomes_a_draft_with_its_programme_in_six_actions_at_most(
    tree: Any, admin_at: Callable[[str, str], Page]
) -> None:
    tab = admin_at("/admin/", "en")
    hands = Hands(tab)
    hands.follow(".desk__new a[href$='/newsroom/intake/event/']")
    hands.paste("Or paste the invitation", INVITATION)
    hands.press("Read it")
    tab.wait_for_selector("form[data-nr-review]")
    hands.follow("#row-start_time [data-nr-take]")
    assert tab.input_value("[name=start_time]") == "09:00"
    hands.press("Create draft")
    tab.wait_for_url("**/admin/pages/*/edit/")

    assert hands.actions <= 6
    event = EventPage.objects.get().get_latest_revision_as_object()
    assert (event.live, len(event.agenda), len(event.agenda[0].value["sessions"])) == (False, 1, 5)


def test_review_works_on_a_phone_by_keyboard_and_keeps_tables(tree: Any, admin_at: Callable[[str, str], Page]) -> None:
    tab = admin_at("/admin/newsroom/intake/event/", "en")
    table = (
        "<p>Szkolenie, 4 maja 2027 r.</p><table><tr><td>10:00</td><td>Woda</td></tr>"
        "<tr><td>11:00</td><td>Przerwa</td></tr></table>"
    )
    plain = "Szkolenie, 4 maja 2027 r. 10:00 Woda 11:00 Przerwa"
    hands = Hands(tab)
    hands.paste("Or paste the invitation", plain, table)
    assert tab.locator("[name=html]").input_value() == table
    tab.get_by_label("Or paste the invitation").press("x")
    assert tab.locator("[name=html]").input_value() == "", "an edited text is what counts"
    tab.get_by_label("Or paste the invitation").fill("")
    hands.paste("Or paste the invitation", plain, table)
    hands.press("Read it")
    tab.wait_for_selector("form[data-nr-review]")
    tab.set_viewport_size({"width": 320, "height": 800})

    assert tab.evaluate("document.documentElement.scrollWidth <= 320")
    assert tab.locator("[id^=row-sessions-]").count() == 2
    tab.locator("#row-start_date .nr-evidence__from").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("mark:target").inner_text() == "4 maja 2027 r."
    assert tab.locator("[name=venue_name]").is_hidden()
    tab.get_by_role("button", name="Add a line").press("Enter")
    tab.keyboard.type("05/04/2027")
    tab.locator("[name=sessions-2-title]").fill("Zamknięcie")
    found = Axe().run(tab, context=".nr-review", options=AXE_OPTIONS).response["violations"]
    assert found == [], json.dumps([(each["id"], [n["html"] for n in each["nodes"]]) for each in found], indent=1)
    hands.press("Create draft")
    tab.wait_for_url("**/admin/pages/*/edit/**")
