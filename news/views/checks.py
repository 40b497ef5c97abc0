"""System checks of addresses: those of the newsroom's files, and those at which media must not be handed out unasked."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from wagtail_newsroom.news.views.files.media import FOLDERS, guarded_folders

MOUNTING = (
    'Write urlpatterns = with_newsroom(urlpatterns) as the README says, or put path("", include("wagtail_newsroom.news.urls")) right '
    "before Wagtail's own addresses; in a site of several languages, inside i18n_patterns"
)


@register("newsroom")
def check_media(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W006: files under MEDIA_URL are handed out without asking who may read them."""
    return [checks.Warning(trouble, hint=GUARDING, id="newsroom.W006") for trouble in _unguarded_media()]


@register("newsroom", deploy=True)
def check_media_in_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E006: as newsroom.W006, where everybody can reach the site."""
    return [checks.Error(trouble, hint=GUARDING, id="newsroom.E006") for trouble in _unguarded_media()]


GUARDING = (
    'Put path("media/<newsroom_media:path>", serve_media), from wagtail_newsroom.news.views.files.media, before every other address below '
    "MEDIA_URL, and keep the web server from serving its folders documents, images, original_images and originals."
)


def _unguarded_media() -> list[str]:
    """What is wrong with each kind of file whose address does not lead to the guard; a store elsewhere has its own."""
    if not str(settings.MEDIA_URL).startswith("/"):
        return []
    troubles = []
    for folder in ("documents", "original_images", *sorted(guarded_folders() - FOLDERS)):
        address = f"{settings.MEDIA_URL}{folder}/a.pdf"
        try:
            view = resolve(address).func
        except Resolver404:
            troubles.append(
                f"No view answers {address}: pictures are missing, or the web server hands files out unasked."
            )
            continue
        if not getattr(view, "guards_media", False):
            troubles.append(
                f"{address} is answered by {view.__module__}.{getattr(view, '__name__', view)}, which hands out the "
                "files of drafts and of private collections to everybody."
            )
    return troubles


@register("newsroom")
def check_addresses_of_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W002: links to calendars, feeds and drafts that lead nowhere. newsroom.W003: that lead to somebody else."""
    try:
        address = reverse("newsroom_versions", args=[1])
    except NoReverseMatch:
        return [
            checks.Warning(
                "The addresses of calendars and feeds (event.ics, calendar.ics, atom.xml) lead nowhere.",
                hint=f"{MOUNTING} in urls.py.",
                id="newsroom.W002",
            )
        ]
    try:
        found = resolve(address).url_name
    except Resolver404:
        found = None
    if found == "newsroom_versions":
        return []
    return [
        checks.Warning(
            f"The newsroom's addresses are not reached: {address} leads to {found or 'nothing'}.",
            hint=f"They stand below a pattern that takes everything, such as Wagtail's own. {MOUNTING}.",
            id="newsroom.W003",
        )
    ]
