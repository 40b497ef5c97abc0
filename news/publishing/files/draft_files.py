"""Which pictures and files a shared draft may show: those that it refers to, as far as its sharer may use them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.uses import Row, named_many, used_through
from wagtail_newsroom.news.visibility import not_withdrawn, public_files, restricted_collections


@dataclass(frozen=True)
class DraftFiles:
    """Ids of the images and documents of one draft that its readers may have.

    ``hidden_collections``: collections of files that the draft names though the person who shared it could not have
    chosen them there; nothing of these is shown.
    """

    images: frozenset[int]
    documents: frozenset[int]
    hidden_collections: frozenset[int]


def files_of_draft(draft: Page, sharer: Any) -> DraftFiles:
    """Find the files that ``draft`` (a page as its latest revision has it) and its snippets refer to and ``sharer`` may choose.

    Whoever edits a page may put the id of any file into a crafted form; a link to the draft must not turn that into
    a way to read it. What is public anyway stays in; what lies in a private collection stays out.
    """
    found = {(to, pk) for to, pk, *_path in ReferenceIndex._extract_references_from_object(draft)}
    shown = used_through(found | named_many(draft))
    images, foreign_images = _readable(get_image_model(), shown, sharer)
    documents, foreign_documents = _readable(get_document_model(), shown, sharer)
    return DraftFiles(images, documents, foreign_images | foreign_documents)


def _readable(model: Any, references: set[Row], sharer: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the files that may be shown, and of the collections of those that may not be."""
    kind = ContentType.objects.get_for_model(model).pk
    named = model.objects.filter(not_withdrawn(model), pk__in={int(pk) for to, pk in references if to == kind})
    named = dict(named.values_list("pk", "collection_id"))
    if not named:
        return frozenset(), frozenset()
    usable = set(public_files(model.objects.filter(pk__in=named)).values_list("pk", flat=True))
    own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(sharer, ["choose", "change"])
    usable |= set(own.filter(pk__in=named).values_list("pk", flat=True))
    restricted = set(restricted_collections())
    foreign = frozenset(collection for pk, collection in named.items() if pk not in usable)
    return (
        frozenset(pk for pk in usable if named[pk] not in restricted and named[pk] not in foreign),
        foreign - restricted,
    )
