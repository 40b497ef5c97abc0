import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("newsroom", "0001_initial"),
        ("newsroom_galleries", "0002_galleries"),
    ]

    operations = [
        migrations.CreateModel(
            name="DonatedGalleryPage",
            fields=[
                (
                    "gallerypage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="newsroom_galleries.gallerypage",
                    ),
                ),
                ("donor", models.CharField(blank=True, max_length=200, verbose_name="donor")),
            ],
            options={
                "verbose_name": "donated gallery",
                "verbose_name_plural": "donated galleries",
            },
            bases=("newsroom_galleries.gallerypage",),
        ),
        migrations.CreateModel(
            name="OurNewsPage",
            fields=[
                (
                    "newspage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="newsroom.newspage",
                    ),
                ),
                ("district", models.CharField(blank=True, max_length=100, verbose_name="district")),
            ],
            options={
                "verbose_name": "local news item",
                "verbose_name_plural": "local news items",
            },
            bases=("newsroom.newspage",),
        ),
        migrations.CreateModel(
            name="TrainingPage",
            fields=[
                (
                    "eventpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="newsroom.eventpage",
                    ),
                ),
                ("certificate", models.CharField(blank=True, max_length=200, verbose_name="certificate")),
                ("trainer", models.CharField(blank=True, max_length=200, verbose_name="trainer")),
                ("hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours")),
            ],
            options={
                "verbose_name": "training",
                "verbose_name_plural": "trainings",
            },
            bases=("newsroom.eventpage", models.Model),
        ),
    ]
