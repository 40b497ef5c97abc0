"""`make bench`: what answers of the delivery API cost, cold, beside Wagtail's own v2 API on the same content, in one run.

A database of its own is filled with 2,000 news and 250 events, then with 100,000 news. Requests are made in this process,
without a network and a cache, in turn: what is slow for a moment is slow for both.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

V1, V2 = "/api/v1", "/stock"


class Bench:
    """Requests, and what they cost."""

    def __init__(self) -> None:
        from django.test import Client

        self.client = Client(HTTP_HOST="localhost")

    def ask(self, address: str) -> bytes:
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.content[:300]!r}")
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def queries(self, *addresses: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            for address in addresses:
                self.ask(address)
        return len(found)

    def side_by_side(self, rounds: int, **asked: tuple[str, ...]) -> dict[str, list[float]]:
        """Seconds of each of ``asked`` (addresses that are asked one after the other), taking turns."""
        for addresses in asked.values():
            for address in addresses:
                self.ask(address)
        taken: dict[str, list[float]] = {name: [] for name in asked}
        for _round in range(rounds):
            for name, addresses in asked.items():
                begun = time.perf_counter()
                for address in addresses:
                    self.ask(address)
                taken[name].append(time.perf_counter() - begun)
        return taken

    def tell(self, rounds: int, **asked: tuple[str, ...]) -> dict[str, float]:
        """Print each, and return the medians in seconds."""
        medians = {}
        for name, taken in self.side_by_side(rounds, **asked).items():
            taken.sort()
            medians[name] = statistics.median(taken)
            p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
            print(
                f"  {name.replace('_', ' '):42} {self.queries(*asked[name]):4} queries  p50 {1e3 * medians[name]:7.1f} ms"
                f"  p99 {1e3 * p99:7.1f} ms  {1 / medians[name]:6.0f} a second"
            )
        return medians


def ratio(name: str, theirs: float, ours: float, goal: float, note: str = "") -> None:
    """Print how many times faster ours is, beside the goal."""
    found = theirs / ours
    print(f"  {'ok ' if found >= goal else 'NO '} {name}: {found:.2f} times (goal: {goal}){note}")


def plant() -> dict[str, int]:
    """A site with one full news item and one full event; the ids of both."""
    from tests.factories import (
        EventPageFactory,
        NewsPageFactory,
        OrganisationFactory,
        TopicFactory,
        VenueFactory,
        agenda_day,
        attach,
        make_attachment,
        make_photo,
        make_site,
    )
    from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
    from wagtail_newsroom.news.models.events.events import EventOrganiser, EventStop
    from wagtail_newsroom.news.models.pages.rows import PageContact

    tree = make_site()
    photo = make_photo("Sala")
    prepare_sizes([photo])
    topic = TopicFactory(name="Zdrowie")
    paragraph = ("paragraph", "<p>Spotkanie o usługach <b>bliżej ludzi</b>, z pytaniami z sali.</p>" * 4)
    news = NewsPageFactory(
        parent=tree["news"], title="Relacja", lead_image=photo, lead_image_alt="Ludzie w sali", body=[paragraph] * 6
    )
    event = EventPageFactory(
        parent=tree["events"],
        title="Konferencja",
        lead_image=photo,
        lead_image_alt="Ludzie w sali",
        venue=VenueFactory(),
        body=[paragraph] * 4,
        agenda=[
            agenda_day(*({"title": f"Wykład {n}", "start": f"{9 + n // 4:02}:{n % 4 * 15:02}"} for n in range(20)))
        ],
    )
    for page in (news, event):
        page.topics.add(topic)
        page.contacts = [PageContact(name=f"Osoba {n}", email=f"osoba{n}@example.org") for n in range(10)]
        page.save_revision().publish()
        for n in range(10):
            attach(page, make_attachment(f"Plik {n}", name=f"plik-{n}.txt"))
    event.organisers = [EventOrganiser(organisation=OrganisationFactory()) for _n in range(10)]
    event.stops = [EventStop(place=f"Miejsce {n}") for n in range(10)]
    event.save_revision().publish()
    return {"news": news.pk, "event": event.pk}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--many", type=int, default=100_000, help="news of the large site; 0: none")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEWSROOM_DATA"] = folder
        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection
        from django.test import override_settings

        plain = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        override_settings(ROOT_URLCONF="tests.stock_urls", STORAGES=plain).enable()

        print(f"on {connection.vendor}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        name = connection.creation.create_test_db(verbosity=0)
        try:
            call_command("createcachetable", verbosity=0)
            measure(asked.rounds, asked.many)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def measure(rounds: int, many: int) -> None:
    """Fill the site and ask."""
    from tests.many import days_back, multiply
    from wagtail_newsroom.news.models import EventPage, NewsPage

    ids = plant()
    multiply(NewsPage.objects.get(pk=ids["news"]), 2_000, vary=days_back)
    multiply(EventPage.objects.get(pk=ids["event"]), 250)
    bench = Bench()
    print("2,000 news and 250 events, 20 in a list, each with a photo:")
    card = "title,lead,date,kind,lead_image,lead_image_alt_text,topics"
    found = bench.tell(
        rounds,
        delivery_list=(f"{V1}/news/",),
        v2_list_of_all_fields=(f"{V2}/pages/?type=newsroom.NewsPage&fields=*&order=-date",),
        v2_list_of_a_cards_fields=(f"{V2}/pages/?type=newsroom.NewsPage&fields={card}&order=-date",),
        delivery_events_whole=(f"{V1}/events/?include=body,agenda,attachments",),
        delivery_event=(f"{V1}/events/{ids['event']}/",),
        v2_event=(f"{V2}/pages/{ids['event']}/",),
        v2_event_and_what_it_names=what_v2_needs(bench, ids["event"]),
        delivery_news=(f"{V1}/news/{ids['news']}/",),
        v2_news=(f"{V2}/pages/{ids['news']}/",),
    )
    ratio("list of 20 beside all fields of v2", found["v2_list_of_all_fields"], found["delivery_list"], 6)
    ratio("list of 20 beside a card's fields of v2", found["v2_list_of_a_cards_fields"], found["delivery_list"], 2.5)
    ratio("event beside v2's", found["v2_event"], found["delivery_event"], 1)
    ratio("news item beside v2's", found["v2_news"], found["delivery_news"], 1)
    ratio("event beside all that v2 needs for it", found["v2_event_and_what_it_names"], found["delivery_event"], 4)
    if not many:
        return
    multiply(NewsPage.objects.get(pk=ids["news"]), many - 2_000, vary=days_back)
    print(f"{many:,} news:")
    last = walk_to_the_end(bench)
    found = bench.tell(
        max(5, rounds // 6),
        first_page=(f"{V1}/news/?count=false",),
        last_page=(last,),
        first_page_counted=(f"{V1}/news/",),
        one_item=(f"{V1}/news/{ids['news']}/",),
        v2_first_page=(f"{V2}/pages/?type=newsroom.NewsPage&fields=*&order=-date",),
    )
    ratio("first page beside the last", found["first_page"], found["last_page"], 1 / 1.5)


def what_v2_needs(bench: Bench, pk: int) -> tuple[str, ...]:
    """The requests by which a front end gets from v2 what one answer of ours holds: files, photos, pages beside it."""
    item = json.loads(bench.ask(f"{V2}/pages/{pk}/"))
    files = [f"{V2}/documents/{each['id']}/" for each in item["attachments"]]
    photos = [f"{V2}/images/{item['lead_image']['id']}/"] if item.get("lead_image") else []
    pages = [f"{V2}/pages/{each['id']}/" for name in ("related", "reports", "galleries") for each in item.get(name, [])]
    return (f"{V2}/pages/{pk}/", *files, *photos, *pages)


def walk_to_the_end(bench: Bench) -> str:
    """The address of the last twenty news or so, as somebody comes to it who follows `next`."""
    address = f"{V1}/news/?count=false&limit=100"
    while (following := json.loads(bench.ask(address))["next"]) is not None:
        address = following
    return address.replace("limit=100", "limit=20")


if __name__ == "__main__":
    sys.exit(main())
