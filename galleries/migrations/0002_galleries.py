"""Galleries and what they point to."""

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.contrib.routable_page.models
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import wagtail_newsroom.news.models.own_language
import wagtail_newsroom.news.models.pages.pages
import wagtail_newsroom.news.models.pages.previews
import wagtail_newsroom.news.validators


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_galleries", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GalleryIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="%(app_label)s_%(class)s",
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
            bases=(
                wagtail_newsroom.news.models.pages.pages.PageFilesMixin,
                wagtail_newsroom.news.models.own_language.OwnLanguageMixin,
                wagtail_newsroom.news.models.pages.previews.PreviewMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="GalleryPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="%(app_label)s_%(class)s",
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
                        validators=[wagtail_newsroom.news.validators.validate_not_future],
                        verbose_name="date",
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="lead")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "rights_basis",
                    models.CharField(
                        choices=[
                            ("own", "Our own work"),
                            ("consent", "Consent of the people shown"),
                            ("public_event", "Part of a crowd at a public event"),
                            ("licence", "Licence"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        help_text="On what basis they are published. It counts for every photo that says nothing of its own.",
                        max_length=20,
                        verbose_name="basis of rights of the photos",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        help_text="The event or the news item that the photos belong to.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="newsroom_galleries_about",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="about",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the first photo.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="cover",
                    ),
                ),
            ],
            options={
                "verbose_name": "gallery",
                "verbose_name_plural": "galleries",
            },
            bases=(
                wagtail_newsroom.news.models.own_language.OwnLanguageMixin,
                wagtail_newsroom.news.models.pages.previews.PreviewMixin,
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
                models.Model,
            ),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="newsroom_galleries.gallerypage",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_in_galleries",
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
    ]
