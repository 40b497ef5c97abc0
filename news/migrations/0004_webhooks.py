import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import wagtail_newsroom.news.models.delivery.webhooks


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_what_changes_affect"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="For you: what receives the messages.", max_length=100, verbose_name="name"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        help_text="Where messages are sent to. It starts with https:// and is reachable from the internet.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="what happened")),
                ("types", models.JSONField(blank=True, default=list, verbose_name="to what")),
                (
                    "active",
                    models.BooleanField(
                        default=True,
                        help_text="Without the tick nothing is sent; it goes on later where it stopped.",
                        verbose_name="active",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "secret",
                    models.CharField(
                        default=wagtail_newsroom.news.models.delivery.webhooks.new_secret,
                        editable=False,
                        max_length=120,
                    ),
                ),
                ("former_secret", models.CharField(blank=True, default="", editable=False, max_length=120)),
                ("former_secret_until", models.DateTimeField(editable=False, null=True)),
                ("cursor", models.BigIntegerField(editable=False, null=True)),
                ("failing_since", models.DateTimeField(editable=False, null=True)),
                ("next_attempt_at", models.DateTimeField(editable=False, null=True)),
                ("stopped_at", models.DateTimeField(editable=False, null=True)),
                ("claim", models.CharField(blank=True, default="", editable=False, max_length=32)),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "site",
                    models.ForeignKey(
                        help_text="Whose changes are told.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField(null=True)),
                ("type", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, default="", max_length=120)),
                ("path", models.TextField(blank=True, default="")),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Delivered"), ("given_up", "Not delivered")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("by_hand", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="newsroom.webhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a webhook",
                "verbose_name_plural": "messages of webhooks",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", True), ("state", "waiting")),
                        fields=["webhook", "asked_at"],
                        name="newsroom_webhook_asked_for",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("webhook", "message_id"), name="newsroom_webhookdelivery_once")
                ],
            },
        ),
    ]
