"""What the public may see: the one place that decides. Every view, feed and endpoint asks here.

A page is public when it is live, not past its expiry, and neither it nor a page above it is restricted.
A file is public when a public page offers it and its collection, and every collection above, is unrestricted.
A photo whose consent was withdrawn is public nowhere, whatever shows it.
Drafts never count: Wagtail's reference index reflects what is stored as published.

Public: other apps may import from here.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex, Site
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

# Set only while one draft is rendered for a reader without an account: see reading_draft().
_documents_of_draft: ContextVar[frozenset[int]] = ContextVar("documents_of_draft", default=frozenset())
_hidden_in_draft: ContextVar[frozenset[int]] = ContextVar("hidden_in_draft", default=frozenset())


@contextmanager
def reading_draft(documents: Iterable[int], hidden_collections: Iterable[int] = ()) -> Iterator[None]:
    """Show the named documents (ids) beside the public ones, and nothing of the named collections, until it is left.

    It changes what is *shown*, never what may be fetched: links to these documents still need an address of their own.
    """
    shown = _documents_of_draft.set(frozenset(documents))
    hidden = _hidden_in_draft.set(frozenset(hidden_collections))
    try:
        yield
    finally:
        _hidden_in_draft.reset(hidden)
        _documents_of_draft.reset(shown)


def documents_of_draft() -> frozenset[int]:
    """Ids of the documents that the draft which is being rendered may show; empty on every public page."""
    return _documents_of_draft.get()


def unexpired() -> Q:
    """Condition: a page not past its expiry, even where the scheduler has not unpublished it yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def is_expired(page: Page) -> bool:
    """Tell whether the moment at which ``page`` was to be taken down has passed."""
    return page.expire_at is not None and page.expire_at <= timezone.now()


def public_pages(pages: PageQuerySet, site: Site | None = None) -> PageQuerySet:
    """Limit ``pages`` to what anybody may read; with ``site``, to pages of that site and its translations."""
    pages = pages.live().public().filter(unexpired())
    if site is not None:
        roots = site.root_page.get_translations(inclusive=True)
        under = Q(pk__in=[])
        for root in roots:
            under |= Q(path__startswith=root.path)
        pages = pages.filter(under)
    return pages


def restricted_collections() -> list[int]:
    """Ids of the collections that are restricted, themselves or through one above."""
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct()
    under = Q(pk__in=[])
    for path in paths:
        under |= Q(path__startswith=path)
    return [*Collection.objects.filter(under).values_list("pk", flat=True), *_hidden_in_draft.get()]


def is_withdrawn(file: Any) -> bool:
    """Tell whether the consent to publish the image ``file`` was withdrawn. Models that know no withdrawal hold none."""
    return getattr(file, "withdrawn_at", None) is not None


def not_withdrawn(model: type[Model], prefix: str = "") -> Q:
    """Condition on rows of ``model``, or on rows that lead to them by ``prefix`` (``"photo__"``): not withdrawn."""
    return Q(**{f"{prefix}withdrawn_at__isnull": True}) if hasattr(model, "withdrawn_at") else Q()


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _references_to(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """References to the row of ``model`` that the outer query looks at."""
    return ReferenceIndex.objects.filter(
        to_content_type=_content_type(model), to_object_id=Cast(OuterRef("pk"), CharField())
    )


def _offered_by(sources: QuerySet[Any], model: type[Model]) -> Exists:
    """Condition on rows of ``model``: some row of ``sources`` refers to them."""
    return Exists(
        _references_to(model).filter(
            base_content_type=_content_type(sources.model),
            object_id__in=sources.annotate(as_text=Cast("pk", CharField())).values("as_text"),
        )
    )


def public_files(files: QuerySet[Any], site: Site | None = None) -> QuerySet[Any]:
    """Limit documents or images to those that a public page offers from an unrestricted collection.

    Files that snippets and settings use (logos, for instance) have no page to wait for and count as offered.
    Of the versions of an offered file, these are public: the latest that took effect at once, whichever of them the page
    names, and earlier ones that were public before. A version that takes effect with its page is public, and so are
    those that followed it at once, only while a public page offers one of them.
    """
    model = files.model
    restricted = restricted_collections()
    has_versions = hasattr(model, "version_group")
    shown = _version_of_offered(model, site, restricted) if has_versions else _offered(model, site)
    return files.filter(shown).filter(not_withdrawn(model)).exclude(collection__in=restricted)


def _offered(model: type[Model], site: Site | None) -> Q:
    """Condition on rows of ``model``: a public page or a row that is no page refers to them."""
    by_page = _offered_by(public_pages(Page.objects.all(), site), model)
    elsewhere = Exists(_references_to(model).exclude(base_content_type__in=[_content_type(Page), _content_type(model)]))
    return Q(by_page) | Q(elsewhere)


def _version_of_offered(model: type[Model], site: Site | None, restricted: list[int]) -> Q:
    """As :func:`_offered`, for a model with :class:`wagtail_newsroom.news.models.files.versions.VersionMixin`: by any version of a file."""
    everything = model._default_manager.all()
    offered = everything.filter(_offered(model, site), version_group=OuterRef("version_group"))
    in_force = Exists(offered.filter(release=OuterRef("release")))
    later = everything.filter(release=OuterRef("release"), number__gt=OuterRef("number"))
    latest = ~Exists(later.exclude(collection__in=restricted))
    was_public = Q(public_since__isnull=False)
    return (Q(in_force) & (Q(latest) | was_public)) | (
        was_public & Q(Exists(offered.filter(number__gte=OuterRef("number"))))
    )


def is_public_file(file: Any) -> bool:
    """Tell whether anybody may read the document or image ``file``."""
    return public_files(type(file)._default_manager.filter(pk=file.pk)).exists()


def may_work_with(request: HttpRequest, file: Any) -> bool:
    """Tell whether the visitor is somebody who may change or choose this very document or image.

    A withdrawn photo is chosen by nobody: only those who may change it see what was kept of it.
    Nobody without a session is asked who they are: the question alone would add ``Vary: Cookie`` to the answer.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    user = request.user
    policy = policy_registry.get_by_type(type(file))
    uses = ("change",) if is_withdrawn(file) else ("change", "choose")
    return any(policy.user_has_permission_for_instance(user, action, file) for action in uses)
