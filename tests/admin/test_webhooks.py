"""Webhooks in the admin: administrators alone set them up, and read there what came of each message."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry, Page, Site

from tests.admin.desk import Desk
from wagtail_newsroom.news.delivery.webhooks import acts
from wagtail_newsroom.news.delivery.webhooks.words import HELP_WITH_STATUS, REASONS, reason
from wagtail_newsroom.news.models import ChangeRecord, Webhook, WebhookDelivery

pytestmark = pytest.mark.django_db

ADD = "/admin/newsroom_webhooks/new/"


@pytest.fixture
def webhook(tree: dict[str, Page]) -> Webhook:
    return Webhook.objects.create(name="Front end", url="https://93.184.216.34/hook", site=Site.objects.get())


def of(webhook: Webhook, name: str) -> str:
    return reverse("newsroom_webhooks:act", args=[webhook.pk, name])


def page_of(webhook: Webhook) -> str:
    return reverse("newsroom_webhooks:inspect", args=[webhook.pk])


def form(**typed: Any) -> dict[str, Any]:
    site = Site.objects.get().pk
    return {"name": "Front end", "url": "https://93.184.216.34/hook", "site": site, "active": "on", **typed}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_administrator_sets_a_webhook_up(administrator: Desk) -> None:
    client = administrator.client
    created = client.post(ADD, form(types=["news", "event"], kinds=["delete"]))

    webhook = Webhook.objects.get()
    assert created["Location"] == page_of(webhook)
    assert (webhook.types, webhook.kinds) == (["news", "event"], ["delete"])
    page = client.get(page_of(webhook))
    assert "In order" in text(page)
    assert "Nothing was sent yet" in text(page)
    assert "Front end" in text(client.get("/admin/newsroom_webhooks/"))
    assert "/admin/newsroom_webhooks/" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://127.0.0.1/hook", "private"),
        ("https://169.254.169.254/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("http://93.184.216.34/", "scheme"),
    ],
)
def test_address_inside_a_network_is_refused_in_the_form(administrator: Desk, url: str, says: str) -> None:
    answer = administrator.client.post(ADD, form(url=url))

    assert (answer.status_code, Webhook.objects.exists()) == (200, False)
    with translation.override("en"):  # the language of the administrator, in which the form was answered
        assert answer.context["form"].errors["url"] == [str(REASONS[says])]


def test_editing_leaves_alone_how_far_a_target_is_told(administrator: Desk, webhook: Webhook) -> None:
    now = timezone.now()
    edit = reverse("newsroom_webhooks:edit", args=[webhook.pk])
    Webhook.objects.update(cursor=41, failing_since=now, stopped_at=now)
    administrator.client.post(edit, form(name="Renamed"))
    webhook.refresh_from_db()
    assert (webhook.name, webhook.cursor, webhook.stopped_at) == ("Renamed", 41, now)

    administrator.client.post(edit, form(url="https://93.184.216.35/hook"))
    webhook.refresh_from_db()
    assert (webhook.cursor, webhook.stopped_at, webhook.failing_since) == (41, None, None)


def test_only_administrators_see_and_change_webhooks(
    editor: Desk, publisher: Desk, administrator: Desk, webhook: Webhook
) -> None:
    message = acts.ping(webhook)
    before = list(Webhook.objects.values()), list(WebhookDelivery.objects.values())
    addresses = [
        ADD, page_of(webhook), "/admin/newsroom_webhooks/",
        *(reverse(f"newsroom_webhooks:{name}", args=[webhook.pk]) for name in ("edit", "delete", "history", "usage")),
        *(of(webhook, name) for name in ("ping", "since", "secret", "renew", "switch_on", "again")),
    ]  # fmt: skip
    for desk in (editor, publisher):
        for address in addresses:
            for answer in (desk.client.get(address), desk.client.post(address, form(message=message.pk))):
                assert answer.status_code == 302, address
                assert answer["Location"].endswith("/admin/"), address
        assert "newsroom_webhooks" not in desk.client.get("/admin/").content.decode()

    assert (list(Webhook.objects.values()), list(WebhookDelivery.objects.values())) == before


def test_secret_is_shown_on_request_only_and_noted(administrator: Desk, webhook: Webhook) -> None:
    client = administrator.client
    pages = [page_of(webhook), of(webhook, "secret"), of(webhook, "renew"), "/admin/newsroom_webhooks/"]
    pages += [reverse(f"newsroom_webhooks:{name}", args=[webhook.pk]) for name in ("edit", "history", "usage")]
    for address in pages:
        assert webhook.secret not in client.get(address).content.decode(), address

    shown = client.post(of(webhook, "secret"))
    renewed = client.post(of(webhook, "renew"))

    assert webhook.secret in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    fresh = Webhook.objects.get()
    assert (fresh.secret != webhook.secret, fresh.former_secret) == (True, webhook.secret)
    assert fresh.secret in renewed.content.decode()
    entries = ModelLogEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == [acts.SHOWN, acts.RENEWED]
    assert not any(secret in str(entry.data) for entry in entries for secret in (webhook.secret, fresh.secret))


def test_log_says_what_came_of_each_attempt_and_what_to_do(administrator: Desk, webhook: Webhook) -> None:
    at = timezone.now()
    site = Site.objects.get()
    record = ChangeRecord.objects.create(kind="upsert", type="news", object_id="7", site=site, path="/a/")
    lines = [
        {"at": at.isoformat(), "ms": 30, "status": 500, "error": "status", "said": "<b>no room</b>"},
        {"at": at.isoformat(), "ms": 20, "status": 401, "error": "status", "said": ""},
    ]
    WebhookDelivery.objects.create(
        webhook=webhook, message_id="msg_1", record_id=record.pk, type="newsroom.upsert", subject="news:7",
        path="/a/", body="{}", attempts=lines,
    )  # fmt: skip
    next_at = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(23, 59)))
    Webhook.objects.update(failing_since=at, next_attempt_at=next_at)

    page = administrator.client.get(page_of(webhook))

    said = text(page)
    assert "We try again at 23:59." in said
    assert said.count("It does not let us in") == 2  # above, and in its line
    assert "The server answered 500." in said
    assert "<b>no room" not in page.content.decode()
    assert "1 change is not looked at yet" in said
    assert all(reason({"error": code}) for code in REASONS)
    assert all(str(status) in reason({"error": "status", "status": status}) for status in [*HELP_WITH_STATUS, 500])


def test_messages_are_sent_again_by_button(administrator: Desk, webhook: Webhook) -> None:
    client = administrator.client
    client.post(of(webhook, "ping"))
    message = webhook.deliveries.get()
    WebhookDelivery.objects.update(by_hand=False, state="given_up")
    client.post(of(webhook, "again"), {"message": message.pk})
    message.refresh_from_db()
    assert (message.by_hand, message.state) == (True, "waiting")

    ChangeRecord.objects.create(kind="upsert", type="news", object_id="7", site=Site.objects.get())
    Webhook.objects.update(cursor=ChangeRecord.objects.last().pk)
    yesterday, tomorrow = (
        (timezone.localtime() + dt.timedelta(days=days)).strftime("%Y-%m-%d %H:%M") for days in (-1, 1)
    )
    refused = client.post(of(webhook, "since"), {"since": tomorrow})
    assert "still to come" in text(refused)
    client.post(of(webhook, "since"), {"since": yesterday})
    webhook.refresh_from_db()
    assert webhook.cursor < ChangeRecord.objects.last().pk


@pytest.mark.parametrize("typed", ["", "0", "-1", "9" * 40, "x", "\x00", "987654321"])
def test_odd_values_at_buttons_get_an_answer(administrator: Desk, webhook: Webhook, typed: str) -> None:
    other = Webhook.objects.create(name="Other", url=webhook.url, site=webhook.site)
    foreign = acts.ping(other)
    WebhookDelivery.objects.update(by_hand=False)
    client: Client = administrator.client
    client.raise_request_exception = False

    statuses = [client.post(of(webhook, "again"), {"message": value}).status_code for value in (typed, foreign.pk)]
    statuses.append(client.post(of(webhook, "since"), {"since": typed}).status_code)
    statuses.append(client.get(page_of(webhook), {"p": typed}).status_code)

    assert {*statuses} <= {200, 302, 400, 404}
    foreign.refresh_from_db()
    assert not foreign.by_hand


@pytest.mark.parametrize("number", [1, 30])
def test_log_takes_the_same_queries_however_long_it_is(
    administrator: Desk, webhook: Webhook, number: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(number):
        acts.ping(webhook)
    administrator.client.get(page_of(webhook))
    with django_assert_max_num_queries(24):
        administrator.client.get(page_of(webhook))


def test_warning_stands_where_loopback_is_open(administrator: Desk, settings: Any) -> None:
    assert "WEBHOOKS_ALLOW_LOOPBACK" not in text(administrator.client.get("/admin/newsroom_webhooks/"))
    settings.NEWSROOM = {**settings.NEWSROOM, "WEBHOOKS_ALLOW_LOOPBACK": True}
    assert "WEBHOOKS_ALLOW_LOOPBACK" in text(administrator.client.get("/admin/newsroom_webhooks/"))
