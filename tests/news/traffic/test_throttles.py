"""Who sends, and how often one sender may try: the same behind no proxy, one and two, whatever the sender claims."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.core.management import call_command
from django.db import connections
from django.test import Client, RequestFactory
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from tests.factories import NewsPageFactory, make_site, private_collection
from wagtail_newsroom.news.admin import password_reset
from wagtail_newsroom.news.traffic import counters
from wagtail_newsroom.news.traffic.senders import Sender, sender_address, sender_of
from wagtail_newsroom.news.traffic.throttles import RESETS_PER_PERSON

pytestmark = pytest.mark.services

PASSWORD = "correct horse battery"
LOG_INS = ["/admin/login/", "/_util/login/"]
OUR_PROXIES = ["10.0.0.1", "10.0.0.2"]


@dataclass
class Visitors:
    """Sends requests the way that they come through ``proxies`` proxies of ours, each of which adds whom it saw."""

    proxies: int

    def post(
        self, path: str, data: dict[str, Any], *, address: str, claims: str = "", client: Client | None = None
    ) -> Any:
        seen = [address, *OUR_PROXIES][: self.proxies]
        connected = [address, *OUR_PROXIES][self.proxies]
        forwarded = ", ".join([*filter(None, [claims]), *seen])
        extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return (client or Client()).post(path, data, REMOTE_ADDR=connected, **extra)

    def log_in(self, name: str, password: str, *, address: str, claims: str = "", path: str = LOG_INS[0]) -> int:
        return self.post(path, {"username": name, "password": password}, address=address, claims=claims).status_code


@pytest.fixture(params=[0, 1, 2], ids=lambda number: f"{number} proxies")
def visitors(request: pytest.FixtureRequest, settings: Any, throttled_logins: None, db: None) -> Visitors:
    settings.NEWSROOM = {**settings.NEWSROOM, "PROXIES": request.param}
    for name in ("anna", "ewa"):
        User.objects.create_superuser(name, f"{name}@example.org", PASSWORD)
    return Visitors(request.param)


def forged(number: int) -> str:
    return f"8.8.{number}.1, 9.9.9.{number}"


def honest(number: int) -> str:
    return ""


# Who sends


@pytest.mark.parametrize(
    ("proxies", "forwarded", "connected", "address", "network"),
    [
        (0, "198.51.100.7", "203.0.113.5", "203.0.113.5", "203.0.113.0/24"),
        (1, "", "203.0.113.5", "203.0.113.5", "203.0.113.0/24"),
        (1, "198.51.100.7", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (1, "8.8.8.8, 198.51.100.7", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (2, "198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (2, "8.8.8.8, 9.9.9.9, 198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (3, "198.51.100.7", "10.0.0.1", "10.0.0.1", "10.0.0.0/24"),
        (1, "x, ,198.51.100.7:4711", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (1, "[2001:db8:1:2:a::1]:4711", "10.0.0.1", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        (1, "2001:db8:1:2:b::1", "10.0.0.1", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        (1, "::ffff:198.51.100.7", "10.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        (1, "unknown", "10.0.0.1", "10.0.0.1", "10.0.0.0/24"),
        (0, "", "", "", ""),
    ],
)  # fmt: skip
def test_t10_sender_is_who_the_outermost_trusted_proxy_saw(
    proxies: int, forwarded: str, connected: str, address: str, network: str, settings: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "PROXIES": proxies}
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=connected)

    assert sender_of(request) == Sender(address, network)
    assert sender_address(request) == address.partition("/")[0]


# Log-in


@pytest.mark.parametrize("path", LOG_INS)
@pytest.mark.parametrize("claims", [honest, forged])
def test_t10_thirty_guesses_at_an_account_never_get_through(
    visitors: Visitors, claims: Callable[[int], str], path: str
) -> None:
    statuses = [
        visitors.log_in("anna", f"wrong {n}", address="203.0.113.9", claims=claims(n), path=path) for n in range(30)
    ]

    assert statuses[:9] == [200] * 9
    assert set(statuses[10:]) == {429}
    assert visitors.log_in("anna", PASSWORD, address="203.0.113.9", claims="1.2.3.4", path=path) == 429
    # The owner elsewhere (T11), even next door, and a colleague behind the same address get in.
    assert visitors.log_in("anna", PASSWORD, address="198.51.100.7", claims="203.0.113.9", path=path) == 302
    assert visitors.log_in("anna", PASSWORD, address="203.0.113.10", path=path) == 302
    assert visitors.log_in("ewa", PASSWORD, address="203.0.113.9", path=path) == 302


@pytest.mark.parametrize("claims", [honest, forged])
@pytest.mark.parametrize("block", ["203.0.113.{}", "2001:db8:7:{}::1", "2001:db8:7:7::{}"])
def test_n9_thirty_guesses_from_a_whole_network_never_get_through(
    visitors: Visitors, claims: Callable[[int], str], block: str
) -> None:
    for n in range(30):
        visitors.log_in("anna", f"wrong {n}", address=block.format(n + 1), claims=claims(n))

    assert visitors.log_in("anna", PASSWORD, address=block.format(77)) == 429
    assert visitors.log_in("anna", PASSWORD, address="198.51.100.7") == 302
    assert visitors.log_in("ewa", PASSWORD, address=block.format(78)) == 302


@pytest.mark.parametrize("path", LOG_INS)
@pytest.mark.parametrize("claims", [honest, forged])
def test_t12_one_password_for_many_accounts_is_stopped(
    visitors: Visitors, claims: Callable[[int], str], path: str
) -> None:
    statuses = [
        visitors.log_in(f"person{n}", "spring2026", address="203.0.113.9", claims=claims(n), path=path)
        for n in range(52)
    ]

    assert statuses == [200] * 50 + [429] * 2
    assert visitors.log_in("anna", PASSWORD, address="203.0.113.9", path=path) == 429
    assert visitors.log_in("anna", PASSWORD, address="203.0.113.10", path=path) == 302


def test_n9_spellings_of_a_name_are_one_account(visitors: Visitors) -> None:
    for n in range(12):
        visitors.log_in(["anna", " anna", "ANNA", "ａnna"][n % 4], "wrong", address="203.0.113.9")

    assert visitors.log_in("anna", PASSWORD, address="203.0.113.9") == 429


def test_n9_success_is_not_counted(visitors: Visitors) -> None:
    assert {visitors.log_in("anna", PASSWORD, address="203.0.113.9") for _ in range(60)} == {302}


def test_n9_guesses_at_once_are_counted_too(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt counts before the password is looked at: what is asked meanwhile finds it counted."""
    for n in range(8):
        visitors.log_in("anna", f"wrong {n}", address="203.0.113.9")
    seen: list[int] = []
    check = ModelBackend.authenticate

    def ask_once_more_meanwhile(backend: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(visitors.log_in("anna", "wrong", address="203.0.113.9"))
        return check(backend, *args, **kwargs)

    monkeypatch.setattr(ModelBackend, "authenticate", ask_once_more_meanwhile)
    # Ten requests within one another need more frames than Python gives.
    frames = sys.getrecursionlimit()
    sys.setrecursionlimit(2 * frames)
    try:
        visitors.log_in("anna", "wrong", address="203.0.113.9")
    finally:
        sys.setrecursionlimit(frames)

    assert len(seen) == 2
    assert seen[0] == 429


def test_refusal_says_what_to_do_in_the_readers_language(visitors: Visitors) -> None:
    for n in range(11):
        answer = visitors.post("/admin/login/", {"username": "anna", "password": f"{n}"}, address="203.0.113.9")
    english = visitors.post(
        "/admin/login/",
        {"username": "anna", "password": "x"},
        address="203.0.113.9",
        client=Client(headers={"accept-language": "en"}),
    )

    for refused in (answer, english):
        assert refused.status_code == 429
        assert refused["Retry-After"] == "900"
        assert "no-store" in refused["Cache-Control"]
    assert "Wait 15 minutes" in english.content.decode()
    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="pl"' in answer.content.decode()


# Passwords of pages and files


@pytest.fixture
def locked(visitors: Visitors) -> dict[str, str]:
    """Addresses at which the password of a page and that of a collection are asked."""
    page = NewsPageFactory(parent=make_site()["news"])
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password=PASSWORD)
    collection = private_collection()
    CollectionViewRestriction.objects.filter(collection=collection).delete()
    of_files = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    return {
        "page": f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        "other page": f"/_util/authenticate_with_password/{restriction.pk}/{page.get_parent().pk}/",
        "files": f"/documents/authenticate_with_password/{of_files.pk}/",
    }


@pytest.mark.parametrize("claims", [honest, forged])
def test_t13_password_of_a_page_is_not_guessed(
    visitors: Visitors, locked: dict[str, str], claims: Callable[[int], str]
) -> None:
    for pages in (["page", "other page"], ["files"]):
        paths = [locked[page] for page in pages]
        statuses = [
            visitors.post(
                paths[n % len(paths)], {"password": f"{n}", "return_url": "/"}, address="203.0.113.9", claims=claims(n)
            ).status_code
            for n in range(30)
        ]
        right = {"password": PASSWORD, "return_url": "/"}

        assert statuses == [200] * 10 + [429] * 20
        assert visitors.post(paths[0], right, address="203.0.113.9", claims="1.2.3.4").status_code == 429
        assert visitors.post(paths[0], right, address="203.0.113.10").status_code == 302


# Links that reset a password


@pytest.mark.parametrize("claims", [honest, forged])
def test_t12_resets_are_limited_by_sender_and_by_person(visitors: Visitors, claims: Callable[[int], str]) -> None:
    def reset(email: str, address: str, claim: str = "") -> int:
        return visitors.post("/admin/password_reset/", {"email": email}, address=address, claims=claim).status_code

    mine = [reset("anna@example.org", "203.0.113.9", claims(n)) for n in range(30)]
    many = [reset(f"person{n}@example.org", "203.0.113.20", claims(n)) for n in range(12)]
    elsewhere = [reset("Anna@example.org", f"198.51.{n}.7") for n in range(10)]
    other = reset("ewa@example.org", "203.0.113.10")

    assert mine == [302] * 5 + [429] * 25
    assert many == [302] * 10 + [429] * 2
    # Nobody is told that this mailbox has had enough.
    assert set(elsewhere) == {302}
    assert [message.to for message in mail.outbox].count(["anna@example.org"]) == RESETS_PER_PERSON
    assert other == 302
    assert mail.outbox[-1].to == ["ewa@example.org"]
    assert "/admin/password_reset/confirm/" in mail.outbox[-1].body


def test_t19d_reset_does_equal_work_for_known_and_unknown(
    db: None, settings: Any, queue: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    User.objects.create_superuser("anna", "anna@example.org", PASSWORD)
    made: list[Any] = []
    monkeypatch.setattr(
        password_reset.default_token_generator, "make_token", lambda user: made.append(user.email) or "token"
    )
    for email in ("anna@example.org", "nobody@example.org"):
        # The request looks nobody up: it puts one task into the queue.
        with django_assert_num_queries(1):
            answer = Client().post("/admin/password_reset/", {"email": email})
        assert answer.status_code == 302
    assert made == []
    assert mail.outbox == []

    settings.NEWSROOM = {**settings.NEWSROOM, "TASK_BACKEND": "default"}
    for email in ("anna@example.org", "nobody@example.org"):
        Client().post("/admin/password_reset/", {"email": email})
    assert made == ["anna@example.org", "nobody@example.org"]
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]


# Counters


@pytest.fixture
def cache_in_the_database(settings: Any, db: None) -> Iterator[None]:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "newsroom_test_counters"},
    }
    call_command("createcachetable", verbosity=0)
    yield
    caches["default"].clear()


def counts_and_forgets() -> None:
    key = counters.key_of("test", "203.0.113.9")
    assert "203" not in key
    assert [counters.count(key, 2) for _ in range(3)] == [1, 2, 3]
    counters.uncount(key)
    assert counters.count(key, 2) == 3
    counters.uncount(counters.key_of("never counted"))
    assert counters.count(counters.key_of("never counted"), 2) == 1
    time.sleep(2.1)
    assert counters.count(key, 2) == 1


def test_counter_counts_and_forgets(db: None) -> None:
    counts_and_forgets()


def test_counter_counts_and_forgets_in_the_database(cache_in_the_database: None) -> None:
    counts_and_forgets()


def test_counter_in_the_database_lasts_as_long_as_it_was_told(
    cache_in_the_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = counters.key_of("test")
    counters.count(key, 900)
    counters.count(key, 900)
    later = time.time() + 400
    monkeypatch.setattr(time, "time", lambda: later)

    assert counters.count(key, 900) == 3


@pytest.mark.django_db(transaction=True)
def test_counter_in_the_database_is_exact_with_many_at_once(cache_in_the_database: None) -> None:
    start, found = threading.Barrier(8), []

    def work() -> None:
        start.wait()
        found.extend(counters.count(counters.key_of("crowd"), 60) for _ in range(5))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == list(range(1, 41))


def test_cache_that_is_down_stops_nobody(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr(counters, "caches", {"default": RedisCache("redis://127.0.0.1:1", {})})

    assert counters.count("x", 60) == 0
    assert "the cache does not answer" in caplog.text
