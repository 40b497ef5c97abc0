"""Rich text as the public gets it, on pages and in the APIs: what is hidden lends a link no address."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import LinkRewriter

from wagtail_newsroom.news.models.files.attachments import shown_documents
from wagtail_newsroom.news.rich_text import cleaned
from wagtail_newsroom.news.visibility import is_withdrawn, public_pages, restricted_collections


class PublicPageLinkHandler(PageLinkHandler):
    """A link to a page, in the language of the visit; plain words where the public may not see that page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        targets = [page.localized if page else None for page in cls.get_many(attrs_list)]
        wanted = Page.objects.filter(pk__in={page.pk for page in targets if page})
        shown = set(public_pages(wanted).values_list("pk", flat=True))
        return [_opening_tag(page.url if page and page.pk in shown else "") for page in targets]


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """A link to the current version of a document; plain words where the public may not read it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        documents = cls.get_many(attrs_list)
        shown = shown_documents(document for document in documents if document)
        current = [shown.get(document.pk) if document else None for document in documents]
        return [_opening_tag(document.url if document else "") for document in current]


class PublicImageHandler(ImageEmbedHandler):
    """A photo in the text; nothing where it may not be shown: withdrawn, or in a private collection."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        hidden = set(restricted_collections())
        tags = super().expand_db_attributes_many(attrs_list)
        return [
            "" if photo and (photo.collection_id in hidden or is_withdrawn(photo)) else tag
            for photo, tag in zip(cls.get_many(attrs_list), tags, strict=True)
        ]


HANDLERS = (PublicPageLinkHandler, PublicDocumentLinkHandler)


def register_public_links(features: Any) -> None:
    """Put our handlers in the place of Wagtail's."""
    for handler in HANDLERS:
        features.register_link_type(handler)
    features.register_embed_type(PublicImageHandler)


def _opening_tag(address: str | None) -> str:
    return f'<a href="{escape(address)}">' if address else "<a>"


# Wagtail's Markdown resolves links by the editor's converters, which know nothing of the public; ours go first.
_resolve_links = LinkRewriter(bulk_rules={each.identifier: each.expand_db_attributes_many for each in HANDLERS})


def public_rich_text(serialize: Callable[..., Any]) -> Callable[..., Any]:
    """In whatever format it leaves an API, a text is cleaned, and Markdown has the public's links, not the editor's."""

    def serialized(cls: Any, value: Any, *, format: Any, features: list[str] | None = None) -> Any:  # noqa: A002
        if isinstance(value, str):
            value = cleaned(value)
            if format == cls.FORMAT_MARKDOWN:
                value = _resolve_links(value)
        return serialize(cls, value, format=format, features=features)

    return serialized


class CleaningRewriter:
    """Wagtail's rewriter of links and embeds, for texts that were cleaned first: what it puts in is trusted."""

    def __init__(self, rewriter: Any) -> None:
        self.rewriter = rewriter

    def __call__(self, html: str) -> str:
        return str(self.rewriter(cleaned(html)))

    def extract_references(self, html: str) -> Iterator[Any]:
        return iter(self.rewriter.extract_references(html))


def cleaning_first(get_rewriter: Callable[[], Any]) -> Callable[[], Any]:
    """Put the cleaning before all that Wagtail shows of a rich text."""
    return lambda: CleaningRewriter(get_rewriter())
