"""Who may name what: the one place that says whether somebody may refer to a page, a file or another row.

Whoever names a thing by its id must be able to find it in Wagtail: explore the page or read it in public, choose or
change the file. What such a person may not find is told as little as what does not exist: no title, no file name, no
description. What a version refers to already stays in it, and is shown as :data:`UNSEEN` to who may not see it.

Rows of other kinds (snippets) are as open as their choosers, which list them for everybody who works in the admin,
unless a policy of the host or of another app tells row from row.

Public: other apps may import from here.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import CollectionMember, Page, ReferenceIndex
from wagtail.permission_policies import BlanketPermissionPolicy, ModelPermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.visibility import public_files, public_pages

# What stands in the place of a title, a file name or a description.
UNSEEN = _("an item that you may not see")

USES_OF_FILES = ("choose", "change", "delete")
RIGHTS = ("view", "change", "delete", "choose")

# A thing by the first model of its kind and its id as text: a news item is named as a page.
Named = tuple[type[Model], str]

CACHE = "_newsroom_seen"


def reader() -> Any:
    """The person who works in the admin at this moment; ``None`` on public pages, in commands and in the scheduler."""
    return get_active_log_context().user


def named(model: type[Model], pk: Any) -> Named:
    """The row ``pk`` of ``model``, by the first model of its kind."""
    concrete = model._meta.concrete_model or model
    return (concrete._meta.get_parent_list() or [concrete])[-1], str(pk)


def seen_pages(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Limit ``pages`` to the sections in which ``user`` works, the way to them, and what the public may read."""
    if user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user).order_by().values("pk")
    public = public_pages(Page.objects.all()).order_by().values("pk")
    return pages.filter(Q(pk__in=own) | Q(pk__in=public) | Q(depth=1))


def nameable(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Limit ``rows`` of whatever model to those that ``user`` may refer to."""
    model = rows.model
    if user.is_superuser and user.is_active:
        return rows
    if issubclass(model, Page):
        return rows.filter(pk__in=seen_pages(Page.objects.all(), user).order_by().values("pk"))
    policy = policy_registry.get_by_type(model)
    if issubclass(model, CollectionMember):
        own = policy.instances_user_has_any_permission_for(user, USES_OF_FILES)
    elif isinstance(policy, ModelPermissionPolicy | BlanketPermissionPolicy):
        return rows
    else:
        own = policy.instances_user_has_any_permission_for(user, RIGHTS)
    return rows.filter(pk__in=own.order_by().values("pk"))


def not_nameable(things: Iterable[Named], user: Any) -> set[Named]:
    """Those of ``things`` that are there and that ``user`` may not refer to."""
    things = set(things)
    rest = things - _kept(things, lambda rows: nameable(rows, user))
    return _kept(rest, lambda rows: rows)


def unseen(things: Iterable[Named], user: Any) -> set[Named]:
    """Those of ``things`` of which ``user`` is told nothing, neither in forms nor in findings; nobody: all is told.

    Shown is what one may refer to, a file that anybody may read, and a page that one has to approve.
    """
    if user is None or user.is_superuser:
        return set()
    rest = not_nameable(things, user)
    rest -= _kept({thing for thing in rest if issubclass(thing[0], CollectionMember)}, public_files)
    return {thing for thing in rest if not (issubclass(thing[0], Page) and _may_edit(user, thing[1]))}


def is_unseen(thing: Model, user: Any) -> bool:
    """Tell whether ``user`` is told nothing of the row ``thing``. Remembered for the request, as Wagtail's rights are."""
    if user is None or user.is_superuser:
        return False
    known: dict[Named, bool] | None = getattr(user, CACHE, None)
    if known is None:
        known = {}
        setattr(user, CACHE, known)
    key = named(type(thing), thing.pk)
    if key not in known:
        known[key] = bool(unseen({key}, user))
    return known[key]


def title_for(thing: Model, user: Any) -> str:
    """What ``user`` is told the row ``thing`` is called."""
    return str(UNSEEN) if is_unseen(thing, user) else str(thing)


def references_of(thing: Any) -> set[Named]:
    """What the row ``thing``, as a draft or a form has it, refers to in its fields, its rows and its texts."""
    found = set()
    for kind, pk, *_path in ReferenceIndex._extract_references_from_object(thing):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            found.add(named(model, pk))
    return found


def unseen_collections(draft: Any, user: Any) -> set[int]:
    """Ids of the collections of those photos of ``draft`` that ``user`` is not shown."""
    model = get_image_model()
    photos = {thing for thing in references_of(draft) if thing[0] is named(model, 0)[0]}
    hidden = [pk for _model, pk in unseen(photos, user)]
    return set(model._default_manager.filter(pk__in=hidden).values_list("collection", flat=True)) if hidden else set()


def _kept(things: set[Named], limit: Any) -> set[Named]:
    """Those of ``things`` that the function ``limit`` leaves in a query for their rows: one for each kind."""
    kept: set[Named] = set()
    for model in {model for model, _pk in things}:
        ids = {pk: key for kind, pk in things if kind is model and (key := _key(model, pk)) is not None}
        found = set(limit(model._base_manager.filter(pk__in=ids.values())).values_list("pk", flat=True)) if ids else ()
        kept |= {(model, pk) for pk, key in ids.items() if key in found}
    return kept


def _key(model: type[Model], pk: str) -> Any:
    """``pk`` as the database keeps it; ``None`` for what can be no id."""
    try:
        return model._meta.pk.clean(pk, None)
    except ValidationError:
        return None


def _may_edit(user: Any, pk: str) -> bool:
    page = Page.objects.filter(pk=_key(Page, pk)).first()
    return page is not None and page.permissions_for_user(user).can_edit()
