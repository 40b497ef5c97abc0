"""Recommending a result for words that visitors missed: Wagtail's own form, with the words filled in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.contrib.search_promotions.views.settings import CreateView

from wagtail_newsroom.news.models import MissedSearch

MAY_SEE_MISSED = "newsroom.view_missedsearch"


class Recommend(CreateView):
    """A new promoted result for the words of the register; they go from it then."""

    template_name = "newsroom_admin/searching/recommend.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_SEE_MISSED):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def missed(self) -> MissedSearch:
        """The words of the register."""
        return get_object_or_404(MissedSearch, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "query_string": self.missed.text}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["query_string"].help_text = _(
            "What is recommended shows for these words in whatever form they are typed, and for no others beside them."
        )
        return form

    def get_add_url(self) -> str:
        return str(self.request.path)

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        self.missed.delete()
        return answer
