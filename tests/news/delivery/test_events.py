"""The log of changes as other front ends read it: in order, of one site, with old addresses, and never with a gap."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from tests.factories import (
    EventPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
    attach,
    make_attachment,
    restrict,
)
from tests.standing import Tree
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.models import ChangeRecord, NewsPage, PageMoment, RelatedRow
from wagtail_newsroom.news.publishing.changes.events import Events, FullSyncError, events_after, latest_cursor
from wagtail_newsroom.news.publishing.changes.records import KEPT, forget_old_records
from wagtail_newsroom.news.publishing.changes.related import note_all

LISTS = ["/", "/aktualnosci/"]


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    tree = grown_newsroom()
    note_all()
    return tree


@pytest.fixture
def news(tree: dict[str, Page]) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], slug="nabor")


@pytest.fixture
def site(tree: dict[str, Page]) -> Site:
    return Site.objects.get()


def told_by(act: Callable[[], Any], site: Site) -> list[dict[str, Any]]:
    cursor = latest_cursor()
    act()
    return events_after(cursor, site).events


def test_events_are_read_in_parts_and_in_order(site: Site, news: NewsPage) -> None:
    cursor = latest_cursor()
    for title in ("Raz", "Dwa", "Trzy"):
        news.title = title
        news.save_revision().publish()
    first = events_after(cursor, site, 2)
    rest = events_after(first.cursor, site, 2)

    assert (len(first.events), first.more, len(rest.events), rest.more) == (2, True, 1, False)
    assert rest.cursor == latest_cursor()
    assert events_after(rest.cursor, site) == Events([], rest.cursor, more=False)
    moments = [event["at"] for event in first.events + rest.events]
    assert moments == sorted(moments)
    assert rest.events[0]["affects"] == [*LISTS, "/aktualnosci/nabor/"]


def test_deletion_names_the_page_and_all_that_showed_it(tree: dict[str, Page], site: Site, news: NewsPage) -> None:
    event = EventPageFactory(parent=tree["events"], slug="narada", announce_in_news=False)
    report = NewsPageFactory(parent=tree["news"], slug="relacja", about_event=event)
    key, pk = str(event.translation_key), event.pk
    (told,) = told_by(event.delete, site)

    assert (told["kind"], told["type"], told["id"], told["key"]) == ("delete", "event", pk, key)
    assert (told["path"], told["old_path"]) == ("/wydarzenia/narada/", None)
    assert told["affects"] == [*LISTS, "/aktualnosci/relacja/", "/wydarzenia/", "/wydarzenia/narada/"]
    assert not RelatedRow.objects.filter(target=pk).exists()
    report.refresh_from_db()
    assert report.related_ranks() == list(RelatedRow.objects.filter(page=report.pk).values_list("target", "score"))


def test_subtree_that_moves_names_all_old_and_new_addresses(tree: dict[str, Page], site: Site, news: NewsPage) -> None:
    later = EventPageFactory(parent=tree["events"], slug="narada")  # shows the news item as related
    index = tree["news"].specific
    index.slug = "wiesci"
    told = told_by(index.save_revision().publish, site)

    assert [(each["kind"], each["old_path"], each["path"]) for each in told] == [
        ("move", "/aktualnosci/", "/wiesci/"),
        ("move", "/aktualnosci/nabor/", "/wiesci/nabor/"),
    ]
    assert told[0]["affects"] == ["*"]  # it stands in the menu
    assert told[1]["affects"] == ["/aktualnosci/nabor/", "/wiesci/nabor/"]

    below = NewsIndexPageFactory(parent=Page.objects.get(pk=news.pk), slug="ponizej", show_in_menus=False)
    news.refresh_from_db()
    news.slug = "konkurs"
    told = told_by(news.save_revision().publish, site)
    assert {"/wiesci/konkurs/", "/wiesci/nabor/", later.url, "/wiesci/nabor/ponizej/"} <= set(told[0]["affects"])
    assert told[1]["affects"] == ["/wiesci/konkurs/ponizej/", "/wiesci/nabor/ponizej/"]
    assert below.pk == told[1]["id"]


def test_new_item_changes_no_old_page_and_an_old_one_those_that_show_it(tree: dict[str, Page], site: Site) -> None:
    topic, today = TopicFactory(), timezone.localdate()
    pages = []
    for n in range(8):
        page = NewsPageFactory(parent=tree["news"], slug=f"w{n}", date=today - dt.timedelta(days=8 - n))
        page.topics = [topic] if n % 2 else []
        page.save_revision().publish()
        pages.append(page)
    new: list[Page] = []
    told = told_by(lambda: new.append(NewsPageFactory(parent=tree["news"], slug="nowy")), site)
    assert told[-1]["affects"] == [*LISTS, "/aktualnosci/nowy/"]

    pages[1].title = "Inny tytuł"
    (told,) = told_by(pages[1].save_revision().publish, site)
    showing = {page.url for page in [*pages, *new] if pages[1].pk in dict(page.related_ranks())}
    assert len(showing) >= 3
    assert set(told["affects"]) == {*LISTS, pages[1].url, *showing}


def test_more_related_items_than_were_noted_leave_nothing_out(tree: dict[str, Page], site: Site, settings: Any) -> None:
    pages = [NewsPageFactory(parent=tree["news"]) for _n in range(7)]
    settings.NEWSROOM = {**settings.NEWSROOM, "RELATED_ITEMS": 5}
    showing = {page.url for page in pages if pages[0].pk in dict(page.related_ranks())}
    assert len(showing) == 5
    for _time in range(2):
        pages[0].title += "!"
        (told,) = told_by(pages[0].save_revision().publish, site)
        assert showing <= set(told["affects"])
        note_all()


def test_row_is_told_where_pages_show_it(tree: dict[str, Page], site: Site, news: NewsPage) -> None:
    topic = TopicFactory()
    assert told_by(topic.save, site) == []
    news.topics = [topic]
    news.save_revision().publish()

    (told,) = told_by(topic.save, site)
    assert (told["type"], told["path"], told["affects"]) == ("topic", None, [*LISTS, "/aktualnosci/nabor/"])


def test_nothing_is_told_of_what_was_never_public(tree: dict[str, Page], site: Site) -> None:
    draft = NewsPageFactory(parent=tree["news"], live=False)

    assert told_by(draft.delete, site) == []


@pytest.fixture
def other_site(tree: dict[str, Page]) -> tuple[Site, Page]:
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="drugi")
    site = Site.objects.create(hostname="drugi.example", root_page=home)
    Site.clear_site_root_paths_cache()
    return site, NewsIndexPageFactory(parent=home, slug="wiesci", show_in_menus=False)


def test_sites_are_told_of_their_own_alone(site: Site, news: NewsPage, other_site: tuple[Site, Page]) -> None:
    other, index = other_site
    cursor = latest_cursor()
    foreign = NewsPageFactory(
        parent=index, slug="cudze", body=[("paragraph", RichText(f'<p><a linktype="page" id="{news.pk}">tam</a></p>'))]
    )

    assert events_after(cursor, site).events == []
    assert {each["path"] for each in events_after(cursor, other).events} == {"/wiesci/cudze/"}
    assert events_after(cursor, site).cursor == latest_cursor()

    # What it shows of the other site is told as a change of its own.
    news.slug = "konkurs"
    cursor = latest_cursor()
    news.save_revision().publish()
    (told,) = events_after(cursor, other).events
    assert (told["id"], told["path"], told["old_path"]) == (foreign.pk, "/wiesci/cudze/", None)
    assert told["affects"] == ["/wiesci/cudze/"]


def test_page_that_moves_to_another_site_is_gone_from_the_first(
    site: Site, news: NewsPage, other_site: tuple[Site, Page]
) -> None:
    other, index = other_site
    cursor = latest_cursor()
    news.move(Page.objects.get(pk=index.pk), pos="last-child")

    (gone,), (came,) = events_after(cursor, site).events, events_after(cursor, other).events
    assert (gone["kind"], gone["path"]) == ("delete", "/aktualnosci/nabor/")
    assert (came["kind"], came["path"], came["old_path"]) == ("upsert", "/wiesci/nabor/", None)


def test_cursor_of_91_days_is_told_to_start_anew(site: Site, news: NewsPage) -> None:
    cursor = latest_cursor()
    news.save_revision().publish()
    ChangeRecord.objects.update(at=timezone.now() - KEPT - dt.timedelta(days=1))
    news.save_revision().publish()
    assert forget_old_records() > 1

    with pytest.raises(FullSyncError):
        events_after(cursor, site)
    with pytest.raises(FullSyncError):
        events_after(latest_cursor() + 1, site)
    # Whoever had read everything goes on, be the site quiet for years.
    last = latest_cursor()
    ChangeRecord.objects.update(at=timezone.now() - 9 * KEPT)
    assert forget_old_records() == 0
    assert events_after(last, site).events == []


def test_changes_are_read_from_the_api(
    client: Client, site: Site, news: NewsPage, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    begun = client.get(f"{V1}/changes/").json()
    assert begun == {"cursor": str(latest_cursor()), "more": False, "events": []}
    for title in ("Raz", "Dwa"):
        news.title = title
        news.save_revision().publish()

    with django_assert_max_num_queries(6):
        read = client.get(f"{V1}/changes/", {"since": begun["cursor"], "limit": "1"}).json()
    assert (read["more"], len(read["events"])) == (True, 1)
    assert read["events"] == events_after(int(begun["cursor"]), site, 1).events
    assert client.get(f"{V1}/changes/", {"since": read["cursor"]}).json()["more"] is False


@pytest.mark.parametrize("since", ["x", "-1", "1" * 19, "1e3", "٣"])
def test_cursor_that_is_none_is_named(client: Client, tree: dict[str, Page], since: str) -> None:
    answer = client.get(f"{V1}/changes/", {"since": since})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "since"


def test_cursor_ahead_of_the_log_is_told_to_start_anew(client: Client, tree: dict[str, Page]) -> None:
    answer = client.get(f"{V1}/changes/", {"since": "9" * 18})

    assert (answer.status_code, answer.json()["code"]) == (410, "full_sync")


def test_what_an_act_costs_does_not_grow_with_the_pages(tree: dict[str, Page]) -> None:
    page, asked = NewsPageFactory(parent=tree["news"], date=timezone.localdate() - dt.timedelta(days=9)), []
    page.save_revision().publish()
    for count in (1, 3, 30):
        for _n in range(count):
            NewsPageFactory(parent=tree["news"])
        page.title = f"Tytuł {count}"
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        asked.append(len(queries))

    assert asked[0] == asked[1] == asked[2]
    assert PageMoment.objects.filter(page=page.pk).exists()


def test_page_that_is_closed_takes_its_file_off_the_list_of_files(
    tree: dict[str, Page], site: Site, news: NewsPage
) -> None:
    attach(news, make_attachment())
    told = told_by(lambda: restrict(news), site)

    assert [(each["kind"], each["id"]) for each in told] == [("delete", news.pk)]
    assert {"/dokumenty/", "/aktualnosci/nabor/"} <= set(told[0]["affects"])
