"""The register of what visitors missed, and the way from it to a recommended result."""

import datetime as dt

import bs4
import pytest
from django.utils import timezone
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, Site

from tests.admin.desk import Desk
from tests.factories import NewsPageFactory
from wagtail_newsroom.news.models import MissedSearch
from wagtail_newsroom.news.publishing.counts import add_counts

LIST = "/admin/newsroom_missed_searches/"


@pytest.fixture
def missed(tree: dict[str, Page]) -> MissedSearch:
    site, today = Site.objects.get(), timezone.localdate()
    for text, days in (("zlobek gminny", 3), ("basen", 2)):
        add_counts({("search", (site.pk, "pl", text), today - dt.timedelta(days=n)): 4 for n in range(days)})
    return MissedSearch.objects.get(text="zlobek gminny")


def test_publisher_recommends_a_result_for_what_visitors_missed(
    publisher: Desk, missed: MissedSearch, tree: dict[str, Page]
) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Opieka nad dziećmi")
    listed = bs4.BeautifulSoup(publisher.client.get(LIST).content, "html.parser")
    [row] = listed.select("table.listing tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")][1:4] == ["pl", "12", "3"]
    address = row.select_one(".title a")["href"]

    form = bs4.BeautifulSoup(publisher.client.get(address).content, "html.parser")
    assert form.select_one("[name=query_string]")["value"] == "zlobek gminny"
    assert form.select_one(f"form[action$='recommend/{missed.pk}/']")
    sent = {
        "query_string": "zlobek gminny",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": str(page.pk),
        "editors_picks-0-ORDER": "1",
        "editors_picks-0-description": "Gdzie są miejsca.",
    }
    assert publisher.client.post(address, sent).status_code == 302

    assert [(each.query.query_string, each.page_id) for each in SearchPromotion.objects.all()] == [
        ("zlobek gminny", page.pk)
    ]
    assert not MissedSearch.objects.filter(pk=missed.pk).exists()


def test_publisher_forgets_words(publisher: Desk, missed: MissedSearch) -> None:
    assert publisher.client.post(f"{LIST}forget/{missed.pk}/").status_code == 302
    assert not MissedSearch.objects.filter(pk=missed.pk).exists()


def test_editor_does_not_see_what_visitors_missed(editor: Desk, missed: MissedSearch) -> None:
    for address in (LIST, f"{LIST}forget/{missed.pk}/", f"{LIST}recommend/{missed.pk}/"):
        assert editor.client.get(address).status_code in (302, 403), address
    assert "zlobek" not in editor.client.get(LIST, follow=True).content.decode()
