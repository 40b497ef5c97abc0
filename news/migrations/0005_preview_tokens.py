import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wagtail_newsroom.news.models.workflow.preview_tokens


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontEndToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Which front end gets it.", max_length=120, verbose_name="name")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("expires_at", models.DateTimeField(editable=False, verbose_name="works until")),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        help_text="It reads the drafts of this site, in every language.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "token of a front end",
                "verbose_name_plural": "tokens of front ends",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PagePreview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=wagtail_newsroom.news.models.workflow.preview_tokens.new_key,
                        editable=False,
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("content", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_page_previews",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "preview of a page",
                "verbose_name_plural": "previews of pages",
                "constraints": [
                    models.UniqueConstraint(fields=("page", "user"), name="newsroom_one_preview_each"),
                ],
            },
        ),
    ]
