"""“Publish together” in the admin: bundles, their pages, their state, and the actions on them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_newsroom.news import switches
from wagtail_newsroom.news.admin.bundles.forms import (
    BundleActionForm,
    BundleForm,
    MoveForm,
    PublishForm,
    RetireForm,
    ScheduleForm,
    UnscheduleForm,
)
from wagtail_newsroom.news.admin.menu.places import BUNDLES, SUBMENU_HOOK
from wagtail_newsroom.news.admin.overtaken import overtaken
from wagtail_newsroom.news.models import Bundle, BundleState
from wagtail_newsroom.news.publishing import bundles
from wagtail_newsroom.news.publishing.preflight import refusals
from wagtail_newsroom.news.publishing.shown import OvertakenError, last_act

Text = str | Promise


@dataclass(frozen=True)
class BundleAction:
    """One action on a bundle: its words, its form, and in which states it is offered."""

    name: str
    label: Text
    question: Text
    done: Text
    form: type[BundleActionForm]
    states: tuple[BundleState, ...]
    icon: str
    is_serious: bool = False


BUNDLE_ACTIONS = (
    BundleAction(
        "publish",
        gettext_lazy("Publish now"),
        gettext_lazy("All pages of this bundle become public at once, each in its latest version."),
        gettext_lazy("“%(bundle)s” is public."),
        PublishForm,
        (BundleState.DRAFT, BundleState.SCHEDULED),
        "upload",
    ),
    BundleAction(
        "schedule",
        pgettext_lazy("verb", "Schedule"),
        gettext_lazy(
            "The latest version of each page is approved and becomes public together with the others at this moment. "
            "Until then nobody can edit the pages. Dates that pages have of their own give way to this one."
        ),
        gettext_lazy("“%(bundle)s” is scheduled."),
        ScheduleForm,
        (BundleState.DRAFT,),
        "calendar-alt",
    ),
    BundleAction(
        "move",
        gettext_lazy("Move the date"),
        gettext_lazy("The pages become public at another moment, in the versions that are approved."),
        gettext_lazy("The date of “%(bundle)s” is moved."),
        MoveForm,
        (BundleState.SCHEDULED,),
        "calendar-check",
    ),
    BundleAction(
        "unschedule",
        gettext_lazy("Take the date back"),
        gettext_lazy("The pages do not become public by themselves any more, and can be edited again."),
        gettext_lazy("“%(bundle)s” is not scheduled any more."),
        UnscheduleForm,
        (BundleState.SCHEDULED,),
        "cross",
    ),
    BundleAction(
        "retire",
        gettext_lazy("Retire"),
        gettext_lazy("All pages of this bundle are taken down. Their addresses tell readers why."),
        gettext_lazy("“%(bundle)s” is retired."),
        RetireForm,
        (BundleState.PUBLISHED,),
        "download",
        is_serious=True,
    ),
)
NOT_NOW = gettext_lazy("“%(bundle)s” is scheduled. Take its date back first.")
DONE_ALREADY = gettext_lazy("“%(bundle)s” is public or was. Prepare another bundle for what belongs together next.")


class OwnBundles:
    """A view of what its visitor may look at; anything else is answered as if missing."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_object(self, *args: Any) -> Any:
        return get_object_or_404(bundles.bundles_for(self.request.user), pk=self.kwargs["pk"])


class BundleInspectView(OwnBundles, generic.InspectView):
    """How the pages of a bundle stand, what the checks say of each, and what can be done."""

    template_name = "newsroom_admin/bundles/inspect.html"
    page_title = gettext_lazy("Publish together")

    @cached_property
    def pages(self) -> list[Any]:
        return bundles.pages_of(self.object)

    @cached_property
    def actions(self) -> list[BundleAction]:
        """What this visitor may do now."""
        if not self.pages or not bundles.may_act(self.pages, self.request.user):
            return []
        return [action for action in BUNDLE_ACTIONS if self.object.state in action.states]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return super().header_more_buttons if self.object.state != BundleState.SCHEDULED else []

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.object.state == BundleState.DRAFT else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = bundles.visible_to(self.request.user, self.pages)
        stopped: dict[int | None, list[str]] = {}
        if self.object.state in {BundleState.DRAFT, BundleState.SCHEDULED}:
            for each in bundles.refusals(self.object, self.object.go_live_at):
                stopped.setdefault(each.page.pk if each.page else None, []).append(each.message)
        rows = [
            {
                "page": page,
                "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "stopped_by": stopped.get(page.pk, []),
                "warnings": refusals.warnings(page.get_latest_revision_as_object()),
            }
            for page in self.pages
            if page.pk in seen
        ]
        return super().get_context_data(
            **kwargs,
            rows=rows,
            hidden=len(self.pages) - len(rows),
            stopped=stopped.get(None, []),
            actions=[
                {"action": action, "url": reverse("newsroom_bundles:action", args=[self.object.pk, action.name])}
                for action in self.actions
            ],
            # Their reasons name pages.
            failures=[] if len(rows) < len(self.pages) else self.object.schedule_failures.all(),
        )


class BundleActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One action on a bundle: what it means, its form, and its doing. Only for who may publish every page."""

    model = Bundle
    any_permission_required = ["add", "change", "view"]
    template_name = "newsroom_admin/bundles/action.html"
    header_icon = "folder-open-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_any_permission(self.any_permission_required):
            raise PermissionDenied
        self.bundle = get_object_or_404(bundles.bundles_for(request.user), pk=kwargs["pk"])
        found = next((action for action in BUNDLE_ACTIONS if action.name == kwargs["action"]), None)
        if found is None:
            raise Http404
        self.action = found
        self.pages = bundles.pages_of(self.bundle)
        if not bundles.may_act(self.pages, request.user):
            raise PermissionDenied
        if self.bundle.state not in self.action.states:
            text = _("“%(bundle)s” is: %(state)s. This cannot be done now.") % self.words
            if request.method == "POST":
                return overtaken(request, [text, *map(last_act, self.pages)], self.get_success_url())
            messages.error(request, text)
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    @property
    def words(self) -> dict[str, str]:
        return {"bundle": self.bundle.title, "state": self.bundle.get_state_display()}

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get_page_subtitle(self) -> str:
        return self.bundle.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsroom_bundles:index"), "label": _("Publish together")},
            {"url": self.get_success_url(), "label": self.bundle.title},
            {"url": "", "label": str(self.action.label)},
        ]

    def get_form(self, form_class: Any = None) -> BundleActionForm:
        return self.action.form(self.bundle, data=self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.action(self.request.user)
        except bundles.BundleOvertakenError as error:
            return self.overtaken(error)
        except bundles.BundleRefusedError as error:
            for each in error.refusals:
                form.add_error(None, str(each))
            return self.form_invalid(form)
        messages.success(self.request, self.action.done % self.words)
        return redirect(self.get_success_url())

    def overtaken(self, error: bundles.BundleOvertakenError) -> HttpResponse:
        """Show what is there now, with what was typed; or why nothing can be done any more."""
        said = [str(each) for each in error.refusals]
        bundle = Bundle.objects.filter(pk=self.bundle.pk).first()
        if bundle is None or bundle.state not in self.action.states:
            back = self.get_success_url() if bundle else reverse("newsroom_bundles:index")
            return overtaken(self.request, said, back)
        self.bundle, self.pages = bundle, bundles.pages_of(bundle)
        data = self.request.POST.copy()
        now = self.action.form(bundle, data=data)
        data["shown"] = now.sealed()
        now.add_error(None, said)
        return self.render_to_response(self.get_context_data(form=now), status=409)

    def get_success_url(self) -> str:
        return reverse("newsroom_bundles:inspect", args=[self.bundle.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"action": self.action, "pages": self.pages, "back_url": self.get_success_url()}
        return super().get_context_data(**kwargs, **context)


class BundleIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Bundle]:
        return bundles.bundles_for(self.request.user).annotate(page_count=Count("pages"))

    def get_edit_url(self, instance: Bundle) -> str | None:
        """The title leads to how the bundle stands; editing is one click from there."""
        return self.get_inspect_url(instance)


class BundleCreateView(generic.CreateView):
    def get_success_url(self) -> str:
        return reverse("newsroom_bundles:inspect", args=[self.object.pk])


class BundleEditView(OwnBundles, generic.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        bundle = self.get_object()
        if self.user_has_permission("change") and bundle.state != BundleState.DRAFT:
            why = NOT_NOW if bundle.state == BundleState.SCHEDULED else DONE_ALREADY
            messages.error(request, why % {"bundle": bundle.title})
            return redirect(reverse("newsroom_bundles:inspect", args=[bundle.pk]))
        pages = bundles.pages_of(bundle)
        if len(bundles.visible_to(request.user, pages)) < len(pages):
            raise PermissionDenied  # the form would tell titles that its owner may not see any more
        try:
            return super().dispatch(request, *args, **kwargs)
        except OvertakenError as error:
            return overtaken(request, error.messages, reverse("newsroom_bundles:inspect", args=[bundle.pk]))

    def save_instance(self) -> Bundle:
        """Unless somebody has scheduled or published it since the form was checked."""
        if not bundles.claim_draft(self.form.instance):
            raise OvertakenError(*map(last_act, bundles.pages_of(self.form.instance)))
        saved: Bundle = super().save_instance()
        return saved

    def get_success_url(self) -> str:
        return reverse("newsroom_bundles:inspect", args=[self.object.pk])


class BundleDeleteView(OwnBundles, generic.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        bundle = self.get_object()
        if self.user_has_permission("delete") and bundle.state == BundleState.SCHEDULED:
            messages.error(request, NOT_NOW % {"bundle": bundle.title})
            return redirect(reverse("newsroom_bundles:inspect", args=[bundle.pk]))
        return super().dispatch(request, *args, **kwargs)


class BundleHistoryView(OwnBundles, history.HistoryView):
    pass


class BundleUsageView(OwnBundles, usage.UsageView):
    pass


class BundleViewSet(ModelViewSet):
    """Bundles of pages that go live, move and retire as one."""

    model = Bundle
    menu_label = gettext_lazy("Publish together")
    icon = "folder-open-inverse"
    menu_hook = SUBMENU_HOOK
    menu_order = BUNDLES
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = [
        "title",
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("page_count", label=gettext_lazy("Pages")),
        DateColumn("go_live_at", label=gettext_lazy("Goes live at"), sort_key="go_live_at"),
    ]
    search_fields = ["title"]
    index_view_class = BundleIndexView
    index_results_template_name = "newsroom_admin/bundles/index_results.html"
    add_view_class = BundleCreateView
    edit_view_class = BundleEditView
    delete_view_class = BundleDeleteView
    history_view_class = BundleHistoryView
    usage_view_class = BundleUsageView
    inspect_view_class = BundleInspectView
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            InlinePanel(
                "pages",
                panels=[PageChooserPanel("page")],
                heading=gettext_lazy("Pages that belong together"),
                label=gettext_lazy("page"),
                min_num=1,
            ),
        ],
        base_form_class=BundleForm,
    )

    @property
    def menu_item_class(self) -> Any:
        """Wagtail's, shown to people who may see bundles, where the host uses them."""
        plain = super().menu_item_class
        shown = plain.is_shown
        plain.is_shown = lambda item, request: switches.is_on(switches.BUNDLES) and shown(item, request)
        return plain

    def get_urlpatterns(self) -> list[Any]:
        action = path("<int:pk>/<slug:action>/", BundleActionView.as_view(), name="action")
        return switches.switched(switches.BUNDLES, [*super().get_urlpatterns(), action])
