"""Addresses of a draft's pictures and files, in whatever shows it: those that its token opens, in the place of their own."""

import html as entities
import re
from collections.abc import Callable, Mapping

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_newsroom.news.publishing.files.draft_files import DraftFiles


def draft_addresses(
    files: DraftFiles, picture_path: Callable[[str], str], document_path: Callable[[int], str]
) -> dict[str, str]:
    """The addresses of ``files`` with all sizes of pictures, each with the one that its token opens.

    ``picture_path``: from the name of a stored file, ``document_path``: from the id of a document.
    """
    sizes = get_image_model().get_rendition_model().objects.filter(image__in=files.images)
    stored = [*sizes, *get_image_model().objects.filter(pk__in=files.images)]
    documents = get_document_model().objects.filter(pk__in=files.documents)
    return {
        **{each.file.url: picture_path(each.file.name) for each in stored},
        **{each.url: document_path(each.pk) for each in documents},
    }


def change_addresses(text: str, addresses: Mapping[str, str]) -> str:
    """Replace every whole address that is a key of ``addresses``, wherever it stands: ``href``, ``srcset``, JSON.

    An address goes on with letters, digits and signs of a path: a key is not found inside a longer one.
    """
    known = {form: new for old, new in addresses.items() for form in {old, entities.escape(old)} if old}
    if not known:
        return text
    whole = "|".join(re.escape(old) for old in sorted(known, key=len, reverse=True))
    return re.sub(rf"(?:{whole})(?![\w./%~-])", lambda found: known[found[0]], text)
