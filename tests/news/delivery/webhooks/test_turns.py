"""Each target is told of everything it wants, in order, once: whatever fails, however many schedulers there are."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Site

from tests.factories import NewsPageFactory
from tests.news.delivery.webhooks.receiver import Handler, Receiver, receiving, status
from tests.standing import Tree
from wagtail_newsroom.news.delivery.webhooks import acts
from wagtail_newsroom.news.delivery.webhooks.turns import A_DAY, PAUSES, deliver_due, forget_old_messages, take_turn
from wagtail_newsroom.news.models import ChangeRecord, DeliveryState, Webhook, WebhookDelivery
from wagtail_newsroom.news.publishing.changes.events import event_of

pytestmark = [pytest.mark.services, pytest.mark.django_db]


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def webhook(receiver: Receiver, site: Site) -> Webhook:
    changes(site, "site:1")  # what happened before
    return Webhook.objects.create(name="Front end", url=receiver.url, site=site)


def changes(site: Site, *words: str, kind: str = "upsert") -> None:
    """Records as acts leave them: ``news:1`` for each word."""
    for word in words:
        name, _colon, number = word.partition(":")
        ChangeRecord.objects.create(
            kind=kind, type=name, object_id=number or "1", site=site, path=f"/{name}/{number}/", tags=[word]
        )


def told(receiver: Receiver, *secrets: str) -> list[str]:
    return [f"{event['data']['type']}:{event['data']['id']}" for event in receiver.events(*secrets)]


def make_due() -> None:
    Webhook.objects.update(next_attempt_at=None)


def age(webhook: Webhook, by: dt.timedelta) -> None:
    """Let time pass for a failing target."""
    Webhook.objects.filter(pk=webhook.pk).update(next_attempt_at=None, failing_since=F("failing_since") - by)


def states(webhook: Webhook) -> list[str]:
    return list(webhook.deliveries.order_by("record_id").values_list("state", flat=True))


# --- Told, signed, in order -----------------------------------------------------------------------


def test_target_is_told_of_what_it_wants_in_order_and_signed(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(types=["news", "event"], kinds=["upsert", "delete"])
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    changes(site, "news:1", "topic:2", "event:3")
    changes(other, "news:4")
    changes(site, "news:1", kind="move")
    changes(site, "news:1", kind="delete")

    assert deliver_due() == 3
    assert deliver_due() == 0
    assert told(receiver, webhook.secret) == ["news:1", "event:3", "news:1"]
    event = receiver.events(webhook.secret)[-1]
    record = ChangeRecord.objects.last()
    assert (event["type"], event["data"]) == ("newsroom.delete", event_of(record))
    assert dt.datetime.fromisoformat(event["timestamp"]) == record.at.replace(
        microsecond=record.at.microsecond // 1000 * 1000
    )
    assert receiver.got[0][0]["Content-Type"] == "application/json"
    webhook.refresh_from_db()
    assert (webhook.cursor, webhook.claim) == (record.pk, "")


def test_new_target_is_told_of_what_comes_after_it(site: Site, receiver: Receiver) -> None:
    changes(site, "news:1")
    webhook = Webhook.objects.create(name="Late", url=receiver.url, site=site)
    changes(site, "news:2")
    deliver_due()

    assert told(receiver, webhook.secret) == ["news:2"]


def test_both_secrets_sign_for_a_while(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    former, fresh = webhook.secret, acts.renew_secret(webhook)
    changes(site, "news:1")
    deliver_due()
    assert told(receiver, former, fresh) == ["news:1"]

    Webhook.objects.update(former_secret_until=timezone.now() - dt.timedelta(seconds=1))
    receiver.got.clear()
    changes(site, "news:2")
    deliver_due()
    assert receiver.got[0][0]["webhook-signature"].count("v1,") == 1
    assert told(receiver, fresh) == ["news:2"]
    forget_old_messages()
    webhook.refresh_from_db()
    assert (webhook.former_secret, webhook.former_secret_until) == ("", None)


@pytest.mark.django_db(transaction=True)
def test_r5_rolled_back_act_sends_nothing(site: Site, grown_newsroom: Tree, loopback: None) -> None:
    tree = grown_newsroom()
    with receiving() as receiver:
        webhook = Webhook.objects.create(name="Front end", url=receiver.url, site=Site.objects.get())
        with transaction.atomic():
            NewsPageFactory(parent=tree["news"], title="Nigdy").save_revision().publish()
            transaction.set_rollback(True)
        deliver_due()
        assert receiver.got == []

        page = NewsPageFactory(parent=tree["news"], title="Jawne")
        page.save_revision().publish()
        deliver_due()
        assert f"news:{page.pk}" in told(receiver, webhook.secret)


# --- Failing, and going on ----------------------------------------------------------------------------


def test_r2_failing_target_keeps_its_order_and_no_other_waiting(
    webhook: Webhook, receiver: Receiver, site: Site
) -> None:
    with receiving() as broken:
        Webhook.objects.create(name="A broken one", url=broken.url, site=site)
        broken.answers = [status(500)] * 2
        changes(site, "news:1", "news:2")
        for _round in range(3):
            deliver_due()
            if _round < 2:
                assert len(broken.got) == _round + 1, "it waits for its next attempt"
                assert len(receiver.got) == 2
                deliver_due()
                make_due()

    failed = Webhook.objects.get(name="A broken one")
    assert told(broken, failed.secret) == ["news:1", "news:1", "news:1", "news:2"]
    assert len(set(broken.ids())) == 2
    assert broken.ids()[0] == broken.ids()[2]
    assert broken.got[0][1] == broken.got[2][1]
    assert told(receiver, webhook.secret) == ["news:1", "news:2"]
    attempts = failed.deliveries.order_by("record_id")[0].attempts
    assert [(line["status"], line["error"]) for line in attempts] == [(500, "status"), (500, "status"), (204, "")]
    assert (failed.failing_since, failed.next_attempt_at) == (None, None)


def test_pauses_grow_and_after_a_day_the_target_is_switched_off_and_loses_nothing(
    webhook: Webhook, receiver: Receiver, site: Site, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.create_superuser("boss", "boss@example.org")
    receiver.answers = [status(500)] * 20
    changes(site, "news:1", "news:2")
    waits = []
    for _attempt in range(10):
        before = timezone.now()
        with django_capture_on_commit_callbacks(execute=True):
            deliver_due()
        webhook.refresh_from_db()
        if webhook.stopped_at:
            break
        waits.append(round((webhook.next_attempt_at - before).total_seconds()))
        age(webhook, dt.timedelta(seconds=waits[-1]))

    assert waits == [round(pause.total_seconds()) for pause in PAUSES]
    assert dt.timedelta(hours=22) < A_DAY <= dt.timedelta(days=1)
    assert (len(receiver.got), states(webhook)) == (len(PAUSES) + 1, [DeliveryState.WAITING])
    assert [message.to for message in mail.outbox] == [["boss@example.org"]]
    assert "500" in mail.outbox[0].body
    assert webhook.secret not in mail.outbox[0].body
    deliver_due()
    assert len(receiver.got) == len(PAUSES) + 1

    receiver.got.clear()
    receiver.answers.clear()
    acts.switch_on(webhook)
    deliver_due()
    assert told(receiver, webhook.secret) == ["news:1", "news:2"]


def test_one_message_that_is_refused_for_a_day_holds_up_no_others(
    webhook: Webhook, receiver: Receiver, site: Site
) -> None:
    receiver.answers = [status(413)] * (len(PAUSES) + 1)
    changes(site, "news:1", "news:2")
    for _attempt in range(len(PAUSES) + 2):
        deliver_due()
        age(webhook, A_DAY / len(PAUSES))

    webhook.refresh_from_db()
    assert states(webhook) == [DeliveryState.GIVEN_UP, DeliveryState.SENT]
    assert (webhook.stopped_at, webhook.failing_since) == (None, None)


def test_target_that_refuses_the_next_message_too_is_switched_off(
    webhook: Webhook, receiver: Receiver, site: Site
) -> None:
    receiver.answers = [status(404)] * 20
    changes(site, "news:1", "news:2")
    for _attempt in range(len(PAUSES) + 2):
        deliver_due()
        age(webhook, A_DAY / len(PAUSES))
    webhook.refresh_from_db()

    assert states(webhook) == [DeliveryState.GIVEN_UP, DeliveryState.WAITING]
    assert webhook.stopped_at is not None


def test_target_that_says_it_is_gone_is_switched_off_at_once(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    receiver.answers = [status(410)]
    changes(site, "news:1")
    deliver_due()
    webhook.refresh_from_db()

    assert webhook.stopped_at is not None
    assert (len(receiver.got), states(webhook)) == (1, [DeliveryState.WAITING])


def test_busy_target_is_left_alone_for_as_long_as_it_asks_up_to_a_bound(
    webhook: Webhook, receiver: Receiver, site: Site
) -> None:
    receiver.answers = [status(429, retry_after="600"), status(503, retry_after="999999999")]
    changes(site, "news:1")
    waits = []
    for _attempt in range(2):
        before = timezone.now()
        deliver_due()
        webhook.refresh_from_db()
        waits.append(round((webhook.next_attempt_at - before).total_seconds()))
        make_due()

    assert waits == [600, 8 * 3600]


def test_private_address_that_came_past_the_form_is_sent_nothing(site: Site) -> None:
    with receiving() as inside:
        for url in (inside.url, f"https://127.0.0.1:{inside.port}/"):
            Webhook.objects.create(name=url[:5], url=url, site=site)
        changes(site, "news:1")
        deliver_due()

    assert inside.got == []
    messages = WebhookDelivery.objects.order_by("pk")
    assert [message.attempts[-1]["error"] for message in messages] == ["scheme", "private"]


# --- By hand ------------------------------------------------------------------------------------------


def test_ping_goes_to_a_target_that_is_switched_off_and_moves_nothing(
    webhook: Webhook, receiver: Receiver, site: Site
) -> None:
    Webhook.objects.update(active=False)
    changes(site, "news:1")
    cursor = webhook.cursor
    acts.ping(webhook)
    receiver.answers = [status(500)]
    deliver_due()
    acts.ping(webhook)
    deliver_due()

    assert [event["type"] for event in receiver.events(webhook.secret)] == ["newsroom.ping", "newsroom.ping"]
    assert sorted(webhook.deliveries.values_list("state", flat=True)) == ["given_up", "sent"]
    webhook.refresh_from_db()
    assert (webhook.cursor, webhook.failing_since) == (cursor, None)


def test_message_is_sent_again_under_its_id(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    changes(site, "news:1", "news:2")
    deliver_due()
    acts.send_again(webhook.deliveries.order_by("record_id")[0])
    deliver_due()

    assert told(receiver, webhook.secret) == ["news:1", "news:2", "news:1"]
    assert receiver.ids()[0] == receiver.ids()[2]
    assert states(webhook) == [DeliveryState.SENT, DeliveryState.SENT]


def test_waiting_message_is_tried_at_once(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    receiver.answers = [status(500)]
    changes(site, "news:1")
    deliver_due()
    acts.send_again(webhook.deliveries.get())
    deliver_due()

    assert told(receiver, webhook.secret) == ["news:1", "news:1"]
    assert states(webhook) == [DeliveryState.SENT]


def test_everything_since_a_moment_is_sent_again_in_order(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    changes(site, "news:1", "news:2", "news:3")
    deliver_due()
    ChangeRecord.objects.filter(object_id="1").update(at=timezone.now() - dt.timedelta(hours=2))
    assert acts.send_since(webhook, timezone.now() - dt.timedelta(hours=1)) == 2
    deliver_due()

    assert told(receiver, webhook.secret) == ["news:1", "news:2", "news:3", "news:2", "news:3"]
    assert receiver.ids()[1:3] == receiver.ids()[3:]


# --- Several schedulers, processes that die ---------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_r3_two_schedulers_send_each_message_once(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    changes(site, *(f"news:{number}" for number in range(12)))
    ready = threading.Barrier(3)

    def work() -> None:
        ready.wait()
        deliver_due()
        connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        for each in [pool.submit(work) for _number in range(3)]:
            each.result()

    assert told(receiver, webhook.secret) == [f"news:{number}" for number in range(12)]


def test_turn_of_a_process_that_died_is_taken_over_later(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    changes(site, "news:1")
    Webhook.objects.update(claim="gone", claimed_until=timezone.now() + dt.timedelta(seconds=60))
    assert take_turn(webhook.pk) == 0
    Webhook.objects.update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    assert take_turn(webhook.pk) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("meanwhile", "sent"),
    [
        pytest.param(
            lambda webhook: acts.send_since(webhook, timezone.now() - dt.timedelta(days=1)), 6, id="sent back"
        ),
        pytest.param(lambda webhook: Webhook.objects.update(active=False), 2, id="switched off"),
        pytest.param(lambda webhook: Webhook.objects.update(claim="other"), 2, id="taken over"),
        pytest.param(lambda webhook: webhook.delete(), 2, id="deleted"),
    ],
)
def test_what_is_done_while_a_message_is_on_its_way_holds(
    webhook: Webhook, receiver: Receiver, site: Site, meanwhile: Any, sent: int
) -> None:
    def answer(handler: Handler) -> None:
        meanwhile(webhook)
        connections.close_all()
        status(204)(handler)

    receiver.answers = [status(204), answer]
    changes(site, "news:1", "news:2", "news:3")
    take_turn(webhook.pk)

    assert len(receiver.got) == 2
    deliver_due()
    assert len(receiver.got) == sent


@pytest.mark.parametrize("lost", ["deleted", "ahead"])
def test_target_that_lost_changes_is_told_to_read_everything_anew(
    webhook: Webhook, receiver: Receiver, site: Site, lost: str
) -> None:
    changes(site, "news:1", "news:2", "news:3")
    if lost == "deleted":
        ChangeRecord.objects.filter(object_id__in=["1", "2"]).delete()
    else:
        Webhook.objects.update(cursor=10_000)
    receiver.answers = [status(503)]
    deliver_due()
    make_due()
    deliver_due()
    changes(site, "news:4")
    deliver_due()

    newest = ChangeRecord.objects.get(object_id="3").pk
    events = receiver.events(webhook.secret)
    assert [event["type"] for event in events] == ["newsroom.full_sync"] * 2 + ["newsroom.upsert"]
    assert [event["data"].get("cursor") for event in events] == [newest, newest, None]
    assert len(set(receiver.ids())) == 2


# --- What it costs, what is kept ----------------------------------------------------------------------------


def test_idle_round_writes_nothing_and_asks_once(
    webhook: Webhook, django_assert_num_queries: Any, site: Site, receiver: Receiver
) -> None:
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    for number in range(30):
        Webhook.objects.create(name=f"Number {number}", url=receiver.url, site=site)
    changes(site, "news:1")
    changes(other, "news:2")
    assert deliver_due() >= 31
    with django_assert_num_queries(2) as queries:
        deliver_due()

    assert [query["sql"].split()[0] for query in queries.captured_queries] == ["SELECT", "SELECT"]


@pytest.mark.parametrize("unwanted", [1, 30])
def test_unwanted_changes_are_passed_over_at_once(
    webhook: Webhook, site: Site, receiver: Receiver, django_assert_max_num_queries: Any, unwanted: int
) -> None:
    Webhook.objects.update(types=["event"])
    changes(site, *["news:1"] * unwanted)
    with django_assert_max_num_queries(16):
        deliver_due()
    webhook.refresh_from_db()

    assert (webhook.cursor, receiver.got) == (ChangeRecord.objects.last().pk, [])


def test_messages_are_kept_for_90_days(webhook: Webhook, receiver: Receiver, site: Site) -> None:
    changes(site, "news:1", "news:2")
    deliver_due()
    old = timezone.now() - dt.timedelta(days=91)
    WebhookDelivery.objects.filter(subject="news:1").update(created_at=old)

    assert (forget_old_messages(), states(webhook)) == (1, [DeliveryState.SENT])


def test_secret_is_in_no_log_and_no_name(
    webhook: Webhook, receiver: Receiver, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.answers = [status(410)]
    changes(site, "news:1")
    deliver_due()
    message = webhook.deliveries.get()

    assert "switched off" in caplog.text
    for text in (caplog.text, str(webhook), repr(webhook), str(message), message.body, str(message.attempts)):
        assert webhook.secret not in text
        assert receiver.url not in text
