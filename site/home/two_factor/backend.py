"""Who signs in with name and password, known together with whether they have a second factor."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice


class TwoFactorBackend(ModelBackend):
    """The gate asks at each request of somebody with a session: so the query that fetches the person answers it."""

    def get_user(self, user_id: Any) -> Any:
        own = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        people = get_user_model()._default_manager.annotate(had_second_factor=Exists(own))
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
