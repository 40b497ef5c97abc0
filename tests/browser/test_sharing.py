"""A draft under its link in a fresh browser: no account, no cookie, no script needed, remarks included."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from wagtail.models import Page as WagtailPage

from tests.admin.desk import PUBLISHERS, member
from tests.browser.test_public_pages import AXE_OPTIONS, Witness
from tests.factories import make_attachment, make_photo
from wagtail_newsroom.news.models import DraftLink, DraftRemark, NewsPage, PageAttachment
from wagtail_newsroom.news.publishing.sharing.links import revoke_link, share_draft

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(tree: dict[str, WagtailPage]) -> DraftLink:
    draft = NewsPage(title="Nowa świetlica", slug="nowa-swietlica", lead="Otwieramy w maju.", live=False)
    draft.lead_image = make_photo("Świetlica", name="swietlica.jpg", size=(1200, 800))
    draft.attachments.add(PageAttachment(attachment=make_attachment("Regulamin świetlicy")))
    tree["news"].add_child(instance=draft)
    draft.save_revision()
    return share_draft(draft, member(PUBLISHERS))


def address(link: DraftLink) -> str:
    return reverse("newsroom_draft", args=[link.token])


def test_reader_without_account_and_scripts_reads_the_draft_and_leaves_a_remark(
    link: DraftLink, page_at: Any, live_server: Any
) -> None:
    tab = page_at(320, java_script_enabled=False)
    witness = Witness(tab, live_server.url)

    tab.goto(address(link))
    assert tab.locator("h1").inner_text() == "Nowa świetlica"
    assert tab.locator("aside.nr-draft-bar").is_visible()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Regulamin świetlicy", exact=True).click()
    assert download.value.suggested_filename == "regulamin.txt"
    tab.locator("#remark-name").fill("Jan Testowy")
    tab.locator("#remark-text").fill("W poniedziałki świetlica jest zamknięta.")
    tab.locator("button.nr-draft-send").click()

    assert "W poniedziałki świetlica jest zamknięta." in tab.locator("#remarks li").inner_text()
    assert DraftRemark.objects.get().name == "Jan Testowy"
    assert tab.context.cookies() == []
    assert (witness.cookies, witness.strangers, witness.complaints) == ([], [], [])


def test_pictures_of_the_draft_are_seen(link: DraftLink, page_at: Any) -> None:
    tab = page_at(1280)
    tab.goto(address(link))

    picture = tab.locator(".nr-lead-image img")
    picture.scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('.nr-lead-image img').naturalWidth > 0")
    assert f"{address(link)}media/" in picture.evaluate("image => image.currentSrc")


@pytest.mark.parametrize("width", [320, 1280])
def test_draft_and_the_end_of_its_link_are_accessible_and_narrow_enough(
    link: DraftLink, page_at: Any, width: int
) -> None:
    axe, tab = Axe(), page_at(width)
    findings: list[Any] = []

    def look(where: str) -> None:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, where
        findings.extend(
            f"{where}: {each['id']}: {each['nodes'][0]['html'][:160]}"
            for each in axe.run(tab, options=AXE_OPTIONS).response["violations"]
        )

    tab.goto(address(link))
    look("draft")
    tab.evaluate("document.querySelectorAll('[required]').forEach(field => field.removeAttribute('required'))")
    tab.locator("button.nr-draft-send").click()
    assert tab.locator(".nr-draft-error").count() == 2
    look("with errors")
    revoke_link(link, link.created_by)
    tab.goto(address(link))
    look("ended")

    assert findings == []


def test_editor_copies_the_address_and_withdraws_the_link(
    link: DraftLink, browser_context_at: Any, live_server: Any
) -> None:
    client = Client()
    client.force_login(member(PUBLISHERS))
    context = browser_context_at(1280, permissions=["clipboard-read", "clipboard-write"])
    session = client.cookies["sessionid"]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    tab = context.new_page()
    tab.goto(reverse("newsroom_share", args=[link.page_id]))

    tab.locator("[data-nr-copy-button]").click()
    tab.wait_for_function("document.querySelector('[data-nr-copy-status]').textContent !== ''")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(address(link))
    tab.locator("button.no").click()
    tab.wait_for_load_state()

    link.refresh_from_db()
    assert link.revoked_at is not None
