"""A page speaks its own language, whatever the browser asks for: one address, one text."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.http.response import ResponseHeaders
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.utils import translation
from wagtail.models import Site

from wagtail_newsroom.news.idle_space import without_idle_space
from wagtail_newsroom.news.once import one_answer
from wagtail_newsroom.news.site_tree import learn_locale


class OwnVary(ResponseHeaders):
    """Headers of an answer that is the same for every ``Accept-Language``.

    Django's ``LocaleMiddleware`` adds that name to ``Vary`` on the way out, and every cache would keep a copy for each
    browser.
    """

    def __setitem__(self, key: str, value: Any) -> None:
        if key.lower() == "vary":
            names = [name.strip() for name in str(value).split(",")]
            value = ", ".join(name for name in names if name and name.lower() != "accept-language")
            if not value:
                self._store.pop("vary", None)
                return
        super().__setitem__(key, value)


class OwnLanguageResponse(TemplateResponse):
    """A template that is rendered in ``language``, whenever that happens, without idle white space."""

    language = ""

    @property
    def rendered_content(self) -> str:
        with one_answer(self._request), translation.override(self.language):
            return without_idle_space(super().rendered_content)


def answer_in(language: str, make: Callable[[], Any]) -> Any:
    """Return what ``make`` answers, worked out and rendered in ``language``."""
    with translation.override(language):
        response = make()
        if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
            if type(response) is TemplateResponse:
                # Rendered later, as middleware expects it that looks into templates' answers.
                response.__class__ = OwnLanguageResponse
                response.language = language  # type: ignore[attr-defined]  # of the class that it has now
            else:
                response.render()
    if isinstance(response, HttpResponseBase):
        response.headers = OwnVary(dict(response.items()))
        response.headers["Content-Language"] = language
    return response


class OwnLanguageMixin:
    """A page whose answers, previews and files among them, are in its own language. First among the bases."""

    # What the page it is mixed into brings.
    locale: Any

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        serve = super().serve  # type: ignore[misc]  # the page's
        with one_answer(request):
            if (site := Site.find_for_request(request)) is not None:
                learn_locale(self, site)
            return answer_in(self.locale.language_code, lambda: serve(request, *args, **kwargs))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        serve = super().serve_preview  # type: ignore[misc]  # the page's
        return answer_in(self.locale.language_code, lambda: serve(request, mode_name))
