"""In which language an object is written, and in which ones people may ask."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from wagtail.models import Locale


def languages_of_site() -> tuple[str, ...]:
    """Codes of the languages of the site's contents, its own first."""
    codes = [settings.LANGUAGE_CODE, *(code for code, _name in _content_languages())]
    return tuple(dict.fromkeys(code.split("-")[0].lower() for code in codes))


class Languages:
    """The languages of some objects: read once for all of them."""

    def __init__(self, objects: Sequence[Any]) -> None:
        several = len(objects) > 1 and hasattr(objects[0], "locale_id")
        self._of_locales = dict(Locale.all_objects.values_list("pk", "language_code")) if several else {}

    def of(self, instance: Any) -> str:
        """The code of the language of ``instance``: that of its locale, of itself, or of the site."""
        if getattr(instance, "locale_id", None):
            code = self._of_locales.get(instance.locale_id) or instance.locale.language_code
        else:
            code = getattr(instance, "language", "")
        code = code if isinstance(code, str) and code else settings.LANGUAGE_CODE
        return code.split("-")[0].lower()


def _content_languages() -> Sequence[tuple[str, Any]]:
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return ()
    return getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES
