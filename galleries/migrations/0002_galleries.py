"""Galleries.

Foreign keys to images and documents go to whatever model the host chose; `makemigrations` would hard-wire ours.
"""

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.contrib.routable_page.models
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import news.validators


class Migration(migrations.Migration):
    dependencies = [
        ("galleries", "0001_initial"),
        ("news", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="GalleryIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "list of galleries",
                "verbose_name_plural": "lists of galleries",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="GalleryPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        db_index=True,
                        default=django.utils.timezone.localdate,
                        help_text="When the photos were taken, or published.",
                        validators=[news.validators.validate_not_future],
                        verbose_name="date",
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="lead")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        help_text="The event or the news item that the photos belong to.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="galleries_about_it",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="about",
                    ),
                ),
            ],
            options={
                "verbose_name": "gallery",
                "verbose_name_plural": "galleries",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="GalleryPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="One sentence for people who do not see it. Empty: the photo's own description.",
                        max_length=255,
                        verbose_name="what the photo shows",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False, help_text="It adds nothing; screen readers skip it.", verbose_name="decorative"
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=400, verbose_name="caption")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="galleries.gallerypage"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_galleries",
                        to=get_image_model_string(),
                        verbose_name="photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo in a gallery",
                "verbose_name_plural": "photos in galleries",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="gallerypage",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the first photo.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=get_image_model_string(),
                verbose_name="cover",
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["file"], name="galleries_photo_file"),
        ),
        migrations.AddIndex(
            model_name="photorendition",
            index=models.Index(fields=["file"], name="galleries_rendition_file"),
        ),
        migrations.AddConstraint(
            model_name="photorendition",
            constraint=models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="galleries_photorendition_once"
            ),
        ),
    ]
