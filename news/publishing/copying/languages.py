"""Pages and the language of the place in which they stand: what is copied takes it, what is moved or mirrored keeps its own.

A page of one language below a list of another is announced in the wrong list, and screen readers read it out wrongly.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail.signals import pre_page_move


class OtherLanguageError(PermissionDenied):
    """Somebody tried to put a page into a place of another language."""

    def __init__(self) -> None:
        super().__init__(other_language_in_words())


def other_language_in_words() -> str:
    """Why a page cannot go there, and what to do instead."""
    return gettext("That place is in another language. Translate the page, or copy it there and translate the copy.")


def language_at(page: Page, parent: Page) -> Locale | None:
    """The language that a copy of ``page`` below ``parent`` takes; ``None`` where it keeps its own.

    A site whose languages stand below each other stays as it is: what counts is the language of the place before.
    """
    before = page.get_parent()
    if (
        parent.depth == 1
        or before is None
        or before.locale_id == parent.locale_id
        or page.locale_id == parent.locale_id
    ):
        return None
    return parent.locale


def goes_to_another_language(page: Page, parent: Page) -> bool:
    """Tell whether ``page`` would stand below a page of another language, as it does not now."""
    return language_at(page, parent) is not None


@receiver(pre_page_move)
def keep_the_language(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Refuse a move into another language, by whatever way it comes."""
    if goes_to_another_language(instance, parent_page_after):
        raise OtherLanguageError


def check_may_translate(page: Page, locale: Locale, user: Any) -> None:
    """Raise ``PermissionDenied`` where ``user`` may not add pages to the place of the translation."""
    place = page.get_parent().get_translations(inclusive=True).filter(locale=locale).first()
    if place is not None and not place.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied(gettext("You may not add pages in that language. Ask somebody who works there."))
