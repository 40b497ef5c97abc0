"""Copies and translations: a copy takes the language of its place, and nobody translates to where they may not write."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.models import Locale, Page

from wagtail_newsroom.news.publishing.copying.languages import check_may_translate, language_at

Method = Callable[..., Any]


def in_language_of_place(copy_page: Method) -> Method:
    """The pages below go with it: each is copied by itself, below the copy of the page above."""

    def copied(action: Any, page: Page, to: Any = None, update_attrs: Any = None, *args: Any, **kwargs: Any) -> Any:
        locale = None if to is None or "locale" in (update_attrs or {}) else language_at(page, to)
        if locale is not None:
            update_attrs = {**(update_attrs or {}), "locale": locale}
        return copy_page(action, page, to, update_attrs, *args, **kwargs)

    return copied


def asking_about_place(post: Method) -> Method:
    """Nobody translates to where they may not add pages; what is taken in the other language is told."""

    def asked(view: Any, request: HttpRequest, **kwargs: Any) -> Any:
        chosen = [pk for pk in request.POST.getlist("locales") if pk.isdecimal() and len(pk) < 10]
        try:
            if isinstance(view.object, Page):
                for locale in Locale.objects.filter(pk__in=chosen):
                    check_may_translate(view.object, locale, request.user)
            with transaction.atomic():
                return post(view, request, **kwargs)
        except PermissionDenied as error:
            messages.error(request, str(error) or gettext("You may not translate this page to there."))
        except IntegrityError:
            text = gettext(
                "Nothing was translated: something that must be unique is taken in the other language already."
            )
            messages.error(request, text)
        return redirect(request.get_full_path())

    return asked
