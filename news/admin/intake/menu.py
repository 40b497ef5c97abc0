"""The ways in: an entry of the newsroom's menu for each purpose, buttons on the desk and in the lists."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.intake.purposes import PURPOSES, Purpose
from wagtail_newsroom.news.admin.menu.places import INTAKE, SUBMENU_HOOK


def may_begin(user: Any) -> bool:
    """Whether the ways in are shown: asks for no single page. The page itself asks for a list to write in."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "add"))


class IntakeMenuItem(MenuItem):
    """Leads to step 1."""

    def is_shown(self, request: Any) -> bool:
        return may_begin(request.user)


def intake_item(purpose: Purpose, order: int) -> IntakeMenuItem:
    return IntakeMenuItem(
        purpose.label,
        reverse(purpose.bring),
        name=f"bring-{purpose.name}",
        icon_name=purpose.icon,
        order=order,
    )


def register_intake_menu() -> None:
    """Put an entry for each purpose into the newsroom's menu."""
    for position, purpose in enumerate(PURPOSES.values()):
        order = INTAKE + position
        hooks.register(SUBMENU_HOOK, lambda purpose=purpose, order=order: intake_item(purpose, order))


def desk_buttons() -> list[dict[str, str]]:
    """Buttons of the desk, beside those for an empty page."""
    return [
        {"label": str(purpose.label), "url": reverse(purpose.bring), "icon": purpose.icon}
        for purpose in PURPOSES.values()
    ]


def list_buttons(model: type[Page], user: Any) -> list[Button]:
    """Buttons in the list of pages of ``model``."""
    if not may_begin(user):
        return []
    return [
        Button(str(purpose.label), url=reverse(purpose.bring), icon_name=purpose.icon, priority=45)
        for purpose in PURPOSES.values()
        if purpose.model is model
    ]
