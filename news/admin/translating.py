"""Translating a page or a row: nobody translates to where they may not add pages; what is taken there is told.

Our views stand before Wagtail's at the same addresses, where ``wagtail.contrib.simple_translation`` is installed.
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale, Page

from wagtail_newsroom.news.publishing.copying.languages import check_may_translate


class AskingAboutPlaceMixin:
    """Asks about the place of the translation before it is made; nothing is made half."""

    # What the view it is mixed into brings.
    object: Any

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        chosen = [pk for pk in request.POST.getlist("locales") if pk.isdecimal() and len(pk) < 10]
        try:
            if isinstance(self.object, Page):
                for locale in Locale.objects.filter(pk__in=chosen):
                    check_may_translate(self.object, locale, request.user)
            with transaction.atomic():
                answer: HttpResponseBase = super().post(request, **kwargs)  # type: ignore[misc]  # the view's
                return answer
        except PermissionDenied as error:
            messages.error(request, str(error) or gettext("You may not translate this page to there."))
        except IntegrityError:
            text = gettext(
                "Nothing was translated: something that must be unique is taken in the other language already."
            )
            messages.error(request, text)
        return redirect(request.get_full_path())


def translating_urls() -> list[URLPattern]:
    """For the hook ``register_admin_urls``, before Wagtail's own."""
    if not apps.is_installed("wagtail.contrib.simple_translation"):
        return []
    views = _views()
    return [
        path("translation/submit/page/<int:page_id>/", require_admin_access(views[0].as_view())),
        path(
            "translation/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            require_admin_access(views[1].as_view()),
        ),
    ]


def _views() -> tuple[type[Any], type[Any]]:
    from wagtail.contrib.simple_translation.views import SubmitPageTranslationView, SubmitSnippetTranslationView

    class TranslatePageView(AskingAboutPlaceMixin, SubmitPageTranslationView):
        """A page and, where asked for, what stands below it."""

    class TranslateRowView(AskingAboutPlaceMixin, SubmitSnippetTranslationView):
        """A snippet."""

    return TranslatePageView, TranslateRowView
