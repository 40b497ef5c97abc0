"""Sharing a draft: the link, what its reader sees, remarks and how they reach the editor."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import clear_url_caches, reverse, set_urlconf
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.users.models import UserProfile

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    make_attachment,
    make_photo,
    restrict,
)
from tests.standing import Tree
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.models import DraftLink, DraftRemark, NewsPage, PageAttachment
from wagtail_newsroom.news.publishing.sharing.links import (
    TooManyRemarksError,
    draft_address,
    leave_remark,
    open_remarks_for,
    revoke_link,
    settle_remark,
    share_draft,
    working_link,
)

ATTACK = '"><img src=x onerror=alert(1)>'


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> Any:
    user = member(PUBLISHERS, "kasia")
    user.email = "kasia@example.org"
    user.save()
    return user


@pytest.fixture
def draft(tree: dict[str, Page]) -> NewsPage:
    """A page that was never public."""
    page = NewsPageFactory.build(title="Nowy most", slug="nowy-most", lead="Most łączy brzegi.", live=False)
    tree["news"].add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def link(draft: NewsPage, editor: Any) -> DraftLink:
    return share_draft(draft, editor, purpose="dla pani dyrektor")


def read(link: DraftLink, query: str = "", **options: Any) -> Any:
    return Client(**options).get(reverse("newsroom_draft", args=[link.token]) + query)


# The link


def test_link_has_an_end_a_long_token_and_an_ascii_address(link: DraftLink) -> None:
    assert (link.expires_at - timezone.now()).days in {13, 14}
    assert len(link.token) >= 43  # 256 bits in base 64
    assert draft_address(link) == f"http://localhost/podglad/{link.token}/"


@pytest.mark.parametrize("days", [0, -1, 61, 10**6])
def test_link_for_too_few_or_too_many_days_is_refused(draft: NewsPage, editor: Any, days: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        share_draft(draft, editor, days=days)

    assert set(refusal.value.message_dict) == {"days"}
    assert not DraftLink.objects.exists()


def test_longest_life_of_a_link_is_a_setting(draft: NewsPage, editor: Any, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "DRAFT_LINK_DAYS": 2}

    share_draft(draft, editor, days=2)
    with pytest.raises(ValidationError):
        share_draft(draft, editor, days=3)


def test_line_break_in_the_purpose_is_refused(draft: NewsPage, editor: Any) -> None:
    with pytest.raises(ValidationError):
        share_draft(draft, editor, purpose="dla\r\nBcc: ktoś")


def test_private_page_cannot_be_shared(draft: NewsPage, tree: dict[str, Page], editor: Any) -> None:
    restrict(tree["news"])

    with pytest.raises(ValidationError):
        share_draft(draft, editor)


def test_sharing_and_withdrawing_are_in_the_history_without_the_token(link: DraftLink, editor: Any) -> None:
    assert revoke_link(link, editor)
    assert not revoke_link(link, editor)

    entries = PageLogEntry.objects.filter(page=link.page_id, action__startswith="newsroom.").order_by("pk")
    assert [entry.action for entry in entries] == ["newsroom.share_draft", "newsroom.revoke_draft_link"]
    assert [entry.user for entry in entries] == [editor, editor]
    assert link.token not in str([entry.data for entry in entries])
    assert all(str(entry.message) for entry in entries)


def test_link_of_somebody_who_left_is_closed(link: DraftLink, editor: Any) -> None:
    assert working_link(link.token) == link

    editor.is_active = False
    editor.save()

    assert working_link(link.token) is None


def test_link_of_somebody_who_may_not_edit_the_page_any_more_is_closed(link: DraftLink, editor: Any) -> None:
    editor.groups.clear()

    assert working_link(link.token) is None


def test_page_deleted_meanwhile_takes_its_links_and_remarks_along(link: DraftLink) -> None:
    leave_remark(link, "Jan", "Uwaga")

    link.page.specific.delete()

    assert not DraftLink.objects.exists()
    assert not DraftRemark.objects.exists()
    assert read(link).status_code == 404


def test_sharing_makes_no_page_count_as_used(link: DraftLink) -> None:
    from wagtail.models import ReferenceIndex

    assert ReferenceIndex.get_grouped_references_to(link.page).count() == 0


def test_copy_of_a_page_has_no_links(link: DraftLink) -> None:
    copy = link.page.specific.copy(update_attrs={"slug": "kopia", "title": "Kopia"}, keep_live=False)

    assert not copy.newsroom_draft_links.exists()


def test_sharing_is_not_offered_where_the_address_is_not_mounted(
    draft: NewsPage, editor: Any, settings: Any, tree: dict[str, Page]
) -> None:
    from wagtail_newsroom.news.admin.sharing.views import share_buttons
    from wagtail_newsroom.news.publishing.sharing.links import can_be_shared

    def offered() -> list[bool]:
        return [button.is_shown(editor) for button in share_buttons(draft, editor, "edit")]

    assert offered() == [True]
    settings.ROOT_URLCONF = "wagtail.admin.urls"
    set_urlconf(None)
    clear_url_caches()
    assert not can_be_shared(draft)
    assert offered() == [False]
    with pytest.raises(ValidationError):
        share_draft(draft, editor)


# What the reader sees


def test_reader_without_an_account_sees_the_draft_with_its_bar(link: DraftLink) -> None:
    response = read(link)
    body = response.content.decode()

    assert response.status_code == 200
    assert response.headers["Content-Language"] == "pl"
    for text in ("Nowy most", "Most łączy brzegi.", "<aside", 'name="text"'):
        assert text in body
    assert "dla pani dyrektor" not in body
    assert body.index("<body") < body.index("<aside") < body.index("Nowy most</h1>") < body.index('id="remarks"')


def test_reader_sees_the_latest_draft_of_a_live_page_and_the_public_does_not(link: DraftLink) -> None:
    page = link.page.specific
    page.save_revision().publish()
    page.refresh_from_db()
    page.title = "Nowy most w poprawkach"
    page.save_revision()

    assert "Nowy most w poprawkach" in read(link).content.decode()
    assert "Nowy most w poprawkach" not in Client().get(page.get_url()).content.decode()


def test_page_published_meanwhile_is_shown_with_its_public_address(link: DraftLink) -> None:
    link.page.specific.save_revision().publish()

    body = read(link).content.decode()

    assert f'<a href="{link.page.specific.full_url}">' in body
    assert 'name="text"' in body


def test_editor_who_is_signed_in_gets_the_same_page(link: DraftLink, editor: Any) -> None:
    anonymous = read(link)
    client = Client()
    client.force_login(editor)
    signed_in = client.get(reverse("newsroom_draft", args=[link.token]))

    # Each form has a token of its own.
    assert len({re.sub(rb'name="token" value="[^"]+"', b"", each.content) for each in (signed_in, anonymous)}) == 1
    assert not signed_in.cookies
    assert not anonymous.cookies


def test_english_draft_is_framed_in_english(tree: dict[str, Page], editor: Any) -> None:
    from wagtail.models import Locale

    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree["home"].copy_for_translation(english)
    page = StandardPageFactory(parent=home, title="New bridge", locale=english, live=False)

    response = read(share_draft(page, get_user_model().objects.create_superuser("root", "root@example.org")))

    assert response.headers["Content-Language"] == "en"
    assert "This is a draft." in response.content.decode()


@pytest.mark.parametrize("kind", ["event", "gallery", "standard", "home"])
def test_every_kind_of_page_can_be_read(tree: dict[str, Page], editor: Any, kind: str) -> None:
    page = {
        "event": lambda: EventPageFactory(parent=tree["events"], title="Zebranie", live=False),
        "gallery": lambda: GalleryPageFactory(parent=tree["galleries"], title="Zebranie", live=False),
        "standard": lambda: StandardPageFactory(parent=tree["home"], title="Zebranie", live=False),
        "home": lambda: tree["home"],
    }[kind]()
    page.save_revision()

    response = read(share_draft(page, editor))

    assert response.status_code == 200
    assert page.title in response.content.decode()


def test_half_done_draft_can_be_read(tree: dict[str, Page], editor: Any) -> None:
    page = EventPageFactory.build(title="Ledwo zaczęte", lead="", start_date=None, live=False)
    tree["events"].add_child(instance=page)
    page.save_revision(clean=False)

    assert read(share_draft(page, editor)).status_code == 200


# Pictures and files


def test_pictures_and_files_of_the_draft_come_under_the_link(draft: NewsPage, editor: Any) -> None:
    photo, file = make_photo("Most", name="most ż.jpg", size=(1200, 800)), make_attachment("Plan")
    in_text = make_attachment("Mapa", name="mapa.txt")
    draft.lead_image, draft.lead_image_alt = photo, "Most nad rzeką"
    draft.attachments.add(PageAttachment(attachment=file))
    draft.body = [("paragraph", f'<p><a linktype="document" id="{in_text.pk}">mapa</a></p>')]
    draft.save_revision()
    link = share_draft(draft, editor)

    body = read(link).content.decode()
    addresses = set(re.findall(rf"/podglad/{link.token}/(?:media|plik)/[^\s\"'<,]+", body))

    assert "/media/images/" not in body.replace(f"/podglad/{link.token}/media/", "")
    assert file.url not in body
    assert in_text.url not in body
    assert {f"/podglad/{link.token}/plik/{each.pk}/" for each in (file, in_text)} <= addresses
    assert len(addresses) > 4  # two formats, several sizes
    answers = {address: Client().get(address) for address in addresses}
    contents = {address: b"".join(answer.streaming_content) for address, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"private, no-store"}
    assert {answer.headers["Content-Security-Policy"] for answer in answers.values()} == {"default-src 'none'"}
    download = answers[f"/podglad/{link.token}/plik/{file.pk}/"]
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert contents[f"/podglad/{link.token}/plik/{file.pk}/"] == b"Tekst"
    # Outside the link they are what they were: nothing.
    assert Client().get(file.url).status_code == 404
    assert Client().get(f"/media/{photo.file.name}").status_code == 404


def test_photos_of_a_draft_gallery_come_under_the_link(tree: dict[str, Page], editor: Any) -> None:
    gallery = GalleryPageFactory.build(title="Otwarcie mostu", live=False)
    tree["galleries"].add_child(instance=gallery)
    gallery.photos.add(GalleryPhoto(photo=make_photo("Wstęga", name="wstega.jpg", size=(800, 600)), alt="Wstęga"))
    gallery.save_revision()
    link = share_draft(gallery, editor)

    body = read(link).content.decode()

    assert f'data-full="/podglad/{link.token}/media/images/' in body
    assert "/media/images/" not in body.replace(f"/podglad/{link.token}/media/", "")


# Remarks


def post(link: DraftLink, *, client: Client | None = None, headers: Any = None, **fields: str) -> Any:
    """Open the page of the draft, and send the form on it."""
    client, address = client or Client(enforce_csrf_checks=True), reverse("newsroom_draft", args=[link.token])
    shown = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())
    typed = {"name": "Jan", "text": "Zła data.", "token": shown[1] if shown else "", **fields}
    return client.post(address, typed, headers=headers)


def test_remark_is_kept_and_shown(link: DraftLink) -> None:
    response = post(link, text="Zła data.\r\nPowinna być 5 maja.")

    assert response.status_code == 302
    assert not response.cookies
    remark = DraftRemark.objects.get()
    assert (remark.link, remark.name, remark.text) == (link, "Jan", "Zła data.\nPowinna być 5 maja.")
    body = read(link, "?sent=1").content.decode()
    assert "Powinna być 5 maja." in body
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d{4}">', body)


def test_remark_is_shown_under_its_own_link_only(link: DraftLink, draft: NewsPage, editor: Any) -> None:
    leave_remark(link, "Jan", "Zła data.")

    assert "Zła data." not in read(share_draft(draft, editor)).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"text": ""},
        {"text": "   "},
        {"name": "x" * 121},
        {"text": "x" * 4001},
        {"name": "a\nb"},
        {"text": "a\0"},
    ],
)
def test_bad_remark_is_refused_and_what_was_typed_stays(link: DraftLink, fields: dict[str, str]) -> None:
    response = post(link, **fields)

    assert response.status_code == 400
    assert not DraftRemark.objects.exists()
    assert "nr-draft-error" in response.content.decode()
    if len(fields.get("text", "")) > 100:
        assert fields["text"] in response.content.decode()


def test_longest_remark_fits_whatever_the_line_breaks(link: DraftLink) -> None:
    assert post(link, text="a\r\n" * 1999 + "aa").status_code == 302
    assert len(DraftRemark.objects.get().text) == 4000


def test_robot_that_fills_in_every_field_is_thanked_and_forgotten(link: DraftLink) -> None:
    assert post(link, website="https://spam.example.org").status_code == 302
    assert not DraftRemark.objects.exists()


def test_remarks_of_one_link_end_at_the_limit_of_a_day(link: DraftLink, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "DRAFT_REMARKS_PER_DAY": 2}
    for text in ("pierwsza", "druga"):
        leave_remark(link, "Jan", text)
    with pytest.raises(TooManyRemarksError):
        leave_remark(link, "Jan", "trzecia")

    response = post(link, text="trzecia, długo pisana")
    assert response.status_code == 429
    assert "trzecia, długo pisana" in response.content.decode()

    DraftRemark.objects.update(created_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    assert post(link, text="trzecia").status_code == 302


def test_one_sender_cannot_take_the_whole_day(link: DraftLink) -> None:
    answers = [post(link, text=f"uwaga {number}").status_code for number in range(21)]
    elsewhere = post(link, client=Client(REMOTE_ADDR="192.0.2.7"), name="Ewa", text="Inna osoba.")

    assert answers == [302] * 20 + [429]
    assert elsewhere.status_code == 302


def test_senders_behind_a_proxy_are_told_apart(link: DraftLink, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "PROXIES": 1}

    def send(number: int, sender: str) -> int:
        return post(link, text=f"uwaga {number}", headers={"X-Forwarded-For": sender}).status_code

    answers = [send(number, "192.0.2.7") for number in range(21)]
    assert answers == [302] * 20 + [429]
    assert send(21, "192.0.2.8") == 302


def test_remark_written_while_the_link_ended_is_given_back(link: DraftLink, editor: Any) -> None:
    revoke_link(link, editor)

    response = post(link, text=f"Długo pisana uwaga {ATTACK}")

    assert response.status_code == 404
    assert "Długo pisana uwaga" in response.content.decode()
    assert ATTACK not in response.content.decode()


def test_x1_remark_and_its_name_are_inert(link: DraftLink, editor: Any) -> None:
    post(link, name=ATTACK, text=f"{ATTACK}\n<script>alert(1)</script>")
    desk = Client()
    desk.force_login(editor)

    for body in (
        read(link).content.decode(),
        desk.get(reverse("newsroom_share", args=[link.page_id])).content.decode(),
    ):
        assert ATTACK not in body
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body


# The editor is told


def test_remark_reaches_the_sharer_in_their_language(
    link: DraftLink, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        remark = leave_remark(link, "Jan", "Zła data & godzina.")

    (message,) = mail.outbox
    assert message.to == ["kasia@example.org"]
    assert message.subject == "A remark on the draft “Nowy most”"
    assert "Zła data & godzina." in message.body
    assert f"/admin/newsroom/share/{link.page_id}/#remark-{remark.pk}" in message.body
    assert link.token not in message.body


def test_remark_that_is_rolled_back_is_told_to_nobody(link: DraftLink, django_capture_on_commit_callbacks: Any) -> None:
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        leave_remark(link, "Jan", "Zła data.")
        transaction.set_rollback(True)

    assert mail.outbox == []


@pytest.mark.parametrize("loss", ["account", "permission", "address"])
def test_nobody_is_told_who_may_not_know(
    link: DraftLink, editor: Any, loss: str, django_capture_on_commit_callbacks: Any
) -> None:
    if loss == "account":
        editor.is_active = False
    elif loss == "address":
        editor.email = ""
    else:
        editor.groups.clear()
    editor.save()

    with django_capture_on_commit_callbacks(execute=True):
        leave_remark(DraftLink.objects.get(), "Jan", "Zła data.")

    assert mail.outbox == []
    assert DraftRemark.objects.count() == 1


def test_dead_mail_server_loses_no_remark(
    link: DraftLink, settings: Any, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2

    with django_capture_on_commit_callbacks(execute=True):
        response = post(link)

    assert response.status_code == 302
    assert DraftRemark.objects.count() == 1
    assert "could not be sent" in caplog.text


def test_title_with_a_line_break_makes_no_header(
    link: DraftLink, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Page.objects.filter(pk=link.page_id).update(title="Most\r\nBcc: obcy@example.org", draft_title="")

    with django_capture_on_commit_callbacks(execute=True):
        leave_remark(DraftLink.objects.get(), "Jan", "Zła data.")

    (message,) = mail.outbox
    assert message.recipients() == ["kasia@example.org"]
    assert "\nBcc:" not in message.message().as_string()


def test_open_remarks_are_those_of_pages_that_one_may_edit(
    link: DraftLink, editor: Any, tree: dict[str, Page], django_assert_num_queries: Any
) -> None:
    other = StandardPageFactory(parent=tree["home"], live=False)
    foreign = share_draft(other, member(PUBLISHERS, "ola"))
    settled, waiting = leave_remark(link, "Jan", "stara"), leave_remark(link, "Jan", "nowa")
    settle_remark(settled)
    leave_remark(foreign, "Jan", "obca")

    assert [remark.text for remark in open_remarks_for(editor)] == ["nowa", "obca"]
    assert list(open_remarks_for(member(EDITORS))) == []
    assert waiting.settled_at is None


# In the admin


@pytest.fixture
def desk(editor: Any) -> Desk:
    UserProfile.objects.filter(user=editor).update(preferred_language="en")
    return Desk(editor)


def test_editor_shares_from_the_page_and_copies_the_address(desk: Desk, draft: NewsPage) -> None:
    address = reverse("newsroom_share", args=[draft.pk])
    assert address in desk.client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()

    response = desk.client.post(address, {"purpose": "dla dyrektor", "days": "7"}, follow=True)

    link = DraftLink.objects.get()
    assert (link.purpose, link.created_by) == ("dla dyrektor", desk.user)
    assert f'value="http://localhost/podglad/{link.token}/"' in response.content.decode()


@pytest.mark.parametrize("days", ["0", "61", "x", "", "1e9", "99999999999999999999"])
def test_bad_number_of_days_comes_back_with_a_message(desk: Desk, draft: NewsPage, days: str) -> None:
    response = desk.client.post(reverse("newsroom_share", args=[draft.pk]), {"purpose": "dla dyrektor", "days": days})

    assert response.status_code == 400
    assert 'value="dla dyrektor"' in response.content.decode()
    assert response.context["form"].errors["days"]
    assert not DraftLink.objects.exists()


def test_editor_withdraws_a_link_and_settles_a_remark(desk: Desk, link: DraftLink) -> None:
    remark = leave_remark(link, "Jan", "Zła data.")

    settled = desk.client.post(reverse("newsroom_settle_remark", args=[link.page_id, remark.pk]), follow=True)
    withdrawn = desk.client.post(reverse("newsroom_revoke_link", args=[link.page_id, link.pk]), follow=True)

    remark.refresh_from_db()
    assert remark.settled_at is not None
    assert "settled" in settled.content.decode()
    assert "withdrawn" in withdrawn.content.decode()
    assert read(link).status_code == 404
    assert "Draft shared under a link" in desk.client.get(f"/admin/pages/{link.page_id}/history/").content.decode()


def test_page_of_links_asks_a_constant_number_of_queries(desk: Desk, draft: NewsPage) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.client.get(reverse("newsroom_share", args=[draft.pk]))  # content types are remembered from now on
    counted = []
    for number in (1, 3, 30):
        while draft.newsroom_draft_links.count() < number:
            leave_remark(share_draft(draft, desk.user), "Jan", "Uwaga")
        with CaptureQueriesContext(connection) as queries:
            desk.client.get(reverse("newsroom_share", args=[draft.pk]))
        counted.append(len(queries))

    assert counted == [counted[0]] * 3
