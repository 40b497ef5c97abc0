"""A day in the newsroom, in a real browser: an invitation from the blank form to its cancellation.

One story, because each step stands on the one before: the people are an editor and a publisher, and a stranger who
knows every public address.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import bs4
import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab
from playwright.sync_api import TimeoutError as TooLate
from wagtail.models import Locale, Page, Revision

from tests.admin.desk import EDITORS, PUBLISHERS, member
from tests.browser.forms import LATER, sign_in, until_watched
from wagtail_newsroom.news.models import EventPage, InformationClause
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler
from wagtail_newsroom.news.wording.dates import plain_deadline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TITLE = "Warsztaty o budżecie obywatelskim"
SLUG = "warsztaty-o-budzecie-obywatelskim"
CLAUSE = "Zapisy na warsztaty"
REMARK = "Dopisz, że udział jest bezpłatny."


def open_form(tab: Tab, address: str) -> None:
    """Open a form to type in."""
    tab.goto(address)
    until_watched(tab)


def turn_to(tab: Tab, name: str) -> None:
    """Turn to a tab of the form; its name may bear a number of errors."""
    tab.locator("[role=tab]", has_text=name).first.click()


def type_day(tab: Tab, name: str, day: dt.date) -> None:
    field = tab.locator(f"[name={name}]")
    field.fill(day.isoformat())
    field.press("Tab")
    tab.keyboard.press("Escape")  # the calendar that opened


def open_menu(tab: Tab) -> None:
    """Open the menu beside “Save draft”."""
    tab.locator("footer .w-dropdown__toggle").last.click()


def press_in_menu(tab: Tab, label: str) -> None:
    """Press an act in the menu beside “Save draft”."""
    open_menu(tab)
    with tab.expect_navigation():
        tab.get_by_role("button", name=label).click()


def open_from_desk(tab: Tab, panel: str) -> None:
    """Open the event by its line on the desk."""
    tab.goto("/admin/")
    with tab.expect_navigation():
        tab.locator(f"#desk-{panel}").get_by_role("link", name=TITLE, exact=True).click()
    until_watched(tab)


def write_invitation(tab: Tab, events: Page, start: dt.date, *, deadline: dt.date) -> None:
    """Fill in the blank form, programme and attachment included."""
    open_form(tab, f"/admin/pages/add/newsroom/eventpage/{events.pk}/")
    tab.locator("[name=title]").fill(TITLE)
    tab.locator("[name=lead]").fill("Pokażemy, jak napisać projekt, na który sąsiedzi zagłosują.")
    turn_to(tab, "When and where")
    type_day(tab, "start_date", start)
    tab.locator("[name=start_time]").fill("10:00")
    tab.locator("[name=end_time]").fill("14:00")
    tab.keyboard.press("Escape")
    turn_to(tab, "Programme")
    write_programme(tab)
    turn_to(tab, "Registration")
    tab.locator("[name=registration]").select_option("email")
    tab.locator("[name=registration_email]").fill("warsztaty@example.org")
    type_day(tab, "deadline_date", deadline)
    turn_to(tab, "Attachments")
    area = tab.locator("[data-several-files]", has=tab.locator("#id_attachments-OPEN_MODAL"))
    leaflet = {"name": "ulotka.txt", "mimeType": "text/plain", "buffer": b"Ulotka o warsztatach"}
    area.locator("[data-several-files-input]").set_input_files([leaflet])
    expect(area.locator("[data-several-files-status]")).to_have_text("Uploaded: 1.", timeout=LATER)
    save_draft(tab)


def write_programme(tab: Tab) -> None:
    """A day with two sessions, by the buttons of the block editor."""
    panel = tab.locator("[role=tabpanel]:visible")
    panel.locator(".c-sf-add-button").click()
    day = panel.locator("[data-contentpath=sessions]")
    for number, (start, end, title) in enumerate(
        [("10:00", "11:30", "Od pomysłu do wniosku"), ("11:45", "14:00", "Piszemy razem")]
    ):
        place = f"agenda-0-value-sessions-{number}-value"
        add_session(tab, day, tab.locator(f"[name={place}-title]"))
        tab.locator(f"[name={place}-title]").fill(title)
        tab.locator(f"[name={place}-start]").fill(start)
        tab.locator(f"[name={place}-end]").fill(end)
        tab.locator(f"[name={place}-title]").click()


def add_session(tab: Tab, day: Locator, title: Locator) -> None:
    """Press the button of the block editor until it has answered: what is found below the form moves it while one aims."""
    kind = tab.get_by_role("listbox").get_by_role("option", name="Session")
    for _attempt in range(5):
        day.locator(".c-sf-add-button").last.click()
        try:
            kind.click(timeout=3000)
            title.wait_for(timeout=3000)
        except TooLate:
            continue
        return


def save_draft(tab: Tab) -> None:
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages")).to_contain_text(TITLE, timeout=LATER)


def mend_what_is_missing(tab: Tab) -> None:
    """From the list that stopped the page, by its line, to the field; then the contact that it only asks for."""
    lines = tab.locator(".newsroom-checks__line")
    assert [line.split("\n")[0] for line in lines.all_inner_texts()] == ["Mend", "Look at", "Look at"]
    tab.get_by_role("link", name="Choose an information clause").click()
    tab.locator("#id_information_clause-chooser [data-chooser-action-choose]:visible").click()
    tab.locator(".modal-body").get_by_role("link", name=CLAUSE).click()
    until_watched(tab)
    turn_to(tab, "Contact")
    tab.locator("#id_contacts-ADD").click()
    tab.locator("[name=contacts-0-name]").fill("Jan Testowy")
    tab.locator("[name=contacts-0-email]").fill("jan@example.org")
    tab.locator("[name=contacts-0-email]").blur()
    expect(tab.locator(".newsroom-checks").get_by_role("status")).to_have_text("1 thing to look at", timeout=LATER)


def send_back(tab: Tab) -> None:
    open_from_desk(tab, "waiting")
    open_menu(tab)
    tab.get_by_role("button", name="Send back with remarks").click()
    tab.locator(".modal-body textarea").fill(REMARK)
    with tab.expect_navigation():
        tab.locator(".modal-body button[type=submit]").click()


def mend_what_the_remark_says(tab: Tab) -> None:
    tab.goto("/admin/")
    expect(tab.locator("#desk-sent-back")).to_contain_text(REMARK)
    open_from_desk(tab, "sent-back")
    turn_to(tab, "Registration")
    tab.locator("[name=cost]").fill("udział bezpłatny")
    press_in_menu(tab, "Submit for approval again")


def approve_for(tab: Tab, moment: dt.datetime) -> None:
    """Set the time of publication, then approve in spite of the one warning, saying why."""
    open_from_desk(tab, "waiting")
    tab.locator("[data-side-panel-toggle=status]").first.click()
    tab.get_by_role("button", name="Set schedule").click()
    tab.locator("[name=go_live_at]").fill(moment.strftime("%Y-%m-%d %H:%M"))
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save schedule").press("Enter")  # the open calendar covers it
    open_menu(tab)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Approve and Publish", exact=True).click()
    expect(tab.locator(".newsroom-checks__summary")).to_have_text("1 thing to look at")
    tab.locator("[name=reason]").fill("Ulotka nie ma rodzaju w naszym wykazie.")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Approve anyway").click()


def let_its_time_come() -> None:
    """The clock of the machine is not ours to move; the moment that is stored is: in its plan and in the version."""
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - dt.timedelta(seconds=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save(update_fields=["approved_go_live_at", "content"])


def press_on_the_page(tab: Tab, event: EventPage, act: str, says: str, **typed: str) -> None:
    """Press one of the page's buttons, fill in its form, read what readers will see, and do it."""
    tab.goto(f"/admin/pages/{event.pk}/edit/")
    tab.locator("header").get_by_role("button", name="Actions").first.click()
    tab.get_by_role("link", name=act).first.click()
    for name, value in typed.items():
        tab.locator(f"[name={name}]").fill(value)
    tab.get_by_role("button", name="Show what will happen").press("Enter")
    expect(tab.locator("blockquote")).to_contain_text(says, timeout=LATER)
    with tab.expect_navigation():
        tab.get_by_role("button", name=act).press("Enter")
    expect(tab.locator(".messages")).to_contain_text("readers see it now")


# What a stranger finds


PAGE = f"/wydarzenia/{SLUG}/"
LISTS = {
    "calendar of events": "/wydarzenia/",
    "news": "/aktualnosci/",
    "sitemap": "/sitemap.xml",
    "Atom": "/wydarzenia/atom.xml",
    "iCalendar": "/wydarzenia/calendar.ics",
    "API": "/api/v2/pages/?type=newsroom.EventPage&fields=*",
    "search": "/api/v2/pages/?search=budżecie",
}


def found_by_a_stranger() -> set[str]:
    """By which doors somebody without an account comes to the event."""
    stranger = Client()
    found = {name for name, address in LISTS.items() if SLUG in unfolded(stranger.get(address))}
    answer = stranger.get(PAGE).status_code
    assert answer in (200, 404)
    return found | ({"page"} if answer == 200 else set())


def unfolded(answer: Any) -> str:
    """The body of an answer; iCalendar breaks its lines after 75 bytes."""
    assert answer.status_code == 200
    body = b"".join(answer) if answer.streaming else answer.content
    return body.replace(b"\r\n ", b"").decode()


def entries() -> list[Any]:
    """The event in its own calendar file, and in the whole calendar."""
    stranger = Client()
    files = [stranger.get(address).content for address in (f"{PAGE}event.ics", "/wydarzenia/calendar.ics")]
    return [entry for each in files for entry in icalendar.Calendar.from_ical(each).walk("VEVENT")]


def in_calendars() -> list[tuple[str, int]]:
    return [(str(entry["STATUS"]), int(entry["SEQUENCE"])) for entry in entries()]


def status_in_data() -> str:
    """What the page's JSON-LD says of the event's status."""
    soup = bs4.BeautifulSoup(Client().get(PAGE).content, "html.parser")
    graph = json.loads(soup.find("script", type="application/ld+json").string)["@graph"]
    return str(next(each["eventStatus"] for each in graph if each["@type"] == "Event"))


def words_of(address: str) -> str:
    soup = bs4.BeautifulSoup(Client().get(address).content, "html.parser")
    return " ".join(soup.find("main").get_text(" ").split())


def test_invitation_from_the_blank_form_to_its_cancellation(
    tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any
) -> None:
    """Above ten seconds: a whole day's pages and forms, one after another, at the pace of a browser."""
    start = timezone.localdate() + dt.timedelta(days=30)
    first, last = start - dt.timedelta(days=10), start - dt.timedelta(days=5)
    InformationClause.objects.create(title=CLAUSE, text="<p>Twoje dane…</p>", locale=Locale.get_default())
    editor = sign_in(page_at(1280), live_server, member(EDITORS))
    publisher = sign_in(page_at(1280), live_server, member(PUBLISHERS))

    write_invitation(editor, tree["events"], start, deadline=first)
    press_in_menu(editor, "Submit for approval")
    mend_what_is_missing(editor)
    press_in_menu(editor, "Submit for approval")
    send_back(publisher)
    mend_what_the_remark_says(editor)
    approve_for(publisher, timezone.localtime() + dt.timedelta(days=1))

    event = EventPage.objects.get()
    day = event.scheduled_revision.as_object().agenda[0].value
    assert [session.value["title"] for session in day["sessions"]] == ["Od pomysłu do wniosku", "Piszemy razem"]
    assert (event.slug, event.live, event.approved_schedule) == (SLUG, False, True)
    Scheduler().run_once()
    assert found_by_a_stranger() == set()

    let_its_time_come()
    Scheduler().run_once()
    assert found_by_a_stranger() == {"page", *LISTS}
    assert status_in_data() == "https://schema.org/EventScheduled"
    assert in_calendars() == [("CONFIRMED", 0)] * 2
    assert [row.attachment.title for row in EventPage.objects.get().attachments.all()] == ["ulotka"]

    press_on_the_page(publisher, event, "Move the deadline", "przedłużono", date=last.isoformat())
    assert "przedłużono" in words_of(PAGE)
    # The entry tells the new deadline, so that calendars have to take it over.
    assert in_calendars() == [("CONFIRMED", 1)] * 2
    assert [plain_deadline(last, None, year=True) in entry["DESCRIPTION"] for entry in entries()] == [True, True]

    press_on_the_page(publisher, event, "Cancel the event", "Odwołane: brak sali", reason="brak sali")
    for address in (PAGE, "/wydarzenia/", "/aktualnosci/"):
        assert "Odwołane" in words_of(address)
    assert status_in_data() == "https://schema.org/EventCancelled"
    assert in_calendars() == [("CANCELLED", 2)] * 2
    assert found_by_a_stranger() == {"page", *LISTS}
