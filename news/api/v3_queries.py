"""What Wagtail's v3 API finds here: public pages of the site for everybody, and files that one may know of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.visibility import not_withdrawn, public_files, public_pages

Find = Callable[..., Any]


def public_unless_signed_in(find: Find) -> Find:
    """Readers without a token get public pages of the site they visit; with one, those they may edit."""

    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pages = find(request, *args, **kwargs)
        if request.user.is_authenticated:
            return pages
        return pages.filter(pk__in=public_pages(Page.objects.all(), Site.find_for_request(request)).values("pk"))

    return found


def offered_or_worked_with(find: Find) -> Find:
    """A token opens files that the public may see, and those that its holder may change or choose."""

    def found(request: HttpRequest) -> Any:
        files = find(request)
        policy = policy_registry.get_by_type(files.model)
        own = policy.instances_user_has_any_permission_for(request.user, ["change", "choose"])
        everything = files.model._default_manager.all()
        return files.filter(not_withdrawn(files.model), pk__in=own.values("pk")) | files.filter(
            pk__in=public_files(everything).values("pk")
        )

    return found
