"""N17: what somebody types is saved or comes back: after the end of a session, with an old token, in a form that is too large."""

from typing import Any

import bs4
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.test.utils.form_data import querydict_from_html

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, all_messages_beside, member, shown_stream, shown_values
from tests.factories import EventPageFactory, NewsPageFactory, agenda_day
from tests.trust.planting import page_types
from wagtail_newsroom.news.admin.saving.typed import NewerVersionMixin
from wagtail_newsroom.news.admin.snippets import NewsroomSnippets
from wagtail_newsroom.news.models import EventPage, NewsPage

AS_A_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def other(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS, "Ola"))


def title_of(page: Page) -> str:
    return Page.objects.get(pk=page.pk).get_latest_revision().content["title"]


# --- C13: the session ends while one types ----------------------------------------------------


def test_c13_form_that_saves_itself_is_told_that_nobody_is_signed_in(page: NewsPage, publisher: Desk) -> None:
    form = publisher.open(page).fill(title="Po godzinach")
    publisher.client.logout()

    response = publisher.client.post(form.url, form.data, headers=AS_A_SCRIPT)

    assert response.status_code == 401
    assert response.json()["success"] is False
    assert response.json()["error_code"] == "signed_out"
    assert response.json()["error_message"]
    assert title_of(page) == "Wspólna"


def test_c13_somebody_without_the_admin_is_told_as_a_script_too(page: NewsPage, django_user_model: Any) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("gość"))
    assert client.get("/admin/newsroom/session/", headers=AS_A_SCRIPT).status_code == 401


def test_c13_people_are_led_to_the_log_in_as_before(page: NewsPage, client: Client) -> None:
    response = client.get(f"/admin/pages/{page.pk}/edit/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next=/admin/pages/{page.pk}/edit/"


def test_c13_script_learns_who_is_signed_in_and_a_token_that_works(page: NewsPage) -> None:
    desk = Desk(member(PUBLISHERS))
    desk.client = Client(enforce_csrf_checks=True)
    desk.client.force_login(desk.user)
    form = desk.open(page).fill(title="Po ponownym zalogowaniu")
    form.data["csrfmiddlewaretoken"] = "a" * 64

    refused = form.save_draft()
    answer = desk.client.get("/admin/newsroom/session/", headers=AS_A_SCRIPT)
    form.data["csrfmiddlewaretoken"] = answer.json()["token"]
    saved = form.save_draft()

    assert refused.status_code == 403
    assert answer.json()["user"] == str(desk.user.pk)
    assert "no-store" in answer["Cache-Control"]
    assert saved.status_code == 302
    assert title_of(page) == "Po ponownym zalogowaniu"


@pytest.mark.parametrize(("language", "words"), [("pl", 'lang="pl"'), ("en", 'lang="en"')])
def test_c13_old_token_is_answered_in_the_readers_language(page: NewsPage, language: str, words: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member(EDITORS, language=language))

    response = client.post(f"/admin/pages/{page.pk}/edit/", {"title": "x"})
    to_a_script = client.post(f"/admin/pages/{page.pk}/edit/", {"title": "x"}, headers=AS_A_SCRIPT)

    assert response.status_code == 403
    assert words in response.content.decode()
    assert f'href="/admin/pages/{page.pk}/edit/"' in response.content.decode()
    assert (to_a_script.status_code, to_a_script.json()["error_code"]) == (403, "csrf")
    assert "no-store" in response["Cache-Control"]


def test_c13_public_form_with_an_old_token_is_answered_by_the_site(page: NewsPage) -> None:
    response = Client(enforce_csrf_checks=True).post("/", {"a": "b"})
    assert response.status_code == 403
    assert "CSRF verification failed" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_c13_typed_form_comes_back_unsaved_for_each_type(
    model: type[Page], tree: dict[str, Page], administrator: Desk
) -> None:
    parent = next(
        (p for p in (*tree.values(), Page.objects.get(depth=1)) if model in p.specific_class.allowed_subpage_models()),
        None,
    )
    if parent is None or not model.can_create_at(parent):
        pytest.skip("cannot be created here")
    administrator.user.is_superuser = True
    administrator.user.save()
    form = administrator.blank(model, parent).fill(title="Wpisane wczoraj")
    count = Page.objects.count()

    response = administrator.client.post(form.url, {**form.data, "newsroom-restore": "1"})

    assert response.status_code == 200
    assert shown_values(response)["title"] == ["Wpisane wczoraj"]
    assert 'data-w-unsaved-force-value="true"' in response.content.decode()
    assert Page.objects.count() == count


def test_c13_kept_text_is_put_into_the_form_of_a_page(page: NewsPage, publisher: Desk) -> None:
    form = publisher.open(page).fill(title="Wpisane", body=[{"type": "paragraph", "value": "<p>Akapit</p>"}])

    response = publisher.client.post(form.url, {**form.data, "newsroom-restore": "1"})

    assert shown_values(response)["title"] == ["Wpisane"]
    assert shown_stream(response, "body")[0]["type"] == "paragraph"
    assert page.revisions.count() == 1


# --- C15: the second of two editors -------------------------------------------------------------


def both(response: HttpResponse) -> dict[str, Any]:
    """What the answer says of the newer version."""
    return response.context["newer"]


@pytest.mark.parametrize("button", ["save_draft", "publish", "submit"])
def test_c15_button_of_an_older_form_asks_with_both_texts(
    button: str, page: NewsPage, publisher: Desk, other: Desk
) -> None:
    mine, theirs = publisher.open(page), other.open(page)
    theirs.fill(title="Tekst Oli").save_draft()
    mine.fill(title="Mój tekst")

    asked = getattr(mine, button)()

    assert asked.status_code == 200
    assert title_of(page) == "Tekst Oli"
    assert not Page.objects.get(pk=page.pk).live
    assert shown_values(asked)["title"] == ["Mój tekst"]
    html = asked.content.decode()
    assert both(asked)["name"] == "Ola"
    assert "Ola saved this page" in html
    assert '<span class="deletion">Tekst</span>' in html or "Tekst Oli" in html
    assert "data-w-autosave-interval-value" not in html

    mine.come_back(asked).save_draft()

    assert title_of(page) == "Mój tekst"
    assert [each.content["title"] for each in page.revisions.order_by("pk")] == ["Wspólna", "Tekst Oli", "Mój tekst"]


def test_c15_form_with_errors_does_not_make_the_question_go_away(page: NewsPage, publisher: Desk, other: Desk) -> None:
    mine, theirs = publisher.open(page), other.open(page)
    theirs.fill(title="Tekst Oli").save_draft()

    asked = mine.fill(title="").save_draft()

    assert both(asked)["differences"] is None
    assert title_of(page) == "Tekst Oli"


def test_c15_page_without_a_version_is_no_exception(tree: dict[str, Page], publisher: Desk, other: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Z importu", slug="z-importu", live=False)
    mine, theirs = publisher.open(page), other.open(page)
    theirs.fill(title="Tekst Oli").save_draft()

    assert both(mine.fill(title="Mój tekst").save_draft())["name"] == "Ola"
    assert title_of(page) == "Tekst Oli"


def test_c15_ones_own_newer_version_is_no_question(page: NewsPage, publisher: Desk) -> None:
    first, second = publisher.open(page), publisher.open(page)
    first.fill(title="Pierwsza karta").save_draft()

    assert second.fill(title="Druga karta").save_draft().status_code == 302


def test_c15_newer_version_that_comes_while_the_form_is_checked(
    page: NewsPage, publisher: Desk, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two buttons at the same moment: the second is asked as well."""
    mine, theirs = publisher.open(page), other.open(page)
    form_valid = NewerVersionMixin.form_valid

    def late(view: Any, form: Any) -> Any:
        if view.request.user == publisher.user and title_of(page) == "Wspólna":
            theirs.fill(title="Tekst Oli").save_draft()
        return form_valid(view, form)

    monkeypatch.setattr(NewerVersionMixin, "form_valid", late)
    asked = mine.fill(title="Mój tekst").save_draft()

    assert both(asked)["name"] == "Ola"
    assert shown_values(asked)["title"] == ["Mój tekst"]
    assert title_of(page) == "Tekst Oli"


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_c15_each_type_asks(model: type[Page], tree: dict[str, Page], other: Desk, administrator: Desk) -> None:
    page = next((each for each in tree.values() if type(each.specific) is model), None)
    if page is None:
        parent = next((p for p in tree.values() if model in p.specific_class.allowed_subpage_models()), None)
        if parent is None:
            pytest.skip("cannot be created here")
        page = model(title="Strona", slug="strona-do-sporu", live=False, owner=other.user)
        parent.add_child(instance=page)
    for desk in (other, administrator):
        desk.user.is_superuser = True
        desk.user.save()
    mine, theirs = administrator.open(page), other.open(page)
    assert theirs.fill(title="Tekst Oli").save_draft().status_code == 302

    asked = mine.fill(title="Mój tekst").save_draft()

    assert both(asked)["name"] == "Ola"
    assert "Tekst Oli" in title_of(page)


# --- C12: a congress ------------------------------------------------------------------------------


def congress(sessions: int) -> dict[str, Any]:
    """A day of so many sessions, each with two speakers."""
    speakers = [
        {"name": name, "role": "ekspertka", "organisation": "Pod Lipami"} for name in ("Anna Leśna", "Jan Polny")
    ]
    return agenda_day(
        *(
            {"title": f"Wystąpienie {number}", "kind": "session", "speakers": speakers, "documents": []}
            for number in range(sessions)
        )
    )


def test_c12_congress_of_500_sessions_is_saved_by_the_button_and_by_itself(
    tree: dict[str, Page], publisher: Desk
) -> None:
    """Takes seconds: a form of some 14,000 fields, twice."""
    event = EventPageFactory(parent=tree["events"], title="Kongres", slug="kongres", live=False)
    form = publisher.open(event).fill(agenda=[congress(500)])
    assert 13_000 < len(form.data) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS * 0.9

    by_itself = publisher.client.post(form.url, form.data, headers=AS_A_SCRIPT)
    by_button = form.save_draft()

    assert by_itself.json()["success"] is True, by_itself.json()
    assert by_button.status_code == 302, all_messages_beside(by_button, "agenda")[:3]
    stored = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object().agenda
    assert len(stored[0].value["sessions"]) == 500
    assert len(stored[0].value["sessions"][499].value["speakers"]) == 2


def test_c12_form_says_early_how_much_the_site_takes(page: NewsPage, publisher: Desk) -> None:
    html = publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'data-max-fields="{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}"' in html
    assert f'data-max-bytes="{settings.DATA_UPLOAD_MAX_MEMORY_SIZE}"' in html


def test_c12_form_that_is_too_large_is_answered_with_its_limits(page: NewsPage, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    desk = Desk(member(PUBLISHERS, language="en"))
    fields = {f"field-{number}": "x" for number in range(40)}

    response = desk.client.post(f"/admin/pages/{page.pk}/edit/", fields)
    to_a_script = desk.client.post(f"/admin/pages/{page.pk}/edit/", fields, headers=AS_A_SCRIPT)

    assert response.status_code == 413
    assert "larger than the site takes (20 fields, 5 MB" in response.content.decode()
    assert (to_a_script.status_code, to_a_script.json()["error_code"]) == (413, "too_large")


# --- C15: rows without versions -------------------------------------------------------------------


def row_form(client: Client, address: str) -> tuple[str, dict[str, Any]]:
    """Where the form of a row is sent, and what it holds."""
    soup = bs4.BeautifulSoup(client.get(address).content, "html.parser")
    form = soup.select_one("form#w-editor-form")
    assert form is not None
    return form["action"], querydict_from_html(str(form), form_id="w-editor-form").dict()


@pytest.mark.parametrize("viewset", NewsroomSnippets.items, ids=lambda viewset: viewset.model.__name__)
def test_c15_each_row_of_the_lists_asks(viewset: Any, tree: dict[str, Page]) -> None:
    model = viewset.model
    field = viewset.list_display[0]
    language = {"locale": Locale.objects.get()} if issubclass(model, TranslatableMixin) else {}
    row = model.objects.first() or model.objects.create(**{field: "Przed zmianą"}, **language)
    mine, theirs = (Client() for _client in range(2))
    for client, name in ((mine, "ja"), (theirs, "Ola")):
        client.force_login(User.objects.create_superuser(name))
    address = f"/admin/snippets/{model._meta.label_lower.replace('.', '/')}/edit/{row.pk}/"
    my_action, my_data = row_form(mine, address)
    their_action, their_data = row_form(theirs, address)
    saved = theirs.post(their_action, {**their_data, field: "Tekst Oli"})
    assert saved.status_code == 302, saved.context["form"].errors

    asked = mine.post(my_action, {**my_data, field: "Mój tekst"})
    wrong = mine.post(my_action, {**my_data, field: ""})
    again = mine.post(bs4.BeautifulSoup(asked.content, "html.parser").select_one("#w-editor-form")["action"], {
        **my_data, field: "Mój tekst"
    })  # fmt: skip

    assert asked.status_code == 200
    html = asked.content.decode()
    assert "Ola" in html
    assert "Tekst Oli" in html
    assert "Mój tekst" in html
    assert my_action.replace("&", "&amp;") in wrong.content.decode(), "an error does not make the question go away"
    assert again.status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Mój tekst"
