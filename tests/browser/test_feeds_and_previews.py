"""In the browser: data blocks break no policy, calendars are asked only when followed, the printed preview is paper."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page as Tab
from wagtail.models import Page

from tests.admin.desk import PUBLISHERS, member
from tests.browser.forms import sign_in
from tests.factories import EventPageFactory, NewsPageFactory, agenda_day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture
def publisher(tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any) -> Tab:
    """A tab of somebody who may edit every page."""
    return sign_in(page_at(1280), live_server, member(PUBLISHERS, language="pl"))


@pytest.fixture
def event(tree: dict[str, Page]) -> Any:
    return EventPageFactory(
        parent=tree["events"],
        title="Spotkanie </script><!-- o czasie",
        slug="spotkanie",
        start_date=timezone.localdate() + dt.timedelta(days=30),
        start_time=dt.time(10),
        end_time=dt.time(12),
        registration="link",
        registration_link="https://example.org/zapisy",
        agenda=[agenda_day({"title": "Otwarcie", "start": "10:00", "end": "11:00"})],
    )


def test_data_blocks_break_no_policy_and_nobody_else_is_asked(
    event: Any, tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any
) -> None:
    NewsPageFactory(parent=tree["news"], title="Wiadomość", slug="w", about_event=event)
    for width in (320, 1280):
        tab = page_at(width)
        tab.add_init_script(VIOLATIONS)
        asked: list[str] = []
        complaints: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("console", lambda message, complaints=complaints: complaints.append(message.text))
        for path in ("/", "/wydarzenia/", "/wydarzenia/spotkanie/", "/aktualnosci/", "/aktualnosci/w/"):
            tab.goto(path, wait_until="networkidle")
            assert tab.evaluate("window.violations") == [], path
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
        assert complaints == []
        tab.goto("/wydarzenia/spotkanie/")
        (data,) = tab.locator("script[type='application/ld+json']").all_text_contents()
        assert json.loads(data)["@graph"][0]["name"] == "Spotkanie </script><!-- o czasie"
        for link in tab.locator(".nr-inline a, .nr-subscribe a").all():
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 24, link.inner_text()
        with tab.expect_download() as download:
            tab.locator("a[href$='event.ics']").click()
        assert download.value.suggested_filename == "spotkanie.ics"


def test_printed_preview_is_paper_on_the_screen_under_the_strict_policy(event: Any, publisher: Tab) -> None:
    tab = publisher
    tab.add_init_script(VIOLATIONS)
    shown: dict[str, dict[str, bool]] = {}
    for mode in ("", "print"):
        answer = tab.goto(f"/admin/pages/{event.pk}/view_draft/?mode={mode}", wait_until="networkidle")
        assert answer is not None
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        shown[mode] = {
            name: tab.locator(selector).first.is_visible()
            for name, selector in {"menu": ".nr-menu", "title": "h1", "address": "footer .nr-print-only"}.items()
        }
        assert tab.evaluate("window.violations") == [], mode
    assert shown == {
        "": {"menu": True, "title": True, "address": False},
        "print": {"menu": False, "title": True, "address": True},
    }
    assert tab.evaluate("document.body.getBoundingClientRect().width") == pytest.approx(794, abs=2)  # 210 mm


def test_programme_marks_what_is_on_at_the_moment_of_the_preview(tree: dict[str, Page], publisher: Tab) -> None:
    """An event that is on now marks its session; the preview of afterwards does not."""
    today = timezone.localtime()
    event = EventPageFactory(
        parent=tree["events"],
        start_date=today.date(),
        agenda=[agenda_day({"title": "Cały dzień", "start": "00:00", "end": "23:59"})],
    )
    tab = publisher
    tab.goto(f"/admin/pages/{event.pk}/view_draft/", wait_until="networkidle")
    marked_now = tab.locator(".nr-session-now").count()
    tab.goto(f"/admin/pages/{event.pk}/view_draft/?mode=after", wait_until="networkidle")

    assert (marked_now, tab.locator(".nr-session-now").count()) == (1, 0)
    assert "Odbyło się" in tab.locator(".nr-state").inner_text()
