"""The desk, and several files at once, in a real browser."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, member
from tests.browser.forms import sign_in
from tests.factories import EventPageFactory, GalleryPageFactory, NewsPageFactory, make_attachment, make_photo
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import EventPage, NewsPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AdminAt = Callable[[str, str], Tab]


def picture(name: str) -> dict[str, Any]:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (15, 76, 74)).save(stream, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def text_file(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": name.encode()}


def open_tab_of(tab: Tab, element: str) -> None:
    """Press the tab of the form that holds ``element``."""
    panel = tab.locator("[role=tabpanel]", has=tab.locator(element)).first
    tab.locator(f"#{panel.get_attribute('aria-labelledby')}").click()


def save(tab: Tab) -> None:
    with tab.expect_navigation():
        tab.locator("button.action-save").first.click()


def uploaded(area: Any, number: int) -> None:
    """Wait until that many files have arrived."""
    expect(area.locator("[data-several-files-status]")).to_have_text(f"Uploaded: {number}.", timeout=20_000)


def owned_gallery(tree: dict[str, Page]) -> GalleryPage:
    return GalleryPageFactory(parent=tree["galleries"], title="Galeria", owner=member(EDITORS), live=False)


def latest(page: Any) -> Any:
    """The page as it was last saved, published or not."""
    page.refresh_from_db()
    return page.get_latest_revision_as_object()


def test_three_photos_chosen_at_once_become_rows(tree: dict[str, Page], admin_at: AdminAt) -> None:
    photos = [make_photo(f"Zdjęcie {number}", name=f"z{number}.jpg") for number in range(4)]
    gallery = owned_gallery(tree)
    tab = admin_at(f"/admin/pages/{gallery.pk}/edit/", "en")
    open_tab_of(tab, "#id_photos-OPEN_MODAL")
    tab.locator("#id_photos-OPEN_MODAL").click()
    for photo in photos[:3]:
        tab.locator(f"[data-multiple-choice-select][value='{photo.pk}']").check()
    tab.locator("[data-multiple-choice-submit]").click()
    expect(tab.locator("#id_photos-FORMS > div")).to_have_count(3)
    save(tab)

    assert [row.photo_id for row in latest(gallery).photos.all()] == [photo.pk for photo in photos[:3]]


def test_save_waits_for_the_draft_that_wagtail_is_just_saving(tree: dict[str, Page], admin_at: AdminAt) -> None:
    """Rows that both saves carry are stored once."""
    photo = make_photo("Sala", name="sala.jpg")
    gallery = owned_gallery(tree)
    tab = admin_at(f"/admin/pages/{gallery.pk}/edit/", "en")
    tab.wait_for_timeout(2500)  # Wagtail begins to watch the form two seconds after it is loaded
    asked: list[str] = []

    def slowly(route: Any) -> None:
        if route.request.method == "POST" and "application/json" in route.request.headers["accept"]:
            asked.append(route.request.url)
            tab.wait_for_timeout(1000)
        route.continue_()

    tab.route("**/edit/", slowly)
    open_tab_of(tab, "#id_photos-OPEN_MODAL")
    tab.locator("#id_photos-OPEN_MODAL").click()
    tab.locator(f"[data-multiple-choice-select][value='{photo.pk}']").check()
    with tab.expect_request(lambda request: request.method == "POST" and "/edit/" in request.url):
        tab.locator("[data-multiple-choice-submit]").click()
    save(tab)

    assert asked
    assert [row.photo_id for row in latest(gallery).photos.all()] == [photo.pk]


def test_two_photos_uploaded_at_once_become_rows_in_their_order(tree: dict[str, Page], admin_at: AdminAt) -> None:
    first = make_photo("Pierwsze", name="pierwsze.jpg")
    gallery = owned_gallery(tree)
    tab = admin_at(f"/admin/pages/{gallery.pk}/edit/", "en")
    open_tab_of(tab, "#id_photos-OPEN_MODAL")
    tab.locator("#id_photos-OPEN_MODAL").click()
    tab.locator(f"[data-multiple-choice-select][value='{first.pk}']").check()
    tab.locator("[data-multiple-choice-submit]").click()
    expect(tab.locator("#id_photos-FORMS > div")).to_have_count(1)
    area = tab.locator("[data-several-files]", has=tab.locator("#id_photos-OPEN_MODAL"))
    area.locator("[data-several-files-input]").set_input_files([picture("wieczór.jpg"), picture("aula.jpg")])
    assert area.locator("[data-several-files-errors] li").all_inner_texts() == []
    uploaded(area, 2)
    tab.locator("[name=photos-1-alt]").fill("Sala pełna słuchaczy")
    save(tab)

    rows = latest(gallery).photos.all()
    assert [row.photo.title for row in rows] == ["Pierwsze", "wieczór", "aula"]
    assert [row.alt for row in rows] == ["", "Sala pełna słuchaczy", ""]


def test_refused_file_is_named_and_stops_none_of_the_others(tree: dict[str, Page], admin_at: AdminAt) -> None:
    gallery = owned_gallery(tree)
    tab = admin_at(f"/admin/pages/{gallery.pk}/edit/", "en")
    open_tab_of(tab, "#id_photos-OPEN_MODAL")
    area = tab.locator("[data-several-files]", has=tab.locator("#id_photos-OPEN_MODAL"))
    broken = {"name": "udaje.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}
    area.locator("[data-several-files-input]").set_input_files([broken, picture("dobre.jpg")])
    uploaded(area, 1)
    expect(area.locator("[data-several-files-errors] li")).to_contain_text("udaje.jpg")
    save(tab)

    assert [row.photo.title for row in latest(gallery).photos.all()] == ["dobre"]


def test_files_chosen_and_uploaded_at_once_stand_on_a_page(tree: dict[str, Page], admin_at: AdminAt) -> None:
    kept = [make_attachment(title, name=f"{title}.txt") for title in ("Regulamin", "Formularz")]
    page = NewsPageFactory(parent=tree["news"], owner=member(EDITORS), live=False)
    tab = admin_at(f"/admin/pages/{page.pk}/edit/", "en")
    open_tab_of(tab, "#id_attachments-OPEN_MODAL")
    tab.locator("#id_attachments-OPEN_MODAL").click()
    for document in kept:
        tab.locator(f"[data-multiple-choice-select][value='{document.pk}']").check()
    tab.locator("[data-multiple-choice-submit]").click()
    expect(tab.locator("#id_attachments-FORMS > div")).to_have_count(2)
    area = tab.locator("[data-several-files]", has=tab.locator("#id_attachments-OPEN_MODAL"))
    area.locator("[data-several-files-input]").set_input_files([text_file("zaproszenie.txt"), text_file("program.txt")])
    uploaded(area, 2)
    save(tab)

    titles = [row.attachment.title for row in latest(page).attachments.all()]
    assert sorted(titles[:2]) == ["Formularz", "Regulamin"]
    assert titles[2:] == ["zaproszenie", "program"]


def open_desk(page_at: Callable[..., Tab], live_server: Any, user: User, width: int, **options: Any) -> Tab:
    tab = sign_in(page_at(width, **options), live_server, user)
    tab.goto("/admin/")
    return tab


def busy_newsroom(tree: dict[str, Page]) -> dict[str, Any]:
    """A draft, a page to decide on, an event that owes a report, a photo that nobody described."""
    editor = member(EDITORS)
    draft = NewsPageFactory(parent=tree["news"], title="Szkic", owner=editor, live=False)
    draft.save_revision(user=editor)
    waiting = NewsPageFactory(parent=tree["news"], title="Do zatwierdzenia", owner=editor, live=False)
    waiting.save_revision(user=editor)
    waiting.get_workflow().start(waiting, editor)
    over = EventPageFactory(
        parent=tree["events"], title="Minione warsztaty", start_date=timezone.localdate() - timezone.timedelta(days=3)
    )
    make_photo("Bez opisu", description="")
    return {"draft": draft, "waiting": waiting, "over": over}


@pytest.mark.parametrize("width", [320, 1280])
def test_desk_fits_and_its_lines_lead_to_work(
    width: int, tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any
) -> None:
    made = busy_newsroom(tree)
    tab = open_desk(page_at, live_server, member(PUBLISHERS), width)
    sideways = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways == 0
    tab.locator("#desk-waiting").get_by_role("link", name="Do zatwierdzenia", exact=True).click()
    expect(tab).to_have_url(f"{live_server.url}/admin/pages/{made['waiting'].pk}/edit/")


def test_report_is_begun_from_the_desk(tree: dict[str, Page], page_at: Callable[..., Tab], live_server: Any) -> None:
    made = busy_newsroom(tree)
    tab = open_desk(page_at, live_server, member(PUBLISHERS), 1280)
    tab.locator("#desk-reports").get_by_role("button", name="Start the report").click()
    expect(tab.locator("#id_title")).to_have_value("Relacja: Minione warsztaty")

    report = NewsPage.objects.get(kind="report")
    assert (report.about_event, report.live) == (EventPage.objects.get(pk=made["over"].pk), False)
