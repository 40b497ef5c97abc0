"""A draft saves half-done: a title is enough, whatever publication will ask for."""

from typing import Any

import pytest
from wagtail.models import Locale, Page, get_page_models

from home.models import ContactPage, HomePage, SearchPage, StandardPage
from tests.admin.desk import Desk, messages_beside, shown_values
from tests.host_types.models import DonatedGalleryPage, OurNewsPage, TrainingPage
from wagtail_newsroom.galleries.models import GalleryIndexPage, GalleryPage
from wagtail_newsroom.news.models import AttachmentIndexPage, EventIndexPage, EventPage, NewsIndexPage, NewsPage

PARENTS = {
    HomePage: "root",
    StandardPage: "home",
    ContactPage: "home",
    SearchPage: "home",
    NewsIndexPage: "empty_home",
    EventIndexPage: "empty_home",
    GalleryIndexPage: "empty_home",
    AttachmentIndexPage: "empty_home",
    NewsPage: "news",
    EventPage: "events",
    GalleryPage: "galleries",
    TrainingPage: "events",
    OurNewsPage: "news",
    DonatedGalleryPage: "galleries",
}


def our_page_types() -> set[type[Page]]:
    """Every page type of ours that somebody can create."""
    ours = {"newsroom", "newsroom_galleries", "home", "host_types"}
    return {model for model in get_page_models() if model._meta.app_label in ours and model.is_creatable}


def parent_of(model: type[Page], tree: dict[str, Page]) -> Page:
    if PARENTS[model] == "root":
        return Page.get_first_root_node()
    if PARENTS[model] == "empty_home":
        tree["home"].copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
        return HomePage.objects.get(locale__language_code="en")
    return tree[PARENTS[model]]


def test_every_page_type_is_tried() -> None:
    assert our_page_types() == set(PARENTS)


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_draft_saves_with_a_title_alone(model: type[Page], tree: dict[str, Page], admin_user: Any) -> None:
    desk, parent = Desk(admin_user), parent_of(model, tree)
    # The browser fills in the slug while the title is typed: tests/browser/test_slugs.py.
    form = desk.blank(model, parent).fill(title="Żółta łódź", slug="zolta-lodz")

    response = form.save_draft()

    assert response.status_code == 302, response.context["form"].errors
    page = model.objects.get(title="Żółta łódź")
    assert (page.slug, page.live, page.get_parent().pk) == ("zolta-lodz", False, parent.pk)
    assert desk.open(page).save_draft().status_code == 302


@pytest.mark.parametrize(
    ("model", "missing"),
    [(NewsPage, ["lead"]), (EventPage, ["lead", "start_date"])],
    ids=["NewsPage", "EventPage"],
)
def test_publication_asks_for_what_is_missing(
    model: type[Page], missing: list[str], tree: dict[str, Page], publisher: Desk
) -> None:
    parent = parent_of(model, tree)
    form = publisher.blank(model, parent).fill(title="Spotkanie", slug="spotkanie")

    refused = form.publish()

    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == set(missing)
    for field in missing:
        assert messages_beside(refused, field) == ["This field is required."]
    assert shown_values(refused)["title"] == ["Spotkanie"]
    assert not model.objects.exists()
    assert form.save_draft().status_code == 302
    assert not model.objects.get().live


def test_publication_asks_for_a_title_and_a_draft_does_too(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(NewsPage, tree["news"]).fill(title="", slug="spotkanie", lead="O czym.")
    for answer in (form.save_draft(), form.publish()):
        assert answer.status_code == 200
        assert messages_beside(answer, "title") == ["This field is required."]
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("model", [NewsPage, EventPage, GalleryPage], ids=lambda model: model.__name__)
def test_autosaved_draft_is_kept_half_done(model: type[Page], tree: dict[str, Page], editor: Desk) -> None:
    form = editor.blank(model, parent_of(model, tree)).fill(title="Szkic", slug="szkic")
    answer = editor.client.post(form.url, form.data, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert model.objects.get().title == "Szkic"
