"""Deputies in the admin: publishers name who approves in their place, administrators see and change all."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import OwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.models import Deputy


class PersonField(forms.ModelChoiceField):
    """One of the people who work in the admin, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.get_full_name() or obj.get_username()


class DeputyForm(WagtailAdminModelForm):
    """Publishers write about themselves; only administrators choose whose deputy it is."""

    class Meta:
        model = Deputy
        fields = ["publisher", "deputy", "first_day", "last_day"]
        widgets = {"first_day": TypedDateInput, "last_day": TypedDateInput}
        field_classes = {"publisher": PersonField, "deputy": PersonField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publisher", "deputy"):
            self.fields[name].queryset = people_of_the_admin()
        if not manages_all(self.for_user):
            del self.fields["publisher"]
            self.instance.publisher = self.for_user


def people_of_the_admin() -> QuerySet[Any]:
    """Active people who may sign in to the admin."""
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    users = get_user_model()._default_manager.filter(is_active=True)
    may = Q(groups__permissions__in=access) | Q(user_permissions__in=access) | Q(is_superuser=True)
    return users.filter(may).distinct().order_by("last_name", "first_name", get_user_model().USERNAME_FIELD)


def manages_all(user: Any) -> bool:
    """Tell whether ``user`` manages the deputies of everybody."""
    return bool(user.has_perm("newsroom.change_deputy"))


def stands_in_today(deputy: Deputy) -> Any:
    """How a deputy stands today, in a word or two."""
    today: dt.date = timezone.localdate()
    if today < deputy.first_day:
        return pgettext_lazy("deputy", "not yet")
    return pgettext_lazy("deputy", "over") if today > deputy.last_day else pgettext_lazy("deputy", "on duty")


class OwnRowMixin:
    """A view of one deputy, for whoever may change that very one: Wagtail's views ask about the model only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = get_object_or_404(Deputy, pk=kwargs["pk"])
        if not policy_registry.get_by_type(Deputy).user_has_permission_for_instance(request.user, "change", row):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view's
        return answer


class DeputyList(generic.IndexView):
    """One's own deputies; those of everybody for whoever manages all."""

    def get_base_queryset(self) -> QuerySet[Deputy]:
        policy = policy_registry.get_by_type(Deputy)
        rows: QuerySet[Deputy] = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return rows.select_related("publisher", "deputy")


class EditDeputy(OwnRowMixin, generic.EditView):
    pass


class DeleteDeputy(OwnRowMixin, generic.DeleteView):
    pass


class DeputyHistory(OwnRowMixin, history.HistoryView):
    pass


class DeputyUsage(OwnRowMixin, usage.UsageView):
    pass


class DeputyViewSet(ModelViewSet):
    """With the permission to add one manages one's own deputies, with the one to change those of everybody."""

    model = Deputy
    name = "newsroom_deputies"
    icon = "group"
    menu_label = _("Deputies")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = DeputyList
    edit_view_class = EditDeputy
    delete_view_class = DeleteDeputy
    history_view_class = DeputyHistory
    usage_view_class = DeputyUsage
    list_display = ["__str__", "first_day", "last_day", Column(stands_in_today, label=_("Today"))]

    def get_form_class(self, for_update: bool = False) -> type[DeputyForm]:
        return DeputyForm


register_permission_policy(Deputy, OwnershipPermissionPolicy(Deputy, owner_field_name="publisher"))
