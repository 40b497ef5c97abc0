"""Forms ask what their sender names, and tell of what they name only what their reader may see."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.admin.compare import StreamBlockComparison, StructBlockComparison
from wagtail.rich_text import extract_references_from_rich_text

from wagtail_newsroom.news import naming
from wagtail_newsroom.news.admin.comparing import of_what_is_seen
from wagtail_newsroom.news.admin.references import refuse_unnameable, tie_rows

Method = Callable[..., Any]


def ask_about_named(clean_fields: Method) -> Method:
    """Right after the fields are read: neither the form's own rules nor the model's meet what is refused."""

    def asked(form: Any) -> None:
        tie_rows(form)
        clean_fields(form)
        refuse_unnameable(form)

    return asked


def show_what_is_seen(get_value_data: Method) -> Method:
    """A chooser shows what was chosen by title, picture and address: to those who may see it."""

    def shown(widget: Any, value: Any) -> Any:
        thing = widget.get_instance(value)
        data = get_value_data(widget, value if thing is None else thing)
        if not data or not isinstance(thing, Model) or not naming.is_unseen(thing, naming.reader()):
            return data
        return {
            **{key: _blank(each) for key, each in data.items()},
            "id": data["id"],
            _title(widget): str(naming.UNSEEN),
        }

    return shown


def _title(widget: Any) -> str:
    return str(getattr(widget, "display_title_key", "title"))


def _blank(value: Any) -> Any:
    """What stands in the place of ``value`` in the data of a chooser's script, which expects its kind."""
    if isinstance(value, dict):
        return {key: _blank(each) for key, each in value.items()}
    return "" if isinstance(value, str) else None


def leave_out_of_editor(format_value: Method) -> Method:
    """The text editor gets addresses, file names and pictures of what a text links to: of what its reader may see."""

    def formatted(widget: Any, value: Any) -> Any:
        content = format_value(widget, value)
        user, state = naming.reader(), json.loads(content)
        if user is None or not state["entityMap"]:
            return content
        # As the editor understood it: it takes more for a picture than the page does.
        html = widget.converter.to_database_format(content)
        hidden = naming.unseen({naming.named(*each[:2]) for each in extract_references_from_rich_text(html)}, user)
        return json.dumps(_without(state, html, {pk for _model, pk in hidden})) if hidden else content

    return formatted


def _without(state: dict[str, Any], html: str, hidden: set[str]) -> dict[str, Any]:
    """The ``state`` of the editor, in which entities with the ``hidden`` ids say no more than the text itself does."""
    for entity in state["entityMap"].values():
        data = entity["data"]
        if str(data.get("id")) in hidden:
            for key in data.keys() - {"id"}:
                if not (isinstance(data[key], str) and data[key] in html):
                    data[key] = str(naming.UNSEEN) if key == "filename" else _blank(data[key])
    return state


def compare_seen_blocks(get_comparison_class: Method) -> Method:
    """Comparing two versions names what a block refers to: to those who may see it. Of rows: ``news/admin/comparing.py``."""

    def found(block: Any) -> Any:
        comparison = get_comparison_class(block)
        # Parts ask for themselves; rich text is compared by its words alone.
        asks = issubclass(comparison, StructBlockComparison | StreamBlockComparison)
        return comparison if asks or isinstance(block, blocks.RichTextBlock) else of_what_is_seen(comparison)

    return found
