"""Who may change what the public sees: a file or a shared text on public pages is changed by whoever may publish them.

Wagtail's policies say who may change a file (its owner, say) or a snippet. Around them stands one more question, for what
public pages of the newsroom show, by themselves or through snippets. What only a host's own pages show stays as it was.

Public: other apps may import from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry, register_permission_policy
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.publishing.own_pages import own_types
from wagtail_newsroom.news.uses import Row, by_model, kind_of, pages_using, row_of, used_by, users_in, users_of
from wagtail_newsroom.news.visibility import has_versions, is_always_shown, is_withdrawn, public_pages

CHANGES = frozenset({"change", "delete"})
NAMED = 3


@dataclass(frozen=True)
class PublicUse:
    """Where the public sees something: ``pages`` of the newsroom, and whether every page shows it (a site's settings do)."""

    pages: PageQuerySet
    everywhere: bool


def public_use_of(instance: Any) -> PublicUse:
    """Find the public pages of the newsroom that show ``instance`` (a file in any version that is in force, a snippet)."""
    rows = {row_of(instance)} if instance.pk and not is_withdrawn(instance) else set()
    if rows and has_versions(type(instance)):
        rows = _versions(instance)
    users = users_of(rows)
    pages = public_pages(Page.objects.filter(pages_using(users))).type(*own_types())
    everywhere = any(is_always_shown(model) for model, _pks in by_model(set(users) - rows))
    return PublicUse(pages, everywhere)


def _versions(document: Any) -> set[Row]:
    """The versions through which the public sees ``document``: of its release, or all once it was public."""
    same = "version_group" if document.public_since else "release"
    versions = type(document)._base_manager.filter(**{same: getattr(document, same)})
    kind = kind_of(type(document)).pk
    return {(kind, str(pk)) for pk in versions.values_list("pk", flat=True)}


def may_change_in_public(user: Any, instance: Any) -> bool:
    """Whether ``user`` may publish wherever the public sees ``instance``. That is no right to change it yet.

    What every page shows, and legal texts, are for people who may publish somewhere.
    """
    if user.is_superuser:
        return True
    use = public_use_of(instance)
    if (use.everywhere or is_legal_text(instance)) and not page_permission_policy.user_has_permission(user, "publish"):
        return False
    return not _foreign(use.pages, user).exists()


def changeable_files(user: Any, files: QuerySet[Any]) -> list[Any]:
    """Those of ``files`` (of one model) that :func:`may_change_in_public` lets ``user`` change; asked once for all."""
    if user.is_superuser:
        return list(files)
    foreign = _foreign(public_pages(Page.objects.all()).type(*own_types()), user)
    free = list(files.exclude(used_by(foreign, files.model, many=True)))
    pks = {str(file.pk) for file in free}
    pairs = users_in(files.model, ReferenceIndex.objects.filter(to_object_id__in=pks), {"pk__in": pks})
    in_rows = {file for file, _user in pairs}
    return [file for file in free if row_of(file) not in in_rows or may_change_in_public(user, file)]


def refusal_to_change(user: Any, instance: Any) -> str:
    """Say why ``user`` may not change or delete ``instance``, and who may; empty where nothing public is in the way."""
    if may_change_in_public(user, instance):
        return ""
    use = public_use_of(instance)
    foreign = _foreign(use.pages, user)
    titles = list(foreign.order_by("-pk").values_list("title", flat=True)[:NAMED])
    if titles:
        count = foreign.count()
        why = ngettext(
            "“%(name)s” is shown on a public page: %(pages)s.",
            "“%(name)s” is shown on %(count)s public pages, for example: %(pages)s.",
            count,
        ) % {
            "name": instance,
            "count": count,
            "pages": ", ".join(gettext("“%(title)s”") % {"title": title} for title in titles),
        }
        people = page_permission_policy.users_with_permission_for_instance("publish", foreign.order_by("-pk").first())
    else:
        why = (
            gettext("“%(name)s” is a legal text of the newsroom.")
            if is_legal_text(instance)
            else gettext("“%(name)s” is shown on every page.")
        )
        why %= {"name": instance}
        people = page_permission_policy.users_with_permission("publish")
    return f"{why} {_who_can(people)}"


def _who_can(people: Any) -> str:
    """The end of the sentence: people who may publish, by name where there are any beside superusers."""
    named = people.filter(is_active=True, is_superuser=False).order_by("pk").distinct()[:NAMED]
    names = ", ".join(person.get_full_name() or person.get_username() for person in named)
    if not names:
        return gettext("Only people who may publish there can change or delete it. Ask an administrator.")
    return gettext("Only people who may publish there can change or delete it, for example: %(people)s.") % {
        "people": names
    }


def is_legal_text(instance: Any) -> bool:
    """Tell whether ``instance`` is of a model that says so of itself (``newsroom_legal_text``)."""
    return bool(getattr(instance, "newsroom_legal_text", False)) and bool(instance.pk)


def _foreign(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Those of ``pages`` that ``user`` may not publish."""
    own = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return pages.exclude(pk__in=own.order_by().values("pk"))


class PublicUsePolicy:
    """The policy of a model, which asks besides whether the public sees what is to be changed or deleted.

    ``within``: the policy that says the rest; without one, what is registered for the model's classes by the time it is
    asked. Lists are as that one has them: what somebody may not change, they may see still.
    """

    def __init__(self, model: type[Any], within: Any = None) -> None:
        self.model, self._within = model, within

    @property
    def within(self) -> Any:
        """The policy without the question for the public."""
        by_class = policy_registry.values_by_class  # where Wagtail and hosts put theirs, before this one or after
        found = self._within or next((by_class[each] for each in self.model.mro() if each in by_class), None)
        return found or ModelPermissionPolicy(self.model)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.within, name)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """As :class:`wagtail.permission_policies.BasePermissionPolicy` has it."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """As :class:`wagtail.permission_policies.BasePermissionPolicy` has it."""
        granted = [each for each in actions if self.within.user_has_permission_for_instance(user, each, instance)]
        if not granted or not CHANGES.issuperset(granted):
            return bool(granted)
        return may_change_in_public(user, instance)


def policy_within(model: type[Any]) -> Any:
    """The policy of ``model`` as it is without the question for the public."""
    policy = policy_registry.get_by_type(model)
    return policy.within if isinstance(policy, PublicUsePolicy) else policy


def guard_files() -> None:
    """Ask it about documents and images. Wagtail may register its own policies for them before or after."""
    guard_rows([get_document_model(), get_image_model()])


def guard_rows(models: Iterable[type[Any]]) -> None:
    """Ask it about rows of ``models``. For snippets: at the top of ``wagtail_hooks.py``, before they are registered as such."""
    for model in models:
        own = policy_registry.values_by_exact_class.get(model)
        register_permission_policy(model, PublicUsePolicy(model, own), exact_class=True)
