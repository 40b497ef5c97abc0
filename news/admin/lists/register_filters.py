"""Filters of registers, in the way of Django's admin: one answer each, as links.

Public: other apps may import from here.
"""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, ReferenceIndex

from wagtail_newsroom.news.enums import UNREADABLE


def used_by_pages(model: type[Model]) -> Exists:
    """Condition on rows of ``model``: a page refers to them, as it is stored (drafts of live pages don't count)."""
    types = ContentType.objects.get_for_models(Page, model)
    return Exists(
        ReferenceIndex.objects.filter(
            base_content_type=types[Page],
            to_content_type=types[model],
            to_object_id=Cast(OuterRef("pk"), CharField()),
        )
    )


def used_in_some_version(model: type[Model]) -> Exists:
    """As :func:`used_by_pages`, for a file with versions: what refers to one of them shows the current one."""
    versions = model._default_manager.filter(version_group=OuterRef("version_group"))
    return Exists(versions.filter(used_by_pages(model)))


def pages_using(row: Model) -> Q:
    """Condition on pages: they refer to ``row``, as they are stored."""
    types = ContentType.objects.get_for_models(Page, type(row))
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page], to_content_type=types[type(row)], to_object_id=str(row.pk)
    )
    return Q(pk__in=[int(pk) for pk in references.values_list("object_id", flat=True).distinct()])


class YesNoFilter(SimpleListFilter):
    """One question, two answers; ``condition`` narrows the rows."""

    yes: Any = pgettext_lazy("filter", "Yes")
    no: Any = pgettext_lazy("filter", "No")

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", self.yes), ("no", self.no)]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        return self.narrow(queryset, yes=self.value() == "yes")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        """Keep the rows for which the answer is yes, or those for which it is no."""
        raise NotImplementedError


class UsedFilter(YesNoFilter):
    title = _("whether a page uses it")
    parameter_name = "used"
    yes = _("On a page")
    no = _("On no page")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return rows.filter(used=yes)


class AccessibilityFilter(YesNoFilter):
    title = _("accessibility")
    parameter_name = "findings"
    yes = _("With findings")
    no = _("Nothing found")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return rows.filter(verdict__in=UNREADABLE) if yes else rows.exclude(verdict__in=UNREADABLE)


class OutdatedFilter(YesNoFilter):
    title = _("validity")
    parameter_name = "outdated"
    yes = _("Out of date")
    no = _("Up to date")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        is_outdated = Q(valid_until__lt=timezone.localdate())
        return rows.filter(is_outdated if yes else ~is_outdated)


class CurrentVersionFilter(YesNoFilter):
    title = _("version")
    parameter_name = "superseded"
    yes = _("Replaced by a newer one")
    no = _("Current")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return rows.filter(newsroom_superseded_by__isnull=not yes)


class CollectionFilter(SimpleListFilter):
    """The collections that the person may work in; none of the others is named."""

    title = _("collection")
    parameter_name = "collection"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        policy = model_admin.permission_helper.policy
        seen = policy.collections_user_has_any_permission_for(request.user, ["add", "change", "delete", "choose"])
        return [(str(pk), name) for pk, name in seen.values_list("pk", "name")]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {pk for pk, _name in self.lookup_choices}
        return queryset.filter(collection=self.value()) if self.value() in known else queryset
