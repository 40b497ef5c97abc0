"""The dominant colour of a photo; the photos that are there already learn theirs with their next sizes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom_galleries", "0002_galleries")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="color",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=7, verbose_name="dominant colour"
            ),
        ),
    ]
