"""Forms of everybody's: from our own page, one sending a token, and a flood shuts nobody out."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories import NewsPageFactory, make_site
from tests.news.test_requests import FORM, TYPED, fill_in, soup_of, token_of
from tests.news.test_requests import passing_time as passing_time
from wagtail_newsroom.news.models import AccessRequest, DraftLink, DraftRemark, NewsroomSettings
from wagtail_newsroom.news.publishing.access_requests.flood import Flood, flood
from wagtail_newsroom.news.publishing.sharing.links import share_draft
from wagtail_newsroom.news.traffic import counters
from wagtail_newsroom.news.traffic.origins import comes_from_elsewhere
from wagtail_newsroom.news.views.access_requests import guards

pytestmark = pytest.mark.django_db

# What a browser sends that was sent here by somebody else's page.
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver:81"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "evil"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]
OWN = [
    {},
    {"Origin": "http://testserver"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
]


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    facts = NewsroomSettings.for_site(Site.objects.get())
    facts.accessible_formats_email = "dostepnosc@example.org"
    facts.save()
    return pages


@pytest.fixture
def link(tree: dict[str, Page], admin_user: Any) -> DraftLink:
    return share_draft(NewsPageFactory(parent=tree["news"], live=False), admin_user)


def remark_form(link: DraftLink) -> str:
    return reverse("newsroom_draft", args=[link.token])


def token_in(answer: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


# T24: from our own page only


@pytest.mark.parametrize("headers", FOREIGN)
def test_t24_request_sent_by_another_site_is_shown_again(
    headers: dict[str, str], tree: dict[str, Page], passing_time: Any
) -> None:
    token = token_of(Client().get(FORM))
    passing_time(10)
    answer = Client().post(FORM, {**TYPED, "token": token}, headers=headers)

    assert answer.status_code == 403
    assert TYPED["barrier"] in answer.content.decode()
    assert soup_of(answer).select_one("[role=alert]") is not None
    assert not AccessRequest.objects.exists()
    again = {**TYPED, "token": token_of(answer)}
    assert Client().post(FORM, again, headers=OWN[3]).status_code == 303


@pytest.mark.parametrize("headers", FOREIGN)
def test_t24_remark_sent_by_another_site_is_shown_again(headers: dict[str, str], link: DraftLink) -> None:
    address = remark_form(link)
    typed = {"name": "Jan", "text": "Zła data.", "token": token_in(Client().get(address))}
    answer = Client().post(address, typed, headers=headers)

    assert answer.status_code == 403
    assert "Zła data." in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not DraftRemark.objects.exists()
    assert Client().post(address, {**typed, "token": token_in(answer)}, headers=OWN[4]).status_code == 302


@pytest.mark.parametrize("headers", OWN)
def test_t24_own_page_is_not_elsewhere(headers: dict[str, str]) -> None:
    assert not comes_from_elsewhere(RequestFactory().post("/", headers=headers))


def test_t24_other_sites_that_are_trusted_may_send(settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://front.example.org"]
    headers = {"Origin": "https://front.example.org", "Sec-Fetch-Site": "cross-site"}

    assert not comes_from_elsewhere(RequestFactory().post("/", headers=headers))


def views(patterns: Iterable[URLPattern | URLResolver], way: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from views(each.url_patterns, f"{way}{each.pattern}")
        else:
            yield f"{way}{each.pattern}", each.callback


def test_t24_every_form_without_a_session_asks_where_it_was_sent_from() -> None:
    """Whatever goes without Django's token is a public form of ours, or an API that reads no session."""
    without = {way for way, view in views(get_resolver().url_patterns) if getattr(view, "csrf_exempt", False)}
    forms = {way for way, view in views(get_resolver().url_patterns) if getattr(view, "is_public_form", False)}

    assert forms <= without
    assert len(forms) > 3
    assert {way for way in without - forms if "api/" not in way} == set()


# T24: one sending a token


def test_t24_token_is_good_for_one_sending(tree: dict[str, Page], passing_time: Any) -> None:
    token = token_of(Client().get(FORM))
    passing_time(10)
    typed = {**TYPED, "token": token}
    assert Client().post(FORM, typed).status_code == 303
    again = Client().post(FORM, {**typed, "barrier": "Napisane po powrocie do formularza."})

    assert again.status_code == 409
    assert "Napisane po powrocie do formularza." in again.content.decode()
    assert soup_of(again).select_one("[role=alert]") is not None
    assert AccessRequest.objects.count() == 1
    fresh = token_of(again)
    assert fresh != token
    passing_time(10)
    assert Client().post(FORM, {**typed, "barrier": "Coś innego", "token": fresh}).status_code == 303


def test_t24_mistake_does_not_use_the_token_up(tree: dict[str, Page], passing_time: Any) -> None:
    token = token_of(Client().get(FORM))
    passing_time(10)
    wrong = Client().post(FORM, {**TYPED, "barrier": "", "token": token})

    assert token_of(wrong) == token
    assert Client().post(FORM, {**TYPED, "token": token}).status_code == 303


def test_t24_remark_needs_a_token_and_uses_it_up(link: DraftLink, admin_user: Any) -> None:
    address, other = remark_form(link), remark_form(share_draft(link.page, admin_user))
    typed = {"name": "Jan", "text": "Zła data."}
    for token in ("", "x", token_in(Client().get(other))):
        refused = Client().post(address, {**typed, "token": token})
        assert refused.status_code == 400
        assert "Zła data." in refused.content.decode()
    token = token_in(Client().get(address))
    assert [Client().post(address, {**typed, "token": token}).status_code for _ in range(2)] == [302, 302]
    assert DraftRemark.objects.count() == 1
    again = Client().post(address, {**typed, "text": "Coś innego.", "token": token})
    assert again.status_code == 409
    assert "Coś innego." in again.content.decode()
    assert Client().post(address, {**typed, "text": "Coś innego.", "token": token_in(again)}).status_code == 302
    assert DraftRemark.objects.count() == 2


def test_t24_forms_are_taken_without_a_cache(link: DraftLink, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    down = RedisCache("redis://127.0.0.1:1", {})
    monkeypatch.setattr(guards, "cache", down)
    monkeypatch.setattr(counters, "caches", {"default": down})
    address = remark_form(link)
    typed = {"name": "Jan", "text": "Zła data.", "token": token_in(Client().get(address))}

    assert Client().post(address, typed).status_code == 302
    assert "the cache does not answer" in caplog.text


# T23, where the host has no middleware


def test_t23_public_forms_refuse_what_is_too_long_by_themselves(link: DraftLink, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "BodyLimit" not in name]
    for address in (FORM, remark_form(link)):
        answer = Client().generic("POST", address, b"", content_type="text/plain", CONTENT_LENGTH="300000000")
        assert answer.status_code == 413


# T14: floods


def make_requests(number: int, **facts: str) -> None:
    now = timezone.now()
    AccessRequest.objects.bulk_create(
        AccessRequest(
            title="x",
            due_on=now.date(),
            received_at=now,
            **{"barrier": f"tekst {n}", "email": f"x{n}@example.org"} | facts,
        )
        for n in range(number)
    )


@pytest.mark.services
def test_t14_flooding_senders_do_not_close_the_form_for_others(
    tree: dict[str, Page],
    passing_time: Any,
    settings: Any,
    admin_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "ACCESS_REQUESTS_PER_DAY": 40}

    def told_to_office() -> list[Any]:
        return [message for message in mail.outbox if message.to == ["dostepnosc@example.org"]]

    with django_capture_on_commit_callbacks(execute=True):
        for sender in range(4):
            visitor = Client(REMOTE_ADDR=f"203.0.{sender}.9")
            for number in range(10):
                typed = {"barrier": f"{sender}/{number}", "email": "", "phone": f"60010020{sender}{number}"}
                assert fill_in(FORM, passing_time, visitor, **typed).status_code == 303
            assert fill_in(FORM, passing_time, visitor, **typed).status_code == 429
    assert len(told_to_office()) == 40
    assert "40" in told_to_office()[-1].subject
    assert "?state=open" in told_to_office()[-1].body

    with django_capture_on_commit_callbacks(execute=True):
        honest = fill_in(FORM, passing_time, Client(REMOTE_ADDR="198.51.100.7"))
    assert honest.status_code == 303
    assert mail.outbox[-1].to == ["jan@example.org"]
    assert len(told_to_office()) == 40
    assert flood() == Flood(41, 1)
    for page in ("/admin/newsroom_requests/", reverse("newsroom_desk:index")):
        shown = admin_client.get(page, headers={"accept-language": "en"})
        assert "A flood of requests goes on: 41 within a day" in shown.content.decode(), page


def test_t14_flood_is_slowed_by_a_second_look(tree: dict[str, Page], passing_time: Any, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "ACCESS_REQUESTS_PER_DAY": 5}
    make_requests(5)
    visitor = Client(REMOTE_ADDR="203.0.113.9")
    assert fill_in(FORM, passing_time, visitor, barrier="pierwsza").status_code == 303
    second = fill_in(FORM, passing_time, visitor, barrier="druga")
    assert second.status_code == 429
    assert second["Retry-After"] == "30"
    assert "druga" in second.content.decode()
    typed = {**TYPED, "barrier": "druga", "token": token_of(second)}
    hurried = visitor.post(FORM, typed)
    assert hurried.status_code == 400
    assert token_of(hurried) == typed["token"]
    passing_time(guards.SECOND_LOOK)
    assert visitor.post(FORM, typed).status_code == 303


@pytest.mark.parametrize("facts", [{"barrier": TYPED["barrier"]}, {"email": "JAN@example.org"}])
def test_t14_same_text_and_same_mail_address_count_together(
    facts: dict[str, str], tree: dict[str, Page], passing_time: Any
) -> None:
    make_requests(20, **facts)
    alike = fill_in(FORM, passing_time, Client(REMOTE_ADDR="203.0.113.9"))
    assert alike.status_code == 429
    passing_time(guards.SECOND_LOOK)
    assert Client().post(FORM, {**TYPED, "token": token_of(alike)}).status_code == 303
    other = fill_in(FORM, passing_time, Client(REMOTE_ADDR="203.0.113.10"), barrier="inny", email="ewa@example.org")
    assert other.status_code == 303
    found = flood()
    assert (found is not None) is ("barrier" in facts)


def test_t14_sender_is_not_kept(tree: dict[str, Page], passing_time: Any) -> None:
    fill_in(FORM, passing_time, Client(REMOTE_ADDR="203.0.113.9"))
    assert "203.0.113" not in str(getattr(cache, "_cache", ""))
