"""A date typed as Poles write it stays what was typed, and is understood; nonsense is told, not replaced by today."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from wagtail_newsroom.news.models import EventPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_typed_dates_are_kept_and_understood(tree: dict[str, Page], admin_at: Callable[[str, str], Tab]) -> None:
    tab = admin_at(f"/admin/pages/add/newsroom/eventpage/{tree['events'].pk}/", "pl")
    tab.locator("[name=title]").fill("Wiosenny spacer")
    tab.locator("[role=tab]").nth(1).click()
    first, last = tab.locator("[name=start_date]"), tab.locator("[name=end_date]")
    first.click()
    first.press_sequentially("13.03.2027")
    first.press("Tab")
    last.click()
    last.press_sequentially("pojutrze")
    last.press("Tab")
    expect(first).to_have_value("13.03.2027")
    expect(last).to_have_value("pojutrze")
    last.fill("14.03.2027")
    last.press("Tab")
    tab.keyboard.press("Escape")
    tab.locator("button.action-save").first.click()
    tab.wait_for_url("**/edit/**")
    event = EventPage.objects.get()
    saved = event.get_latest_revision_as_object()
    assert (saved.start_date, saved.end_date) == (dt.date(2027, 3, 13), dt.date(2027, 3, 14))
