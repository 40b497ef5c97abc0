"""Step 2: the original next to what was read in it, every value to be corrected, then a draft, once."""

import re
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_newsroom.news.admin.intake.purposes import PURPOSES, Purpose, PurposeMixin
from wagtail_newsroom.news.models import Original
from wagtail_newsroom.news.reader import ReadError

POLISH = re.compile(r"[ąęłśżźćńĄĘŁŚŻŹĆŃ]|\b(?:oraz|dla|godz|zapraszamy|się)\b", re.IGNORECASE)


def lists_in_language_of(text: str, lists: Iterable[Any]) -> list[Any]:
    """The ``lists``, those in the language of ``text`` first."""
    language = "pl" if POLISH.search(text) else "en"
    return sorted(lists, key=lambda each: not each.locale.language_code.startswith(language))


class ReviewView(PurposeMixin, WagtailAdminTemplateMixin, TemplateView):
    """About an original of which nothing has been made yet, for whoever brought it in; 404 for others.

    ``understood`` is what the purpose's reader made of it.
    """

    step_title: Any = ""
    made_already: Any = ""
    unreadable: Any = ""

    original: Original
    understood: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        reader: Any = request.user
        brought = Original.objects.filter(user=reader, purpose=self.purpose_name)
        self.original = get_object_or_404(brought, pk=kwargs["original_id"])
        if not self.purpose.is_open_to(request.user):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        original = self.original
        if original.page_id:
            messages.warning(request, self.made_already)
            return redirect("wagtailadmin_pages:edit", original.page_id)
        try:
            self.understood = original.read_with(self.purpose.read)
        except (ReadError, OSError):
            messages.error(request, self.unreadable)
            return redirect(self.purpose.bring)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        bring = {"url": reverse(self.purpose.bring), "label": self.get_page_title()}
        return [*self.breadcrumbs_items, bring, {"url": "", "label": str(self.step_title)}]

    @cached_property
    def other(self) -> Purpose | None:
        """What the text seems to be instead, where ``request.user`` may make one."""
        name = self.other_purpose()
        return PURPOSES[name] if name and PURPOSES[name].is_open_to(self.request.user) else None

    def other_purpose(self) -> str:
        """Name of the purpose that fits the text better; empty where this one does."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "original": self.original,
            "purpose": self.purpose,
            "other": self.other,
        }
