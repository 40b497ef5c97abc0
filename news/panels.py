"""Panels of the editor that Wagtail does not have.

Public: other apps may import from here.
"""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.panels import MultipleChooserPanel, Panel
from wagtail.admin.telepath import register as register_telepath_adapter
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.enums import AttachmentKind

# Where Wagtail takes files in, and where it describes what was chosen: by the app of the model that a row chooses.
ENDPOINTS = {
    "images": ("wagtailimages:add_multiple", "wagtailimages_chooser:chosen_multiple"),
    "documents": ("wagtaildocs:add_multiple", "wagtaildocs_chooser:chosen_multiple"),
}


class SeveralFilesPanel(MultipleChooserPanel):
    """Rows that each choose a file: several are chosen at once, or uploaded at once, into the library and the rows.

    ``kind``: ``images`` or ``documents``. Uploads go through Wagtail's own view for several files, with its checks; rows
    come in the order in which the files were picked.
    """

    def __init__(self, relation_name: str, chooser_field_name: str, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(relation_name, chooser_field_name=chooser_field_name, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "kind": self.kind}

    @register_telepath_adapter
    class BoundPanel(MultipleChooserPanel.BoundPanel):
        template_name = "newsroom_admin/panels/several_files.html"
        telepath_adapter_name = "wagtail.panels.MultipleChooserPanel"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "collections": self.collections()}

        def collections(self) -> list[tuple[int, str]]:
            """Collections into which the person may upload; none: nothing is offered."""
            model = self.panel.db_field.related_model._meta.get_field(self.panel.chooser_field_name).related_model
            allowed = policy_registry.get_by_type(model).collections_user_has_permission_for(self.request.user, "add")
            return [(collection.pk, str(collection)) for collection in allowed]

        @property
        def upload_options(self) -> str:
            """What the script needs to know, as JSON."""
            upload, chosen = ENDPOINTS[self.panel.kind]
            return json.dumps(
                {
                    "upload": reverse(upload),
                    "chosen": f"{reverse(chosen)}?multiple=1",
                    "chooser": self.panel.chooser_field_name,
                    "messages": {
                        "uploading": gettext("Uploading %(number)s of %(all)s: %(name)s"),
                        "done": gettext("Uploaded: %(number)s."),
                        "failed": gettext("The file did not arrive. Try again."),
                        "unfinished": gettext(
                            "The library asks for more about this file. Add it there, then choose it."
                        ),
                        "notChoosable": gettext("You may not choose files from this collection."),
                        "full": gettext("No more rows fit here."),
                    },
                }
            )

        @property
        def media(self) -> forms.Media:
            return super().media + forms.Media(
                js=["newsroom/admin/panels/save-in-turn.js", "newsroom/admin/panels/several-files.js"],
                css={"all": ["newsroom/admin/panels/several-files.css"]},
            )


class OriginalPanel(Panel):
    """The originals that a page was made from, for people who edit it, and the files that they name and it lacks.

    Shown on a page that has one.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom_admin/panels/originals.html"

        @cached_property
        def originals(self) -> list[Any]:
            return list(self.instance.newsroom_originals.all()) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.originals)

        @cached_property
        def missing_files(self) -> list[tuple[str, str]]:
            """Title and kind of what the originals name and the page does not offer under that title."""
            rows = self.instance.attachments.all()
            there = {title.casefold() for row in rows for title in (row.label, row.attachment.title) if title}
            return [
                (
                    file["title"],
                    str(AttachmentKind(file["kind"]).label) if file["kind"] in AttachmentKind.values else "",
                )
                for original in self.originals
                for file in original.named_files
                if file["title"].casefold() not in there
            ]

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "originals": self.originals, "missing_files": self.missing_files}


class AgendaPanel(Panel):
    """Above the programme of an event: paste one in, copy it out. Both work on what the form holds at the moment."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom_admin/agenda/panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            parent = getattr(self.form, "parent_page", None)
            return {
                **super().get_context_data(parent_context),
                "place": self.instance.pk or (parent.pk if parent is not None else ""),
            }

        @property
        def media(self) -> forms.Media:
            scripts: list[Any] = [Script("newsroom/admin/agenda/agenda.js", type="module")]
            return super().media + forms.Media(js=scripts, css={"all": ["newsroom/admin/agenda/agenda.css"]})
