"""System checks of caches in front of the site."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register

from wagtail_newsroom.news.caching import purged_caches
from wagtail_newsroom.news.conf import setting


@register("newsroom")
def check_caches(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W054: answers are to be kept by a CDN that nothing tells of changes."""
    if not setting("CDN_SECONDS") or purged_caches():
        return []
    return [
        checks.Warning(
            'NEWSROOM["CDN_SECONDS"] is set, and WAGTAILFRONTENDCACHE names no cache: nothing would tell it of changes.',
            hint="Name the cache in WAGTAILFRONTENDCACHE (docs/deployment.md). Until then answers say nothing of an age.",
            id="newsroom.W054",
        )
    ]
