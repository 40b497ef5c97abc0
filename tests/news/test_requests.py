"""Asking for an accessible version: what visitors get, what the register keeps, what is sent, what is forgotten."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import bs4
import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, ModelLogEntry, Page, Site

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    add_photos,
    attach,
    make_attachment,
    make_photo,
    make_site,
    private_collection,
    restrict,
)
from tests.test_query_counts import queries
from wagtail_newsroom.news.enums import AccessForm, RequestState
from wagtail_newsroom.news.models import AccessRequest, InformationClause, NewsroomSettings
from wagtail_newsroom.news.publishing.access_requests import handling
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler
from wagtail_newsroom.news.traffic import counters
from wagtail_newsroom.news.views.access_requests import guards

pytestmark = pytest.mark.services

FORM = "/dostepnosc/prosba/"
CRAFTED = '"><img src=x onerror=alert(1)>'
TYPED = {
    "barrier": "Skan bez tekstu: czytnik milczy.",
    "wished_form": "plain_text",
    "name": "Jan Próbny",
    "email": "jan@example.org",
    "phone": "",
}


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    pages = make_site()
    facts = NewsroomSettings.for_site(Site.objects.get())
    facts.accessible_formats_email, facts.phone = "dostepnosc@example.org", "61 000 00 00"
    facts.save()
    return pages


@pytest.fixture
def file(tree: dict[str, Page]) -> Any:
    document = make_attachment("Regulamin wizyty")
    attach(NewsPageFactory(parent=tree["news"]), document)
    return document


@pytest.fixture
def passing_time() -> Iterator[Any]:
    """A function that makes the forms that are open so many seconds older."""
    with mock.patch.object(guards, "time") as clock:
        moment = timezone.now().timestamp()
        clock.time.return_value = moment

        def wait(seconds: float) -> None:
            clock.time.return_value += seconds

        yield wait


def soup_of(answer: Any) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(answer.content, "html.parser")


def token_of(answer: Any) -> str:
    return str(soup_of(answer).find("input", attrs={"name": "token"})["value"])


def fill_in(address: str, wait: Any, visitor: Client | None = None, **typed: Any) -> Any:
    """Open the form, take the time a person takes, and send it."""
    visitor = visitor or Client()
    token = token_of(visitor.get(address))
    wait(10)
    return visitor.post(address, {**TYPED, "token": token, **typed})


def make_request(**facts: Any) -> AccessRequest:
    return handling.receive_request(
        **{
            "title": "Regulamin",
            "language": "pl",
            "site": Site.objects.get(),
            "barrier": "Skan",
            "email": "a@example.org",
        }
        | facts
    )


# What visitors get


def test_request_about_a_file_is_entered_acknowledged_and_told_to_the_office(
    file: Any, passing_time: Any, django_capture_on_commit_callbacks: Any
) -> None:
    address = f"{FORM}plik/{file.pk}/"
    shown = Client().get(address)
    assert "Regulamin wizyty" in soup_of(shown).select_one(".nr-lead").get_text()
    with django_capture_on_commit_callbacks(execute=True):
        answer = fill_in(address, passing_time)
    assert answer.status_code == 303
    row = AccessRequest.objects.get()
    assert (row.kind, row.item_id, row.title, row.state) == ("document", file.pk, "Regulamin wizyty", "received")
    assert (row.barrier, row.wished_form, row.email) == (TYPED["barrier"], "plain_text", "jan@example.org")
    assert row.due_on == handling.due_day(timezone.localdate())
    assert row.clause
    receipt = Client().get(answer["Location"])
    assert row.number in receipt.content.decode()
    assert "Jan" not in receipt.content.decode()
    to_person, to_office = sorted(mail.outbox, key=lambda each: each.to == ["dostepnosc@example.org"])
    assert to_person.to == ["jan@example.org"]
    assert row.number in to_person.subject
    assert "Regulamin wizyty" in to_person.body
    assert "dostepnosc@example.org" in to_person.body
    assert TYPED["barrier"] not in to_person.body  # the form sends no strangers' words to anybody
    assert f"/admin/newsroom_requests/inspect/{row.pk}/" in to_office.body
    assert not {"jan@example.org", "Jan Próbny", TYPED["barrier"]} & set(re.split(r"\s*\n", to_office.body))
    assert "jan@example.org" not in to_office.body
    assert ModelLogEntry.objects.get().action == handling.RECEIVED


@pytest.mark.parametrize(("language", "subject", "words"), [
    ("pl", "2", "2019"), ("en", "Your request", "You get an answer by"),
])  # fmt: skip
def test_acknowledgement_speaks_the_language_of_the_form(
    language: str, subject: str, words: str, tree: dict[str, Page], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_request(language=language)
    (message,) = [each for each in mail.outbox if each.to == ["a@example.org"]]
    assert subject in message.subject
    assert words in message.body
    assert "{{" not in message.body


def test_no_cookie_no_store_no_query_and_noindex(file: Any, passing_time: Any) -> None:
    visitor = Client(enforce_csrf_checks=True)
    address = f"{FORM}plik/{file.pk}/"
    answers = [visitor.get(address), visitor.post(address, {}), fill_in(address, passing_time, visitor)]
    answers.append(visitor.get(answers[-1]["Location"]))
    assert [each.status_code for each in answers] == [200, 400, 303, 200]
    for each in answers:
        assert not each.cookies
        assert each["Cache-Control"] == "private, no-store"
        assert "noindex" in each["X-Robots-Tag"]
        assert "Cookie" not in each.get("Vary", "")
    assert "?" not in answers[2]["Location"]


def test_form_knows_pages_events_photos_and_the_whole_site(tree: dict[str, Page], passing_time: Any) -> None:
    photo = make_photo("DSC_0012", description="Ludzie przy stole")
    add_photos(GalleryPageFactory(parent=tree["galleries"]), photo)
    event = EventPageFactory(parent=tree["events"], title="Konferencja")
    news = NewsPageFactory(parent=tree["news"], title="Relacja")
    for address, kind, title, page in (
        (f"{FORM}zdjecie/{photo.pk}/", "image", "Ludzie przy stole", None),
        (f"{FORM}strona/{event.pk}/", "event", "Konferencja", event.pk),
        (f"{FORM}strona/{news.pk}/", "page", "Relacja", news.pk),
        (FORM, "page", tree["home"].title, tree["home"].pk),
    ):
        assert fill_in(address, passing_time).status_code == 303
        row = AccessRequest.objects.first()
        assert row is not None
        assert (row.kind, row.title, row.page_id) == (kind, title, page)


def test_links_lead_to_the_form(file: Any, tree: dict[str, Page]) -> None:
    photo = make_photo("Sala")
    gallery = GalleryPageFactory(parent=tree["galleries"])
    add_photos(gallery, photo)
    event = EventPageFactory(parent=tree["events"], step_free="yes")
    page = NewsPageFactory(parent=tree["news"])
    attach(page, file)

    def links(address: str) -> list[str]:
        return [a["href"] for a in soup_of(Client().get(address)).select(f"a[href*='{FORM}']")]

    assert f"{FORM}plik/{file.pk}/" in links(page.url)
    assert f"{FORM}strona/{page.pk}/" in links(page.url)
    assert links(event.url).count(f"{FORM}strona/{event.pk}/") == 2
    assert f"{FORM}zdjecie/{photo.pk}/" in links(f"{gallery.url}foto/{photo.pk}/")
    assert links("/nie-ma/") == [FORM]
    for address in {*links(page.url), *links(event.url)}:
        assert Client().get(address).status_code == 200


def test_reader_of_a_private_page_is_led_to_the_form_about_the_whole_site(tree: dict[str, Page]) -> None:
    public, private = (NewsPageFactory(parent=tree["news"], slug=slug) for slug in ("jawna", "wewnetrzna"))
    restrict(private)
    reader = Client()
    reader.force_login(User.objects.create_user("czytelniczka"))
    for page, wanted in ((public, f"{FORM}strona/{public.pk}/"), (private, FORM)):
        (link,) = soup_of(reader.get(page.url)).select(f"a[href*='{FORM}']")
        assert link["href"] == wanted
        assert reader.get(wanted).status_code == 200


def test_hidden_things_answer_as_missing_ones(tree: dict[str, Page]) -> None:
    draft = NewsPageFactory(parent=tree["news"], title="Tajne", slug="a", live=False)
    expired = NewsPageFactory(
        parent=tree["news"], title="Tajne", slug="b", expire_at=timezone.now() - dt.timedelta(hours=1)
    )
    private = NewsPageFactory(parent=tree["news"], title="Tajne", slug="c")
    restrict(private)
    loose = make_attachment("Tajne")
    of_private, hidden = make_attachment("Tajne"), make_attachment("Tajne", collection=private_collection())
    attach(private, of_private)
    attach(NewsPageFactory(parent=tree["news"]), hidden)
    photo = make_photo("Tajne")
    addresses = [f"{FORM}strona/{page.pk}/" for page in (draft, expired, private)]
    addresses += [f"{FORM}plik/{each.pk}/" for each in (loose, of_private, hidden)]
    addresses += [f"{FORM}zdjecie/{photo.pk}/", f"{FORM}co/1/", f"{FORM}strona/{10**30}/", f"{FORM}plik/{2**63 - 1}/"]
    for address in addresses:
        for answer in (Client().get(address), Client().post(address, {**TYPED, "token": "x"})):
            assert answer.status_code == 404, address
            assert "Tajne" not in answer.content.decode()
    assert not AccessRequest.objects.exists()


def test_item_of_another_site_is_missing(file: Any, tree: dict[str, Page]) -> None:
    other = Page.get_first_root_node().add_child(instance=Page(title="Inna", slug="inna"))
    Site.objects.create(hostname="inna.example.org", root_page=other, is_default_site=False)
    visitor = Client(headers={"host": "localhost"})
    assert visitor.get(f"{FORM}strona/{other.pk}/").status_code == 404
    assert visitor.get(f"{FORM}strona/{tree['news'].pk}/").status_code == 200


# Mistakes


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"barrier": "  "}, "request-barrier"),
        ({"email": "", "phone": ""}, "request-email"),
        ({"email": "nie-adres"}, "request-email"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "request-email"),
        ({"email": "", "phone": "12 34"}, "request-phone"),
        ({"name": "Jan\r\nBcc: b@example.org"}, "request-name"),
        ({"name": "x" * 201}, "request-name"),
        ({"barrier": "x" * 4001}, "request-barrier"),
        ({"wished_form": "piano"}, "request-wished_form_0"),
        ({"barrier": "a\0b"}, "request-barrier"),
    ],
)
def test_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    typed: dict[str, str], field: str, file: Any, passing_time: Any
) -> None:
    answer = fill_in(f"{FORM}plik/{file.pk}/", passing_time, **typed)
    assert answer.status_code == 400
    soup = soup_of(answer)
    summary = soup.select_one("[role=alert]")
    assert summary is not None
    assert summary.has_attr("autofocus")
    assert [a["href"] for a in summary.select("a")] == [f"#{field}"]
    wrong = soup.find(id=field)
    assert wrong is not None
    if "wished" not in field:
        assert wrong["aria-invalid"] == "true"
        described = [soup.find(id=each) for each in wrong["aria-describedby"].split()]
        assert None not in described
        assert any("nr-form-error" in each["class"] for each in described)
    for name in ("phone", "email"):
        kept = soup.find(id=f"request-{name}").get("value", "")
        assert " ".join(kept.split()) == " ".join({**TYPED, **typed}[name].split())
    assert TYPED["barrier"] in soup.find("textarea").text or "barrier" in typed
    assert soup.title.get_text().strip().startswith(("Error:", "Błąd:"))
    assert not AccessRequest.objects.exists()


def test_crafted_text_is_inert_everywhere(
    file: Any, passing_time: Any, admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    file.title = CRAFTED
    file.save()
    address = f"{FORM}plik/{file.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        fill_in(address, passing_time, barrier=CRAFTED, name=CRAFTED, phone=f"123456 {CRAFTED}"[:40])
    row = AccessRequest.objects.get()
    wrong = fill_in(
        address, passing_time, barrier=CRAFTED, name=CRAFTED, email=CRAFTED, phone=CRAFTED, wished_form=CRAFTED
    )
    handling.refuse_request(row, None, reason=CRAFTED, alternative=CRAFTED)
    shown = [
        Client().get(address),
        wrong,
        admin_client.get("/admin/newsroom_requests/"),
        admin_client.get(f"/admin/newsroom_requests/inspect/{row.pk}/"),
        admin_client.get(f"/admin/newsroom_requests/history/{row.pk}/"),
        admin_client.get("/admin/"),
    ]
    for answer in shown:
        assert "<img src=x" not in answer.content.decode()
    for message in mail.outbox:
        assert "\n" not in message.subject
        assert message.content_subtype == "plain"
        assert message.recipients() in (["jan@example.org"], ["dostepnosc@example.org"])


def test_deadline_title_with_a_line_break_adds_no_header(tree: dict[str, Page]) -> None:
    with pytest.raises(ValidationError):
        make_request(title="Plik\r\nBcc: kto@example.org")


# Robots and floods


def test_token_is_for_one_item_for_some_hours_and_not_for_the_hurried(
    file: Any, tree: dict[str, Page], passing_time: Any
) -> None:
    address = f"{FORM}plik/{file.pk}/"
    token = token_of(Client().get(address))
    foreign = token_of(Client().get(f"{FORM}strona/{tree['news'].pk}/"))

    def send(value: str, **typed: str) -> Any:
        return Client().post(address, {**TYPED, "token": value, **typed})

    hurried = send(token)
    assert hurried.status_code == 400
    assert token_of(hurried) == token  # old enough when it is sent once more
    passing_time(10)
    for bad in ("", "x", token[:-2], f"{token}x", foreign):
        refused = send(bad)
        assert refused.status_code == 400
        assert TYPED["barrier"] in refused.content.decode()
        assert token_of(refused) not in ("", bad)
    passing_time(guards.MAX_AGE)
    late = send(token)
    assert late.status_code == 400
    assert "12" in soup_of(late).select_one("[role=alert]").get_text()
    assert not AccessRequest.objects.exists()
    fresh = token_of(late)
    passing_time(10)
    assert send(fresh).status_code == 303


def test_filled_trap_is_told_and_emptied(file: Any, passing_time: Any) -> None:
    answer = fill_in(f"{FORM}plik/{file.pk}/", passing_time, website="https://spam.example.org/")
    assert answer.status_code == 400
    assert not AccessRequest.objects.exists()
    assert "spam.example.org" not in answer.content.decode()
    assert TYPED["barrier"] in answer.content.decode()


def test_the_same_sending_twice_is_one_request(file: Any, passing_time: Any) -> None:
    address = f"{FORM}plik/{file.pk}/"
    token = token_of(Client().get(address))
    passing_time(10)
    typed = {**TYPED, "token": token}
    first, second = Client().post(address, typed), Client().post(address, typed)
    assert [each.status_code for each in (first, second)] == [303, 303]
    assert AccessRequest.objects.count() == 1


def test_one_sender_is_stopped_and_others_are_not(file: Any, passing_time: Any, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "ACCESS_REQUESTS_PER_SENDER": 2}
    address = f"{FORM}plik/{file.pk}/"
    flooding, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    statuses = [fill_in(address, passing_time, flooding, barrier=f"{n}").status_code for n in range(3)]
    assert statuses == [303, 303, 429]
    stopped = fill_in(address, passing_time, flooding)
    assert TYPED["barrier"] in stopped.content.decode()
    assert "dostepnosc@example.org" in soup_of(stopped).select_one("[role=alert]").get_text()
    assert fill_in(address, passing_time, other).status_code == 303
    assert "192.0.2" not in str(getattr(cache, "_cache", ""))


def test_requests_are_taken_without_a_cache(
    file: Any, passing_time: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(counters, "caches", {"default": RedisCache("redis://127.0.0.1:1", {})})
    assert fill_in(f"{FORM}plik/{file.pk}/", passing_time).status_code == 303
    assert "the cache does not answer" in caplog.text
    assert "jan@example.org" not in caplog.text


def test_nobodys_mailbox_is_flooded(tree: dict[str, Page], django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(handling.ACKNOWLEDGEMENTS_PER_DAY + 2):
            make_request(barrier=f"{number}", email="Ofiara@example.org")
    assert AccessRequest.objects.count() == handling.ACKNOWLEDGEMENTS_PER_DAY + 2
    assert sum(message.to == ["Ofiara@example.org"] for message in mail.outbox) == handling.ACKNOWLEDGEMENTS_PER_DAY


# The clause


def test_chosen_clause_stands_beside_the_form_in_its_language_and_in_the_mail(
    tree: dict[str, Page], passing_time: Any, django_capture_on_commit_callbacks: Any
) -> None:
    polish = InformationClause.objects.create(
        title="Klauzula RODO", text="<p>Administratorem jest X.</p>", locale=Locale.get_default()
    )
    facts = NewsroomSettings.for_site(Site.objects.get())
    facts.access_clause = polish
    facts.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert fill_in(FORM, passing_time).status_code == 303
    assert "<p>Administratorem jest X.</p>" in Client().get(FORM).content.decode().replace("\u00a0", " ")
    assert AccessRequest.objects.get().clause == str(polish)
    message = next(each for each in mail.outbox if each.to == ["jan@example.org"])
    assert "Administratorem jest X." in message.body
    assert "<p>" not in message.body


def test_receipt_is_ours_and_tells_nothing_of_a_person(tree: dict[str, Page]) -> None:
    for receipt in ("1", "x:y:z", guards.new_token("page:1")):
        assert Client().get(f"{FORM}przyjeta/{receipt}/").status_code == 404


# Acts and forgetting


def test_extension_needs_a_reason_and_ends_within_two_months(
    tree: dict[str, Page], english: None, django_capture_on_commit_callbacks: Any
) -> None:
    row = make_request(language="en")
    latest = handling.latest_extension(row.received_on)
    for until, reason in ((latest + dt.timedelta(days=1), "x"), (row.due_on, "x"), (latest, "  ")):
        with pytest.raises(ValidationError):
            handling.extend_request(row, None, until=until, reason=reason)
    with django_capture_on_commit_callbacks(execute=True):
        extended = handling.extend_request(row, None, until=latest, reason="The interpreter is ill until May.")
    assert (extended.state, extended.last_day, extended.due_on) == (RequestState.EXTENDED, latest, row.due_on)
    assert "The interpreter is ill until May." in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["a@example.org"]


def test_refusal_offers_another_way_and_names_the_right_to_complain(
    tree: dict[str, Page], django_capture_on_commit_callbacks: Any
) -> None:
    row = make_request(language="en")
    for reason, alternative in (("", "x"), ("x", " ")):
        with pytest.raises(ValidationError):
            handling.refuse_request(row, None, reason=reason, alternative=alternative)
    with django_capture_on_commit_callbacks(execute=True):
        handling.refuse_request(row, None, reason="The seal would break.", alternative="We read it to you.")
    body = mail.outbox[-1].body
    assert "The seal would break." in body
    assert "We read it to you." in body
    assert "you may complain" in body
    assert "article 18" in body


def test_closed_request_stays_as_it_is(tree: dict[str, Page], django_capture_on_commit_callbacks: Any) -> None:
    row = make_request(email="", phone="600 100 200")
    with django_capture_on_commit_callbacks(execute=True):
        handling.answer_request(row, None, answer="Jest", link="https://example.org/plik")
    assert mail.outbox == []  # nobody to write to
    for act in (
        lambda: handling.answer_request(row, None, answer="Jeszcze raz"),
        lambda: handling.withdraw_request(row, None),
        lambda: handling.refuse_request(row, None, reason="x", alternative="y"),
        lambda: handling.extend_request(row, None, until=handling.latest_extension(row.received_on), reason="x"),
    ):
        with pytest.raises(ValidationError):
            act()
    row.refresh_from_db()
    assert (row.state, row.answer, row.was_in_time) == (RequestState.ANSWERED, "Jest", True)


def test_register_outlives_what_it_is_about(file: Any, tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Odejdzie")
    row = make_request(page=page, item_id=page.pk, title=page.title)
    page.delete()
    row.refresh_from_db()
    assert (row.page_id, row.title, row.is_open) == (None, "Odejdzie", True)


def test_personal_data_go_after_a_year_and_figures_stay(tree: dict[str, Page], file: Any) -> None:
    now = timezone.now()
    old, young, waiting = make_request(name="Jan"), make_request(name="Ewa"), make_request(name="Ola")
    handling.refuse_request(old, None, reason="Bo Jan", alternative="Dla Jana")
    handling.answer_request(young, None, answer="Jest")
    AccessRequest.objects.filter(pk=old.pk).update(answered_at=now - dt.timedelta(days=366), sent_once="x")
    AccessRequest.objects.filter(pk=young.pk).update(answered_at=now - dt.timedelta(days=364))
    AccessRequest.objects.filter(pk=waiting.pk).update(received_at=now - dt.timedelta(days=900))
    assert handling.clear_personal_data(now) == 1
    rows = {row.pk: row for row in AccessRequest.objects.all()}
    cleared = rows[old.pk]
    assert not any((cleared.name, cleared.email, cleared.phone, cleared.barrier, cleared.answer, cleared.alternative))
    assert (cleared.sent_once, cleared.state, cleared.title) == (None, RequestState.REFUSED, "Regulamin")
    assert cleared.wished_form == AccessForm.MENDED
    assert (rows[young.pk].name, rows[waiting.pk].name) == ("Ewa", "Ola")
    assert handling.clear_personal_data() == 0


def test_form_asks_as_often_for_many_files_as_for_few(tree: dict[str, Page], file: Any) -> None:
    page, address = NewsPageFactory(parent=tree["news"]), f"{FORM}plik/{file.pk}/"
    attach(page, make_attachment("A"))
    before = len(queries(Client(), page.url)), len(queries(Client(), address))
    for number in range(4):
        attach(page, make_attachment(f"Plik {number}"))
        make_request(barrier=str(number))
    assert (len(queries(Client(), page.url)), len(queries(Client(), address))) == before


def test_photo_without_a_description_has_no_file_name(tree: dict[str, Page]) -> None:
    photo = make_photo("DSC_0012", name="dsc_0012.jpg", description="")
    add_photos(GalleryPageFactory(parent=tree["galleries"]), photo)
    assert get_image_model().objects.get().title == "DSC_0012"
    answer = Client().get(f"{FORM}zdjecie/{photo.pk}/")
    assert answer.status_code == 200
    assert "DSC_0012" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_scheduler_forgets_who_asked() -> None:
    make_site()
    row = make_request(name="Jan")
    handling.answer_request(row, None, answer="Jest")
    AccessRequest.objects.update(answered_at=timezone.now() - dt.timedelta(days=366))
    Scheduler().publish()
    assert AccessRequest.objects.get().name == ""
