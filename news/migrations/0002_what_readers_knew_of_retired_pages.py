from typing import Any

from django.db import migrations, models

import wagtail_newsroom.news.models.pages.retirements


def fill_in(apps: Any, schema_editor: Any) -> None:
    """Of pages that are retired already: the title of the version that is kept, and the address that answers now."""
    for retirement in apps.get_model("newsroom", "Retirement").objects.select_related("page", "revision"):
        seen = retirement.revision.content if retirement.revision else {}
        retirement.title = seen.get("title") or retirement.page.title
        retirement.url_path = retirement.page.url_path
        retirement.save(update_fields=["title", "url_path"])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="retirement",
            name="title",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name="retirement",
            name="url_path",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AlterField(
            model_name="retirement",
            name="revision",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=wagtail_newsroom.news.models.pages.retirements.keep_unless_its_page_goes,
                related_name="+",
                to="wagtailcore.revision",
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
