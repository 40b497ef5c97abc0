"""The admin's own API acts on pages without asking the hooks that the admin's forms ask. Here its actions are made to."""

from collections.abc import Callable
from typing import Any

from rest_framework.exceptions import PermissionDenied
from wagtail.admin.api.views import PagesAdminAPIViewSet


def guard_api_action(name: str, why_not: Callable[[Any, Any], str]) -> None:
    """Let the action ``name`` answer 403 with what ``why_not(user, page)`` says; an empty text lets it through."""
    action = PagesAdminAPIViewSet.actions[name]

    class Guarded(action):  # type: ignore[misc,valid-type]  # a class of Wagtail's, known at run time
        def execute(self, instance: Any, data: Any) -> Any:
            if refusal := why_not(self.request.user, instance):
                raise PermissionDenied(refusal)
            return super().execute(instance, data)

    PagesAdminAPIViewSet.actions[name] = Guarded
