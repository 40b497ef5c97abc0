"""What the public may see: the one place that decides. Every view, feed and endpoint asks here.

A page is public when it is live, not past its expiry, and neither it nor a page above it is restricted.
A file is public when something published shows it and its collection, and every collection above, is unrestricted: a
public page, the settings of a site, or a snippet that one of these shows. What a snippet names that nothing shows is not.
A photo whose consent was withdrawn is public nowhere, whatever shows it.
Drafts never count: Wagtail's reference index reflects what is stored as published.

Public: other apps may import from here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.caching import is_known_visitor
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.once import once
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.registry.shown import is_shown_everywhere
from wagtail_newsroom.news.site_tree import closed_paths, tree_of
from wagtail_newsroom.news.uses import Row, by_model, drafts_among, kind_of, live_rows, used_by, users_in, users_of

_QUERIES = PreparedQueries()
# More rows than this are looked up together.
SEVERAL = 20

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


def unexpired(now: dt.datetime | None = None) -> Q:
    """Condition: a page not past its expiry (at ``now``), even where the scheduler has not unpublished it yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now())


def is_expired(page: Page) -> bool:
    """Tell whether the moment at which ``page`` was to be taken down has passed."""
    return page.expire_at is not None and page.expire_at <= timezone.now()


def public_pages(pages: PageQuerySet, site: Site | None = None, now: dt.datetime | None = None) -> PageQuerySet:
    """Limit ``pages`` to what anybody may read (at ``now``); with ``site``, to pages of that site and its translations."""
    closed = tree_of(site).closed if site is not None else closed_paths()
    pages = pages.live().filter(unexpired(now))
    for path in closed:
        pages = pages.exclude(path__startswith=path)
    if site is not None:
        under = Q(pk__in=[])
        for root in tree_of(site).homes:
            under |= Q(path__startswith=root.path)
        pages = pages.filter(under)
    return pages


def key_of_public(site: Site | None) -> tuple[Any, ...]:
    """What :func:`public_pages` hangs on beside the moment, for a query that is built once and asked many times."""
    if site is None:
        return closed_paths()
    tree = tree_of(site)
    return (tree.closed, tuple(home.path for home in tree.homes))


def restricted_collections() -> list[int]:
    """Ids of the collections that are restricted, themselves or through one above."""
    key = ("closed collections",)
    return [*once(key, lambda: remembered(key, _read_closed_collections)), *_hidden_in_draft.get()]


def _collection_rows(_now: dt.datetime) -> QuerySet[Any]:
    return Collection.objects.order_by("path").values("pk", "path", "view_restrictions")


def _read_closed_collections() -> tuple[int, ...]:
    found: dict[int, None] = {}
    closed = ""
    for row in _QUERIES.all_rows("collections", _collection_rows, timezone.now()):
        pk, path, restriction = row["pk"], row["path"], row["view_restrictions"]
        if restriction is not None and not (closed and path.startswith(closed)):
            closed = path
        if closed and path.startswith(closed):
            found[pk] = None
    return tuple(found)


def is_withdrawn(file: Any) -> bool:
    """Tell whether the consent to publish the image ``file`` was withdrawn. Models that know no withdrawal hold none."""
    return getattr(file, "withdrawn_at", None) is not None


def not_withdrawn(model: type[Model], prefix: str = "") -> Q:
    """Condition on rows of ``model``, or on rows that lead to them by ``prefix`` (``"photo__"``): not withdrawn."""
    return Q(**{f"{prefix}withdrawn_at__isnull": True}) if hasattr(model, "withdrawn_at") else Q()


def showable_files(files: QuerySet[Any]) -> QuerySet[Any]:
    """Limit documents or images to those that a public page may show: not withdrawn, in no restricted collection.

    For files that are reached from what is public already; it asks nothing but the one query.
    """
    return files.filter(may_be_shown(files.model))


def may_be_shown(model: type[Model], prefix: str = "") -> Q:
    """As :func:`showable_files`, the condition: on rows of ``model``, or on rows that lead to them by ``prefix`` (``"photo__"``)."""
    return not_withdrawn(model, prefix) & ~Q(**{f"{prefix}collection__in": _closed_collections()})


def public_files(files: QuerySet[Any], site: Site | None = None) -> QuerySet[Any]:
    """Limit documents or images to those that something published shows, from an unrestricted collection.

    That is a public page, a site's settings, or a snippet (whose logo it is, say) that one of these shows, at any depth.
    Of the versions of a shown file, these are public: the latest that took effect at once, whichever of them the page
    names, and earlier ones that were public before. A version that takes effect with its page is public, and so are
    those that followed it at once, only while a public page offers one of them.
    """
    shown = shown_anywhere(files.model, public_pages(Page.objects.all(), site), site)
    return _offered(files, shown, restricted_collections())


def versions_of(model: type[Model], pks: Iterable[Any], shown: Q) -> QuerySet[Any]:
    """The files ``pks`` of ``model`` with all their versions, oldest first; ``is_public`` says which the public may read.

    ``shown``: condition on the files that something published shows: those of a public page that is being read
    (``Q(pk__in=…)``), or :func:`shown_anywhere`. One query.
    """
    files = model._default_manager.filter(pk__in=set(pks))
    if has_versions(model):
        files = model._default_manager.filter(version_group__in=files.order_by().values("version_group"))
    offered = ExpressionWrapper(_offer(model, shown, _closed_collections()), output_field=BooleanField())
    return files.annotate(is_public=offered).order_by(*(("number", "pk") if has_versions(model) else ("pk",)))


def offered_files(files: QuerySet[Any], shown: Q) -> QuerySet[Any]:
    """As :func:`public_files`, where ``shown`` is the condition on those that something published shows. No query."""
    return files.filter(_offer(files.model, shown, _closed_collections()))


def shown_files(model: type[Model], site: Site | None = None) -> set[Any]:
    """Primary keys of the files of ``model`` that something published shows, in whatever version. For :func:`versions_of`."""
    pages = public_pages(Page.objects.all(), site)
    named = model._default_manager.filter(used_by(pages, model, many=True)).order_by()
    return {*named.values_list("pk", flat=True), *files_of_rows(model, pages, site)}


def shown_anywhere(model: type[Model], pages: QuerySet[Any], site: Site | None = None) -> Q:
    """Condition on files of ``model``: one of ``pages``, all of which are public, shows them, or what these show."""
    return Q(pk__in=files_of_rows(model, pages, site)) | used_by(pages, model)


def hidden_collections() -> frozenset[int]:
    """Ids of the collections of which the draft that is being rendered may show nothing; empty on every public page."""
    return _hidden_in_draft.get()


def _closed_collections() -> QuerySet[Any]:
    """As :func:`restricted_collections`, asked within the query that needs it."""
    restrictions = CollectionViewRestriction.objects.annotate(
        kept_in=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    closed = Q(Exists(restrictions.filter(kept_in__startswith=F("collection__path"))))
    return Collection.objects.filter(closed | Q(pk__in=_hidden_in_draft.get())).order_by().values("pk")


def is_public_file(file: Any) -> bool:
    """Tell whether anybody may read the document or image ``file``."""
    return _is_offered(file, public_pages(Page.objects.all()), restricted_collections())


def may_read(request: HttpRequest, file: Any) -> bool:
    """Tell whether the visitor passes the restrictions under which ``file`` is shown, as a member of a closed area does.

    Those of its collection, and of a live page that shows it (password, log-in, group: what Wagtail's restrictions ask).
    Nobody without a session is asked who they are.
    """
    if not is_known_visitor(request):
        return False
    pages = Page.objects.live().filter(unexpired())
    for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
        if not restriction.accept_request(request):
            pages = pages.exclude(path__startswith=restriction.page.path)
    closed = Q(pk__in=[])
    for restriction in CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups"):
        if not restriction.accept_request(request):
            closed |= Q(path__startswith=restriction.collection.path)
    return _is_offered(file, pages, list(Collection.objects.filter(closed).values_list("pk", flat=True)))


def _is_offered(file: Any, pages: QuerySet[Any], closed: list[int]) -> bool:
    """Whether one of ``pages`` shows ``file``, itself or through rows, from a collection that is not ``closed``."""
    model = type(file)
    files = model._default_manager.filter(pk=file.pk)
    if _offered(files, used_by(pages, model), closed).exists():
        return True
    versions = model._default_manager.filter(version_group=file.version_group) if has_versions(model) else files
    shown = files_of_rows(model, pages, None, versions)
    return bool(shown) and _offered(files, Q(pk__in=shown), closed).exists()


def has_versions(model: type[Model]) -> bool:
    """Tell whether files of ``model`` have versions."""
    return hasattr(model, "version_group")


def _offered(files: QuerySet[Any], shown: Q, closed: list[int]) -> QuerySet[Any]:
    """Those of ``files`` that are offered where ``shown`` is the condition on a file that something published names."""
    return files.filter(_offer(files.model, shown, closed))


def _offer(model: type[Model], shown: Q, closed: Any) -> Q:
    """As :func:`_offered`, the condition. ``closed``: ids of collections, or the query for them."""
    if has_versions(model):
        shown = _version_of_shown(model, shown, closed)
    return shown & not_withdrawn(model) & ~Q(collection__in=closed)


def files_of_rows(
    model: type[Model], pages: QuerySet[Any], site: Site | None, files: QuerySet[Any] | None = None
) -> set[Any]:
    """Primary keys of the files (of ``files``, or all) that a row shows which is no page, and is shown itself."""
    references, chosen = ReferenceIndex.objects.all(), {}
    if files is not None:
        chosen = {"pk__in": files.values("pk")}
        references = references.filter(
            to_object_id__in=files.annotate(as_text=Cast("pk", CharField())).values("as_text")
        )
    pairs = list(users_in(model, references, chosen))
    shown = _shown_rows({user for _file, user in pairs}, pages, site)
    return {model._meta.pk.to_python(file[1]) for file, user in pairs if user in shown}


def shown_rows(rows: set[Row], site: Site | None = None) -> set[Row]:
    """Those of ``rows`` (no pages) that the public sees: a public page, or settings, show them, at any depth."""
    return _shown_rows(rows, public_pages(Page.objects.all(), site), site)


def _shown_rows(rows: set[Row], pages: QuerySet[Any], site: Site | None) -> set[Row]:
    """As :func:`shown_rows`, shown by ``pages``."""
    rows = rows - drafts_among(rows)
    if not rows:
        return set()
    users = users_of(rows)
    used: dict[Row, set[Row]] = defaultdict(set)
    for row, each in users.items():
        for user in each:
            used[user].add(row)
    ahead = _first_shown(set(users), pages, site)
    found: set[Row] = set()
    while ahead:
        found |= ahead
        ahead = {row for user in ahead for row in used[user]} - found
    return found & rows


def _first_shown(rows: set[Row], pages: QuerySet[Any], site: Site | None) -> set[Row]:
    """Those of ``rows`` that are shown without another row between: named by one of ``pages``, or on every page."""
    found: set[Row] = set()
    for model, pks in by_model(rows):
        shown = live_rows(model).filter(pk__in=pks)
        if not is_always_shown(model):
            shown = shown.filter(used_by(pages, model, many=len(pks) > SEVERAL))
        elif site is not None and issubclass(model, BaseSiteSetting):
            shown = shown.filter(site=site)
        found |= {(kind_of(model).pk, str(pk)) for pk in shown.values_list("pk", flat=True)}
    return found


def is_always_shown(model: type[Model]) -> bool:
    """Tell whether rows of ``model`` are public by themselves: settings of sites, and what was registered as such."""
    return issubclass(model, BaseSiteSetting | BaseGenericSetting) or is_shown_everywhere(model)


def _version_of_shown(model: type[Model], shown: Q, restricted: Any) -> Q:
    """As ``shown``, for a model with :class:`wagtail_newsroom.news.models.files.versions.VersionMixin`: by any version of a file."""
    everything = model._default_manager.all()
    offered = everything.filter(shown, version_group=OuterRef("version_group"))
    in_force = Exists(offered.filter(release=OuterRef("release")))
    later = everything.filter(release=OuterRef("release"), number__gt=OuterRef("number"))
    latest = ~Exists(later.exclude(collection__in=restricted))
    was_public = Q(public_since__isnull=False)
    return (Q(in_force) & (Q(latest) | was_public)) | (
        was_public & Q(Exists(offered.filter(number__gte=OuterRef("number"))))
    )


def may_work_with(request: HttpRequest, file: Any) -> bool:
    """Tell whether the visitor is somebody who may change or choose this very document or image.

    A withdrawn photo is chosen by nobody: only those who may change it see what was kept of it.
    Nobody without a session is asked who they are: the question alone would add ``Vary: Cookie`` to the answer.
    """
    if not is_known_visitor(request) or not request.user.is_authenticated:
        return False
    user = request.user
    policy = policy_registry.get_by_type(type(file))
    uses = ("change",) if is_withdrawn(file) else ("change", "choose")
    return any(policy.user_has_permission_for_instance(user, action, file) for action in uses)
