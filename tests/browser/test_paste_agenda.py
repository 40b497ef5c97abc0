"""A programme pasted into the event's form, then pasted again with one line changed: no double, one press takes it back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from tests.admin.desk import EDITORS, member
from tests.browser.forms import LATER
from tests.factories import EventPageFactory
from wagtail_newsroom.news.models import EventPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PROGRAMME = "Program\n10.00–11.00 Woda – Anna Nowak\n11.00–11.15 Przerwa kawowa\n11.15–12.00 Las"
STATE = "document.getElementById('agenda-root').rootBlock.getState()"


def saved(event: EventPage) -> dict[str, Any]:
    """The hour and title of each session in the latest draft, by its id."""
    event.refresh_from_db()
    agenda = event.get_latest_revision_as_object().agenda
    return {
        child.id: (f"{child.value['start']:%H:%M}", child.value["title"])
        for day in agenda
        for child in day.value["sessions"]
    }


def save(tab: Tab) -> None:
    with tab.expect_navigation(timeout=LATER):
        tab.locator("button.action-save").first.click()
    tab.get_by_role("tab", name="Programme").click()


def look_at(tab: Tab, text: str) -> None:
    tab.get_by_role("button", name="Paste a programme").click()
    expect(tab.locator("#newsroom-paste-text")).to_be_focused()
    tab.keyboard.insert_text(text)
    tab.get_by_role("button", name="Look at it").press("Enter")


def test_pasted_programme_moves_one_session_and_can_be_undone(
    tree: dict[str, Page], admin_at: Callable[[str, str], Tab]
) -> None:
    event = EventPageFactory(parent=tree["events"], live=False, owner=member(EDITORS))
    event.save_revision(user=event.owner)
    tab = admin_at(f"/admin/pages/{event.pk}/edit/", "en")
    tab.get_by_role("tab", name="Programme").click()
    dialog = tab.locator("dialog[open]")

    # What cannot be read is told, and stays.
    look_at(tab, "Zapraszamy na spotkanie")
    expect(dialog.get_by_role("alert")).to_contain_text("No programme was found")
    expect(tab.locator("#newsroom-paste-text")).to_have_value("Zapraszamy na spotkanie")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Paste a programme")).to_be_focused()

    tab.locator("#newsroom-paste-text").evaluate("box => { box.value = '' }")
    look_at(tab, PROGRAMME)
    expect(dialog.get_by_role("status")).to_have_text("3 new, 0 moved, 0 changed, 0 gone")
    expect(dialog.get_by_role("heading", level=3)).to_be_focused()
    dialog.get_by_role("button", name="Fill in").press("Enter")
    done = tab.locator("[data-nr-done]")
    expect(done).to_contain_text("The programme is filled in: 3 new")
    save(tab)
    first = saved(event)
    assert list(first.values()) == [("10:00", "Woda"), ("11:00", "Przerwa kawowa"), ("11:15", "Las")]

    look_at(tab, PROGRAMME.replace("11.15–12.00 Las", "11.45–12.30 Las"))
    expect(dialog.get_by_role("status")).to_have_text("0 new, 1 moved, 0 changed, 0 gone")
    rows = dialog.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Hours before: 11:15–12:00")
    tab.set_viewport_size({"width": 320, "height": 640})
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    tab.set_viewport_size({"width": 1280, "height": 900})
    before = tab.evaluate(STATE)
    dialog.get_by_role("button", name="Fill in").press("Enter")
    expect(done).to_contain_text("1 moved")
    filled = tab.evaluate(STATE)
    assert filled != before

    done.get_by_role("button", name="Undo").press("Enter")
    expect(done).to_contain_text("again as it was before")
    assert tab.evaluate(STATE) == before
    done.get_by_role("button", name="Redo").press("Enter")
    expect(done).to_contain_text("is filled in")
    assert tab.evaluate(STATE) == filled
    save(tab)
    second = saved(event)
    assert list(second) == list(first)
    assert list(second.values()) == [("10:00", "Woda"), ("11:00", "Przerwa kawowa"), ("11:45", "Las")]

    # What is copied out and pasted back changes nothing.
    tab.get_by_role("button", name="Copy the programme").click()
    text = dialog.get_by_label("Programme", exact=True)
    expect(text).to_be_focused()
    copied = text.input_value()
    assert tab.evaluate("getSelection().toString() || document.activeElement.selectionEnd") in (copied, len(copied))
    expect(dialog.get_by_role("link", name="DOCX")).to_have_attribute(
        "href", f"/admin/newsroom/pages/{event.pk}/agenda.docx"
    )
    tab.keyboard.press("Escape")
    look_at(tab, copied)
    expect(dialog.get_by_role("status")).to_have_text("Nothing changed")
    expect(dialog.get_by_role("button", name="Fill in")).to_have_count(0)
