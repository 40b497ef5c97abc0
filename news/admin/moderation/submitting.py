"""“Submit for approval” in words that fit every language: Wagtail puts the workflow's name into the label."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.admin.action_menu import SubmitForModerationMenuItem


class SubmitMenuItem(SubmitForModerationMenuItem):
    """The same button; which workflow a page goes to is told beside its status."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        return {**context, "label": gettext("Submit for approval again") if again else gettext("Submit for approval")}


def name_submission(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Replace Wagtail's button in the editor's actions."""
    menu_items[:] = [
        SubmitMenuItem(order=item.order) if type(item) is SubmitForModerationMenuItem else item for item in menu_items
    ]
