"""The content model of the newsroom.

Foreign keys to images and documents go to whatever model the host chose; `makemigrations` would hard-wire ours.
"""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

import wagtail_newsroom.news.conf
import wagtail_newsroom.news.models.files.originals
import wagtail_newsroom.news.models.own_language
import wagtail_newsroom.news.models.pages.pages
import wagtail_newsroom.news.models.pages.previews
import wagtail_newsroom.news.models.workflow.draft_links
import wagtail_newsroom.news.timing.moments
import wagtail_newsroom.news.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(get_document_model_string()),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttachmentIndexPage",
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
                "verbose_name": "register of documents",
                "verbose_name_plural": "registers of documents",
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
            name="DeliveryToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=32)),
            ],
            options={
                "verbose_name": "token of delivery",
            },
        ),
        migrations.CreateModel(
            name="EventIndexPage",
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
                "verbose_name": "calendar",
                "verbose_name_plural": "calendars",
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
            name="NewsroomPage",
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
                    "lead",
                    models.TextField(
                        default="",
                        help_text="What it is about, in one or two sentences. At most 400 characters.",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        db_index=True,
                        default=django.utils.timezone.localdate,
                        help_text="Shown to readers. It may lie back, never ahead: to publish later, schedule the page.",
                        validators=[wagtail_newsroom.news.validators.validate_not_future],
                        verbose_name="publication date",
                    ),
                ),
                ("byline", models.CharField(blank=True, max_length=200, verbose_name="signed by")),
                (
                    "lead_image_alt",
                    models.CharField(
                        blank=True,
                        help_text="One sentence for people who do not see it. Empty: the photo's own description.",
                        max_length=255,
                        verbose_name="what the lead photo shows",
                    ),
                ),
                (
                    "change_note",
                    models.TextField(
                        blank=True,
                        help_text="Readers see it above the text. For example: A third workshop was added.",
                        max_length=500,
                        verbose_name="note on a major update",
                    ),
                ),
                (
                    "archived_on",
                    models.DateField(
                        blank=True,
                        help_text="Marks the page as archival content, true on that day.",
                        null=True,
                        verbose_name="archival since",
                    ),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="lead photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item or event",
                "verbose_name_plural": "news and events",
            },
            bases=(
                wagtail_newsroom.news.models.own_language.OwnLanguageMixin,
                wagtail_newsroom.news.models.pages.previews.PreviewMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="NewsIndexPage",
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
                "verbose_name": "list of news",
                "verbose_name_plural": "lists of news",
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
            name="SchedulerHeartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("event", "Event"), ("document", "File"), ("image", "Photo")],
                        default="page",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "item_id",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="id of the page or file"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("address", models.CharField(blank=True, max_length=1000, verbose_name="address")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=wagtail_newsroom.news.conf.language_choices,
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                ("barrier", models.TextField(blank=True, max_length=4000, verbose_name="what cannot be read or used")),
                (
                    "wished_form",
                    models.CharField(
                        choices=[
                            ("mended", "The same page or file, made accessible"),
                            ("tagged_pdf", "PDF that a screen reader can read"),
                            ("plain_text", "Plain text"),
                            ("audio", "Recording to listen to"),
                            ("sign_language", "Polish Sign Language (PJM)"),
                            ("other", "Another form, described above"),
                        ],
                        default="mended",
                        max_length=20,
                        verbose_name="wished form",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("clause", models.CharField(blank=True, max_length=250, verbose_name="information clause shown")),
                ("sent_once", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("extended", "Extended"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="received",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="received"),
                ),
                ("due_on", models.DateField(db_index=True, verbose_name="answer due")),
                ("extended_until", models.DateField(blank=True, null=True, verbose_name="extended until")),
                (
                    "extension_reason",
                    models.TextField(blank=True, max_length=4000, verbose_name="reason of the extension"),
                ),
                ("answer", models.TextField(blank=True, max_length=10000, verbose_name="answer")),
                ("answer_link", models.URLField(blank=True, verbose_name="address of the accessible version")),
                (
                    "alternative",
                    models.TextField(blank=True, max_length=4000, verbose_name="alternative way of access"),
                ),
                ("answered_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="closed")),
                (
                    "cleared_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="personal data deleted"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="newsroom_access_requests",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an accessible version",
                "verbose_name_plural": "requests for accessible versions",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval by a publisher or a deputy",
                "verbose_name_plural": "approvals by a publisher or a deputy",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "with_page",
                    models.BooleanField(
                        default=False,
                        help_text="For a file that replaces another one: the older one stays in force until a page that offers this one is published. Choose this file on the draft of that page.",
                        verbose_name="takes effect with its page",
                    ),
                ),
                (
                    "change_note",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences for the public, shown with the previous versions. Not for internal remarks.",
                        max_length=500,
                        verbose_name="what changed",
                    ),
                ),
                ("version_group", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("release", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("number", models.PositiveIntegerField(default=1, editable=False)),
                ("public_since", models.DateTimeField(editable=False, null=True)),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                (
                    "media_type",
                    models.CharField(blank=True, editable=False, max_length=100, verbose_name="type by content"),
                ),
                ("pages", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="pages")),
                ("text", models.TextField(blank=True, editable=False, verbose_name="text for search")),
                (
                    "sha256",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64, verbose_name="SHA-256"),
                ),
                (
                    "found_title",
                    models.CharField(blank=True, editable=False, max_length=255, verbose_name="title in the file"),
                ),
                (
                    "found_language",
                    models.CharField(blank=True, editable=False, max_length=35, verbose_name="language in the file"),
                ),
                (
                    "findings",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="accessibility findings"),
                ),
                ("hidden", models.JSONField(blank=True, default=dict, editable=False, verbose_name="hidden data")),
                (
                    "verdict",
                    models.CharField(
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
                (
                    "inspected_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="inspected at"),
                ),
                (
                    "scanned_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="found clean at"),
                ),
                ("infection", models.CharField(blank=True, editable=False, max_length=200, verbose_name="virus")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("programme", "Programme"),
                            ("regulations", "Regulations"),
                            ("form", "Form"),
                            ("presentation", "Presentation"),
                            ("report", "Report"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "issued_on",
                    models.DateField(
                        blank=True,
                        help_text="The date on the document itself, if it bears one.",
                        null=True,
                        verbose_name="dated",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=wagtail_newsroom.news.conf.language_choices,
                        help_text="Empty: the language of the page.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "keep_open",
                    models.BooleanField(
                        default=False,
                        help_text="For a form: it can be downloaded even when registration for its event is closed.",
                        verbose_name="open after the deadline",
                    ),
                ),
                (
                    "belongs_to",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a form: the regulations it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="newsroom_belonging",
                        to="newsroom.attachment",
                        verbose_name="belongs to",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        help_text="The version before. Its address will lead to this one; it stays in the archive.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="newsroom_superseded_by",
                        to="newsroom.attachment",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        help_text="For editors only. For example: Regional conference.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "In preparation"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("go_live_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="goes live at")),
                ("retire_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="retires at")),
                (
                    "retire_reason",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="explanation for readers after it is retired"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "scheduled_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bundle",
                "verbose_name_plural": "bundles",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ChangeRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("upsert", "upsert"), ("delete", "delete"), ("move", "move")], max_length=10
                    ),
                ),
                ("type", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=64)),
                ("key", models.UUIDField(null=True)),
                ("locale", models.CharField(blank=True, default="", max_length=32)),
                ("path", models.TextField(blank=True, default="")),
                ("old_path", models.TextField(blank=True, default="")),
                ("tags", models.JSONField(default=list)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "site",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "change for the public",
                "verbose_name_plural": "changes for the public",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("last_day", models.DateField(verbose_name="until")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_deputy_for",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_deputies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publisher",
                    ),
                ),
            ],
            options={
                "verbose_name": "deputy",
                "verbose_name_plural": "deputies",
                "ordering": ["-first_day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DraftLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=wagtail_newsroom.news.models.workflow.draft_links.new_token,
                        editable=False,
                        max_length=64,
                        unique=True,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True, help_text="For you: who gets this link.", max_length=200, verbose_name="for whom"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="shared by",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_draft_links",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a draft",
                "verbose_name_plural": "links to drafts",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DraftRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("text", models.TextField(max_length=4000, verbose_name="remark")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="newsroom.draftlink",
                        verbose_name="link",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on a draft",
                "verbose_name_plural": "remarks on drafts",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventPage",
            fields=[
                (
                    "newsroompage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="newsroom.newsroompage",
                    ),
                ),
                ("start_date", models.DateField(null=True, verbose_name="first day")),
                (
                    "start_time",
                    models.TimeField(
                        blank=True, help_text="Leave empty what is not told.", null=True, verbose_name="starts at"
                    ),
                ),
                (
                    "end_date",
                    models.DateField(blank=True, help_text="Empty: one day only.", null=True, verbose_name="last day"),
                ),
                ("end_time", models.TimeField(blank=True, null=True, verbose_name="ends at")),
                ("check_in_from", models.TimeField(blank=True, null=True, verbose_name="check-in from")),
                (
                    "timezone",
                    models.CharField(
                        default=wagtail_newsroom.news.timing.moments.default_timezone_name,
                        help_text="For example Europe/Warsaw.",
                        max_length=64,
                        validators=[wagtail_newsroom.news.timing.moments.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                ("starts_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("ends_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("calendar_sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("calendar_state", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("scheduled", "Goes ahead as planned"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                            ("moved_online", "Moved online"),
                        ],
                        default="scheduled",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Readers see it beside the status. Never give anybody's health as the reason.",
                        max_length=300,
                        verbose_name="public reason",
                    ),
                ),
                (
                    "attendance_mode",
                    models.CharField(
                        choices=[("onsite", "On site"), ("online", "Online"), ("mixed", "On site and online")],
                        default="onsite",
                        max_length=10,
                        verbose_name="how to attend",
                    ),
                ),
                (
                    "online_platform",
                    models.CharField(blank=True, help_text="For example Zoom.", max_length=80, verbose_name="platform"),
                ),
                ("online_link", models.URLField(blank=True, verbose_name="link to join")),
                (
                    "online_link_visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everybody, on the page"),
                            ("registered", "Only those who register; we send it to them"),
                        ],
                        default="registered",
                        max_length=12,
                        verbose_name="who sees the link",
                    ),
                ),
                (
                    "step_free",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=8,
                        verbose_name="step-free access",
                    ),
                ),
                (
                    "induction_loop",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=8,
                        verbose_name="induction loop",
                    ),
                ),
                (
                    "sign_language",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=8,
                        verbose_name="sign-language interpreter (PJM)",
                    ),
                ),
                (
                    "captions",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=8,
                        verbose_name="live captions",
                    ),
                ),
                (
                    "accessibility_requests",
                    models.CharField(
                        blank=True,
                        help_text="For example: an interpreter, large print, an assistant.",
                        max_length=300,
                        verbose_name="what can be asked for",
                    ),
                ),
                ("accessibility_requests_until", models.DateField(blank=True, null=True, verbose_name="ask until")),
                (
                    "places",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="number of places",
                    ),
                ),
                (
                    "cost",
                    models.CharField(
                        blank=True, help_text="For example: free of charge.", max_length=120, verbose_name="cost"
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("none", "No registration"),
                            ("link", "Form on another site"),
                            ("email", "By e-mail"),
                            ("form", "Form to download and send back"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="registration",
                    ),
                ),
                ("registration_link", models.URLField(blank=True, verbose_name="address of the form")),
                (
                    "registration_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail for registration"),
                ),
                (
                    "registration_return_to",
                    models.CharField(
                        blank=True,
                        help_text="An e-mail address or an office with its address.",
                        max_length=300,
                        verbose_name="where to return the form",
                    ),
                ),
                ("opens_date", models.DateField(blank=True, null=True, verbose_name="opens on")),
                ("opens_time", models.TimeField(blank=True, null=True, verbose_name="opens at")),
                ("deadline_date", models.DateField(blank=True, null=True, verbose_name="deadline")),
                (
                    "deadline_time",
                    models.TimeField(
                        blank=True,
                        help_text="Empty: registration lasts until the end of that day.",
                        null=True,
                        verbose_name="hour of the deadline",
                    ),
                ),
                ("deadline_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                (
                    "deadline_before_extension",
                    models.DateField(
                        blank=True,
                        help_text="Readers then see: extended from … to ….",
                        null=True,
                        verbose_name="deadline before it was extended",
                    ),
                ),
                (
                    "availability",
                    models.CharField(
                        choices=[("open", "Places left"), ("full", "No places left"), ("reserve", "Reserve list only")],
                        default="open",
                        max_length=10,
                        verbose_name="places",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conference", "Conference"),
                            ("meeting", "Meeting"),
                            ("training", "Training"),
                            ("study_visit", "Study visit"),
                            ("webinar", "Webinar"),
                            ("consultation", "Consultation"),
                            ("other", "Event"),
                        ],
                        default="meeting",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("audience", models.CharField(blank=True, max_length=400, verbose_name="for whom")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 2),
                            ("paragraph", 3),
                            ("image", 9),
                            ("attachments", 12),
                            ("quote", 16),
                            ("table", 19),
                            ("video", 25),
                            ("call_to_action", 30),
                            ("accordion", 34),
                            ("contact", 39),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("h2", "Section"), ("h3", "Subsection"), ("h4", "Smaller")],
                                    "label": "Level",
                                },
                            ),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 200}),
                            2: ("wagtail.blocks.StructBlock", [[("level", 0), ("text", 1)]], {}),
                            3: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "description": "Paragraphs, lists and links",
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "preview_template": "newsroom/blocks/preview.html",
                                    "preview_value": "<p>Zapraszamy gminy i organizacje do wspólnej pracy.</p>",
                                    "template": "newsroom/blocks/paragraph.html",
                                },
                            ),
                            4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Photo", "required": False}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "One sentence for people who do not see it. Empty: the photo's own description.",
                                    "label": "What the photo shows",
                                    "max_length": 255,
                                    "required": False,
                                },
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "It adds nothing to the text; screen readers skip it.",
                                    "label": "Decorative",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 400, "required": False},
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Empty: the photo's own credit.",
                                    "label": "Credit",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 4), ("alt", 5), ("decorative", 6), ("caption", 7), ("credit", 8)]],
                                {},
                            ),
                            10: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "File"}),
                            11: ("wagtail.blocks.ListBlock", (10,), {"label": "Files"}),
                            12: ("wagtail.blocks.StructBlock", [[("items", 11)]], {}),
                            13: ("wagtail.blocks.TextBlock", (), {"label": "Words", "rows": 3}),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 200, "required": False},
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "As whom", "max_length": 200, "required": False},
                            ),
                            16: ("wagtail.blocks.StructBlock", [[("text", 13), ("who", 14), ("role", 15)]], {}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "label": "Formatted text",
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17), ("rich_text", 18)]],
                                {
                                    "description": "A table with a header row and a caption",
                                    "icon": "table",
                                    "label": "Table",
                                    "preview_template": "newsroom/blocks/table_preview.html",
                                    "template": "newsroom/blocks/table.html",
                                },
                            ),
                            20: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "help_text": "The page of the film. Films on YouTube and Vimeo play in place once a visitor asks for it; others are links.",
                                    "label": "Address of the film",
                                    "validators": [wagtail_newsroom.news.validators.validate_web_link],
                                },
                            ),
                            21: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 200}),
                            22: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "Still picture", "required": False},
                            ),
                            23: ("wagtail.blocks.BooleanBlock", (), {"label": "It has captions", "required": False}),
                            24: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "help_text": "What is said and shown, as text.",
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("url", 20),
                                        ("title", 21),
                                        ("poster", 22),
                                        ("has_captions", 23),
                                        ("transcript", 24),
                                    ]
                                ],
                                {},
                            ),
                            26: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Sentence above the button", "max_length": 300, "required": False},
                            ),
                            27: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Say what happens: Sign up for the workshop",
                                    "label": "Words on the button",
                                    "max_length": 80,
                                },
                            ),
                            28: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "label": "Address",
                                    "required": False,
                                    "validators": [wagtail_newsroom.news.validators.validate_web_link],
                                },
                            ),
                            29: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "or a page of this site", "required": False},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 26), ("label", 27), ("link", 28), ("page", 29)]],
                                {},
                            ),
                            31: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "label": "Text",
                                },
                            ),
                            32: ("wagtail.blocks.StructBlock", [[("title", 21), ("text", 31)]], {}),
                            33: ("wagtail.blocks.ListBlock", (32,), {"label": "Parts"}),
                            34: ("wagtail.blocks.StructBlock", [[("items", 33)]], {}),
                            35: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 200}),
                            36: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Role", "max_length": 200, "required": False},
                            ),
                            37: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            38: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Phone", "max_length": 40, "required": False},
                            ),
                            39: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 35), ("role", 36), ("email", 37), ("phone", 38)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
                (
                    "agenda",
                    wagtail.fields.StreamField(
                        [("day", 26)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.DateBlock",
                                (),
                                {"help_text": "Empty: the event's first day.", "label": "Date", "required": False},
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: Day one. May stay empty.",
                                    "label": "Heading",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: Group A", "label": "Name", "max_length": 120},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "For whom", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Room", "max_length": 120, "required": False},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("name", 2), ("audience", 3), ("room", 4)]], {}),
                            6: (
                                "wagtail.blocks.StreamBlock",
                                [[("track", 5)]],
                                {
                                    "help_text": "Only where groups run side by side on this day: name each group, then put its name at its sessions."
                                },
                            ),
                            7: (
                                "wagtail.blocks.TimeBlock",
                                (),
                                {
                                    "help_text": "For example 10:15. May stay empty.",
                                    "label": "Starts",
                                    "required": False,
                                },
                            ),
                            8: ("wagtail.blocks.TimeBlock", (), {"label": "Ends", "required": False}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("session", "Session"),
                                        ("registration", "Registration"),
                                        ("opening", "Opening"),
                                        ("closing", "Closing"),
                                        ("travel", "Travel"),
                                        ("visit", "Visit"),
                                    ],
                                    "label": "Kind",
                                },
                            ),
                            10: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 400}),
                            11: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("newsroom.Person",),
                                {
                                    "help_text": "Somebody from the list of people; or leave empty and type the name below.",
                                    "label": "Person",
                                    "required": False,
                                },
                            ),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Name", "max_length": 200, "required": False},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Role", "max_length": 200, "required": False},
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Organisation", "max_length": 200, "required": False},
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("person", 11), ("name", 12), ("role", 13), ("organisation", 14)]],
                                {},
                            ),
                            16: ("wagtail.blocks.ListBlock", (15,), {"default": [], "label": "Speakers"}),
                            17: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Description", "required": False, "rows": 3},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "The name of one of this day's tracks; empty for sessions that everybody attends.",
                                    "label": "Track",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            19: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "File"}),
                            20: ("wagtail.blocks.ListBlock", (19,), {"default": [], "label": "Files"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("start", 7),
                                        ("end", 8),
                                        ("kind", 9),
                                        ("title", 10),
                                        ("speakers", 16),
                                        ("description", 17),
                                        ("room", 4),
                                        ("track", 18),
                                        ("documents", 20),
                                    ]
                                ],
                                {},
                            ),
                            22: ("wagtail.blocks.TimeBlock", (), {"label": "Starts", "required": False}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "For example: Coffee break", "label": "Title", "max_length": 200},
                            ),
                            24: ("wagtail.blocks.StructBlock", [[("start", 22), ("end", 8), ("title", 23)]], {}),
                            25: (
                                "wagtail.blocks.StreamBlock",
                                [[("session", 21), ("break", 24)]],
                                {"label": "Programme of the day", "required": False},
                            ),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("date", 0), ("heading", 1), ("tracks", 6), ("sessions", 25)]],
                                {},
                            ),
                        },
                        verbose_name="programme",
                    ),
                ),
                (
                    "announce_in_news",
                    models.BooleanField(
                        default=True,
                        help_text="The invitation stands in the list of news too, so that nobody types it twice.",
                        verbose_name="announce among the news",
                    ),
                ),
                (
                    "recording_url",
                    models.URLField(
                        blank=True, help_text="The address of the film, once there is one.", verbose_name="recording"
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
            bases=(wagtail_newsroom.news.models.pages.pages.PageFilesMixin, "newsroom.newsroompage", models.Model),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "date",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[wagtail_newsroom.news.validators.validate_not_future],
                        verbose_name="date",
                    ),
                ),
                ("was", models.TextField(max_length=500, verbose_name="what was wrong")),
                ("now", models.TextField(max_length=500, verbose_name="what is right")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="newsroom.newsroompage",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InformationClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("text", wagtail.fields.RichTextField(verbose_name="text")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "information clause",
                "verbose_name_plural": "information clauses",
                "ordering": ["title", "-version"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("url", models.URLField(blank=True, verbose_name="website")),
                (
                    "logo_alt",
                    models.CharField(
                        blank=True,
                        help_text="For example: Logo of the Open Gate Foundation.",
                        max_length=255,
                        validators=[wagtail_newsroom.news.validators.validate_alt_text],
                        verbose_name="what the logo says",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("event", "an event"), ("news", "a news item")],
                        max_length=10,
                        verbose_name="what is made of it",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name of the file")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        upload_to=wagtail_newsroom.news.models.files.originals.stored_name,
                        verbose_name="file",
                    ),
                ),
                ("published", models.DateField(blank=True, null=True, verbose_name="published or sent on")),
                (
                    "named_files",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="files that it names"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_originals",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought in by",
                    ),
                ),
            ],
            options={
                "verbose_name": "original",
                "verbose_name_plural": "originals",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PageAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the file's title.",
                        max_length=255,
                        verbose_name="words of the link",
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_page_attachments",
                        to=get_document_model_string(),
                        verbose_name="file",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="newsroom.newsroompage",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a page",
                "verbose_name_plural": "files of pages",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PageContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="role")),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "shown_until",
                    models.DateField(
                        blank=True,
                        help_text="Empty: on events until 90 days after the event, elsewhere for good.",
                        null=True,
                        verbose_name="shown until",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="newsroom.newsroompage"
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PageReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(db_index=True, verbose_name="next review")),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: only once.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="then every … months",
                    ),
                ),
                ("reminded_on", models.DateField(editable=False, null=True)),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_review",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "page_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a page",
                "verbose_name_plural": "reviews of pages",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PreflightOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codes", models.JSONField(default=list, verbose_name="findings")),
                ("reason", models.TextField(max_length=500, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_preflight_overrides",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="version",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication in spite of warnings",
                "verbose_name_plural": "publications in spite of warnings",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="number")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends")),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="As it is to be printed, with the currency.",
                        max_length=60,
                        verbose_name="value",
                    ),
                ),
                (
                    "grant",
                    models.CharField(
                        blank=True,
                        help_text="As it is to be printed, with the currency.",
                        max_length=60,
                        verbose_name="grant",
                    ),
                ),
                (
                    "funding_statement",
                    models.TextField(
                        blank=True,
                        help_text="The sentence that the funder's rules ask for, word for word.",
                        verbose_name="funding statement",
                    ),
                ),
                (
                    "logo_strip_alt",
                    models.CharField(
                        blank=True,
                        help_text="Name the marks from left to right.",
                        max_length=400,
                        validators=[wagtail_newsroom.news.validators.validate_alt_text],
                        verbose_name="what the logo strip says",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="website")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "logo_strip",
                    models.ForeignKey(
                        blank=True,
                        help_text="One picture with all marks, as the funder supplies it. It is never cropped or recoloured.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo strip",
                    ),
                ),
                (
                    "partners",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="projects", to="newsroom.organisation", verbose_name="partners"
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name="newsroompage",
            name="projects",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="pages", to="newsroom.project", verbose_name="projects"
            ),
        ),
        migrations.CreateModel(
            name="RelatedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_links",
                        to="newsroom.newsroompage",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "related page",
                "verbose_name_plural": "related pages",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Retirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, max_length=500, verbose_name="explanation for readers")),
                ("redirect_url", models.URLField(blank=True, verbose_name="or an address elsewhere")),
                ("retired_at", models.DateTimeField(auto_now_add=True, verbose_name="retired at")),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_retirement",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "redirect_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page that replaces it",
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "retired page",
                "verbose_name_plural": "retired pages",
            },
        ),
        migrations.CreateModel(
            name="SiteTexts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("organisation_name", models.CharField(max_length=200, verbose_name="name of the organisation")),
                ("tagline", models.CharField(blank=True, max_length=200, verbose_name="tagline")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("opening_hours", models.TextField(blank=True, verbose_name="opening hours")),
                (
                    "feeds_title",
                    models.CharField(blank=True, max_length=200, verbose_name="title of feeds and calendars"),
                ),
                ("footer_text", models.TextField(blank=True, verbose_name="sentence in the footer")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "site texts",
                "verbose_name_plural": "site texts",
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="NewsroomSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "accessible_formats_email",
                    models.EmailField(
                        blank=True,
                        help_text="Who answers when somebody cannot read a file.",
                        max_length=254,
                        verbose_name="e-mail for accessible formats",
                    ),
                ),
                ("bip_url", models.URLField(blank=True, verbose_name="Public Information Bulletin (BIP)")),
                ("facebook_url", models.URLField(blank=True, verbose_name="Facebook")),
                ("youtube_url", models.URLField(blank=True, verbose_name="YouTube")),
                ("linkedin_url", models.URLField(blank=True, verbose_name="LinkedIn")),
                (
                    "access_clause",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: a clause made from the facts on this page. Have it checked by your data protection officer.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="newsroom.informationclause",
                        verbose_name="clause beside requests for accessible versions",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
                (
                    "texts",
                    models.ForeignKey(
                        blank=True,
                        help_text="Name, address and other texts, in any one language: its translations are found. Empty: the first ones.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="newsroom.sitetexts",
                        verbose_name="texts",
                    ),
                ),
            ],
            options={
                "verbose_name": "newsroom",
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        blank=True, help_text="Made from the name when left empty.", max_length=120, verbose_name="slug"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["name"],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name="newsroompage",
            name="topics",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="pages", to="newsroom.topic", verbose_name="topics"
            ),
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "hall",
                    models.CharField(
                        blank=True, help_text="For example: Hall C, second floor.", max_length=200, verbose_name="hall"
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=200, verbose_name="street and number")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "access",
                    models.TextField(
                        blank=True,
                        help_text="Entrance, lift, parking, stop, where a guide dog is welcome.",
                        verbose_name="getting there and in",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "venue",
                "verbose_name_plural": "venues",
                "ordering": ["city", "name"],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="BundlePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("was_public", models.BooleanField(default=False, editable=False)),
                (
                    "bundle",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="newsroom.bundle"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_bundles",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a bundle",
                "verbose_name_plural": "pages of bundles",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("bundle", "page"), name="newsroom_bundlepage_once")],
            },
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
                        related_name="newsroom_download_counts",
                        to=get_document_model_string(),
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "downloads of a day",
                "verbose_name_plural": "downloads by day",
                "constraints": [
                    models.UniqueConstraint(fields=("document", "day"), name="newsroom_downloadcount_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="EventStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                (
                    "host",
                    models.CharField(
                        blank=True, help_text="The organisation that is visited.", max_length=255, verbose_name="host"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("time", models.TimeField(blank=True, null=True, verbose_name="hour")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="newsroom.eventpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "stop",
                "verbose_name_plural": "stops",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="eventpage",
            name="information_clause",
            field=models.ForeignKey(
                blank=True,
                help_text="What people are told about their data when they register, by a downloaded form too.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="events",
                to="newsroom.informationclause",
                verbose_name="information clause",
            ),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="registration_form",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="newsroom_registration_form_of",
                to=get_document_model_string(),
                verbose_name="form to download",
            ),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="events",
                to="newsroom.venue",
                verbose_name="venue",
            ),
        ),
        migrations.CreateModel(
            name="EventOrganiser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("organiser", "Organiser"),
                            ("partner", "Partner"),
                            ("funder", "Funder"),
                            ("host", "Host"),
                        ],
                        default="organiser",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="newsroom.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="organisers", to="newsroom.eventpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "organiser",
                "verbose_name_plural": "organisers",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgendaChange",
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
                        related_name="agenda_changes",
                        to="newsroom.eventpage",
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
        migrations.CreateModel(
            name="NewsPage",
            fields=[
                (
                    "newsroompage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="newsroom.newsroompage",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("news", "News"),
                            ("report", "Report"),
                            ("recruitment", "Recruitment"),
                            ("notice", "Notice"),
                        ],
                        default="news",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 2),
                            ("paragraph", 3),
                            ("image", 9),
                            ("attachments", 12),
                            ("quote", 16),
                            ("table", 19),
                            ("video", 25),
                            ("call_to_action", 30),
                            ("accordion", 34),
                            ("contact", 39),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("h2", "Section"), ("h3", "Subsection"), ("h4", "Smaller")],
                                    "label": "Level",
                                },
                            ),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 200}),
                            2: ("wagtail.blocks.StructBlock", [[("level", 0), ("text", 1)]], {}),
                            3: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "description": "Paragraphs, lists and links",
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "preview_template": "newsroom/blocks/preview.html",
                                    "preview_value": "<p>Zapraszamy gminy i organizacje do wspólnej pracy.</p>",
                                    "template": "newsroom/blocks/paragraph.html",
                                },
                            ),
                            4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Photo", "required": False}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "One sentence for people who do not see it. Empty: the photo's own description.",
                                    "label": "What the photo shows",
                                    "max_length": 255,
                                    "required": False,
                                },
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "It adds nothing to the text; screen readers skip it.",
                                    "label": "Decorative",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 400, "required": False},
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Empty: the photo's own credit.",
                                    "label": "Credit",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 4), ("alt", 5), ("decorative", 6), ("caption", 7), ("credit", 8)]],
                                {},
                            ),
                            10: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "File"}),
                            11: ("wagtail.blocks.ListBlock", (10,), {"label": "Files"}),
                            12: ("wagtail.blocks.StructBlock", [[("items", 11)]], {}),
                            13: ("wagtail.blocks.TextBlock", (), {"label": "Words", "rows": 3}),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 200, "required": False},
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "As whom", "max_length": 200, "required": False},
                            ),
                            16: ("wagtail.blocks.StructBlock", [[("text", 13), ("who", 14), ("role", 15)]], {}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "label": "Formatted text",
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17), ("rich_text", 18)]],
                                {
                                    "description": "A table with a header row and a caption",
                                    "icon": "table",
                                    "label": "Table",
                                    "preview_template": "newsroom/blocks/table_preview.html",
                                    "template": "newsroom/blocks/table.html",
                                },
                            ),
                            20: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "help_text": "The page of the film. Films on YouTube and Vimeo play in place once a visitor asks for it; others are links.",
                                    "label": "Address of the film",
                                    "validators": [wagtail_newsroom.news.validators.validate_web_link],
                                },
                            ),
                            21: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 200}),
                            22: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "Still picture", "required": False},
                            ),
                            23: ("wagtail.blocks.BooleanBlock", (), {"label": "It has captions", "required": False}),
                            24: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "help_text": "What is said and shown, as text.",
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("url", 20),
                                        ("title", 21),
                                        ("poster", 22),
                                        ("has_captions", 23),
                                        ("transcript", 24),
                                    ]
                                ],
                                {},
                            ),
                            26: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Sentence above the button", "max_length": 300, "required": False},
                            ),
                            27: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Say what happens: Sign up for the workshop",
                                    "label": "Words on the button",
                                    "max_length": 80,
                                },
                            ),
                            28: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "label": "Address",
                                    "required": False,
                                    "validators": [wagtail_newsroom.news.validators.validate_web_link],
                                },
                            ),
                            29: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "or a page of this site", "required": False},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 26), ("label", 27), ("link", 28), ("page", 29)]],
                                {},
                            ),
                            31: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                        "superscript",
                                        "subscript",
                                        "lang-en",
                                        "lang-de",
                                        "lang-fr",
                                        "lang-uk",
                                        "lang-pl",
                                    ],
                                    "label": "Text",
                                },
                            ),
                            32: ("wagtail.blocks.StructBlock", [[("title", 21), ("text", 31)]], {}),
                            33: ("wagtail.blocks.ListBlock", (32,), {"label": "Parts"}),
                            34: ("wagtail.blocks.StructBlock", [[("items", 33)]], {}),
                            35: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 200}),
                            36: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Role", "max_length": 200, "required": False},
                            ),
                            37: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            38: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Phone", "max_length": 40, "required": False},
                            ),
                            39: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 35), ("role", 36), ("email", 37), ("phone", 38)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        blank=True, help_text="Only where no event is chosen.", null=True, verbose_name="happened on"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "about_event",
                    models.ForeignKey(
                        blank=True,
                        help_text="A report belongs to its event: each page then links to the other.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="newsroom.eventpage",
                        verbose_name="about the event",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "verbose_name_plural": "news items",
            },
            bases=("newsroom.newsroompage",),
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="role")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to="newsroom.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="ScheduleFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[("publish", "publication"), ("retire", "retirement")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("attempts", models.PositiveIntegerField(default=1, verbose_name="attempts")),
                ("error", models.TextField(verbose_name="reason")),
                ("failed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="last tried")),
                ("next_attempt_at", models.DateTimeField(db_index=True, verbose_name="next attempt")),
                (
                    "bundle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_failures",
                        to="newsroom.bundle",
                        verbose_name="bundle",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsroom_schedule_failures",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "failed scheduled act",
                "verbose_name_plural": "failed scheduled acts",
                "ordering": ["due_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("action", "page"), name="newsroom_schedulefailure_page_once"),
                    models.UniqueConstraint(fields=("action", "bundle"), name="newsroom_schedulefailure_bundle_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(
                fields=("slug", "locale"),
                name="newsroom_topic_slug_per_locale",
                violation_error_message="Another topic in this language has this slug. Change the name or the slug.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="topic",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="venue",
            unique_together={("translation_key", "locale")},
        ),
    ]
