"""What is read of all sites at once says of each what Wagtail says, which asks one by one."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Site
from wagtail.models.sites import get_site_for_hostname

from tests.factories import StandardPageFactory, make_site
from wagtail_newsroom.news.site_tree import root_paths, site_at

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def plant_sites() -> None:
    """Sites of one name, two of another, below one another, one of them in two languages."""
    home = make_site()["home"]
    english, _made = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    second = StandardPageFactory(parent=home)
    for name, port in (("one.example", 80), ("two.example", 80), ("two.example", 8080)):
        Site.objects.create(hostname=name, port=port, root_page=second)


@pytest.mark.parametrize("has_default", [True, False])
def test_site_is_the_one_that_wagtail_finds(has_default: bool) -> None:
    plant_sites()
    if not has_default:
        Site.objects.update(is_default_site=False)
    for name in ("one.example", "two.example", "localhost", "nobody.example"):
        for port in (80, 8080, 9):
            try:
                expected = get_site_for_hostname(name, port)
            except Site.DoesNotExist:
                expected = None
            found = site_at(name, port)
            assert found == expected, (name, port)
            assert found is None or (found.root_page, found.root_url) == (expected.root_page, expected.root_url)


def test_paths_of_sites_are_those_that_wagtail_keeps() -> None:
    plant_sites()
    Site.clear_site_root_paths_cache()
    ours, wagtails = root_paths(), Site.get_site_root_paths()
    # Two sites of one name and place stand in whatever order the database gives them.
    assert sorted(ours) == sorted(wagtails)
    assert [path.root_path for path in ours] == [path.root_path for path in wagtails]


def test_home_page_is_found_as_wagtail_finds_it(settings: Any) -> None:
    plant_sites()
    settings.ALLOWED_HOSTS = ["*"]
    ours = "wagtail_newsroom.news.views.sites.SiteMiddleware"
    with_ours, without = settings.MIDDLEWARE, [name for name in settings.MIDDLEWARE if name != ours]
    assert len(without) < len(with_ours)
    for host, path in (("localhost", "/"), ("localhost", "/en/"), ("one.example", "/"), ("one.example", "/en/")):
        answers = []
        for settings.MIDDLEWARE in (with_ours, without):
            answers.append(Client().get(path, headers={"host": host}))
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].content == answers[1].content
