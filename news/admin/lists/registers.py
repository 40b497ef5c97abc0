"""Registers of plain rows in the admin: what wagtail-modeladmin does well (columns, filters, export, a page to look at),
with Wagtail's own permissions and Wagtail's own forms.

ModelAdmin knows nothing of collections: it would list every row to everybody who may change one. So a register asks
Wagtail's policy for the rows that a person may see, guards the page of each row by the same question, and sends
adding, changing and deleting to Wagtail's own views.

Public: other apps may import from here.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote as admin_quote
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, QuerySet
from django.forms import Media
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_modeladmin.helpers import AdminURLHelper, ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import HistoryView, IndexView, InspectView

from wagtail_newsroom.news.admin.lists.register_filters import pages_using, used_by_pages
from wagtail_newsroom.news.publishing.public_use import policy_within
from wagtail_newsroom.news.search.typed import searchable

PAGES_SHOWN = 50
SEEN_WITH = ("add", "change", "delete", "choose")


class PolicyPermissionHelper(PermissionHelper):
    """What a person may do with rows, as Wagtail's own views would answer.

    Whether the public sees a row is not asked for each line of a list: the form says so before it opens.
    """

    @property
    def policy(self) -> Any:
        return policy_within(self.model)

    def get_all_model_permissions(self) -> QuerySet[Permission]:
        """None: permissions on files stay where Wagtail keeps them, on its stock models."""
        return Permission.objects.none()

    def user_can_list(self, user: Any) -> bool:
        return bool(user.is_active and self.policy.user_has_any_permission(user, set(SEEN_WITH)))

    def user_can_create(self, user: Any) -> bool:
        return bool(self.policy.user_has_permission(user, "add"))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.inspect_view_enabled and self.may(user, SEEN_WITH, obj)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return self.may(user, ("change",), obj)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return self.may(user, ("delete",), obj)

    def may(self, user: Any, actions: Iterable[str], obj: Any) -> bool:
        """Whether ``user`` may do one of ``actions`` to this very row."""
        return bool(self.policy.user_has_any_permission_for_instance(user, list(actions), obj))


class CoreURLHelper(AdminURLHelper):
    """Adding, changing and deleting happen in Wagtail's own views; the list is where they lead back to."""

    core_names: dict[str, str] = {}

    def get_action_url(self, action: str, *args: Any, **kwargs: Any) -> str:
        name = self.core_names.get(action)
        if name is None:
            return super().get_action_url(action, *args, **kwargs)
        url = reverse(name, args=args, kwargs=kwargs)
        return url if action == "create" else f"{url}?{urlencode({'next': self.index_url})}"

    def get_action_url_name(self, action: str) -> str:
        return self.core_names.get(action) or super().get_action_url_name(action)


class GuardedMixin:
    """Each row's own page asks about this very row; a row that may not be seen is a row that is not there."""

    instance: Any
    permission_helper: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated or not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        policy = policy_registry.get_by_type(type(self.instance))
        if not policy.user_has_any_permission_for_instance(request.user, list(SEEN_WITH), self.instance):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view it is mixed into


class RegisterPage:
    """Wagtail's furniture (path, title, buttons) around a view of wagtail-modeladmin."""

    def furniture(self, view: Any, *, subtitle: str = "", buttons: Iterable[Any] = ()) -> dict[str, Any]:
        """What ``wagtailadmin/generic/base.html`` needs."""
        title = str(view.model_admin.get_menu_label())
        path = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": view.index_url, "label": title}]
        if subtitle:
            path.append({"url": "", "label": subtitle})
        return {
            "breadcrumbs_items": path,
            "header_title": f"{title}: {subtitle}" if subtitle else title,
            "header_icon": view.menu_icon,
            "header_buttons": list(buttons),
        }


class GuardedInspectView(RegisterPage, GuardedMixin, InspectView):
    """What is known of a row, read only, and the pages it stands on, as far as the person may see them."""

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": self.model_admin.index_view_extra_css})

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """As wagtail-modeladmin shows it; but another row (an earlier version) only to those who may see it."""
        value = getattr(self.instance, field_name, None)
        if isinstance(value, self.model) and not self.permission_helper.may(self.request.user, SEEN_WITH, value):
            return self.model_admin.get_empty_value_display(field_name)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            **self.furniture(self, subtitle=str(self.instance)),
            "pages": seen.filter(pages_using(self.instance)).order_by("title")[:PAGES_SHOWN],
            "history_url": self.url_helper.get_action_url("history", admin_quote(self.instance.pk)),
        }


class GuardedHistoryView(GuardedMixin, HistoryView):
    """Who did what to a row."""


class CheckedQueryMixin:
    """For a list of wagtail-modeladmin: what cannot be looked up is passed over, where it would be an error (500)."""

    params: Any
    IGNORED_PARAMS: tuple[str, ...]

    def get_queryset(self, request: Any = None) -> Any:
        try:
            return super().get_queryset(request)  # type: ignore[misc]  # of the view it is mixed into
        except IncorrectLookupParameters:
            kept = self.params.copy()
            for name in list(self.params):
                if name not in self.IGNORED_PARAMS:
                    del kept[name]
            self.params = kept
            return super().get_queryset(request)  # type: ignore[misc]  # the view's

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, searchable(search_term))  # type: ignore[misc]  # the view's


def with_checked_query(view: type[Any]) -> type[Any]:
    """The list ``view`` of a register, of whatever app, that breaks at no value in its address."""
    if issubclass(view, CheckedQueryMixin):
        return view
    return type(view.__name__, (CheckedQueryMixin, view), {"__module__": view.__module__})


class RegisterIndexView(RegisterPage, CheckedQueryMixin, IndexView):
    """The list. Only the register's own filters count: any other condition in the address is passed over, or it could
    be used to guess what lies in fields and tables that are not shown."""

    params: Any

    def get_filters(self, request: Any) -> Any:
        known = {parameter for register_filter in self.list_filter for parameter in parameters_of(register_filter)}
        kept = self.params.copy()
        for name in list(self.params):
            if name not in known and name not in self.IGNORED_PARAMS:
                del kept[name]
        self.params = kept
        filters, any_filter, _others, distinct = super().get_filters(request)
        return filters, any_filter, {}, distinct

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        buttons = []
        if context["user_can_create"]:
            buttons.append(HeaderButton(self.model_admin.add_label, url=self.create_url, icon_name="plus"))
        buttons.append(
            ButtonWithDropdown(
                buttons=[
                    Button(_("Download XLSX"), url=self.xlsx_export_url, icon_name="download", priority=90),
                    Button(_("Download CSV"), url=self.csv_export_url, icon_name="download", priority=100),
                ],
                icon_name="dots-horizontal",
                attrs={"aria-label": _("Actions")},
                classname="w-h-slim-header",
            )
        )
        return {
            **context,
            **self.furniture(self, buttons=buttons),
            "filters": [self.describe(register_filter) for register_filter in self.filter_specs],
        }

    def describe(self, register_filter: Any) -> dict[str, Any]:
        """A filter for the template: its title, its choices, and the words of the one that is chosen."""
        choices = list(register_filter.choices(self))
        chosen = [choice["display"] for choice in choices[1:] if choice["selected"]]
        return {"title": register_filter.title, "choices": choices, "chosen": chosen[0] if chosen else ""}


def parameters_of(register_filter: Any) -> list[str]:
    """The names in the address that a filter of a register reads."""
    if isinstance(register_filter, str):
        return [f"{register_filter}__exact"]
    return [register_filter.parameter_name]


class RegisterButtons(ButtonHelper):
    """The buttons of a row."""

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[Any]:
        """In the list, the title leads to the form; what else there is stands on the row's own page."""
        if isinstance(self.view, IndexView):
            kwargs["exclude"] = ["edit", "delete"]
        return list(super().get_buttons_for_obj(obj, **kwargs))

    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        button: dict[str, Any] = super().inspect_button(*args, **kwargs)
        return {**button, "label": _("Details")}


class LibraryRegister(ModelAdmin):
    """A register of files that lie in collections.

    A subclass gives ``core_urls`` (names of Wagtail's views for ``create``, ``edit`` and ``delete``), columns and filters.
    """

    core_urls: dict[str, str] = {}
    add_label: Any = ""
    permission_helper_class = PolicyPermissionHelper
    button_helper_class = RegisterButtons
    index_view_class = RegisterIndexView
    inspect_view_class = GuardedInspectView
    history_view_class = GuardedHistoryView
    inspect_view_enabled = True
    list_per_page = 50
    empty_value_display = ""
    list_select_related: tuple[str, ...] = ("collection", "uploaded_by_user")
    search_fields: tuple[str, ...] = ("title", "file")
    ordering = ("-created_at", "-pk")
    index_template_name = "newsroom_admin/lists/registers/index.html"
    inspect_template_name = "newsroom_admin/lists/registers/inspect.html"
    index_view_extra_css = ["newsroom/admin/lists/registers.css"]

    def get_url_helper_class(self) -> type[CoreURLHelper]:
        return type("RegisterURLHelper", (CoreURLHelper,), {"core_names": self.core_urls})

    def get_queryset(self, request: Any) -> Any:
        """The rows that the person may see, by the collections that they may work in."""
        seen = self.permission_helper.policy.instances_user_has_any_permission_for(request.user, list(SEEN_WITH))
        return (
            seen.select_related(*self.list_select_related).order_by(*self.ordering).annotate(used=self.used_condition())
        )

    def used_condition(self) -> Exists:
        """Condition on rows: a page uses them."""
        return used_by_pages(self.model)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """The list and the pages of rows; what Wagtail's own views do gets no second address."""
        own = {self.url_helper.get_action_url_name(action) for action in ("index", "inspect", "history")}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in own)

    def register_admin_url_finders(self) -> None:
        """Wagtail has its own finder for these rows."""

    def register_indexing(self) -> None:
        """Wagtail indexes these rows already."""

    # Columns that every register may show.

    def in_collection(self, row: Any) -> str:
        return str(row.collection)

    in_collection.short_description = gettext_lazy("Collection")  # type: ignore[attr-defined]
    in_collection.admin_order_field = "collection__name"  # type: ignore[attr-defined]

    def is_used(self, row: Any) -> str:
        return pgettext("on a page", "Yes") if row.used else pgettext("on a page", "No")

    is_used.short_description = gettext_lazy("On a page")  # type: ignore[attr-defined]
    is_used.admin_order_field = "used"  # type: ignore[attr-defined]
