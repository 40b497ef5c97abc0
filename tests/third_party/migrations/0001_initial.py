import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import wagtail_newsroom.news.models.pages.pages
import wagtail_newsroom.news.models.pages.previews
import wagtail_newsroom.news.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("newsroom", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultationIndexPage",
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
                "abstract": False,
            },
            bases=(
                wagtail_newsroom.news.models.pages.pages.PageFilesMixin,
                wagtail_newsroom.news.models.pages.previews.PreviewMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="ConsultationPage",
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
                ("question", models.CharField(blank=True, max_length=300, verbose_name="question")),
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
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="open until")),
                ("closed", models.BooleanField(default=False, verbose_name="closed")),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="about",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
            },
            bases=("newsroom.newsroompage",),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=400, verbose_name="text")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="consultations.consultationpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
            },
        ),
    ]
