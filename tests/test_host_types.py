"""A host's own types on the newsroom's: what is ours comes along, what is theirs is not ignored."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory, add_photos, make_photo
from tests.host_types.models import DonatedGalleryPage, OurNewsPage, TrainingPage
from tests.standing import Tree
from wagtail_newsroom.news.admin.lists.pages import EventListing
from wagtail_newsroom.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from wagtail_newsroom.news.publishing.copying.copies import copy_event, copy_news
from wagtail_newsroom.news.publishing.preflight.preflight import findings

ROOT = Path(__file__).resolve().parent.parent
FENCE = "# --- docs/extending.md ---\n"
IN_A_MONTH = timezone.localdate() + dt.timedelta(days=30)


def printed_code() -> str:
    return (ROOT / "tests/host_types/models.py").read_text(encoding="utf-8").split(FENCE)[1].strip()


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def training(tree: dict[str, Page]) -> TrainingPage:
    page = TrainingPage(
        title="Szkolenie czytelne",
        lead="Uczymy się razem.",
        start_date=IN_A_MONTH,
        trainer="Ewa Lis",
        hours=8,
        certificate="Zaświadczenie",
    )
    tree["events"].add_child(instance=page)
    page.save_revision().publish()
    return TrainingPage.objects.get(pk=page.pk)


# The code


def test_docs_print_the_code_that_is_tried_here_and_it_is_short() -> None:
    docs = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    assert f"```python\n{printed_code()}\n```" in docs
    assert len(printed_code().splitlines()) <= 40


def test_no_migration_is_missing(db: None) -> None:
    # Raises SystemExit where one is.
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Where they stand


def test_lists_take_the_types_below_those_that_they_name(tree: dict[str, Page]) -> None:
    assert EventIndexPage.clean_subpage_models() == [EventPage, TrainingPage]
    assert NewsIndexPage.clean_subpage_models() == [NewsPage, OurNewsPage]
    assert TrainingPage.can_create_at(tree["events"])
    assert not TrainingPage.can_create_at(tree["news"])
    assert DonatedGalleryPage.can_create_at(tree["galleries"])


def test_list_of_a_host_takes_our_types(monkeypatch: pytest.MonkeyPatch) -> None:
    class TheirCalendar(EventIndexPage):
        class Meta:
            app_label = "host_types"
            managed = False

    from wagtail.models import PAGE_MODEL_CLASSES

    try:
        monkeypatch.setattr(EventPage, "_clean_parent_page_models", None)
        assert EventPage.clean_parent_page_models() == [EventIndexPage, TheirCalendar]
        assert TrainingPage in TheirCalendar.clean_subpage_models()
    finally:
        PAGE_MODEL_CLASSES.remove(TheirCalendar)
        _forget("host_types", "theircalendar")
        EventPage._clean_parent_page_models = None


def _forget(app: str, model: str) -> None:
    from django.apps import apps

    del apps.all_models[app][model]
    apps.clear_cache()


# The editor


def test_panels_of_a_subclass_stand_in_our_tabs() -> None:
    tabs = TrainingPage.get_edit_handler().children
    assert [str(tab.heading) for tab in tabs] == [str(tab.heading) for tab in EventPage.get_edit_handler().children]
    assert str(tabs[0].children[-1].heading) == "Training"
    assert not any(str(panel.heading) == "Training" for panel in EventPage.get_edit_handler().children[0].children)


def test_subclass_brings_a_tab_of_its_own() -> None:
    headings = [str(tab.heading) for tab in OurNewsPage.get_edit_handler().children]
    assert headings[1] == "District"
    assert len(headings) == len(NewsPage.get_edit_handler().children) + 1


def test_training_is_created_and_published_in_the_admin(tree: dict[str, Page], publisher: Desk, client: Client) -> None:
    form = publisher.blank(TrainingPage, tree["events"]).fill(
        title="Szkolenie",
        slug="szkolenie",
        lead="O czym.",
        start_date=IN_A_MONTH.isoformat(),
        trainer="Ewa Lis",
        hours="8",
        certificate="Zaświadczenie",
    )
    assert form.publish_anyway().status_code == 302
    page = TrainingPage.objects.get()
    assert (page.live, page.trainer, page.hours, page.certificate) == (True, "Ewa Lis", 8, "Zaświadczenie")
    assert client.get(page.url).status_code == 200


def test_checks_run_and_stop_a_subclass_too(tree: dict[str, Page]) -> None:
    bare = TrainingPage(title="Szkolenie", locale=tree["events"].locale)
    assert {"lead", "start_date"} <= {found.field for found in findings(bare) if found.blocks}
    form = Desk(member(EDITORS)).blank(TrainingPage, tree["events"]).fill(title="Szkolenie", slug="szkolenie")
    assert form.save_draft().status_code == 302


def test_admin_lists_and_desk_treat_a_subclass_as_its_type(training: TrainingPage, publisher: Desk) -> None:
    assert EventListing.model is EventPage
    assert training.title in publisher.client.get("/admin/newsroom_events/").content.decode()
    draft = training.get_parent().add_child(
        instance=TrainingPage(
            title="Szkic szkolenia", lead="O czym.", start_date=IN_A_MONTH, live=False, owner=publisher.user
        )
    )
    draft.save_revision(user=publisher.user)
    assert "Szkic szkolenia" in publisher.client.get("/admin/").content.decode()


# What visitors get


def test_type_without_a_template_shows_ours_and_one_with_shows_its_own(
    tree: dict[str, Page], training: TrainingPage, client: Client
) -> None:
    assert training.get_template(None) == "newsroom/event_page.html"
    news = OurNewsPage(title="Wieść", lead="O czym.", district="Stare Miasto")
    tree["news"].add_child(instance=news)
    news.save_revision().publish()
    answer = client.get(news.url)
    assert '<p class="nr-wrap" id="district">Stare Miasto</p>' in answer.content.decode()
    assert "O czym." in answer.content.decode()


def test_subclasses_stand_in_lists_calendars_and_feeds(
    tree: dict[str, Page], training: TrainingPage, client: Client
) -> None:
    news = OurNewsPage(title="Wieść dzielnicowa", lead="O czym.")
    tree["news"].add_child(instance=news)
    news.save_revision().publish()
    gallery = DonatedGalleryPage(title="Dary", rights_basis="own", donor="Jan")
    tree["galleries"].add_child(instance=gallery)
    add_photos(gallery, make_photo())
    events, listed = tree["events"].url, tree["news"].url
    for address in (
        events,
        f"{events}atom.xml",
        f"{events}calendar.ics",
        listed,
        f"{listed}atom.xml",
        tree["home"].url,
    ):
        assert "Szkolenie czytelne" in client.get(address).content.decode().replace("\r\n ", ""), address
    for address in (listed, f"{listed}atom.xml", tree["home"].url):
        assert "Wieść dzielnicowa" in client.get(address).content.decode(), address
    assert "Dary" in client.get(tree["galleries"].url).content.decode()
    assert "SUMMARY:Szkolenie czytelne" in client.get(f"{training.url}event.ics").content.decode()
    assert '"@type": "ImageGallery"' in client.get(gallery.url).content.decode().replace('":"', '": "')


def test_api_lists_what_is_marked_and_details_hold_all(training: TrainingPage, client: Client) -> None:
    (item,) = client.get("/api/v2/pages/?type=host_types.TrainingPage&fields=*").json()["items"]
    assert (item["trainer"], item["hours"], item["lead"]) == ("Ewa Lis", 8, "Uczymy się razem.")
    assert {"body", "agenda", "venue", "galleries"}.isdisjoint(item)
    whole = client.get(f"/api/v2/pages/{training.pk}/").json()
    assert whole["meta"]["type"] == "host_types.TrainingPage"
    assert (whole["trainer"], whole["galleries"], whole["consultations"]) == ("Ewa Lis", [], [])
    (as_event,) = client.get("/api/v2/pages/?type=newsroom.EventPage").json()["items"]
    assert as_event["id"] == training.pk
    found = client.get("/api/v2/pages/?type=host_types.TrainingPage&search=Lis").json()["items"]
    assert [each["id"] for each in found] == [training.pk]
    v3 = client.get(f"/api/v3-preview/pages/{training.pk}/").json()
    assert "Ewa Lis" in json.dumps(v3, ensure_ascii=False)


def test_search_engines_are_told_of_an_event(training: TrainingPage, client: Client) -> None:
    html = client.get(training.url).content.decode()
    told = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    nodes = told.get("@graph", [told])
    assert any(str(node.get("@type", "")).endswith("Event") for node in nodes)


def test_copies_are_of_the_same_type(tree: dict[str, Page], training: TrainingPage) -> None:
    made = copy_event(training, None, IN_A_MONTH + dt.timedelta(days=7))
    assert type(made) is TrainingPage
    assert (made.trainer, made.hours, made.live) == ("Ewa Lis", 8, False)
    news = OurNewsPage(title="Wieść", lead="O czym.", district="Wilda")
    tree["news"].add_child(instance=news)
    news.save_revision().publish()
    assert copy_news(news, None).district == "Wilda"


def test_report_on_a_training_leads_to_it(tree: dict[str, Page], training: TrainingPage, client: Client) -> None:
    report = NewsPageFactory(parent=tree["news"], kind="report", about_event=training)
    assert client.get(training.url).status_code == 200
    assert [page.pk for page in training.shown_reports] == [report.pk]
    assert training.url in client.get(report.url).content.decode()
