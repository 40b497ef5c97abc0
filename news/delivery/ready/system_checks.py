"""System checks: whether the processes of the site hear of changes at once."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.freshness.token_file import TokenFile, TokenFileError, folder


@register("newsroom")
def check_token_file(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W055: the file by which processes hear of changes cannot be used."""
    if not setting("DELIVERY_MEMORY"):
        return []
    try:
        TokenFile(folder()).close()
    except TokenFileError as error:
        return [
            checks.Warning(
                f"No answers are kept ready: {error}",
                hint="Without it every page is made anew for each visitor; with DELIVERY_MEMORY at 0 that is meant.",
                id="newsroom.W055",
            )
        ]
    return []


@register("newsroom", deploy=True)
def check_shared_folder(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W056: the file lies in a temporary folder, of which services may have their own."""
    if setting("DELIVERY_FOLDER") or not setting("DELIVERY_MEMORY"):
        return []
    return [
        checks.Warning(
            f"Processes of the site hear of each other's changes by a file in {folder()}, a temporary folder. Services are "
            "often given a temporary folder of their own (PrivateTmp): changes of one would be seen by others half a second late.",
            hint="Set NEWSROOM['DELIVERY_FOLDER'] to a folder that all processes of the site on this machine share.",
            id="newsroom.W056",
        )
    ]
