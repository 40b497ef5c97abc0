"""The list of checks beside the form: it comes by itself, leads to the field, and shrinks when the field is mended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from tests.admin.desk import EDITORS, member
from tests.browser.forms import LATER, until_watched
from tests.factories import EventPageFactory, NewsPageFactory, agenda_day, make_photo
from wagtail_newsroom.news.models import NewsPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AdminAt = Callable[[str, str], Tab]
UNDESCRIBED = "Say in one sentence what the photo shows, for people who do not see it."
BLOCK_ID = "11111111-1111-4111-8111-111111111111"


def test_editor_mends_what_the_list_names(tree: dict[str, Page], admin_at: AdminAt) -> None:
    photo = make_photo(description="")
    page = NewsPageFactory(
        parent=tree["news"],
        live=False,
        owner=member(EDITORS),
        lead_image=photo,
        body=[{"type": "image", "id": BLOCK_ID, "value": {"image": photo.pk}}],
    )
    page.save_revision(user=page.owner)
    tab = until_watched(admin_at(f"/admin/pages/{page.pk}/edit/", "en"))
    checks = tab.locator(".newsroom-checks")
    expect(checks.get_by_role("status")).to_have_text("2 things to mend")

    # From another tab of the form, a line leads to its field.
    tab.get_by_role("tab").last.click()
    expect(tab.locator("#id_lead_image_alt")).to_be_hidden()
    lines = checks.get_by_role("link", name=UNDESCRIBED)
    lines.first.click()
    expect(tab.locator("#id_lead_image_alt")).to_be_focused()
    tab.keyboard.type("Ludzie przy okrągłym stole")
    expect(checks.get_by_role("status")).to_have_text("1 thing to mend", timeout=LATER)

    # Into a block of the text as well.
    lines.first.click()
    alt = tab.locator(f'[data-contentpath="{BLOCK_ID}"] [data-contentpath="alt"] input')
    expect(alt).to_be_focused()
    tab.keyboard.type("Dwie osoby podpisują porozumienie")
    expect(checks.get_by_role("status")).to_have_text("Nothing to mend", timeout=LATER)
    expect(lines).to_have_count(0)
    saved = NewsPage.objects.get().get_latest_revision_as_object()
    assert saved.lead_image_alt == "Ludzie przy okrągłym stole"


def test_list_begins_with_the_first_draft_of_a_new_page(tree: dict[str, Page], admin_at: AdminAt) -> None:
    tab = until_watched(admin_at(f"/admin/pages/add/newsroom/newspage/{tree['news'].pk}/", "en"))
    status = tab.locator(".newsroom-checks").get_by_role("status")
    expect(status).to_have_text("The checks begin once the draft is saved.")
    tab.locator("#id_title").press_sequentially("Nowa wiadomość")
    tab.locator("#id_title").blur()
    expect(status).to_have_text("1 thing to mend", timeout=LATER)
    tab.locator(".newsroom-checks a").click()
    expect(tab.locator("#id_lead")).to_be_focused()
    assert NewsPage.objects.count() == 1


def test_line_about_a_session_leads_into_the_programme(tree: dict[str, Page], admin_at: AdminAt) -> None:
    day = agenda_day(
        {"title": "Panel", "start": "10:00", "end": "11:00"}, {"title": "Warsztat", "start": "10:30", "end": "12:00"}
    )
    for number, child in enumerate(day["value"]["sessions"]):
        child["id"] = f"{BLOCK_ID[:-1]}{number + 2}"
    page = EventPageFactory(parent=tree["events"], live=False, owner=member(EDITORS), agenda=[{**day, "id": BLOCK_ID}])
    page.save_revision(user=page.owner)
    # A sign that is coded wrongly in the address does not stop the list.
    tab = admin_at(f"/admin/pages/{page.pk}/edit/#newsroom-field=%E0%A4%A", "en")
    line = tab.locator(".newsroom-checks").get_by_role("link", name="overlap")
    line.click(timeout=LATER)
    session = tab.locator(f'[data-contentpath="{BLOCK_ID[:-1]}3"]')
    expect(session.locator('[data-contentpath="start"] input')).to_be_focused()

    # Where the session is folded up as well.
    fold = session.locator("[data-panel-toggle]").first
    fold.click()
    expect(session.locator('[data-contentpath="start"] input')).to_be_hidden()
    line.click()
    expect(session.locator('[data-contentpath="start"] input')).to_be_focused()


def test_address_that_names_a_field_leads_to_it(tree: dict[str, Page], admin_at: AdminAt) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False, owner=member(EDITORS))
    page.save_revision(user=page.owner)
    tab = admin_at(f"/admin/pages/{page.pk}/edit/#newsroom-field=archived_on", "en")
    expect(tab.locator("#id_archived_on")).to_be_focused()
