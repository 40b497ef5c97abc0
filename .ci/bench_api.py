"""`make bench`: what answers of the delivery API cost, cold, beside Wagtail's own v2 API on the same content, in one run.

A database of its own is filled with 2,000 news and 250 events, then with 100,000 news: SQLite, or PostgreSQL where
``DATABASE_URL`` names one (a database of its own beside it, which is deleted at the end). Requests are made in this process,
without a network and a cache, taking turns: what is slow for a moment is slow for both. Compare the ratios of one run, not
the milliseconds of two.

What v2 is asked: Wagtail's own endpoints, with nothing of ours but the ``api_fields`` of our models. ``fields=*`` is all of
them; some are answered by properties of ours that ask the database for each row (files, related pages, reports, galleries).
Nobody can have them of v2 for less, but a plain Wagtail site has fewer. So the list is also asked for a card's fields, and
for stored columns alone, where there is nothing in it that is ours; v2 sends no picture then.
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

    def side_by_side(self, rounds: int, asked: dict[str, tuple[str, ...]]) -> dict[str, list[float]]:
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

    def tell(self, rounds: int, asked: dict[str, tuple[str, ...]]) -> dict[str, float]:
        """Print each, and return the medians in seconds."""
        medians = {}
        for name, taken in self.side_by_side(rounds, asked).items():
            taken.sort()
            medians[name] = statistics.median(taken)
            p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
            print(
                f"  {name:44} {self.queries(*asked[name]):4} queries  p50 {1e3 * medians[name]:7.1f} ms"
                f"  p99 {1e3 * p99:7.1f} ms  {1 / medians[name]:6.0f} a second"
            )
        return medians


def ratio(name: str, theirs: float, ours: float, goal: float | None = None) -> None:
    """Print how many times faster ours is, beside the goal."""
    found = theirs / ours
    mark = "   " if goal is None else "ok " if found >= goal else "NO "
    print(f"  {mark} {name}: {found:.2f} times{'' if goal is None else f' (goal: {goal})'}")


def at_most(name: str, found: float, most: float) -> None:
    """Print a figure beside what it may be."""
    print(f"  {'ok ' if found <= most else 'NO '} {name}: {found:.4g} (goal: at most {most})")


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
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=20)
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
        own = f"newsroom_bench_{os.getpid()}" if connection.vendor == "postgresql" else f"{folder}/bench.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = own

        print(f"on {connection.vendor}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0)
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
    settle(ids)
    bench = Bench()
    beside_v2(bench, rounds, ids)
    every_endpoint(bench, max(5, rounds // 4), ids)
    if many:
        multiply(NewsPage.objects.get(pk=ids["news"]), many - 2_000, vary=days_back)
        settle(ids)
        at_many(bench, max(5, rounds // 4), many, ids)


def settle(ids: dict[str, int]) -> None:
    """What happens by itself on a site: related pages are noted (here: of those that are asked), statistics taken."""
    from django.db import connection

    from wagtail_newsroom.news.models import EventPage, NewsPage
    from wagtail_newsroom.news.publishing.changes.related import refresh_ids

    for model, order in ((NewsPage, "-date"), (EventPage, "-starts_at")):
        refresh_ids([*ids.values(), *model.objects.order_by(order, "-pk").values_list("pk", flat=True)[:40]])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def beside_v2(bench: Bench, rounds: int, ids: dict[str, int]) -> None:
    """The same content from both."""
    print("2,000 news and 250 events, 20 in a list, each with a photo, beside v2:")
    of_news = f"{V2}/pages/?type=newsroom.NewsPage&order=-date"
    card = "title,lead,date,kind,lead_image,lead_image_alt_text,topics"
    needed = {name: what_v2_needs(bench, pk) for name, pk in ids.items()}
    asked = {
        "list": (f"{V1}/news/",),
        "v2 list, all fields": (f"{of_news}&fields=*",),
        "v2 list, a card's fields": (f"{of_news}&fields={card}",),
        "v2 list, stored columns": (f"{of_news}&fields=lead,date,kind",),
        "news item": (f"{V1}/news/{ids['news']}/",),
        "v2 news item": (f"{V2}/pages/{ids['news']}/",),
        f"v2 news item and its {len(needed['news']) - 1} requests more": needed["news"],
        "event": (f"{V1}/events/{ids['event']}/",),
        "v2 event": (f"{V2}/pages/{ids['event']}/",),
        f"v2 event and its {len(needed['event']) - 1} requests more": needed["event"],
        "20 whole events": (f"{V1}/events/?include=body,agenda,attachments",),
    }
    found = bench.tell(rounds, asked)
    ratio("list beside all fields of v2", found["v2 list, all fields"], found["list"], 6)
    ratio("list beside a card's fields of v2", found["v2 list, a card's fields"], found["list"], 2.5)
    ratio("list beside stored columns of v2", found["v2 list, stored columns"], found["list"])
    for name, item in (("news", "news item"), ("event", "event")):
        ratio(f"{item} beside v2's", found[f"v2 {item}"], found[item], 1)
        more = f"v2 {item} and its {len(needed[name]) - 1} requests more"
        ratio(f"{item} beside all that v2 needs for it", found[more], found[item], 4)
    at_most("queries of the list", bench.queries(*asked["list"]), 8)
    at_most("queries of the event", bench.queries(*asked["event"]), 10)
    at_most("queries of 20 whole events", bench.queries(*asked["20 whole events"]), 20)


def every_endpoint(bench: Bench, rounds: int, ids: dict[str, int]) -> None:
    """What each endpoint costs on the same site."""
    print("Every endpoint on this site:")
    addresses = (
        *("news/?limit=100", "news/?topic=zdrowie", "news/?q=relacja", "news/?order=-updated_at", "news/?year=2025"),
        *("events/", "events/?when=upcoming", "events/?when=past", "galleries/", "pages/"),
        *("attachments/", "attachments/?versions=current", "topics/", "people/", "organisations/", "venues/"),
        *("projects/", "site/", "redirects/", "changes/", "changes/?since=0", "by-path/?path=/aktualnosci/"),
        *(f"news/{ids['news']}.md", "llms.txt", "openapi.json"),
    )
    bench.tell(rounds, {address: (f"{V1}/{address}",) for address in addresses})


def at_many(bench: Bench, rounds: int, many: int, ids: dict[str, int]) -> None:
    """What the size of a site does to its pages."""
    print(f"{many:,} news:")
    found = bench.tell(
        rounds,
        {
            "first page": (f"{V1}/news/?count=false",),
            "last page": (last_page(bench),),
            "first page, counted": (f"{V1}/news/",),
            "item": (f"{V1}/news/{ids['news']}/",),
            "v2 first page, all fields": (f"{V2}/pages/?type=newsroom.NewsPage&fields=*&order=-date",),
            "v2 last page, all fields": (
                f"{V2}/pages/?type=newsroom.NewsPage&fields=*&order=-date&offset={many - 20}",
            ),
        },
    )
    at_most("last page, of the first", found["last page"] / found["first page"], 1.5)


def what_v2_needs(bench: Bench, pk: int) -> tuple[str, ...]:
    """The requests by which a front end gets from v2 what one answer of ours holds: files, photos, pages beside it."""
    item = json.loads(bench.ask(f"{V2}/pages/{pk}/"))
    files = [f"{V2}/documents/{each['id']}/" for each in item["attachments"]]
    photos = [f"{V2}/images/{item['lead_image']['id']}/"] if item.get("lead_image") else []
    pages = [f"{V2}/pages/{each['id']}/" for name in ("related", "reports", "galleries") for each in item.get(name, [])]
    return (f"{V2}/pages/{pk}/", *files, *photos, *pages)


def last_page(bench: Bench) -> str:
    """The address of the last twenty news: the page before the first of the opposite order, turned round."""
    address = f"{V1}/news/?count=false&order=date"
    oldest = json.loads(bench.ask(address))["items"][-1]
    from wagtail_newsroom.news.api.v1.cursors import fingerprint, write_cursor
    from wagtail_newsroom.news.api.v1.reading.news import NewsReading
    from wagtail_newsroom.news.api.v1.routes.items import SHOWING

    reading = NewsReading()
    asked = reading.list_parameters.model_validate({"count": "false"})
    keys = reading.orders[asked.order]
    question = fingerprint(reading.word, asked.model_dump(mode="json", exclude=SHOWING))
    row = {"sorted_by_date": oldest["date"], "sorted_by_id": oldest["id"]}
    return f"{V1}/news/?count=false&cursor={write_cursor(question, keys, row, forward=True)}"


if __name__ == "__main__":
    sys.exit(main())
