"""Whose desk it is, and where it stands: the admin's home of the newsroom's people, or an item of their menu.

Public: other apps may import from here.
"""

from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.publishing.approval.groups import role_names
from wagtail_newsroom.news.publishing.own_pages import list_types


def is_member(user: Any) -> bool:
    """Tell whether ``user`` is in one of the newsroom's groups. Kept on the user, who lives as long as the request."""
    known: bool | None = getattr(user, "_newsroom_member", None)
    if known is None:
        known = user._newsroom_member = user.is_active and user.groups.filter(name__in=role_names()).exists()
    return known


def has_desk(user: Any) -> bool:
    """Tell whether ``user`` may open the desk: members, and superusers, who look after everything."""
    return bool(user.is_superuser or is_member(user))


def works_here(user: Any) -> bool:
    """Tell whether ``user`` has something to do in the newsroom: by a right of ours, or on a list that is there.

    Superusers and members have. A host's own editors have it once a list stands among the pages that are theirs.
    """
    if user.has_module_perms("newsroom"):
        return True
    pages = policy_registry.get_by_type(Page).explorable_instances(user)
    return bool(pages.type(*list_types()).exists())


def desk_is_home(user: Any) -> bool:
    """Tell whether the admin's home of ``user`` is the desk; everybody else keeps Wagtail's, with its summary."""
    return bool(setting("DESK_AS_HOME")) and is_member(user)


def desk_url(user: Any) -> str:
    """Address of the desk of ``user``, to which buttons on it lead back."""
    return reverse("wagtailadmin_home" if desk_is_home(user) else "newsroom_desk:index")
