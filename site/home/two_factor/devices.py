"""Whose second factor is what, and whether a code is right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
DIGITS = 6
NAME = "home"


def has_second_factor(user: Any) -> bool:
    """Tell whether ``user`` has set an app up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required(user: Any) -> bool:
    """Tell whether ``user`` has to have a second factor: who may enter the admin, where the site asks for it."""
    return bool(settings.REQUIRE_TWO_FACTOR) and user.has_perm("wagtailadmin.access_admin")


def is_pending(user: Any) -> bool:
    """Tell whether ``user`` gave a password, and still owes the second factor."""
    if not user.is_authenticated or user.is_verified():
        return False
    had = getattr(user, "had_second_factor", None)  # as the request began: see backend.py
    return (has_second_factor(user) if had is None else had) or is_required(user)


def device_to_set_up(user: Any) -> TOTPDevice:
    """The app that ``user`` is about to set up: the same until its first code was right."""
    device, _created = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})
    return device


class CheckedCode:
    """A code that was typed: the device that knows it, or the moment until which nobody may try again."""

    def __init__(self, user: Any, typed: str, *, setting_up: bool = False) -> None:
        code = "".join(typed.split()).lower()
        model = TOTPDevice if setting_up or (code.isdecimal() and len(code) == DIGITS) else StaticDevice
        self.device: Any = None
        self.locked_until: datetime | None = None
        with transaction.atomic():
            for device in model.objects.select_for_update().filter(user=user, confirmed=not setting_up):
                allowed, more = device.verify_is_allowed()
                if not allowed:
                    self.locked_until = (more or {}).get("locked_until")
                elif device.verify_token(code):
                    self.device = device
                    return


def confirm(device: TOTPDevice) -> list[str]:
    """Make ``device`` the only one of its person; returns fresh recovery codes."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return new_recovery_codes(device.user)


def new_recovery_codes(user: Any) -> list[str]:
    """Codes that work once each, in the place of those that there were."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=NAME)
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def remove_second_factor(user: Any) -> bool:
    """Take app and recovery codes of ``user`` away; tells whether there were any."""
    with transaction.atomic():
        removed, _by_model = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
    return bool(removed)
