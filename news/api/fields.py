"""What page types show in the API: what they say themselves, what other apps registered, nothing of a part that is off.

Wagtail's v2 and v3 both read ``api_fields`` of the model; neither has a door for another app's fields. Importing this
module adds them: v3 reads the models while it is being imported.
"""

from typing import Any

from wagtail.models import get_page_models

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.switches import REGISTRATION, REGISTRATION_FIELDS, is_on

# Off, registration is a fact too: there is none.
SAID_ANYHOW = {"registration"}


def add_registered_fields() -> None:
    """Give each page type the API fields that were registered for it, or for a type above it; each once."""
    for model in get_page_models():
        known = {_name(field) for field in getattr(model, "api_fields", ())}
        if added := [field for field in registry.api_fields_for(model) if field.name not in known]:
            model.api_fields = [*model.api_fields, *added]


def without_parts_that_are_off(fields: list[Any]) -> list[Any]:
    """``api_fields`` of a type without those of registration, where the host has switched registration off."""
    if is_on(REGISTRATION):
        return fields
    gone = {*REGISTRATION_FIELDS} - SAID_ANYHOW
    return [field for field in fields if _name(field) not in gone]


def _leave_out_parts_that_are_off() -> None:
    for model in get_page_models():
        if "api_fields" in vars(model):
            model.api_fields = without_parts_that_are_off(model.api_fields)


def _name(field: Any) -> str:
    return str(getattr(field, "name", field))


add_registered_fields()
_leave_out_parts_that_are_off()
