import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F
from wagtail.documents import get_document_model_string

MOST_VERSIONS = 1000


def number_versions(apps, schema_editor):
    """Number the versions of each file from 1. What was replaced before counts as public, as it did until now."""
    Attachment = apps.get_model("news", "Attachment")
    files = Attachment.objects.using(schema_editor.connection.alias)
    files.update(release=F("version_group"))
    files.filter(superseded_by__isnull=False).update(public_since=F("created_at"))
    before = list(files.filter(supersedes__isnull=True).values_list("pk", flat=True))
    for number in range(2, MOST_VERSIONS):
        following = files.filter(supersedes__in=before)
        before = list(following.values_list("pk", flat=True))
        if not before:
            break
        files.filter(pk__in=before).update(number=number)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0003_invitations"),
        migrations.swappable_dependency(get_document_model_string()),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="found_language",
            field=models.CharField(blank=True, editable=False, max_length=35, verbose_name="language in the file"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="found_title",
            field=models.CharField(blank=True, editable=False, max_length=255, verbose_name="title in the file"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="hidden",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="hidden data"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="infection",
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="virus"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="inspected_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="inspected at"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="media_type",
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name="type by content"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="scanned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="found clean at"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("accessible", "Probably accessible"),
                    ("inaccessible", "Not accessible"),
                    ("scan", "A scan"),
                    ("not_checked", "Not checked"),
                ],
                db_index=True,
                default="not_checked",
                editable=False,
                max_length=20,
                verbose_name="accessibility",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="change_note",
            field=models.TextField(
                blank=True,
                help_text="One or two sentences for the public, shown with the previous versions. Not for internal remarks.",
                max_length=500,
                verbose_name="what changed",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="keep_open",
            field=models.BooleanField(
                default=False,
                help_text="For a form: it can be downloaded even when registration for its event is closed.",
                verbose_name="open after the deadline",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="number",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="attachment",
            name="public_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="release",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="attachment",
            name="with_page",
            field=models.BooleanField(
                default=False,
                help_text="For a file that replaces another one: the older one stays in force until a page that offers this one is published. Choose this file on the draft of that page.",
                verbose_name="takes effect with its page",
            ),
        ),
        migrations.CreateModel(
            name="DownloadCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="downloads")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="download_counts",
                        to=get_document_model_string(),
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "downloads of a day",
                "verbose_name_plural": "downloads by day",
                "constraints": [
                    models.UniqueConstraint(fields=("document", "day"), name="news_downloadcount_once_a_day")
                ],
            },
        ),
        migrations.RunPython(number_versions, migrations.RunPython.noop),
    ]
