"""``kill -9`` at random moments of publishing, scheduling and publishing together (trust.md R1).

Afterwards everything is as it was before the act, or as the act leaves it; the tree is sound and nothing is half.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from tests.admin.desk import PUBLISHERS, Desk, member, set_up_roles
from tests.factories import make_site
from tests.news.test_bundles import make_due
from tests.soak import TIMES
from wagtail_newsroom.news.models import Bundle, BundlePage, BundleState, NewsPage
from wagtail_newsroom.news.publishing.bundles import schedule_bundle
from wagtail_newsroom.news.publishing.schedule.due import run_due

ROOT = Path(__file__).resolve().parent.parent
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.sampled]


class Killer:
    """The process of ``tests/killing.py``, over the database of these tests."""

    def __init__(self, folder: Path) -> None:
        settings = connection.settings_dict
        if connection.vendor == "sqlite":
            address = f"sqlite:///{settings['NAME']}"
        else:
            address = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killing"],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "NEWSROOM_DATA": str(folder / "data"),
                "DATABASE_URL": address,
                "CACHE_URL": "locmemcache://",
                "EMAIL_URL": "dummymail://",
                "ALLOWED_HOSTS": "testserver",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill(self, act: str, *, after: float, **wanted: Any) -> dict[str, Any]:
        connections.close_all()
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"act": act, "after": after, **wanted}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer["killed"], "the child ended by itself"
        wait_for_locks()
        return answer

    def end(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def wait_for_locks() -> None:
    """PostgreSQL learns a moment later that its client is dead."""
    if connection.vendor != "postgresql":
        return
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    pytest.fail("the server still serves a client that was killed")


@pytest.fixture(scope="module")
def killer(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    killer = Killer(tmp_path_factory.mktemp("killer"))
    yield killer
    killer.end()


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


def shortest(runs: Iterable[dict[str, Any]]) -> float:
    """How long the act takes when nothing else keeps the machine busy, in seconds: the least of several whole runs."""
    found = list(runs)
    assert all(run["done"] for run in found)
    return min(run["took"] for run in found)


def moments(duration: float, count: int) -> list[float]:
    """``count`` random moments, spread evenly over an act that takes ``duration`` and a little after it.

    Twice as many with ``make soak``.
    """
    chance = random.Random()
    count *= 1 if TIMES == 1 else 2
    slot = duration * 1.1 / count
    return [(number + chance.random()) * slot for number in range(count)]


def check_all(tree: dict[str, Page]) -> None:
    """Nothing is half, whichever act was killed."""
    assert [list(problem) for problem in Page.find_problems()] == [[]] * 5
    for index in ("news", "events"):
        parent = Page.objects.get(pk=tree[index].pk)
        assert parent.numchild == parent.get_children().count()
    for page in NewsPage.objects.select_related("latest_revision", "live_revision"):
        assert page.latest_revision, f"{page.title} has no version"
        entries = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLICATIONS)
        # Each publication has its entry in the log, and each entry its publication.
        assert entries.values("revision").distinct().count() == entries.count()
        if not page.live:
            assert (page.live_revision, page.last_published_at, entries.count()) == (None, None, 0)
            continue
        assert page.live_revision
        assert page.lead == page.live_revision.content["lead"]
        assert page.has_unpublished_changes == (page.live_revision != page.latest_revision)
        assert page.live_revision in [entry.revision for entry in entries]
        assert page.live_revision.approved_go_live_at is None


def drafts(tree: dict[str, Page], *titles: str) -> list[NewsPage]:
    made = []
    for title in titles:
        page = NewsPage(title=title, lead="Szkic.", live=False)
        tree["news"].add_child(instance=page)
        page.save_revision()
        made.append(page)
    return made


def test_killed_editor_leaves_the_old_page_or_the_new_one(tree: dict[str, Page], killer: Killer) -> None:
    user = member(PUBLISHERS)
    desk = Desk(user)
    blank = desk.blank(NewsPage, tree["news"])
    (page,) = drafts(tree, "Stała")
    opened = desk.open(page)

    def forms(number: int) -> list[dict[str, Any]]:
        """Publish a new page, then a new version of the one that is there, then a draft of it."""
        publish = {"action-publish": "action-publish"}
        made = {**blank.data, "title": f"Nowa {number}", "slug": f"nowa-{number}", "lead": "Gotowa."}
        changed = {**opened.data, "lead": f"Wersja {number}"}
        return [
            {"url": blank.url, "data": {**made, **publish}},
            {"url": opened.url, "data": {**changed, **publish}},
            {"url": opened.url, "data": {**changed, "lead": f"Szkic {number}"}},
        ]

    took = shortest(killer.kill("editor", after=30, user=user.pk, forms=forms(100 + number)) for number in range(3))
    check_all(tree)
    page.refresh_from_db()
    killed = 0
    for number, after in enumerate(moments(took, 10), start=1):
        before, old = page.revisions.count(), page.lead
        killed += not killer.kill("editor", after=after, user=user.pk, forms=forms(number))["done"]
        check_all(tree)
        page.refresh_from_db()
        # The three forms were done one after the other: as many as were done are there, whole.
        new = NewsPage.objects.filter(slug=f"nowa-{number}").first()
        written = page.revisions.count() - before
        assert new is None or (new.live, new.lead) == (True, "Gotowa.")
        assert new or not written
        assert (page.lead, written) in {(old, 0), (f"Wersja {number}", 1), (f"Wersja {number}", 2)}

    assert killed >= number // 2, "the moments missed the act"


def test_killed_scheduler_leaves_each_page_old_or_new_and_the_next_goes_on(
    tree: dict[str, Page], killer: Killer
) -> None:
    def due(number: int) -> list[NewsPage]:
        pages = drafts(tree, *[f"Strona {number}-{position}" for position in range(3)])
        moment = timezone.now() - dt.timedelta(minutes=1)
        for page in pages:
            page.go_live_at = moment
            page.save_revision(approved_go_live_at=moment)
        return pages

    took = shortest(killer.kill("scheduler", after=30) for number in range(3) if due(100 + number))
    killed = 0
    for number, after in enumerate(moments(took, 8), start=1):
        pages = due(number)
        killed += not killer.kill("scheduler", after=after)["done"]
        check_all(tree)
        for page in pages:
            page.refresh_from_db()
            assert (
                Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).exists() != page.live
            )
        run_due()
        for page in pages:
            page.refresh_from_db()
            assert page.live
            entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled")
            assert entries.count() == 1

    assert killed >= number // 2, "the moments missed the act"


@pytest.mark.parametrize("by", ["bundle", "scheduler"])
def test_killed_publisher_of_a_bundle_leaves_all_of_it_or_nothing(
    tree: dict[str, Page], killer: Killer, by: str
) -> None:
    user = member(PUBLISHERS)

    def prepare(number: int) -> Bundle:
        made = Bundle.objects.create(title=f"Paczka {number}")
        for position, page in enumerate(drafts(tree, *[f"Razem {number}-{place}" for place in range(3)])):
            BundlePage.objects.create(bundle=made, page=page, sort_order=position)
        if by == "scheduler":
            schedule_bundle(made, timezone.now() + dt.timedelta(hours=1), user)
            make_due(made)
        return made

    took = shortest(killer.kill(by, after=30, user=user.pk, bundle=prepare(100 + number).pk) for number in range(3))
    killed = 0
    for number, after in enumerate(moments(took, 5), start=1):
        bundle = prepare(number)
        killed += not killer.kill(by, after=after, user=user.pk, bundle=bundle.pk)["done"]
        check_all(tree)
        bundle.refresh_from_db()
        is_public = bundle.state == BundleState.PUBLISHED
        assert [row.page.live for row in bundle.pages.all()] == [is_public] * 3
        run_due()
        if by == "scheduler":
            assert [row.page.live for row in BundlePage.objects.filter(bundle=bundle)] == [True] * 3

    assert killed >= number // 2, "the moments missed the act"
