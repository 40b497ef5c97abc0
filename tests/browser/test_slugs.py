"""While a title is typed, the slug fills itself in, with every Polish letter in it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PageAt = Callable[..., Tab]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Żółta łódź", "zolta-lodz"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc-gesla-jazn"),
        ("Łąka i Łęgi, 2026", "laka-i-legi-2026"),
    ],
)
def test_slug_follows_the_title(
    title: str, slug: str, language: str, tree: dict[str, Page], admin_at: Callable[[str, str], Tab]
) -> None:
    tab = admin_at(f"/admin/pages/add/newsroom/newspage/{tree['news'].pk}/", language)
    tab.locator("#id_title").press_sequentially(title)
    expect(tab.locator("#id_slug")).to_have_value(slug)


def test_typed_slug_keeps_its_polish_letters_as_ascii(
    tree: dict[str, Page], admin_at: Callable[[str, str], Tab]
) -> None:
    tab = admin_at(f"/admin/pages/add/newsroom/newspage/{tree['news'].pk}/", "pl")
    tab.locator("[role=tab]").last.click()
    tab.locator("#id_slug").fill("Żółta łódź")
    tab.locator("#id_slug").blur()
    expect(tab.locator("#id_slug")).to_have_value("zolta-lodz")
