"""C5: a page stands among pages of its language. C9: what is taken in the other language stops no translation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions import action_registry
from wagtail.models import APIToken, Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member, set_up_roles
from tests.factories import EventPageFactory, NewsPageFactory, StandardPageFactory, TopicFactory
from wagtail_newsroom.news.models import EventPage, NewsPage, Topic
from wagtail_newsroom.news.publishing.copying.languages import OtherLanguageError

pytestmark = pytest.mark.services

ELSEWHERE = "That place is in another language."
LISTS = {NewsPage: "news", EventPage: "events"}
FACTORIES = {NewsPage: NewsPageFactory, EventPage: EventPageFactory}


@pytest.fixture
def english(tree: dict[str, Page]) -> dict[str, Page]:
    """The lists in English, in which the groups work too."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    copies = {}
    for key in ("home", "news", "events"):
        copy = tree[key].copy_for_translation(locale, copy_parents=True)
        copy.save_revision().publish()
        copies[key] = Page.objects.get(pk=copy.pk).specific
    set_up_roles()
    return copies


def asked(page: Page, place: Page, **more: Any) -> dict[str, Any]:
    sent = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": place.pk, "publish_copies": "on"}
    return {**sent, **more}


def copy_in_the_admin(desk: Desk, page: Page, place: Page) -> None:
    desk.client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), asked(page, place))


def copy_by_the_api(desk: Desk, page: Page, place: Page) -> None:
    _row, secret = APIToken.create_token(user=desk.user, name="test")
    sent = {"destination_id": place.pk, "slug": "kopia", "keep_live": True}
    url = f"/api/v3-preview/pages/{page.pk}/actions/copy/"
    answer = Client().post(url, sent, "application/json", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in {200, 201}, answer.content


def copy_by_code(desk: Desk, page: Page, place: Page) -> None:
    page.copy(to=place, update_attrs={"slug": "kopia"}, user=desk.user)


@pytest.mark.parametrize("way", [copy_in_the_admin, copy_by_the_api, copy_by_code], ids=lambda way: way.__name__)
@pytest.mark.parametrize("model", LISTS)
def test_c5_copy_takes_the_language_of_its_place(
    tree: dict[str, Page], english: dict[str, Page], publisher: Desk, settings: Any, model: Any, way: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    page = FACTORIES[model](parent=tree[LISTS[model]], title="Zqspotkanie")
    page.save_revision().publish()
    way(publisher, model.objects.get(pk=page.pk), english[LISTS[model]])

    copy = model.objects.exclude(pk=page.pk).get()
    assert (copy.locale.language_code, copy.get_latest_revision_as_object().locale) == ("en", copy.locale)
    assert copy.translation_key != page.translation_key
    assert b'<html lang="en"' in Client().get(copy.url).content
    found = Client().get("/api/v2/pages/?locale=en&limit=50")
    assert found.status_code == 200, found.content
    listed = {each["id"] for each in found.json()["items"]}
    assert copy.pk in listed


def test_c5_what_is_below_is_copied_into_the_same_language(tree: dict[str, Page], english: dict[str, Page]) -> None:
    section = StandardPageFactory(parent=tree["home"])
    StandardPageFactory(parent=section)
    copy = section.copy(recursive=True, to=english["home"], update_attrs={"slug": "kopia"})
    assert [each.locale.language_code for each in copy.get_descendants(inclusive=True)] == ["en", "en"]
    # In its own language, and beside it, nothing changes.
    assert section.copy(to=tree["home"], update_attrs={"slug": "obok"}).locale == section.locale
    assert section.copy(update_attrs={"slug": "obok-2"}).locale == section.locale


def test_c5_page_is_not_moved_into_another_language(
    tree: dict[str, Page], english: dict[str, Page], publisher: Desk, administrator: Desk, settings: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    page, place = NewsPageFactory(parent=tree["news"]), english["news"]
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk])
    for answer in (publisher.client.get(confirm, follow=True), publisher.client.post(confirm, follow=True)):
        assert ELSEWHERE in answer.content.decode()
    bulk = f"/admin/bulk/wagtailcore/page/move/?next=/admin/&id={page.pk}"
    answer = administrator.client.post(bulk, {"chooser": place.pk}, follow=True)
    assert answer.status_code == 200
    _row, secret = APIToken.create_token(user=publisher.user, name="test")
    url, headers = f"/api/v3-preview/pages/{page.pk}/actions/move/", {"Authorization": f"Bearer {secret}"}
    sent = {"destination_id": place.pk}
    assert Client().post(url, sent, "application/json", headers=headers).status_code == 403
    with pytest.raises(OtherLanguageError):
        page.move(place, pos="last-child")
    page.refresh_from_db()
    assert page.get_parent().pk == tree["news"].pk
    # Within the language it goes where its author wants it.
    page.move(StandardPageFactory(parent=tree["home"]), pos="last-child")


def test_c5_no_mirror_in_another_language(tree: dict[str, Page], english: dict[str, Page], administrator: Desk) -> None:
    page, place = NewsPageFactory(parent=tree["news"]), english["news"]
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = administrator.client.post(url, asked(page, place, alias="on"))
    assert ELSEWHERE in answer.content.decode()
    action = action_registry.get_action_class(Page, "create_alias")
    with pytest.raises(OtherLanguageError):
        action(page, parent=place, update_slug="lustro").execute(skip_permission_checks=True)
    assert NewsPage.objects.get().pk == page.pk


def translating(page: Page) -> str:
    return f"/admin/translation/submit/page/{page.pk}/"


def test_c5_editors_translate_what_is_theirs_to_where_they_work(
    tree: dict[str, Page], english: dict[str, Page], editor: Desk
) -> None:
    own = NewsPageFactory(parent=tree["news"], owner=editor.user, live=False)
    foreign = NewsPageFactory(parent=tree["news"])
    locale = english["news"].locale
    assert editor.client.get(translating(own)).status_code == 200
    answer = editor.client.post(translating(own), {"locales": [locale.pk]})
    made = own.get_translation(locale)
    assert answer["Location"] == f"/admin/pages/{made.pk}/edit/"
    assert editor.client.get(answer["Location"]).status_code == 200
    assert editor.client.post(translating(foreign), {"locales": [locale.pk]})["Location"] == "/admin/"


def test_c5_nobody_translates_to_where_they_may_not_write(
    tree: dict[str, Page], english: dict[str, Page], editor: Desk
) -> None:
    editor.user.groups.get(name=EDITORS).page_permissions.filter(page=english["news"]).delete()
    own = NewsPageFactory(parent=tree["news"], owner=editor.user, live=False)
    answer = editor.client.post(translating(own), {"locales": [english["news"].locale_id]}, follow=True)
    assert "You may not add pages in that language." in answer.content.decode()
    assert not own.has_translation(english["news"].locale)


def test_c9_topic_whose_slug_is_taken_is_translated_under_a_free_one(
    tree: dict[str, Page], english: dict[str, Page]
) -> None:
    locale, desk = english["news"].locale, Desk(member(PUBLISHERS))
    TopicFactory(name="Media", slug="media", locale=locale)
    polish = TopicFactory(name="Media", slug="media")
    answer = desk.client.post(
        f"/admin/translation/submit/snippet/newsroom/topic/{polish.pk}/", {"locales": [locale.pk]}
    )
    assert answer.status_code == 302
    assert polish.get_translation(locale).slug == "media-2"
    assert polish.slug == "media"


def test_c9_every_register_is_translated_with_all_that_is_unique_in_it(english: dict[str, Page]) -> None:
    """A register whose unique field is taken in the other language must find a free value itself."""
    unique = {
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin) and model.__module__.startswith("wagtail_newsroom")
        for fields in [
            *(constraint.fields for constraint in model._meta.constraints if getattr(constraint, "fields", ())),
            *([field.name] for field in model._meta.fields if field.unique and not field.primary_key),
        ]
        if set(fields) != {"translation_key", "locale"}
    }
    assert unique == {Topic}
    assert all("copy_for_translation" in vars(model) for model in unique)


def test_c9_taken_value_is_told(english: dict[str, Page], publisher: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a register of a host that finds no free value."""
    locale = english["news"].locale
    TopicFactory(slug="media", locale=locale)
    polish = TopicFactory(slug="media")
    monkeypatch.setattr(Topic, "copy_for_translation", TranslatableMixin.copy_for_translation)
    url = f"/admin/translation/submit/snippet/newsroom/topic/{polish.pk}/"
    answer = publisher.client.post(url, {"locales": [locale.pk]}, follow=True)
    assert "Nothing was translated" in answer.content.decode()
    assert not polish.has_translation(locale)
