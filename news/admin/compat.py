"""What differs between the versions of Wagtail that the newsroom runs on: asked here and nowhere else."""

from typing import Any

from wagtail import VERSION

HAS_ADMIN_API = VERSION < (8, 1)  # with lists of files, and with actions on pages

if HAS_ADMIN_API:
    from wagtail_newsroom.news.admin.admin_api import limit_admin_api
else:

    def limit_admin_api(router: Any) -> None:
        """Wagtail 8.1's admin API explores the tree and nothing else: there is nothing to limit."""
