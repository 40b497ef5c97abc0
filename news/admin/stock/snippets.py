"""Snippets of the newsroom in the admin: lists with the columns and search that an editor needs."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from news.models import InformationClause, Organisation, Person, Project, SiteTexts, Topic, Venue


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "role", "organisation"]
    list_filter = ["organisation"]


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "site"
    list_display = ["name", "hall", "city"]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "url"]


class ProjectViewSet(SnippetViewSet):
    model = Project
    icon = "form"
    list_display = ["name", "number", "ends_on"]


class InformationClauseViewSet(SnippetViewSet):
    model = InformationClause
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
