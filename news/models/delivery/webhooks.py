"""Addresses of other systems that are told what changed for the public, and what was sent to each of them."""

import base64
import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.delivery.change_records import ChangeRecord

SECRET_PREFIX = "whsec_"  # noqa: S105  (how Standard Webhooks marks one)
SECRET_BYTES = 32


def new_secret() -> str:
    """A key to sign with, as Standard Webhooks writes one."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def newest_change() -> int:
    """The id of the newest record of the log of changes; 0 where it is empty."""
    return ChangeRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Targets, by whether they are sent anything."""

    def on(self) -> "WebhookQuerySet":
        """Those that messages are sent to: neither switched off by somebody nor after a day of failures."""
        return self.filter(active=True, stopped_at__isnull=True)


class Webhook(models.Model):
    """A target: an address that is told what changed on a site, one message after the other.

    ``cursor``: the last change that it was told of (or that it does not want); ``kinds`` and ``types``: what it wants,
    empty for everything; ``claim``: the process whose turn it is to send to it, until ``claimed_until``.
    The secret is shown to administrators on request only: it stands in no log, no API and no ``__str__``.
    """

    name = LineField(
        pgettext_lazy("of a webhook", "name"), max_length=100, help_text=_("For you: what receives the messages.")
    )
    url = WebLinkField(
        _("address"),
        max_length=500,
        help_text=_("Where messages are sent to. It starts with https:// and is reachable from the internet."),
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Whose changes are told."),
    )
    kinds = models.JSONField(_("what happened"), default=list, blank=True)
    types = models.JSONField(_("to what"), default=list, blank=True)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Without the tick nothing is sent; it goes on later where it stopped.")
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret = models.CharField(max_length=120, default=new_secret, editable=False)
    former_secret = models.CharField(max_length=120, blank=True, default="", editable=False)
    former_secret_until = models.DateTimeField(null=True, editable=False)

    cursor = models.BigIntegerField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    claim = models.CharField(max_length=32, blank=True, default="", editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WebhookQuerySet.as_manager()

    # A site is not "in use" because somebody is told of its changes.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new target is told of what happens from now on."""
        if self.cursor is None:
            self.cursor = newest_change()
        super().save(*args, **kwargs)

    def wants(self, kind: str, word: str) -> bool:
        """Whether it is told of changes of this kind to things of this type."""
        return (not self.kinds or kind in self.kinds) and (not self.types or word in self.types)


class DeliveryState(models.TextChoices):
    """How a message stands."""

    WAITING = "waiting", pgettext_lazy("message", "Waiting")
    SENT = "sent", pgettext_lazy("message", "Delivered")
    GIVEN_UP = "given_up", pgettext_lazy("message", "Not delivered")


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Messages, by what waits."""

    def asked_for(self) -> "WebhookDeliveryQuerySet":
        """Pings and messages that somebody had sent again, the oldest first."""
        return self.filter(by_hand=True, state=DeliveryState.WAITING).order_by("asked_at", "pk")


class WebhookDelivery(models.Model):
    """One message to one target, and each attempt to deliver it.

    ``message_id``: the ``webhook-id``, the same at every attempt; ``record_id``: the change that it tells of, none for a
    ping; ``body``: what is sent, byte for byte; ``tries``: attempts of the series under way, by which pauses grow;
    ``attempts``: the latest of all, each with ``at``, ``ms``, ``status``, ``error`` and ``said``. Kept for 90 days.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=80)
    record_id = models.BigIntegerField(null=True)
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True, default="")
    path = models.TextField(blank=True, default="")
    body = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    by_hand = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    attempts = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ["-pk"]
        default_permissions = ()  # whoever looks after a target looks after its messages
        constraints = [models.UniqueConstraint(fields=["webhook", "message_id"], name="newsroom_webhookdelivery_once")]
        indexes = [
            models.Index(
                fields=["webhook", "asked_at"],
                name="newsroom_webhook_asked_for",
                condition=Q(by_hand=True, state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return self.message_id
