"""Caches in front of the site forget what an act changed: after its commit, each for itself."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Site

from tests.factories import EventPageFactory, NewsPageFactory, make_photo, make_site
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.delivery.cdn import purging
from wagtail_newsroom.news.delivery.cdn.system_checks import check_caches
from wagtail_newsroom.news.models import NewsroomSettings
from wagtail_newsroom.news.publishing import tasks

HTTP = "wagtail.contrib.frontend_cache.backends.HTTPBackend"


class Cache(ThreadingHTTPServer):
    """A cache that notes what it is asked to forget, and answers with ``status``."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), Asked)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def forgot(self) -> set[str]:
        """What it was asked to forget since the last time; each once a round."""
        asked, self.asked = self.asked, []
        assert len(asked) == len(set(asked))
        return set(asked)


class Asked(BaseHTTPRequestHandler):
    server: Cache

    def do_PURGE(self) -> None:
        self.server.asked.append(f"{self.headers['Host']}{self.path}")
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Silent."""


@pytest.fixture
def cache(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    monkeypatch.setattr(purging, "_resting_until", {})
    with Cache() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.WAGTAILFRONTENDCACHE = {"near": {"BACKEND": HTTP, "LOCATION": server.address}}
        yield server
        server.shutdown()


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


def host() -> str:
    return Site.objects.get().root_url.partition("://")[2]


@pytest.mark.django_db(transaction=True)
def test_r5_committed_act_is_forgotten_everywhere_and_a_rolled_back_one_nowhere(
    queue: None, cache: Cache, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    dead = {"BACKEND": HTTP, "LOCATION": "http://127.0.0.1:9"}
    tree = make_site()
    page = NewsPageFactory(parent=tree["news"], title="Otwarcie mostu")
    tasks.work()
    cache.forgot()
    settings.WAGTAILFRONTENDCACHE = {"dead": dead, **settings.WAGTAILFRONTENDCACHE}

    with transaction.atomic():
        page.title = "Zamknięcie mostu"
        page.save_revision().publish()
        transaction.set_rollback(True)
    tasks.work()
    assert cache.forgot() == set()

    page.refresh_from_db()
    former = page.url
    page.slug = "most-otwarty"
    page.save_revision().publish()
    page.title = "Otwarcie mostu po remoncie"
    page.save_revision().publish()
    assert DBTaskResult.objects.filter(status="READY", task_path__endswith="forget_changes").count() == 4
    with caplog.at_level("ERROR"):
        tasks.work()

    news, api = tree["news"].url, "/api/v1/news/"
    shown = {former, page.url, news, "/", f"{news}atom.xml", api, f"{api}{page.pk}/", f"{api}{page.pk}.md"}
    assert shown | {"/sitemap.xml", "/llms.txt"} <= {each.removeprefix(host()) for each in cache.forgot()}
    # The other one is tried again; it is said once, with the cause, and nobody waited for it twice.
    said = [entry for entry in caplog.records if entry.levelname == "ERROR"]
    assert len(said) == 1
    assert "PatientHTTPBackend could not forget" in str(said[0].exc_info)
    assert "refused" in str(said[0].exc_info)
    (failed,) = DBTaskResult.objects.filter(status="FAILED")
    assert failed.args_kwargs["args"][0] == "dead"


@pytest.mark.parametrize(("status", "fails"), [(404, False), (503, True)])
def test_cache_that_keeps_nothing_of_it_is_no_failing_one(
    cache: Cache, tree: dict[str, Page], *, status: int, fails: bool
) -> None:
    cache.status = status
    if fails:
        with pytest.raises(purging.PurgeError, match="503"):
            purging.forget_addresses.call("near", [f"http://{host()}/a/"])
    else:
        purging.forget_addresses.call("near", [f"http://{host()}/a/"])
    assert cache.forgot() == {f"{host()}/a/"}


def test_setting_of_the_site_is_on_every_page(
    tree: dict[str, Page], cache: Cache, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    named, settings.WAGTAILFRONTENDCACHE = settings.WAGTAILFRONTENDCACHE, {}
    event = EventPageFactory(parent=tree["events"])
    hidden = NewsPageFactory(parent=tree["news"], live=False)
    with django_capture_on_commit_callbacks(execute=True):
        settings.WAGTAILFRONTENDCACHE = named
        NewsroomSettings.objects.update_or_create(site=Site.objects.get(), defaults={"phone": "12 345 67 89"})

    forgot = {each.removeprefix(host()) for each in cache.forgot()}
    assert {event.url, f"{event.url}event.ics", tree["news"].url, f"{tree['events'].url}calendar.ics", "/"} <= forgot
    assert f"/aktualnosci/{hidden.slug}/" not in forgot


def test_withdrawn_photo_is_forgotten_with_its_sizes(
    cache: Cache, tree: dict[str, Page], admin_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo("Most")
    names = [photo.file.url, photo.get_rendition("width-40").file.url]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo, admin_user, reason="", keep_file=False)

    assert {f"{host()}{name}" for name in names} <= cache.forgot()


def test_without_a_cache_nothing_follows(
    tree: dict[str, Page], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "CDN_SECONDS": 60}
    with django_capture_on_commit_callbacks() as callbacks:
        NewsPageFactory(parent=tree["news"])

    assert not [each for each in callbacks if "cdn" in each.__module__]
    assert [each.id for each in check_caches(None)] == ["newsroom.W054"]
    settings.WAGTAILFRONTENDCACHE = {"near": {"BACKEND": HTTP, "LOCATION": "http://127.0.0.1:9"}}
    assert check_caches(None) == []
