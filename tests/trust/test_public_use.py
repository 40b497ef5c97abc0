"""A file is public because something published shows it: a page, by itself or through the snippets that it shows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.snippets.models import get_snippet_models

from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    agenda_day,
    make_attachment,
    make_photo,
    make_site,
)
from tests.third_party.models import Answer
from tests.trust.doors import V2, V3, ask, document_addresses, image_addresses
from wagtail_newsroom.news.models import (
    EventOrganiser,
    InformationClause,
    NewsroomSettings,
    Organisation,
    Project,
    SiteTexts,
)
from wagtail_newsroom.news.uses import fields_to
from wagtail_newsroom.news.visibility import is_always_shown, is_public_file, public_files

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def logo_of_an_organiser(event: Any) -> Any:
    photo = make_photo("Znak")
    event.organisers = [EventOrganiser(organisation=OrganisationFactory(logo=photo))]
    return photo


def logo_of_its_translation(event: Any) -> Any:
    photo = make_photo("Znak")
    polish = OrganisationFactory()
    english, _created = Locale.objects.get_or_create(language_code="en")
    Organisation.objects.create(name="House", logo=photo, locale=english, translation_key=polish.translation_key)
    event.organisers = [EventOrganiser(organisation=polish)]
    return photo


def logo_of_a_speakers_organisation(event: Any) -> Any:
    photo = make_photo("Znak")
    speaker = PersonFactory(organisation=OrganisationFactory(logo=photo))
    day = agenda_day({"title": "Otwarcie", "speakers": [{"person": speaker.pk}]})
    event.agenda = event.agenda.stream_block.to_python([day])
    return photo


def strip_of_a_project(event: Any) -> Any:
    photo = make_photo("Pasek")
    event.projects = [Project.objects.create(name="Projekt", logo_strip=photo, locale=Locale.get_default())]
    return photo


def logo_of_a_partner(event: Any) -> Any:
    photo = make_photo("Znak")
    project = Project(name="Projekt", locale=Locale.get_default())
    project.partners = [OrganisationFactory(logo=photo)]
    project.save()
    event.projects = [project]
    return photo


def file_in_a_clause(event: Any) -> Any:
    document = make_attachment("Zgoda")
    link = f'<p><a linktype="document" id="{document.pk}">zgoda</a></p>'
    event.information_clause = InformationClause.objects.create(title="RODO", text=link, locale=Locale.get_default())
    return document


CASES: list[Callable[[Any], Any]] = [
    logo_of_an_organiser,
    logo_of_its_translation,
    logo_of_a_speakers_organisation,
    strip_of_a_project,
    logo_of_a_partner,
    file_in_a_clause,
]


# 401: the preview of Wagtail's v3 API, which asks strangers who they are before it says what there is not.
HIDDEN = {401, 404}


def addresses(file: Any) -> list[str]:
    if isinstance(file, get_document_model()):
        return [*document_addresses(file), f"{V2}/documents/{file.pk}/"]
    file.get_rendition("fill-20x20")
    return [*image_addresses(file), f"{V2}/images/{file.pk}/", f"{V3}/images/{file.pk}/"]


def hit(visitor: Client, file: Any) -> set[int]:
    """What ``visitor`` is answered at the addresses of ``file`` and its sizes, and in the APIs."""
    return {ask(visitor, address).status for address in addresses(file)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_t3_snippets_file_is_public_only_while_a_public_page_shows_the_snippet(
    case: Callable[[Any], Any], client: Client
) -> None:
    events = make_site()["events"]
    event = EventPageFactory(parent=events, live=False)
    file = case(event)
    event.save_revision()

    assert hit(client, file) <= HIDDEN
    event.save()  # as a page that was public once: its rows stay
    assert hit(client, file) <= HIDDEN
    event.save_revision().publish()
    assert is_public_file(file)
    assert list(public_files(type(file)._default_manager.filter(pk=file.pk), Site.objects.get())) == [file]
    assert 200 in hit(client, file)
    restriction = PageViewRestriction.objects.create(page=event, restriction_type=PageViewRestriction.LOGIN)
    assert hit(client, file) <= HIDDEN
    restriction.delete()
    event.refresh_from_db()
    event.unpublish()
    assert hit(client, file) <= HIDDEN


def test_t3_logo_of_an_added_organisation_publishes_nothing(client: Client) -> None:
    """As an editor would add it; whether they may choose the photo is another test's question."""
    make_site()
    photo = make_photo("Szkic")
    boss = Client()
    boss.force_login(get_user_model().objects.create_superuser("boss"))

    boss.post("/admin/snippets/newsroom/organisation/add/", {"name": "A", "logo": photo.pk, "logo_alt": "Znak A."})

    assert Organisation.objects.get().logo == photo
    assert hit(client, photo) <= HIDDEN


def test_every_snippet_that_can_name_a_file_is_among_the_cases() -> None:
    files = (get_image_model(), get_document_model())
    naming = {
        model._meta.label
        for model in get_snippet_models()
        for field in model._meta.get_fields()
        if hasattr(field, "extract_references")
        or (isinstance(field, models.ForeignKey | models.ManyToManyField) and issubclass(field.related_model, files))
    }
    assert naming == {"newsroom.Organisation", "newsroom.Project", "newsroom.InformationClause"}


def test_many_to_many_fields_of_pages_and_snippets_count_as_uses() -> None:
    snippets = get_snippet_models()
    sources = [model for model in apps.get_models() if issubclass(model, (Page, *snippets))]
    expected = {field for model in sources for field in model._meta.many_to_many if field.related_model in snippets}
    assert {field for model in snippets for field in fields_to(model)} == expected
    assert {field.name for field in expected} == {"topics", "projects", "partners"}


def test_logo_of_one_site_is_not_among_the_files_of_another() -> None:
    make_site()
    photo = make_photo("Znak")
    here = Site.objects.get(is_default_site=True)
    there = Site.objects.create(hostname="there.example.org", root_page=here.root_page)
    NewsroomSettings.objects.create(site=there, logo=photo)

    files = type(photo)._default_manager.all()
    assert list(public_files(files, there)) == list(public_files(files)) == [photo]
    assert list(public_files(files, here)) == []


def test_rows_that_use_each_other_in_a_circle_are_followed_once(django_assert_max_num_queries: Any) -> None:
    tree = make_site()
    photo = make_photo("Znak")
    house = OrganisationFactory(logo=photo)
    for number in range(3):
        project = Project(name=f"Projekt {number}", logo_strip=photo, locale=Locale.get_default())
        project.partners = [house]
        project.save()
    with django_assert_max_num_queries(16):
        assert not is_public_file(photo)
    news = NewsPageFactory(parent=tree["news"])
    news.projects = [project]
    news.save_revision().publish()
    with django_assert_max_num_queries(16):
        assert is_public_file(photo)


def test_texts_of_a_site_need_no_page() -> None:
    assert is_always_shown(SiteTexts)
    assert is_always_shown(NewsroomSettings)
    assert is_always_shown(Answer)  # said by its app
    assert not is_always_shown(Organisation)
