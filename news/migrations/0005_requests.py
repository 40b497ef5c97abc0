import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import news.conf


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0004_trusted_files"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="newsroomsettings",
            name="access_clause",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: a clause made from the facts on this page. Have it checked by your data protection officer.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="news.informationclause",
                verbose_name="clause beside requests for accessible versions",
            ),
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("event", "Event"), ("document", "File"), ("image", "Photo")],
                        default="page",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "item_id",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="id of the page or file"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("address", models.CharField(blank=True, max_length=1000, verbose_name="address")),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=news.conf.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("barrier", models.TextField(blank=True, max_length=4000, verbose_name="what cannot be read or used")),
                (
                    "wished_form",
                    models.CharField(
                        choices=[
                            ("mended", "The same page or file, made accessible"),
                            ("tagged_pdf", "PDF that a screen reader can read"),
                            ("plain_text", "Plain text"),
                            ("audio", "Recording to listen to"),
                            ("sign_language", "Polish Sign Language (PJM)"),
                            ("other", "Another form, described above"),
                        ],
                        default="mended",
                        max_length=20,
                        verbose_name="wished form",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("clause", models.CharField(blank=True, max_length=250, verbose_name="information clause shown")),
                ("sent_once", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("extended", "Extended"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="received",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="received"),
                ),
                ("due_on", models.DateField(db_index=True, verbose_name="answer due")),
                ("extended_until", models.DateField(blank=True, null=True, verbose_name="extended until")),
                (
                    "extension_reason",
                    models.TextField(blank=True, max_length=4000, verbose_name="reason of the extension"),
                ),
                ("answer", models.TextField(blank=True, max_length=10000, verbose_name="answer")),
                ("answer_link", models.URLField(blank=True, verbose_name="address of the accessible version")),
                (
                    "alternative",
                    models.TextField(blank=True, max_length=4000, verbose_name="alternative way of access"),
                ),
                ("answered_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="closed")),
                (
                    "cleared_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="personal data deleted"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="access_requests",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an accessible version",
                "verbose_name_plural": "requests for accessible versions",
                "ordering": ["-received_at", "-pk"],
            },
        ),
    ]
