"""Every list asks the database as often for thirty items as for three, and for three as for one."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.snippets.models import get_snippet_models

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    TopicFactory,
    VenueFactory,
    add_photos,
    attach,
    make_attachment,
    make_site,
)
from tests.many import photos_with_sizes
from tests.standing import planted_for_many
from tests.trust.doors import v2_endpoints
from tests.trust.planting import page_types
from wagtail_newsroom.news.models import (
    EventOrganiser,
    EventStop,
    Organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTS = (1, 3, 30)
MOST_QUERIES = 12
ROWS_OF_SNIPPETS = 20


@dataclass
class Items:
    """Items with everything that a card shows. ``grow`` adds until there are as many as asked for."""

    tree: dict[str, Page] = field(default_factory=make_site)
    made: int = 0
    photos: Iterator[Any] = field(default_factory=lambda: iter(photos_with_sizes(3 * COUNTS[-1])))

    def grow(self, count: int) -> None:
        while self.made < count:
            self.add()
            self.made += 1

    def add(self) -> None:
        number = self.made
        photo = next(self.photos)
        topic, venue = TopicFactory(), VenueFactory(name=f"Dom {number}")
        coming = EventPageFactory(parent=self.tree["events"], venue=venue, **_event(photo, days=30 + number))
        past = EventPageFactory(parent=self.tree["events"], venue=venue, **_event(photo, days=-30 - number))
        news = NewsPageFactory(parent=self.tree["news"], lead_image=photo, about_event=past, kind="report")
        for page in (coming, past):
            page.stops = [EventStop(place=f"Miejsce {number}"), EventStop(place="Konin")]
            page.organisers = [EventOrganiser(organisation=_organisation(number))]
        for page in (coming, past, news):
            page.topics = [topic]
            older = make_attachment(f"Plik {page.pk}", name=f"plik-{page.pk}.txt")
            attach(page, make_attachment(f"Plik {page.pk}b", name=f"plik-{page.pk}b.txt", supersedes=older))
        gallery = GalleryPageFactory(parent=self.tree["galleries"], about=past)
        add_photos(gallery, photo, next(self.photos), next(self.photos))


def _event(photo: Any, *, days: int) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=days)
    return {
        "start_date": day,
        "lead_image": photo,
        "registration": "link",
        "registration_link": "https://example.org/",
        "deadline_date": day - dt.timedelta(days=2),
    }


def _organisation(number: int) -> Organisation:
    return Organisation.objects.create(name=f"Organizacja {number}", locale=Locale.get_default())


def queries(visitor: Client, address: str) -> list[str]:
    """The queries of the second request: in the first one the sizes of photos are made and caches filled."""
    assert visitor.get(address).status_code == 200, address
    forget()
    with CaptureQueriesContext(connection) as captured:
        visitor.get(address)
    return [query["sql"] for query in captured]


def forget() -> None:
    """Start as a process does that has answered nothing yet but knows its content types and sites."""
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def lists_for_visitors() -> list[str]:
    """Every public list, in the state in which it shows most on one page."""
    listed = ["/", "/aktualnosci/", "/aktualnosci/?topic=temat-0", "/wydarzenia/", "/wydarzenia/?when=past"]
    listed += ["/galerie/", "/dokumenty/", "/sitemap.xml", "/aktualnosci/atom.xml", "/wydarzenia/atom.xml"]
    listed += [f"/wydarzenia/calendar.ics{query}" for query in ("", "?when=past", "?topic=temat-0")]
    v2 = [f"/api/v2/{name}/?limit=100" for name in v2_endpoints()]
    v2 += [f"/api/v2/pages/?limit=100&type={model._meta.label}" for model in page_types()]
    return [*listed, *v2, "/api/v3-preview/pages/?limit=100", "/api/v2/pages/?limit=100&search=wiadomosc"]


def home_and_lists() -> list[str]:
    """Those of them that are pages."""
    return [address for address in lists_for_visitors() if not re.search(r"\.xml|\.ics|^/api/", address)]


def lists_in_the_admin() -> list[str]:
    """The newsroom's own lists."""
    return [f"/admin/{name}/" for name in ("newsroom_news", "newsroom_events", "newsroom_galleries")]


def lists_of_snippets() -> list[str]:
    """A list for each kind of snippet."""
    snippets = [model._meta for model in get_snippet_models() if model._meta.app_label == "newsroom"]
    return [f"/admin/snippets/newsroom/{each.model_name}/" for each in snippets]


@pytest.fixture(scope="module")
def found(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[int]]]:
    """Number of queries of each list at one, three and thirty items, which grow once for all lists."""
    with planted_for_many(django_db_blocker, tmp_path_factory.mktemp("lists")) as plant:
        yield plant(measure)


def measure() -> dict[str, list[int]]:
    """Ask each list while the items grow. Thirty items stand on one page of a public list."""
    visitor, boss = Client(), Client()
    boss.force_login(get_user_model().objects.create_superuser("boss"))
    wide = override_settings(NEWSROOM={**settings.NEWSROOM, "ITEMS_PER_PAGE": 100})
    items, found = Items(), defaultdict(list)
    for count in COUNTS:
        items.grow(count)
        with wide:
            for address in lists_for_visitors():
                found[address].append(len(queries(visitor, address)))
            for address in home_and_lists():
                with CaptureQueriesContext(connection) as captured:
                    visitor.get(address)
                found[f"again {address}"].append(len(captured))
        for address in [*lists_in_the_admin(), *lists_of_snippets()]:
            found[address].append(len(queries(boss, address)))
    for address, numbers in found.items():
        print(f"{numbers}  {address}")  # noqa: T201  (shown with -rP)
    return dict(found)


def grown(found: dict[str, list[int]], *, by: int = 0) -> dict[str, list[int]]:
    """Lists that ask more often, by more than ``by``, for many items than for one."""
    return {address: numbers for address, numbers in found.items() if max(numbers) - numbers[0] > by}


def test_public_lists_ask_as_often_for_thirty_items_as_for_one(found: dict[str, list[int]]) -> None:
    """Above ten seconds: thirty of everything are made, and each list is asked six times."""
    assert grown({address: found[address] for address in lists_for_visitors()}) == {}


def test_home_and_lists_ask_at_most_twelve_times(found: dict[str, list[int]]) -> None:
    """In a process that knows the types of content and the addresses of the sites, however much there is on the site."""
    again = {address: found[f"again {address}"] for address in home_and_lists()}
    assert {address: numbers for address, numbers in again.items() if max(numbers) > MOST_QUERIES} == {}


def test_admin_lists_ask_as_often_for_thirty_items_as_for_one(found: dict[str, list[int]]) -> None:
    """A list of snippets asks once more for each of its rows: that is Wagtail's own “Translate” in their menus."""
    assert grown({address: found[address] for address in lists_in_the_admin()}) == {}
    assert grown({address: found[address] for address in lists_of_snippets()}, by=ROWS_OF_SNIPPETS) == {}
