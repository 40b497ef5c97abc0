"""Addresses: ASCII, unique among sisters, and Polish letters survive in them."""

import pytest
from wagtail.models import Page

from home.models import StandardPage
from tests.admin.desk import Desk, messages_beside, shown_values
from tests.factories import NewsPageFactory, TopicFactory
from wagtail_newsroom.news.models import EventPage, NewsPage, Topic
from wagtail_newsroom.news.slugs import ascii_slug

GOOD = {"title": "Żółta łódź", "lead": "O czym jest."}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Żółta łódź", "zolta-lodz"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc-gesla-jazn"),
        ("Łąka, źdźbło & ćma!", "laka-zdzblo-cma"),
        ("Straße in Köln", "strasse-in-koln"),
        ("Ελλάδα", "ellada"),
        ("  –  ", ""),
        ("wyraz " * 40, "-".join(["wyraz"] * 16)),
        ("x" * 150, "x" * 100),
    ],
)
def test_slug_of_a_title(text: str, slug: str) -> None:
    assert ascii_slug(text) == slug


@pytest.mark.parametrize("action", ["publish", "save_draft"])
def test_slug_that_a_sister_has_is_refused(action: str, tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], slug="wlasny-adres")
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug="wlasny-adres")
    answer = getattr(form, action)()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["slug"]
    assert messages_beside(answer, "slug") == ["The slug 'wlasny-adres' is already in use within the parent page."]
    assert shown_values(answer)["slug"] == ["wlasny-adres"]
    assert NewsPage.objects.count() == 1


def test_new_page_with_the_title_of_a_sister_gets_the_next_free_slug(tree: dict[str, Page], publisher: Desk) -> None:
    """What the browser made of the title nobody chose: the monthly meeting is called as it was last month."""
    NewsPageFactory(parent=tree["news"], slug="zolta-lodz")
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug="zolta-lodz")
    assert form.save_draft().status_code == 302
    assert set(NewsPage.objects.values_list("slug", flat=True)) == {"zolta-lodz", "zolta-lodz-2"}


def test_form_that_saves_itself_goes_on_with_the_slug_that_was_kept(tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], slug="zolta-lodz")
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug="zolta-lodz")
    saved = publisher.client.post(form.url, form.data, headers={"Accept": "application/json"}).json()
    assert saved["field_updates"]["slug"] == "zolta-lodz-2"
    page = NewsPage.objects.get(pk=saved["pk"])
    again = publisher.client.post(f"/admin/pages/{page.pk}/edit/", {**form.data, **saved["field_updates"]})
    assert (again.status_code, NewsPage.objects.get(pk=page.pk).slug) == (302, "zolta-lodz-2")


def test_slug_that_a_cousin_has_is_free(tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], slug="zolta-lodz")
    form = publisher.blank(EventPage, tree["events"]).fill(**GOOD, slug="zolta-lodz", start_date="2027-03-12")
    assert form.publish().status_code == 302


def test_change_to_a_slug_that_a_sister_has_keeps_the_draft(tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], slug="zolta-lodz")
    page = NewsPageFactory(parent=tree["news"], slug="inna-lodz")
    answer = publisher.open(page).fill(slug="zolta-lodz").save_draft()
    assert messages_beside(answer, "slug") == ["The slug 'zolta-lodz' is already in use within the parent page."]
    page.refresh_from_db()
    assert (page.slug, page.latest_revision) == ("inna-lodz", None)


def test_page_made_by_code_gets_its_slug_from_its_title(tree: dict[str, Page]) -> None:
    first, second = (NewsPage(**GOOD) for _ in range(2))
    for page in (first, second):
        tree["news"].add_child(instance=page)
    standard = StandardPage(title="Łęgi nad Wartą")
    tree["home"].add_child(instance=standard)
    assert [page.slug for page in (first, second, standard)] == ["zolta-lodz", "zolta-lodz-2", "legi-nad-warta"]


def test_topic_gets_its_slug_from_its_name(tree: dict[str, Page], publisher: Desk) -> None:
    url = "/admin/snippets/newsroom/topic/add/"
    sent = {"name": "Usługi społeczne w Łodzi", "slug": "", "description": ""}
    assert publisher.client.post(url, sent).status_code == 302
    assert Topic.objects.get().slug == "uslugi-spoleczne-w-lodzi"


@pytest.mark.parametrize("action", ["publish", "save_draft"])
@pytest.mark.parametrize("model", [NewsPage, StandardPage], ids=lambda model: model.__name__)
def test_empty_slug_is_made_of_the_title(
    model: type[Page], action: str, tree: dict[str, Page], publisher: Desk
) -> None:
    parent = tree["news"] if model is NewsPage else tree["home"]
    for slug in ("zolta-lodz", "zolta-lodz-2", "zolta-lodz-3"):
        form = publisher.blank(model, parent).fill(**GOOD, slug="")
        assert getattr(form, action)().status_code == 302
        assert model.objects.order_by("pk").last().slug == slug


def test_title_without_letters_asks_for_a_slug(tree: dict[str, Page], publisher: Desk) -> None:
    answer = publisher.blank(NewsPage, tree["news"]).fill(title="?!", lead="O czym.", slug="").publish()
    assert answer.status_code == 200
    assert messages_beside(answer, "slug") == ["This field is required."]


@pytest.mark.parametrize(("typed", "slug"), [("łódź", "lodz"), ("żółta-łódź", "zolta-lodz"), ("ZAŻÓŁĆ", "zazolc")])
def test_polish_letters_of_a_typed_slug_become_ascii(
    typed: str, slug: str, tree: dict[str, Page], publisher: Desk
) -> None:
    assert publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug=typed).publish().status_code == 302
    assert NewsPage.objects.get().slug == slug


def test_typed_slug_that_becomes_a_sisters_is_refused(tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], slug="lodz")
    answer = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug="łódź").publish()
    assert messages_beside(answer, "slug") == ["The slug 'lodz' is already in use within the parent page."]
    assert shown_values(answer)["slug"] == ["łódź"]


@pytest.mark.parametrize("slug", ["zolta lodz", "zolta/lodz"])
def test_slug_that_is_none_is_refused_with_what_is_allowed(slug: str, tree: dict[str, Page], publisher: Desk) -> None:
    answer = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, slug=slug).publish()
    (message,) = messages_beside(answer, "slug")
    assert "letters, numbers, underscores, or hyphens" in message
    assert shown_values(answer)["slug"] == [slug]
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("live", [True, False])
def test_draft_made_by_code_gets_the_same_slug_as_a_live_page(live: bool, tree: dict[str, Page]) -> None:
    page = NewsPage(**GOOD, live=live)
    tree["news"].add_child(instance=page)
    assert page.slug == "zolta-lodz"


@pytest.mark.parametrize("typed", [{"name": "Gęś", "slug": "uslugi"}, {"name": "Usługi", "slug": ""}])
def test_topic_with_a_slug_that_another_has_is_refused(
    typed: dict[str, str], tree: dict[str, Page], publisher: Desk
) -> None:
    TopicFactory(name="Usługi", slug="uslugi")
    answer = publisher.client.post("/admin/snippets/newsroom/topic/add/", {**typed, "description": ""})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Another topic in this language has this slug. Change the name or the slug." in text
    assert f'value="{typed["name"]}"' in text
    assert Topic.objects.count() == 1
