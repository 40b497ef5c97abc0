"""The story: the body of a news item or an event, made of blocks that say what they are.

Other apps add blocks through :mod:`wagtail_newsroom.news.registry`. The field leaves those out of its migrations, so that adding
or removing one never makes a migration of ``news`` necessary.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.definition_lookup import BlockDefinitionLookupBuilder
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.validators import validate_alt_text, validate_web_link
from wagtail_newsroom.news.visibility import is_public_file, is_withdrawn, public_pages, restricted_collections

# Languages in which foreign words stand in a Polish or English text; each is a mark in the text editor (WCAG 3.1.2).
MARKED_LANGUAGES = {
    "en": _("English"),
    "de": _("German"),
    "fr": _("French"),
    "uk": _("Ukrainian"),
    "pl": _("Polish"),
}
TEXT_FEATURES = [
    "bold",
    "italic",
    "link",
    "document-link",
    "ol",
    "ul",
    "superscript",
    "subscript",
    *(f"lang-{code}" for code in MARKED_LANGUAGES),
]


class HeadingBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Subsection")), ("h4", _("Smaller"))],
        default="h2",
        label=_("Level"),
    )
    text = blocks.CharBlock(max_length=200, label=_("Heading"))

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        description = _("A heading that screen readers can jump to; never skip a level")
        template = "newsroom/blocks/heading.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {"level": "h2", "text": "Co dalej z usługami społecznymi"}


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(required=False, label=_("Photo"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("What the photo shows"),
        help_text=_("One sentence for people who do not see it. Empty: the photo's own description."),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("Decorative"),
        help_text=_("It adds nothing to the text; screen readers skip it."),
    )
    caption = blocks.CharBlock(required=False, max_length=400, label=_("Caption"))
    credit = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Credit"),
        help_text=_("Empty: the photo's own credit."),
    )

    class Meta:
        icon = "image"
        label = _("Photo")
        label_format = "{caption}"
        description = _("One photo with its description, caption and credit")
        template = "newsroom/blocks/image.html"
        preview_template = "newsroom/blocks/image_preview.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        image = cleaned.get("image")
        try:
            validate_alt_text(cleaned["alt"], title=image.title if image else "")
        except ValidationError as error:
            raise StructBlockValidationError(block_errors={"alt": error}) from error
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        """The words beside the photo; none beside one that is not shown: they may name who is on it."""
        image = value.get("image")
        is_hidden = is_withdrawn(image) or (image is not None and image.collection_id in restricted_collections())
        content: list[str] = [] if is_hidden else super().get_searchable_content(value)
        return content

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """The photo with the words that stand beside it; nothing of a photo that the public may not see."""
        shown = value["image"] if value["image"] and is_public_file(value["image"]) else None
        return {
            "image": shown.pk if shown else None,
            "alt": image_alt(value) if shown else "",
            "decorative": value["decorative"],
            "caption": value["caption"] if shown else "",
            "credit": (value["credit"] or getattr(shown, "credit", "")) if shown else "",
        }


def public_ids(files: Any) -> list[int]:
    """Ids of those of ``files`` that the public may read, in their order."""
    return [file.pk for file in files if file is not None and is_public_file(file)]


def image_alt(value: Any) -> str:
    """Alternative text of an image block: empty where it is decorative; never the title."""
    if value["decorative"] or not value["image"]:
        return ""
    return value["alt"] or value["image"].description


class AttachmentsBlock(blocks.StructBlock):
    items = blocks.ListBlock(DocumentChooserBlock(label=_("File")), label=_("Files"))

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """Ids of the files that the public may read."""
        return {"items": public_ids(value["items"])}

    class Meta:
        icon = "doc-full"
        label = _("Files to download")
        description = _("Files shown with type, size and date in the middle of the text")
        template = "newsroom/blocks/attachments.html"
        preview_template = "newsroom/blocks/attachments_preview.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=3, label=_("Words"))
    who = blocks.CharBlock(required=False, max_length=200, label=_("Who said it"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("As whom"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{who}"
        description = _("Somebody's words, with who said them and as whom")
        template = "newsroom/blocks/quote.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {
            "text": "Najpierw słuchamy, potem planujemy.",
            "who": "Ewa Lis",
            "role": "koordynatorka",
        }


class TableBlock(TypedTableBlock):
    """A table with a header row; its caption is read out first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Table"))
        super().__init__(*args, **kwargs)


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(
        validators=[validate_web_link],
        label=_("Address of the film"),
        help_text=_(
            "The page of the film. Films on YouTube and Vimeo play in place once a visitor asks for it; others are links."
        ),
    )
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    poster = ImageChooserBlock(required=False, label=_("Still picture"))
    has_captions = blocks.BooleanBlock(required=False, label=_("It has captions"))
    transcript = blocks.RichTextBlock(
        required=False,
        features=TEXT_FEATURES,
        label=_("Transcript"),
        help_text=_("What is said and shown, as text."),
    )

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        poster = value["poster"]
        return {
            **super().get_api_representation(value, context),
            "poster": poster.pk if poster and is_public_file(poster) else None,
        }

    class Meta:
        icon = "media"
        label = _("Film")
        label_format = "{title}"
        description = _("A film on another site, loaded when a visitor asks for it")
        template = "newsroom/blocks/video.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {
            "url": "https://example.org/film",
            "title": "Jak działa spółdzielnia socjalna",
        }


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(required=False, max_length=300, label=_("Sentence above the button"))
    label = blocks.CharBlock(
        max_length=80,
        label=_("Words on the button"),
        help_text=_("Say what happens: Sign up for the workshop"),
    )
    link = blocks.URLBlock(required=False, validators=[validate_web_link], label=_("Address"))
    page = blocks.PageChooserBlock(required=False, label=_("or a page of this site"))

    class Meta:
        icon = "link-external"
        label = _("Button")
        label_format = "{label}"
        description = _("One clear next step")
        template = "newsroom/blocks/call_to_action.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {
            "text": "Zapisy trwają do piątku.",
            "label": "Zapisz się na warsztat",
            "link": "https://example.org/",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.get("link") and not cleaned.get("page"):
            raise StructBlockValidationError(
                block_errors={
                    "link": ValidationError(_("Give an address or choose a page, so that the button leads somewhere."))
                }
            )
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``target``: the address behind the button; empty where the chosen page is not public."""
        context = super().get_context(value, parent_context=parent_context)
        page = public_target(value)
        context["target"] = page.url if page else value.get("link")
        return context

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        page = public_target(value)
        return {**super().get_api_representation(value, context), "page": page.pk if page else None}


def public_target(value: Any) -> Any:
    """The page that a button leads to, in the language of the visit, where the public may see it; else ``None``."""
    page = value.get("page")
    return public_pages(Page.objects.filter(pk=page.localized.pk)).first() if page else None


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Part")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Parts that a visitor opens one by one")
        template = "newsroom/blocks/accordion.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {"items": [{"title": "Czy udział kosztuje?", "text": "<p>Nie, udział jest bezpłatny.</p>"}]}


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200, label=pgettext_lazy("of a person", "Name"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("Role"))
    email = blocks.EmailBlock(required=False, label=_("E-mail"))
    phone = blocks.CharBlock(required=False, max_length=40, label=_("Phone"))

    class Meta:
        icon = "mail"
        label = _("Contact")
        label_format = "{name}"
        description = _("Somebody to ask, in the middle of the text")
        template = "newsroom/blocks/contact.html"
        preview_template = "newsroom/blocks/preview.html"
        preview_value = {
            "name": "Ewa Lis",
            "role": "koordynatorka",
            "email": "ewa.lis@example.org",
            "phone": "42 000 00 00",
        }


class StoryBlock(blocks.StreamBlock):
    """All blocks of a story: the newsroom's own, then those that other apps registered."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        icon="pilcrow",
        label=_("Text"),
        features=TEXT_FEATURES,
        description=_("Paragraphs, lists and links"),
        template="newsroom/blocks/paragraph.html",
        preview_template="newsroom/blocks/preview.html",
        preview_value="<p>Zapraszamy gminy i organizacje do wspólnej pracy.</p>",
    )
    image = ImageBlock()
    attachments = AttachmentsBlock()
    quote = QuoteBlock()
    table = TableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            (
                "rich_text",
                blocks.RichTextBlock(required=False, features=TEXT_FEATURES, label=_("Formatted text")),
            ),
        ],
        icon="table",
        description=_("A table with a header row and a caption"),
        template="newsroom/blocks/table.html",
        preview_template="newsroom/blocks/table_preview.html",
    )
    video = VideoBlock()
    call_to_action = CallToActionBlock()
    accordion = AccordionBlock()
    contact = ContactBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        registered = [(name, factory()) for name, factory in registry.story_blocks().items()]
        super().__init__([*(local_blocks or []), *registered], **kwargs)

    class Meta:
        required = False
        label = _("Text")

    def clean(self, value: Any) -> Any:
        """Check that headings follow each other without a gap (WCAG 1.3.1): after h2 comes h2 or h3, never h4."""
        cleaned = super().clean(value)
        errors: dict[int, Exception] = {}
        allowed = 2
        for index, child in enumerate(cleaned):
            if child.block_type != "heading":
                continue
            level = int((child.value.get("level") or "h2")[1])  # a draft may lack it
            if level > allowed:
                errors[index] = StructBlockValidationError(
                    block_errors={
                        "level": ValidationError(_("This heading skips a level. Choose the next larger one."))
                    }
                )
            else:
                allowed = min(level + 1, 4)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


class StoryField(StreamField):
    """A stream field with a story in it. Registered blocks do not enter its migrations."""

    def __init__(self, block_types: Any = StoryBlock, **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, _args, kwargs = super().deconstruct()
        lookup = BlockDefinitionLookupBuilder()
        own = [
            (block_name, lookup.add_block(block))
            for block_name, block in self.stream_block.child_blocks.items()
            if block_name in StoryBlock.base_blocks
        ]
        kwargs["block_lookup"] = lookup.get_lookup_as_dict()
        return name, "wagtail.fields.StreamField", [own], kwargs
