"""Fields that other apps registered for page types, added to what the types themselves say.

Wagtail's v2 and v3 both read ``api_fields`` of the model; neither has a door for another app's fields. Importing this
module adds them: v3 reads the models while it is being imported.
"""

from wagtail.models import get_page_models

from wagtail_newsroom.news import registry


def add_registered_fields() -> None:
    """Give each page type the API fields that were registered for it, or for a type above it; each once."""
    for model in get_page_models():
        known = {getattr(field, "name", field) for field in getattr(model, "api_fields", ())}
        if added := [field for field in registry.api_fields_for(model) if field.name not in known]:
            model.api_fields = [*model.api_fields, *added]


add_registered_fields()
