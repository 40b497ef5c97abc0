"""Mixins for Wagtail's views of a page's form: what was typed comes back unsaved, and a newer version is never overwritten unasked.

:mod:`wagtail_newsroom.news.admin.page_viewsets` says which view is made of which.

Public: other apps may import from here.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

# Sent by the script that keeps what was typed: show it in the form, store nothing.
RESTORE = "newsroom-restore"


class TypedFormMixin:
    """A form that can be given back as it was typed. Its templates tell the script so."""

    # What the view it is mixed into brings.
    request: HttpRequest
    page: Any
    form: Any
    form_class: Any
    subscription: Any
    has_unsaved_changes: bool

    stock_template = ""
    own_template = ""

    def get_template_names(self) -> list[str]:
        names = super().get_template_names()  # type: ignore[misc]  # the view's
        names = [names] if isinstance(names, str) else names
        return [self.own_template if name == self.stock_template else name for name in names]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if RESTORE in request.POST:
            return self.show_typed()
        return super().post(request, *args, **kwargs)  # type: ignore[misc]  # the view's

    def typed_form(self, page: Any) -> Any:
        """The form with what was sent, read into ``page``. What only a publication needs may be missing."""
        form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=page,
            subscription=self.subscription,
            parent_page=self.get_parent_page(),
            for_user=self.request.user,
        )
        form.defer_required_fields()
        form.is_valid()
        form.restore_required_fields()
        return form

    def get_parent_page(self) -> Any:
        raise NotImplementedError

    def show_typed(self, **context: Any) -> Any:
        """Answer with the form as it was typed; nothing is stored."""
        self.form = self.typed_form(self.page)
        self.has_unsaved_changes = True
        return self.render_to_response({**self.get_context_data(), **context})  # type: ignore[attr-defined]  # the view's


class TypedCreateMixin(TypedFormMixin):
    """The form of a new page."""

    parent_page: Any
    stock_template = "wagtailadmin/pages/create.html"
    own_template = "newsroom_admin/saving/create.html"

    def get_parent_page(self) -> Any:
        return self.parent_page


class NewerVersionMixin(TypedFormMixin):
    """The form of a page: where somebody else has saved it since it was opened, both texts are shown, and the person decides.

    Wagtail asks for forms that save themselves only. One's own newer version is no conflict: the form in the other
    window is one's own, too, and the history keeps both.
    """

    parent: Any
    real_page_record: Any
    latest_revision: Any
    locked_for_user: bool
    autosave_enabled: bool
    edit_handler: Any

    stock_template = "wagtailadmin/pages/edit.html"
    own_template = "newsroom_admin/saving/edit.html"

    def get_parent_page(self) -> Any:
        return self.parent

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.page.alias_of_id and not self.locked_for_user and not self._saves_itself and self.newer_versions():
            return self.show_both()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        """Ask once more with the page locked: two buttons may be pressed at the same moment."""
        Page.objects.select_for_update().filter(pk=self.page.pk).values_list("pk").first()
        if not self.newer_versions():
            return super().form_valid(form)  # type: ignore[misc]  # the view's
        if self._saves_itself:
            text = gettext("Somebody else has saved a newer version meanwhile.")
            return self.json_error_response("invalid_revision", text)  # type: ignore[attr-defined]  # Wagtail's word for it
        self.real_page_record.refresh_from_db()
        self.latest_revision = self.real_page_record.get_latest_revision()
        self.page = self.get_object()  # type: ignore[attr-defined]  # the view's
        return self.show_both()

    @property
    def _saves_itself(self) -> bool:
        return bool(self.expects_json_response)  # type: ignore[attr-defined]  # the view's

    def newer_versions(self) -> QuerySet[Revision]:
        """What others have saved since the form was opened, newest first."""
        found = self.page.revisions.defer("content").exclude(user=self.request.user).select_related("user")
        if since := self._opened_at():
            found = found.filter(created_at__gt=since)
        return found.order_by("-created_at", "-pk")

    def _opened_at(self) -> datetime | None:
        """The moment of the version with which the form was opened; none where the page had no version."""
        try:
            return datetime.fromisoformat(self.request.POST.get("loaded_revision_created_at", ""))
        except ValueError:
            pk = self.request.POST.get("loaded_revision_id", "")
            known = self.page.revisions.filter(pk=pk).first() if pk.isdecimal() else None
            return known.created_at if known else None

    def show_both(self) -> Any:
        """Answer with the form as it was typed, and with what is different in the newest version."""
        newest: Any = self.newer_versions().first()
        # Else the form would save itself over the newer version as soon as it is open.
        self.autosave_enabled = False
        return self.show_typed(
            newer={
                "revision": newest,
                "name": get_user_display_name(newest.user) if newest.user else "",
                "differences": self._differences(),
            }
        )

    def _differences(self) -> list[Any] | None:
        """Each field in which the typed text and the newest version differ; ``None`` where the form cannot be read."""
        form = self.typed_form(self.get_object())  # type: ignore[attr-defined]  # the view's
        if not form.is_valid():
            return None
        typed, newest = form.save(commit=False), self.real_page_record.get_latest_revision_as_object()
        bound = self.edit_handler.get_bound_panel(instance=newest, request=self.request, form=None)
        compared = (compare(newest, typed) for compare in bound.get_comparison())
        return [each for each in compared if each.has_changed()]
