"""The turn of one target: its messages, one after the other, the next only after the one before is settled.

One process at a time has the turn, however many schedulers run: it claims the target's row for a while and looks again
before each message. Nothing is locked while a receiver takes its time, and one that fails keeps no other waiting.
"""

import datetime as dt
import logging
import secrets
import time
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from wagtail_newsroom.news.delivery.webhooks.changes import changes_after
from wagtail_newsroom.news.delivery.webhooks.messages import attempt, full_sync_of, message_of, noted
from wagtail_newsroom.news.delivery.webhooks.notices import tell_given_up, tell_stopped
from wagtail_newsroom.news.delivery.webhooks.posting import Outcome
from wagtail_newsroom.news.models import DeliveryState, Webhook, WebhookDelivery
from wagtail_newsroom.news.models.delivery.webhooks import newest_change
from wagtail_newsroom.news.publishing.changes.events import FullSyncError

logger = logging.getLogger(__name__)

# Between two attempts at one message: a day, all together.
PAUSES = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=8),
    dt.timedelta(hours=8),
)
A_DAY = sum(PAUSES, dt.timedelta())
LONGEST_PAUSE = max(PAUSES)
# Longer than the slowest attempt, its look-up included: whoever has the turn is dead after this.
CLAIMED_FOR = dt.timedelta(minutes=2)
# Others wait meanwhile: a turn ends after so many messages, or seconds.
MESSAGES_A_TURN, SECONDS_A_TURN = 50, 20
SECONDS_A_ROUND = 120
# Changes that are read in one go for a target that does not want all of them.
LOOKED_THROUGH = 100
KEPT = dt.timedelta(days=90)


def deliver_due() -> int:
    """Give every target that something waits for its turn, until nothing goes on; return how many messages arrived."""
    ends, arrived = time.monotonic() + SECONDS_A_ROUND, 0
    while time.monotonic() < ends:
        in_this_pass = sum(_take_turn_safely(pk) for pk in due_targets(timezone.now()))
        arrived += in_this_pass
        if not in_this_pass:
            break
    return arrived


def due_targets(now: dt.datetime) -> list[int]:
    """Ids of the targets that there may be something for; those that fail have to wait for the others."""
    asked_for = WebhookDelivery.objects.asked_for().filter(webhook=OuterRef("pk"))
    is_free = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    may_go_on = is_free & Q(active=True, stopped_at=None) & ~Q(cursor=newest_change())
    due = Webhook.objects.filter(may_go_on | Exists(asked_for))
    return list(due.order_by(F("failing_since").asc(nulls_first=True), "pk").values_list("pk", flat=True))


def take_turn(pk: int) -> int:
    """Send to the target ``pk`` what waits for it, unless somebody else does; return how many messages arrived."""
    claim = secrets.token_hex(16)
    if not _claim(pk, claim):
        return 0
    arrived, ends = 0, time.monotonic() + SECONDS_A_TURN
    try:
        while arrived < MESSAGES_A_TURN and time.monotonic() < ends:
            webhook = _still_ours(pk, claim)
            message = next_message(webhook) if webhook is not None else None
            if webhook is None or message is None:
                break
            outcome = attempt(webhook, message)
            if not settle(webhook, message, outcome) or not outcome.is_accepted:
                break
            arrived += 1
    finally:
        Webhook.objects.filter(pk=pk, claim=claim).update(claim="", claimed_until=None)
    return arrived


def _take_turn_safely(pk: int) -> int:
    try:
        return take_turn(pk)
    except Exception:
        logger.exception("The turn of webhook %s failed; the next round tries again.", pk)
        return 0


def _claim(pk: int, claim: str) -> bool:
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return bool(Webhook.objects.filter(free, pk=pk).update(claim=claim, claimed_until=now + CLAIMED_FOR))


def _still_ours(pk: int, claim: str) -> Webhook | None:
    """The target as it is now, claimed for another while; ``None`` where it is gone or somebody else's."""
    ours = Webhook.objects.filter(pk=pk, claim=claim)
    if not ours.update(claimed_until=timezone.now() + CLAIMED_FOR):
        return None
    return ours.select_related("site").first()


def next_message(webhook: Webhook) -> WebhookDelivery | None:
    """What is sent next: what somebody asked for, else the next change that the target wants to be told of."""
    if (asked_for := webhook.deliveries.asked_for().first()) is not None:
        return asked_for
    is_on = webhook.active and webhook.stopped_at is None
    if not is_on or (webhook.next_attempt_at and webhook.next_attempt_at > timezone.now()):
        return None
    at_once = LOOKED_THROUGH if webhook.kinds or webhook.types else 1
    try:
        while True:
            page = changes_after(webhook.cursor or 0, webhook.site, at_once)
            for change in page.changes:
                if webhook.wants(change.kind, change.type):
                    return message_of(webhook, change)
            if page.end == webhook.cursor or not _move(webhook, cursor=page.end):
                return None
    except FullSyncError:
        return full_sync_of(webhook)


@transaction.atomic
def settle(webhook: Webhook, message: WebhookDelivery, outcome: Outcome) -> bool:
    """Write down what came of an attempt, and what follows. False where the turn was lost, or the target sent back."""
    now = timezone.now()
    row: dict[str, Any] = {"attempts": noted(message, outcome, now), "tries": message.tries + 1}
    if message.by_hand:
        row |= {
            "by_hand": False,
            "tries": 0,
            "state": DeliveryState.SENT if outcome.is_accepted else DeliveryState.GIVEN_UP,
        }
        change: dict[str, Any] = {"failing_since": None, "next_attempt_at": None} if outcome.is_accepted else {}
    elif outcome.is_accepted:
        row |= {"state": DeliveryState.SENT}
        change = {"cursor": message.record_id, "failing_since": None, "next_attempt_at": None}
    else:
        change = _after_failure(webhook, message, outcome, now)
        if "cursor" in change:
            row |= {"state": DeliveryState.GIVEN_UP}
    WebhookDelivery.objects.filter(pk=message.pk).update(**row)
    return _move(webhook, **change)


def _after_failure(webhook: Webhook, message: WebhookDelivery, outcome: Outcome, now: dt.datetime) -> dict[str, Any]:
    """What becomes of a target that did not accept a message of its row."""
    tries, since = message.tries + 1, webhook.failing_since or now
    fails_since_yesterday = tries == 1 and now - since >= A_DAY
    if outcome.error == "gone" or fails_since_yesterday or (tries > len(PAUSES) and not outcome.is_refusal):
        logger.warning("Webhook %s is switched off: it accepts nothing any more.", webhook.pk)
        tell_stopped(webhook, outcome)
        return {"failing_since": since, "stopped_at": now, "next_attempt_at": None}
    if tries > len(PAUSES):  # it works, and will never take this one: the next may be another matter
        logger.warning("Message %s is given up: the receiver does not accept it.", message.message_id)
        tell_given_up(webhook, message, outcome)
        return {"failing_since": since, "next_attempt_at": None, "cursor": message.record_id}
    pause = max(PAUSES[tries - 1], min(dt.timedelta(seconds=outcome.wait), LONGEST_PAUSE))
    return {"failing_since": since, "next_attempt_at": now + pause}


def _move(webhook: Webhook, **change: object) -> bool:
    """Change the row while it is ours and nobody has sent it back meanwhile."""
    ours = Webhook.objects.filter(pk=webhook.pk, claim=webhook.claim, cursor=webhook.cursor)
    if not (ours.update(**change) if change else ours.exists()):
        return False
    for name, value in change.items():
        setattr(webhook, name, value)
    return True


def forget_old_messages(now: dt.datetime | None = None) -> int:
    """Delete messages of 90 days ago, and secrets that count no more; return how many messages."""
    now = now or timezone.now()
    outlived = Webhook.objects.filter(former_secret_until__lt=now)
    if outlived.exists():
        outlived.update(former_secret="", former_secret_until=None)
    old = WebhookDelivery.objects.filter(created_at__lt=now - KEPT)
    if not old.exists():  # a deletion of nothing would still ask for SQLite's lock
        return 0
    return old.delete()[0]
