import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import news.models.originals


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_editors_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("event", "an event"), ("news", "a news item")],
                        max_length=10,
                        verbose_name="what is made of it",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name of the file")),
                (
                    "file",
                    models.FileField(max_length=200, upload_to=news.models.originals.stored_name, verbose_name="file"),
                ),
                ("published", models.DateField(blank=True, null=True, verbose_name="published or sent on")),
                (
                    "named_files",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="files that it names"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_originals",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought in by",
                    ),
                ),
            ],
            options={
                "verbose_name": "original",
                "verbose_name_plural": "originals",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "moved"),
                            ("changed", "changed"),
                            ("added", "new"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("was", models.JSONField(default=dict)),
                ("now", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="when")),
                ("shown", models.BooleanField(default=True, verbose_name="readers are told")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_changes",
                        to="news.eventpage",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a programme",
                "verbose_name_plural": "changes of programmes",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="bundlepage",
            name="was_public",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
