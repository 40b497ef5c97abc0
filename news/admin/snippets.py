"""Snippets of the newsroom in the admin: lists with the columns and search that an editor needs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup
from wagtail.snippets.widgets import AdminSnippetChooser

from wagtail_newsroom.news.admin.saving.rows import NewerRowMixin
from wagtail_newsroom.news.models import InformationClause, Organisation, Person, Project, SiteTexts, Topic, Venue


class SnippetChooser(AdminSnippetChooser):
    """With the words of its kind: Wagtail puts them together in one language, and in no case but the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("choose_one_text", "choose_another_text"):
            setattr(self, name, getattr(type(self), name))


class ChooserViewSet(SnippetChooserViewSet):
    """What every kind has in common."""

    base_widget_class = SnippetChooser
    choose_another_text = _("Choose another one")


def chooser(choose_one_text: Any) -> type[ChooserViewSet]:
    """The chooser of a kind, whose button reads ``choose_one_text``."""
    return type("OneKindChooserViewSet", (ChooserViewSet,), {"choose_one_text": choose_one_text})


class RowEditView(NewerRowMixin, EditView):
    """The form of a row: over nobody's newer text."""


class RowViewSet(SnippetViewSet):
    """What every list has in common."""

    edit_view_class = RowEditView


class TopicViewSet(RowViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class PersonViewSet(RowViewSet):
    model = Person
    chooser_viewset_class = chooser(_("Choose a person"))
    icon = "user"
    list_display = ["name", "role", "organisation"]
    list_filter = ["organisation"]


class VenueViewSet(RowViewSet):
    model = Venue
    chooser_viewset_class = chooser(_("Choose a venue"))
    icon = "site"
    list_display = ["name", "hall", "city"]


class OrganisationViewSet(RowViewSet):
    model = Organisation
    chooser_viewset_class = chooser(_("Choose an organisation"))
    icon = "group"
    list_display = ["name", "url"]


class ProjectViewSet(RowViewSet):
    model = Project
    chooser_viewset_class = chooser(_("Choose a project"))
    icon = "form"
    list_display = ["name", "number", "ends_on"]


class InformationClauseViewSet(RowViewSet):
    model = InformationClause
    chooser_viewset_class = chooser(_("Choose an information clause"))
    icon = "lock"
    list_display = ["title", "version"]


class SiteTextsViewSet(RowViewSet):
    model = SiteTexts
    icon = "globe"
    list_display = ["organisation_name"]


class NewsroomSnippets(SnippetViewSetGroup):
    """One menu for what is written once and chosen many times."""

    items = (
        TopicViewSet,
        PersonViewSet,
        OrganisationViewSet,
        VenueViewSet,
        ProjectViewSet,
        InformationClauseViewSet,
        SiteTextsViewSet,
    )
    menu_label = _("Newsroom lists")
    menu_name = "newsroom-lists"
    menu_icon = "list-ul"
    menu_order = 250
    add_to_admin_menu = True
