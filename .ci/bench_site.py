"""Sites for the benchmarks of delivery: the demo and copies of its fullest pages, in a data folder of their own.

``python .ci/bench_site.py fill 2000 270``: put the demo and that many news and events into the site of the environment, and
print as JSON which addresses stand for which kind of answer. ``BENCH_ROOT`` names another checkout, whose code does it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

HERE = Path(__file__).resolve().parent
ROOT = Path(os.environ.get("BENCH_ROOT", HERE.parent)).resolve()

# Of the demo's users.
PASSWORD = "borowik-nad-jeziorem-41"  # noqa: S105

PAGES = {
    "home": "/",
    "news list": "/aktualnosci/",
    "event list": "/wydarzenia/",
    "gallery list": "/galerie/",
    "calendar.ics": "/wydarzenia/calendar.ics",
}


@dataclass
class BenchSite:
    """A site of the checkout ``root``, with its data in ``data``; ``variables`` are those of its environment."""

    root: Path
    data: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the site is started with."""
        return {**os.environ, "NEWSROOM_DATA": str(self.data), "BENCH_ROOT": str(self.root), **self.variables}

    def manage(self, *arguments: str) -> None:
        """Run a command of Django's."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=self.root, env=self.environment, check=True)

    def run(self, script: str, *arguments: str) -> Any:
        """Run a script of this folder with the checkout's code; what its last line says, read as JSON."""
        said = subprocess.run(
            [sys.executable, str(HERE / script), *arguments],
            cwd=self.root,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        return json.loads(said.splitlines()[-1])

    def make(self, news: int, events: int) -> dict[str, str]:
        """Migrate and fill the site; the addresses by kind of answer. One that is there already is taken as it is."""
        made = self.data / "addresses.json"
        if not made.exists():
            (self.data / "static").mkdir(parents=True, exist_ok=True)
            self.manage("migrate", "--verbosity", "0")
            self.manage("createcachetable", "--verbosity", "0")
            made.write_text(json.dumps(self.run("bench_site.py", "fill", str(news), str(events))))
        return {**PAGES, **json.loads(made.read_text())}


@contextmanager
def own_database(name: str, *, like: str = "") -> Iterator[str]:
    """The address of an empty database (or of a copy of the one called ``like``) beside that of ``DATABASE_URL``.

    It is deleted at the end. Empty where the site has SQLite, whose database is in its data folder.
    """
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith(("postgres", "psql")):
        yield ""
        return
    import psycopg

    parts = urlsplit(address)
    template = f' TEMPLATE "{like}"' if like else ""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def start_django(**overridden: Any) -> None:
    """Load the code of :data:`ROOT`; static files are read from where they are written."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import override_settings

    plain = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    override_settings(STORAGES=plain, **overridden).enable()


def fill(news: int, events: int) -> dict[str, str]:
    """The demo, with copies of its longest news item and of its coming event with the longest programme."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from tests.many import days_back, multiply
    from wagtail_newsroom.news.models import EventPage, NewsPage
    from wagtail_newsroom.news.publishing.changes.related import refresh_ids

    sqlite3.register_adapter(dt.time, str)  # rows are copied as they were read
    call_command("load_demo", password=PASSWORD, verbosity=0, stdout=sys.stderr)
    call_command("run_scheduler", once=True, verbosity=0)  # it works out when pages will look different by themselves
    polish = {"live": True, "locale__language_code": "pl"}
    story = max(NewsPage.objects.filter(**polish), key=lambda page: len(str(page.body.raw_data)))
    coming = EventPage.objects.filter(ends_at__gt=timezone.now(), **polish)
    event = max(coming, key=lambda page: len(str(page.agenda.raw_data)))
    note_moments(story.pk, multiply(story, news - NewsPage.objects.count(), vary=days_back))
    note_moments(event.pk, multiply(event, events - EventPage.objects.count()))
    for model, order in ((NewsPage, "-date"), (EventPage, "-starts_at")):
        refresh_ids([story.pk, event.pk, *model.objects.order_by(order, "-pk").values_list("pk", flat=True)[:60]])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    api = {
        "API list": "/api/v1/news/",
        "API detail": f"/api/v1/events/{event.pk}/",
        "stock v2 list": "/stock/pages/?type=newsroom.NewsPage&fields=*&order=-date",
        "stock v2 detail": f"/stock/pages/{event.pk}/",
        "stock plain page": f"/stock/plain/{story.pk}/",
    }
    return {"news": story.get_url(), "event": event.get_url(), **api}


def note_moments(pk: int, copies: range) -> None:
    """Copies of a page look different by themselves when it does: as if the scheduler had worked it out for each."""
    from wagtail_newsroom.news.models import PageMoment

    row = PageMoment.objects.get(pk=pk)
    PageMoment.objects.bulk_create(PageMoment(page=each, at=row.at, checked_at=row.checked_at) for each in copies)


def main() -> None:
    _fill, news, events = sys.argv[1:]
    start_django()
    print(json.dumps(fill(int(news), int(events))))


if __name__ == "__main__":
    main()
