from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0003_programme_changes")]

    operations = [
        migrations.AddField(
            model_name="bundlepage",
            name="was_public",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
