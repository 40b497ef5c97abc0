from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_what_readers_knew_of_retired_pages")]

    operations = [
        migrations.AddField(
            model_name="changerecord",
            name="affects",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="RelatedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(db_index=True)),
                ("target", models.PositiveIntegerField(db_index=True)),
                ("score", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "related page that is shown",
                "verbose_name_plural": "related pages that are shown",
            },
        ),
        migrations.CreateModel(
            name="PageMoment",
            fields=[
                ("page", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True, null=True)),
                ("unsure_since", models.DateTimeField(db_index=True, null=True)),
                ("checked_at", models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "moment of a page",
                "verbose_name_plural": "moments of pages",
            },
        ),
        migrations.AddConstraint(
            model_name="relatedrow",
            constraint=models.UniqueConstraint(fields=("page", "target"), name="newsroom_relatedrow_once"),
        ),
    ]
