"""Files that a site's settings use are public, also those that were set before the newsroom came."""

from django.test import Client
from wagtail.contrib.settings.registry import registry
from wagtail.models import ReferenceIndex, Site

from tests.factories import make_photo, make_site
from wagtail_newsroom.news.models import NewsroomSettings
from wagtail_newsroom.news.publishing.files.settings_of_sites import forget_settings, read_stored_settings
from wagtail_newsroom.news.visibility import is_public_file


def test_all_settings_are_read_into_the_reference_index() -> None:
    indexable = {model for model in registry if ReferenceIndex.model_is_indexable(model)}
    assert NewsroomSettings in indexable
    assert indexable <= ReferenceIndex.indexed_models


def test_logo_is_public_as_long_as_it_is_the_logo(db: None, client: Client) -> None:
    make_site()
    logo, other = make_photo("Logo"), make_photo("Other")
    settings = NewsroomSettings.for_site(Site.objects.get(is_default_site=True))
    settings.logo = logo
    settings.save()
    address = logo.get_rendition("width-20").url

    assert is_public_file(logo)
    assert client.get(address).status_code == 200
    settings.logo = other
    settings.save()
    assert client.get(address).status_code == 404


def test_settings_stored_before_the_newsroom_are_read_by_its_migrations(db: None) -> None:
    make_site()
    logo = make_photo("Logo")
    NewsroomSettings.objects.create(site=Site.objects.get(is_default_site=True), logo=logo)
    forget_settings()
    assert not is_public_file(logo)

    read_stored_settings()
    assert is_public_file(logo)
