import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0002_editors_desk")]

    operations = [
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
    ]
