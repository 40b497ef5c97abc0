"""Whose views of a page answer: ours for page types of the newsroom, a host's own where it has some, with a check."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.trust.planting import page_types
from wagtail_newsroom.galleries.admin.checks import check_photo_form
from wagtail_newsroom.news.admin import page_viewsets
from wagtail_newsroom.news.admin.bulk_actions import OwnFilesMixin, SeenPagesMixin
from wagtail_newsroom.news.admin.checks import check_document_form, check_views_of_pages
from wagtail_newsroom.news.admin.document_form import DocumentForm
from wagtail_newsroom.news.admin.moderation.gates import CheckedEditMixin
from wagtail_newsroom.news.admin.page_mixins import WholeFormMixin
from wagtail_newsroom.news.admin.page_viewsets import AllPagesViewSet, NewsroomPageViewSet, SeenPageViewSet
from wagtail_newsroom.news.admin.saving.typed import NewerVersionMixin
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin

pytestmark = pytest.mark.matrix


@pytest.fixture(autouse=True)
def mounted() -> None:
    """Viewsets are registered with the admin's addresses."""
    assert get_resolver().url_patterns


@pytest.fixture
def registry() -> Iterator[Any]:
    """Wagtail's registry of viewsets, put back afterwards."""
    before = dict(page_viewset_registry.values_by_class), dict(page_viewset_registry.values_by_parent_model)
    yield page_viewset_registry
    page_viewset_registry.values_by_class, page_viewset_registry.values_by_parent_model = before


class HostsEditView(EditView):
    """A host's view without our rules."""


class GoodEditView(CheckedEditMixin, WholeFormMixin, NewerVersionMixin, EditView):
    """A host's view with them."""


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_each_page_type_has_views_with_our_rules(model: type[Page]) -> None:
    assert issubclass(model, ManagedPageMixin)
    viewset = page_viewset_registry.get_by_type(model)
    assert isinstance(viewset, NewsroomPageViewSet)
    for name, mixins in page_viewsets.RULES.items():
        assert all(issubclass(getattr(viewset, name), mixin) for mixin in mixins), name


def test_other_page_types_keep_wagtails_views_but_tell_less() -> None:
    viewset = page_viewset_registry.get_by_type(Page)
    assert isinstance(viewset, AllPagesViewSet)
    assert viewset.edit_view_class is EditView
    assert {name for name in page_viewsets.RULES if getattr(viewset, name) is not getattr(PageViewSet, name)} == set(
        page_viewsets.SEEN
    )


def test_type_made_of_one_of_ours_has_its_views() -> None:
    class TrainingPage(EventPage):
        class Meta:
            abstract = True  # else Wagtail would know it from here on
            app_label = "news"

    assert page_viewset_registry.get_by_type(TrainingPage) is page_viewset_registry.get_by_type(EventPage)


def test_viewset_of_the_host_stays_whoever_comes_first(registry: Any) -> None:
    class HostsViewSet(PageViewSet):
        model = NewsPage

    theirs = HostsViewSet("theirs")
    theirs.on_register()
    for viewset in page_viewsets.page_viewsets():
        viewset.on_register()
    assert registry.get_by_type(NewsPage) is theirs

    class HostsPages(PageViewSet):
        model = Page

    everywhere = HostsPages("everywhere")
    everywhere.on_register()
    for viewset in page_viewsets.page_viewsets():
        viewset.on_register()
    assert registry.get_by_type(Page) is everywhere
    assert isinstance(registry.get_by_type(EventPage), NewsroomPageViewSet)


def test_viewset_of_the_host_without_our_rules_is_told(registry: Any) -> None:
    assert check_views_of_pages(None) == []

    class HostsViewSet(PageViewSet):
        model = EventPage
        edit_view_class = HostsEditView

    HostsViewSet("theirs").on_register()
    told = check_views_of_pages(None)
    assert {error.id for error in told} == {"newsroom.E011"}
    # And as often for each type below that one.
    about_events = [error for error in told if "the viewset of newsroom.EventPage" in error.msg]
    assert len(about_events) == sum(map(len, page_viewsets.RULES.values()))
    told = about_events
    (about_edit,) = (each for each in told if "edit_view_class" in each.msg and "CheckedEditMixin" in each.msg)
    assert "HostsViewSet, the viewset of newsroom.EventPage" in about_edit.msg
    assert "NewsroomPageViewSet" in about_edit.hint
    assert "wagtail_newsroom.news.admin.moderation.gates.CheckedEditMixin" in about_edit.hint


def test_viewset_of_the_host_with_the_mixins_is_fine(registry: Any) -> None:
    class HostsViewSet(NewsroomPageViewSet):
        model = EventPage
        edit_view_class = GoodEditView

    HostsViewSet("theirs").on_register()
    assert isinstance(registry.get_by_type(EventPage), HostsViewSet)
    assert check_views_of_pages(None) == []


def test_list_below_a_page_stays_wagtails(registry: Any) -> None:
    assert SeenPageViewSet.parent_models == ()
    assert set(registry.values_by_parent_model) == {Page}


@pytest.mark.parametrize(
    ("model", "mixin"),
    [(Page, SeenPagesMixin), (get_image_model(), OwnFilesMixin), (get_document_model(), OwnFilesMixin)],
)
def test_each_action_on_several_objects_names_no_foreign_ones(model: Any, mixin: type) -> None:
    actions = list(bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name))
    assert {action.action_type for action in actions} >= {"delete"}
    assert [action for action in actions if not issubclass(action, mixin)] == []


# Forms


def test_form_of_documents_without_versions_is_told(settings: Any) -> None:
    assert check_document_form(None) == []
    settings.WAGTAILDOCS_DOCUMENT_FORM_BASE = ""
    (error,) = check_document_form(None)
    assert (error.id, "wagtail_newsroom.news.admin.document_form.DocumentForm" in error.hint) == ("newsroom.E012", True)
    settings.WAGTAILDOCS_DOCUMENT_FORM_BASE = f"{__name__}.HostsDocumentForm"
    assert check_document_form(None) == []


class HostsDocumentForm(DocumentForm):
    """A host's form, made of ours."""


def test_form_of_photos_that_judges_by_names_is_told(settings: Any) -> None:
    assert check_photo_form(None) == []
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = ""
    (warning,) = check_photo_form(None)
    assert (warning.id, "wagtail_newsroom.galleries.admin.photo_form.PhotoForm" in warning.hint) == (
        "newsroom_galleries.W011",
        True,
    )


def test_form_works_without_a_person(db: None) -> None:
    """Code makes forms too."""
    form_class = get_document_form(get_document_model())
    assert issubclass(form_class, DocumentForm)
    form = form_class({"title": "x"}, {"file": SimpleUploadedFile("x.txt", b"Tekst.")})
    assert "file" not in form.errors
