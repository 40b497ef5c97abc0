"""What the reference site adds to Wagtail's admin: one's own second factor in the account, that of others in the list of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from home.two_factor.devices import has_second_factor
from home.two_factor.views import may_remove


@hooks.register("register_account_menu_item")
def own_second_factor(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("two_factor_codes"),
        "label": _("Signing in with a code"),
        "help_text": _("A second step beside the password: an app on your phone, and recovery codes."),
    }


@hooks.register("register_user_listing_buttons")
def second_factor_of(user: Any, request_user: Any) -> Iterator[Button]:
    if may_remove(request_user, user) and has_second_factor(user):
        yield Button(
            _("Remove the second factor"),
            reverse("two_factor_remove", args=[user.pk]),
            icon_name="lock-open",
            priority=40,
        )


@hooks.register("register_log_actions")
def second_factor_in_the_log(actions: Any) -> None:
    actions.register_action("home.two_factor.set_up", _("Set up the second factor"), _("Second factor set up"))
    actions.register_action("home.two_factor.codes", _("Make recovery codes"), _("New recovery codes"))
    actions.register_action("home.two_factor.remove", _("Remove the second factor"), _("Second factor removed"))
