"""What stands in the newsroom's addresses: files below our pages, and words in the language of the site."""

from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import register_converter
from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Site

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models.pages.pages import PageFilesMixin
from wagtail_newsroom.news.views.access_requests.items import FILE, PAGE, PHOTO

LOCALES = Path(__file__).resolve().parent.parent / "locale"
# What a request for an accessible version is about, as its address says it.
KINDS = {
    PAGE: pgettext_lazy("address", "page"),
    FILE: pgettext_lazy("address", "file"),
    PHOTO: pgettext_lazy("address", "photo"),
}


@cache
def owners_of_files() -> dict[str, list[type[Page]]]:
    """The page types that answer below their address with a file, by the file's name (``event.ics``)."""
    owners: dict[str, list[type[Page]]] = {}
    for model in apps.get_models():
        if issubclass(model, PageFilesMixin) and issubclass(model, Page):
            for name in registry.page_files(model):
                owners.setdefault(name, []).append(model)
    return owners


class FileOfPage:
    """A file below a page of ours. Every other file belongs to the host: Django goes on to the next pattern.

    A converter sees the path alone, so a page of any site counts; Wagtail then looks for it on the site that is
    visited. Only names that a page type declares are looked up, with one query.
    """

    regex = r"(?:[\w\-]+/)*[\w\-]+(?:\.[\w\-]+)+"

    def to_python(self, value: str) -> str:
        parent, _slash, name = value.rpartition("/")
        owners = owners_of_files().get(name)
        if not owners or not _is_below_page(parent, owners):
            raise ValueError(f"No page of the newsroom owns {value}.")
        return value

    def to_url(self, value: str) -> str:
        return value


def _is_below_page(parent: str, owners: list[type[Page]]) -> bool:
    """Tell whether a page of one of these types stands at ``parent`` below the home page of any site or language."""
    below = f"{parent}/" if parent else ""
    paths = {f"{root.root_path}{below}" for root in Site.get_site_root_paths()}
    return Page.objects.filter(url_path__in=paths).type(*owners).exists()


class RequestedKind:
    """What a request is about (page, file, photo), in any language of ours; written in the language of the visit."""

    regex = r"[\w\-]+"

    def to_python(self, value: str) -> str:
        return _kinds()[value] if value in _kinds() else _unknown(value)

    def to_url(self, value: str) -> str:
        return str(KINDS[value])


class DraftToken:
    """What may be the token of a shared draft, whole or clipped by a mail program: long, and with a capital letter in it.

    Any other word is an address of the host's pages.
    """

    regex = r"(?=[^/]*[A-Z])[^/]{20,}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def _unknown(value: str) -> str:
    raise ValueError(f"Nothing called {value} can be asked about.")


@cache
def _kinds() -> dict[str, str]:
    return {spelling: kind for kind, word in KINDS.items() for spelling in spellings(word)}


def spellings(word: Any) -> list[str]:
    """What ``word`` is called in each language that the newsroom comes in, without repetitions.

    Links in mails and bookmarks outlive a site's change of language, so that each spelling leads on.
    """
    found = []
    for folder in sorted(LOCALES.iterdir()):
        with translation.override(folder.name):
            found.append(str(word))
    return list(dict.fromkeys(found))


register_converter(FileOfPage, "newsroom_file")
register_converter(RequestedKind, "newsroom_kind")
register_converter(DraftToken, "newsroom_token")
