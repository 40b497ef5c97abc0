"""An app of a third party (tests/third_party) does through the registry alone all that galleries do."""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import Desk, member, pass_gate
from tests.factories import EventPageFactory, NewsPageFactory, restrict
from tests.standing import Tree
from tests.third_party.models import Answer, ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.lists.conditions import owes_a_report
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.publishing.approval.groups import ADMINISTRATORS, PUBLISHERS
from wagtail_newsroom.news.publishing.preflight.preflight import findings
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler

QUESTION = "Gdzie posadzić drzewa?"
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    tree = grown_newsroom()
    tree["consultations"] = ConsultationIndexPage(title="Konsultacje", slug="konsultacje")
    tree["home"].add_child(instance=tree["consultations"])
    return tree


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    return EventPageFactory(parent=tree["events"])


@pytest.fixture
def consultation(tree: dict[str, Page], event: EventPage) -> ConsultationPage:
    page = ConsultationPage(title="Zieleń", lead="O drzewach.", question=QUESTION, about=event)
    page.closes_on = timezone.localdate() + dt.timedelta(days=20)
    tree["consultations"].add_child(instance=page)
    page.save_revision().publish()
    return ConsultationPage.objects.get(pk=page.pk)


def body_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def test_every_door_of_the_registry_is_used_by_it() -> None:
    from wagtail_newsroom.news.registry.shelves import SHELVES

    unused = [
        shelf.door for shelf in SHELVES if not any(e.owner == "tests.third_party" for e in shelf.entries.values())
    ]
    assert unused == []


def test_it_changes_no_migration_of_ours(db: None) -> None:
    # Raises SystemExit where one is missing.
    call_command("makemigrations", "newsroom", "newsroom_galleries", "home", check=True, dry_run=True, verbosity=0)


def test_page_its_list_and_the_home_page_show_it_by_its_card(
    tree: dict[str, Page], consultation: ConsultationPage, client: Client
) -> None:
    assert QUESTION in body_of(client, consultation.url)
    tree["home"].featured = NewsPageFactory(parent=tree["news"])
    tree["home"].save_revision().publish()
    for address in (tree["consultations"].url, tree["home"].url):
        page = body_of(client, address)
        assert "consultation-card" in page, address
        assert QUESTION in page, address


def test_styles_and_scripts_are_loaded_on_our_pages(event: EventPage, client: Client) -> None:
    page = body_of(client, event.url)
    assert 'href="/static/consultations/consultations.css"' in page
    assert 'src="/static/consultations/consultations.js"' in page
    assert page.index("newsroom/css/newsroom.css") < page.index("consultations/consultations.css")


def test_story_holds_its_block_and_the_api_gives_it(
    tree: dict[str, Page], consultation: ConsultationPage, client: Client
) -> None:
    news = NewsPageFactory(parent=tree["news"])
    news.body = json.dumps([{"type": "consultation", "value": {"consultation": consultation.pk}}])
    news.save_revision().publish()
    assert "consultation-block" in body_of(client, news.url)
    (block,) = client.get(f"/api/v2/pages/{news.pk}/").json()["body"]
    assert block["value"] == {"consultation": consultation.pk}

    restrict(consultation)

    assert "consultation-block" not in body_of(client, news.url)
    (block,) = client.get(f"/api/v2/pages/{news.pk}/").json()["body"]
    assert block["value"] == {"consultation": None}


def test_news_and_past_events_lead_to_what_its_finder_finds(
    tree: dict[str, Page], event: EventPage, consultation: ConsultationPage, client: Client
) -> None:
    news = NewsPageFactory(parent=tree["news"])
    consultation.about = news
    consultation.save_revision().publish()
    assert "consultations-about" in body_of(client, news.url)

    past = EventPageFactory(parent=tree["events"], start_date=YESTERDAY)
    consultation.about = past
    consultation.save_revision().publish()
    page = body_of(client, past.url)
    assert "<h3>Consultations</h3>" in page
    assert consultation.url in page
    assert "consultations-about" not in body_of(client, NewsPage.objects.get(pk=news.pk).url)


def test_api_has_its_endpoint_its_fields_and_its_field_on_events(
    event: EventPage, consultation: ConsultationPage, client: Client
) -> None:
    (item,) = client.get("/api/v2/consultations/?fields=*").json()["items"]
    assert (item["question"], item["lead"]) == (QUESTION, "O drzewach.")
    assert {"body", "about", "attachments", "lead_image"}.isdisjoint(item)
    (same,) = client.get("/api/v2/pages/?type=consultations.ConsultationPage&fields=*").json()["items"]
    assert set(item) <= {*same, "meta"}
    assert client.get("/api/v2/pages/?type=consultations.ConsultationPage&fields=body").status_code == 400
    assert client.get(f"/api/v2/consultations/{consultation.pk}/").json()["body"] == []
    (found,) = client.get(f"/api/v2/pages/{event.pk}/").json()["consultations"]
    assert found["id"] == consultation.pk
    assert "consultations" not in client.get("/api/v2/pages/?type=newsroom.EventPage&fields=*").json()["items"][0]


def test_search_engines_are_told_what_it_is(consultation: ConsultationPage, client: Client) -> None:
    html = body_of(client, consultation.url)
    told = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    nodes = told.get("@graph", [told])
    assert QUESTION in [node.get("name") for node in nodes if node.get("@type") == "Question"]


def test_its_check_runs_before_publication(consultation: ConsultationPage) -> None:
    assert "consultation_open_end" not in [found.code for found in findings(consultation)]
    consultation.closes_on = None
    (found,) = [found for found in findings(consultation) if found.code == "consultation_open_end"]
    assert (found.blocks, found.field) == (False, "closes_on")


def test_scheduler_does_its_chore(consultation: ConsultationPage, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's transaction lives in this connection.
    monkeypatch.setattr("wagtail_newsroom.news.publishing.schedule.scheduler.close_old_connections", lambda: None)
    ConsultationPage.objects.update(closes_on=YESTERDAY)
    Scheduler().run_once()
    assert ConsultationPage.objects.get().closed


def test_library_check_does_its_step(consultation: ConsultationPage) -> None:
    ConsultationPage.objects.update(closes_on=YESTERDAY)
    told = io.StringIO()
    call_command("check_library", stdout=told)
    assert "Consultations closed: 1 done, 0 to look at." in told.getvalue()


def test_consultation_counts_as_what_followed_an_event(tree: dict[str, Page], consultation: ConsultationPage) -> None:
    past = EventPageFactory(parent=tree["events"], start_date=YESTERDAY)
    owing = EventPage.objects.filter(owes_a_report(timezone.now()))
    assert list(owing) == [past]
    ConsultationPage.objects.update(about=past)
    assert list(owing.all()) == []


def test_admin_has_its_list_its_register_its_menu_item_and_its_panel(consultation: ConsultationPage) -> None:
    answer = Answer.objects.create(page=consultation, text="Na rynku.")
    publisher, administrator = Desk(member(PUBLISHERS)), Desk(member(ADMINISTRATORS))
    assert "Zieleń" in body_of(publisher.client, "/admin/consultations/")
    desk = body_of(publisher.client, "/admin/")
    assert "Open consultations" in desk
    assert "New consultation" in desk
    assert "How to consult" in desk
    administrator.user.is_superuser = True
    administrator.user.save()
    register = body_of(administrator.client, "/admin/consultations_answers/")
    assert str(answer) in register


def test_consultation_is_written_in_the_admin(tree: dict[str, Page]) -> None:
    publisher = Desk(member(PUBLISHERS))
    form = publisher.blank(ConsultationPage, tree["consultations"]).fill(
        title="Park", slug="park", lead="O parku.", question="Jaki park?"
    )
    answer = form.publish()
    assert "/newsroom/preflight/" in answer["Location"], "its check warns"
    assert pass_gate(publisher.client, answer["Location"], reason="Bez terminu.").status_code == 302
    assert ConsultationPage.objects.get().question == "Jaki park?"


def test_desk_panel_is_for_those_who_may_change_pages(consultation: ConsultationPage, django_user_model: type) -> None:
    request = RequestFactory().get("/admin/")
    request.user = django_user_model.objects.create(username="nobody")
    (panel,) = [each for each in registry.desk_panels(request) if getattr(each, "name", "") == "consultations"]
    assert panel.render_html({}) == ""
