"""The three groups of a newsroom, what they may do, and the way from a draft to the public.

Setting up can be repeated without harm. It touches the newsroom's own groups only; permissions that somebody
added to them by hand stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from wagtail_newsroom.news.models.workflow.moderation import ApprovalTask
from wagtail_newsroom.news.publishing.approval.moderation import convert_stock_task
from wagtail_newsroom.news.publishing.own_pages import is_below, list_types, newsroom_lists
from wagtail_newsroom.news.signals import newsroom_set_up
from wagtail_newsroom.news.switches import is_on

EDITORS = "Newsroom editors"
PUBLISHERS = "Newsroom publishers"
ADMINISTRATORS = "Newsroom administrators"
WORKFLOW = gettext_noop("Newsroom approval")
TASK = gettext_noop("Approval by a publisher")

SNIPPETS = ("topic", "person", "venue", "organisation", "project", "informationclause")
SETTINGS = ("newsroomsettings", "sitetexts")
# With models of our own, Wagtail's permissions stay on its stock models.
LIBRARIES = (("wagtaildocs", "document"), ("wagtailimages", "image"))


# Everybody prepares bundles; who may publish all pages of one publishes it.
BUNDLES = tuple(("newsroom", f"{verb}_bundle") for verb in ("add", "change", "delete", "view"))


# Publishers and administrators answer requests for accessible versions; nobody deletes one.
REQUESTS = tuple(("newsroom", f"{verb}_accessrequest") for verb in ("view", "change"))


# Publishers and administrators see what visitors miss, and recommend something for it.
SEARCHES = (
    *(("newsroom", f"{verb}_missedsearch") for verb in ("view", "delete")),
    *(("wagtailsearchpromotions", f"{verb}_searchpromotion") for verb in ("add", "change", "delete")),
)


# Where messages about changes are sent to, and with which secret, is the administrators' business.
WEBHOOKS = tuple(("newsroom", f"{verb}_webhook") for verb in ("add", "change", "delete", "view"))


# Administrators let another front end read drafts.
FRONT_ENDS = tuple(("newsroom", f"{verb}_frontendtoken") for verb in ("add", "change", "delete", "view"))


# Everybody translates what they may edit, to where they may add.
TRANSLATION = (("simple_translation", "submit_translation"),)


# Rights that go with a part that a host may switch off.
RIGHTS_OF_PARTS = {"BUNDLES": BUNDLES, "ACCESS_REQUESTS": REQUESTS, "SHARING": FRONT_ENDS}


@dataclass(frozen=True)
class Role:
    """A group and what it may do. Verbs are Django's (add, change, delete, view) and Wagtail's (publish, choose)."""

    name: str
    on_pages: tuple[str, ...]
    on_library: tuple[str, ...]
    on_snippets: tuple[str, ...]
    on_settings: tuple[str, ...] = ()
    on_site: tuple[tuple[str, str], ...] = ()  # given only when asked for: they reach beyond the newsroom's pages
    extra: tuple[tuple[str, str], ...] = field(default=())


ROLES = (
    Role(EDITORS, ("add",), ("add", "choose"), ("add", "change", "view"), extra=(*BUNDLES, *TRANSLATION)),
    Role(
        PUBLISHERS,
        ("add", "change", "publish", "lock", "unlock"),
        ("add", "change", "choose"),
        ("add", "change", "view"),
        # With "add" alone people have deputies of their own: see wagtail_newsroom.news.admin.moderation.deputies.
        extra=(("newsroom", "add_deputy"), *BUNDLES, *REQUESTS, *SEARCHES, *TRANSLATION),
    ),
    Role(
        ADMINISTRATORS,
        ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
        ("add", "change", "choose"),
        ("add", "change", "delete", "view"),
        ("add", "change", "delete", "view"),
        on_site=(
            ("wagtailcore", "add_collection"),
            ("wagtailcore", "change_collection"),
            ("wagtailcore", "delete_collection"),
            ("wagtailredirects", "add_redirect"),
            ("wagtailredirects", "change_redirect"),
            ("wagtailredirects", "delete_redirect"),
            ("wagtailcore", "change_site"),
        ),
        extra=(
            ("newsroom", "add_deputy"),
            ("newsroom", "change_deputy"),
            ("newsroom", "delete_deputy"),
            ("newsroom", "view_deputy"),
            *BUNDLES,
            *REQUESTS,
            *FRONT_ENDS,
            *SEARCHES,
            *TRANSLATION,
            *WEBHOOKS,
        ),
    ),
)


@transaction.atomic
def set_up_roles(
    pages: Iterable[Page] | None = None, *, workflow: bool = True, site_rights: bool = False
) -> dict[str, Group]:
    """Create or complete the groups, their permissions and the workflow. Returns the groups by name.

    ``pages``: where in the tree the groups work, each with what stands below it; without it the newsroom's lists on the
    default site. No other page is touched. ``workflow``: whether what editors submit there goes to the publishers.
    ``site_rights``: whether administrators look after collections, redirects and sites, the host's too.
    """
    chosen = newsroom_lists() if pages is None else list(pages)
    groups = {role.name: _set_up_group(role, chosen, site_rights=site_rights) for role in ROLES}
    if workflow:
        _set_up_workflow([groups[PUBLISHERS], groups[ADMINISTRATORS]], chosen)
    newsroom_set_up.send(sender=set_up_roles, groups=groups)
    return groups


def role_names() -> list[str]:
    """The names of the newsroom's groups."""
    return [role.name for role in ROLES]


def newsroom_workflows() -> QuerySet[Workflow]:
    """The workflow that set-up made, called by its name in whichever language."""
    return Workflow.objects.filter(name__in=_names(WORKFLOW))


def take_in_new_list(page: Page) -> None:
    """Let the groups work on a list that was just made, where set-up gave them the lists of its site.

    Not before set-up, nor where the groups were given other pages by hand or with ``--under``.
    """
    given = GroupPagePermission.objects.filter(group__name__in=role_names())
    places = list(Page.objects.filter(pk__in=given.values("page")))
    lists = {each.pk for each in Page.objects.type(*list_types()).filter(pk__in=[place.pk for place in places])}
    if is_below(page, places) or any(place.pk not in lists for place in places):
        return
    groups = {group.name: group for group in Group.objects.filter(name__in=role_names())}
    if len(groups) < len(ROLES) or page.pk not in {each.pk for each in newsroom_lists()}:
        return
    for role in ROLES:
        _give_pages(role, groups[role.name], [page])
    workflow = newsroom_workflows().filter(active=True).first()
    if workflow is not None:
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def take_in_saved_list(sender: Any, instance: Page, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A receiver of ``post_save`` of lists."""
    if created and not raw:
        take_in_new_list(instance)


def _set_up_group(role: Role, pages: list[Page], *, site_rights: bool) -> Group:
    group, _created = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*_model_permissions(role))
    if site_rights:
        group.permissions.add(*_existing(role.on_site))
    _give_pages(role, group, pages)
    root = Collection.get_first_root_node()
    for app_label, model in LIBRARIES:
        for permission in _needed([(app_label, f"{verb}_{model}") for verb in role.on_library]):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    return group


def _give_pages(role: Role, group: Group, pages: list[Page]) -> None:
    for permission in _needed([("wagtailcore", f"{verb}_page") for verb in role.on_pages]):
        for page in pages:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _model_permissions(role: Role) -> list[Permission]:
    wanted = [("wagtailadmin", "access_admin")]
    wanted += [("newsroom", f"{verb}_{model}") for model in SNIPPETS for verb in role.on_snippets]
    wanted += [("newsroom", f"{verb}_{model}") for model in SETTINGS for verb in role.on_settings]
    off = {right for part, rights in RIGHTS_OF_PARTS.items() if not is_on(part) for right in rights}
    wanted += [right for right in role.extra if right not in off]
    return list(_existing(wanted))


def _existing(wanted: Iterable[tuple[str, str]]) -> Iterable[Permission]:
    """Permissions by app and codename; those of apps that a host left out are passed over."""
    codenames: dict[str, list[str]] = {}
    for app_label, codename in wanted:
        codenames.setdefault(app_label, []).append(codename)
    for app_label, asked in codenames.items():
        yield from Permission.objects.filter(content_type__app_label=app_label, codename__in=asked)


def _needed(wanted: list[tuple[str, str]]) -> list[Permission]:
    """As :func:`_existing`. Raises ``Permission.DoesNotExist`` where one is missing: the database is not migrated yet."""
    found = list(_existing(wanted))
    if len(found) < len(wanted):
        missing = set(wanted) - {(each.content_type.app_label, each.codename) for each in found}
        raise Permission.DoesNotExist(f"Missing permissions: {sorted(missing)}. Run the migrations first.")
    return found


def _set_up_workflow(approvers: list[Group], pages: list[Page]) -> Workflow:
    """A page that somebody gave another workflow keeps it. Editors read the workflow's name on a button, so it is called in the site's own language."""
    workflow = newsroom_workflows().first()
    if workflow is None:
        with translation.override(settings.LANGUAGE_CODE):
            workflow = Workflow.objects.create(name=gettext(WORKFLOW))
            task = ApprovalTask.objects.create(name=gettext(TASK))
        task.groups.set(approvers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    else:
        convert_stock_task(workflow)
    for page in pages:
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    return workflow


def _names(source: str) -> set[str]:
    """What ``source`` is called in each language of the site."""
    names = {source}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names.add(gettext(source))
    return names
