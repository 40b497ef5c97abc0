"""What Wagtail's v3 API finds here: public pages of the site for everybody, and files that one may know of."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.site_tree import site_of_visit
from wagtail_newsroom.news.visibility import not_withdrawn, public_files, public_pages

Find = Callable[..., Any]

# Wagtail gives these in no order unless it is asked for one; all others in that of their key.
WITHOUT_ORDER = frozenset({"list_redirects"})


def settle_order(request: HttpRequest, list_name: str, kwargs: dict[str, Any]) -> None:
    """Let the order that a list is asked for end in the key: pages of equal keys would repeat rows and lose others.

    Left alone: a random order, and searches, whose rows are put in order where they are found.
    """
    order = request.GET.getlist("order")
    key = _key(kwargs)
    if not (order or list_name in WITHOUT_ORDER) or "search" in request.GET or {"random", key, f"-{key}"} & {*order}:
        return
    query = request.GET.copy()
    query.appendlist("order", key)
    request.GET = query  # type: ignore[assignment]  # Django lets it be replaced


def _key(kwargs: dict[str, Any]) -> str:
    """The key of what is listed: of snippets, that of their type."""
    try:
        return str(apps.get_model(kwargs["type"])._meta.pk.name)
    except (KeyError, LookupError, ValueError):
        return "id"


def public_unless_signed_in(find: Find) -> Find:
    """Readers without a token get public pages of the site they visit; with one, those they may edit."""

    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pages = find(request, *args, **kwargs)
        if request.user.is_authenticated:
            return pages
        return pages.filter(pk__in=public_pages(Page.objects.all(), site_of_visit(request)).values("pk"))

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
