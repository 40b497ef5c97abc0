"""Snippets of the newsroom in the admin: lists with the columns and search that an editor needs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.snippets.widgets import AdminSnippetChooser

from news.models import InformationClause, Organisation, Person, Project, SiteTexts, Topic, Venue


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


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class PersonChooserViewSet(ChooserViewSet):
    choose_one_text = _("Choose a person")


class PersonViewSet(SnippetViewSet):
    model = Person
    chooser_viewset_class = PersonChooserViewSet
    icon = "user"
    list_display = ["name", "role", "organisation"]
    list_filter = ["organisation"]


class VenueChooserViewSet(ChooserViewSet):
    choose_one_text = _("Choose a venue")


class VenueViewSet(SnippetViewSet):
    model = Venue
    chooser_viewset_class = VenueChooserViewSet
    icon = "site"
    list_display = ["name", "hall", "city"]


class OrganisationChooserViewSet(ChooserViewSet):
    choose_one_text = _("Choose an organisation")


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    chooser_viewset_class = OrganisationChooserViewSet
    icon = "group"
    list_display = ["name", "url"]


class ProjectChooserViewSet(ChooserViewSet):
    choose_one_text = _("Choose a project")


class ProjectViewSet(SnippetViewSet):
    model = Project
    chooser_viewset_class = ProjectChooserViewSet
    icon = "form"
    list_display = ["name", "number", "ends_on"]


class InformationClauseChooserViewSet(ChooserViewSet):
    choose_one_text = _("Choose an information clause")


class InformationClauseViewSet(SnippetViewSet):
    model = InformationClause
    chooser_viewset_class = InformationClauseChooserViewSet
    icon = "lock"
    list_display = ["title", "version"]


class SiteTextsViewSet(SnippetViewSet):
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
