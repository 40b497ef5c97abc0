"""Replacing a file in the admin: a stored file never changes, by whatever form; nobody publishes who may not."""

import datetime as dt

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.admin.test_bad_files import beside, form_of
from tests.factories import NewsPageFactory, attach, make_attachment
from wagtail_newsroom.news.models import Attachment, DownloadCount

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.services]


def newer(content: bytes = b"Nowa", name: str = "nowy.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def stored(document: Attachment) -> bytes:
    document.refresh_from_db()
    with document.file.storage.open(document.file.name) as stream:
        return bytes(stream.read())


@pytest.fixture
def offered(tree: dict[str, Page]) -> Attachment:
    document = make_attachment("Regulamin", content=b"Stara", kind="regulations", change_note="Pierwsza wersja.")
    document.tags.add("wizyty")
    attach(NewsPageFactory(parent=tree["news"]), document)
    return document


def test_other_file_in_the_edit_form_is_a_new_version(offered: Attachment, publisher: Desk, client: Client) -> None:
    url = f"/admin/documents/edit/{offered.pk}/"
    assert f"/admin/newsroom/files/{offered.pk}/replace/" in publisher.client.get(url).content.decode()
    sent = {**form_of(publisher, url), "title": "Regulamin 2", "file": newer(), "tags": "wizyty, zapisy"}
    assert publisher.client.post(url, sent).status_code == 302

    successor = Attachment.objects.get(title="Regulamin 2")
    assert (stored(offered), offered.title) == (b"Stara", "Regulamin")
    assert (stored(successor), successor.supersedes, successor.number) == (b"Nowa", offered, 2)
    assert (successor.kind, successor.change_note, successor.uploaded_by_user) == ("regulations", "", publisher.user)
    assert set(successor.tags.names()) == {"wizyty", "zapisy"}
    assert list(offered.tags.names()) == ["wizyty"]
    assert (successor.file_size, successor.file_hash != offered.file_hash) == (4, True)
    assert client.get(offered.url)["Location"] == successor.url
    assert ModelLogEntry.objects.filter(action="newsroom.file_replaced", object_id=successor.pk).count() == 1

    answer = publisher.client.post(url, {**form_of(publisher, url), "file": newer(b"Trzecia")})
    assert beside(answer, "file") == ["This file was replaced before, by “Regulamin 2”. Replace that one."]
    url = f"/admin/documents/edit/{successor.pk}/"
    answer = publisher.client.post(url, {**form_of(publisher, url), "file": newer()})
    assert beside(answer, "file") == ["This is the same file. Choose the one that replaces it."]
    assert Attachment.objects.count() == 2


def test_words_about_a_file_change_without_a_new_version(offered: Attachment, publisher: Desk) -> None:
    url = f"/admin/documents/edit/{offered.pk}/"
    assert publisher.client.post(url, {**form_of(publisher, url), "title": "Regulamin wizyt"}).status_code == 302
    assert [(row.title, row.number) for row in Attachment.objects.all()] == [("Regulamin wizyt", 1)]


def test_file_is_replaced_by_its_own_form(offered: Attachment, publisher: Desk, client: Client) -> None:
    inspect = f"/admin/newsroom_files/inspect/{offered.pk}/"
    url = f"/admin/newsroom/files/{offered.pk}/replace/"
    assert url in publisher.client.get(inspect).content.decode()
    assert 'enctype="multipart/form-data"' in publisher.client.get(url).content.decode()
    typed = {"title": "Regulamin 2", "change_note": "Nowy termin.", "valid_from": "2026-01-01", "effect": "at_once"}

    answer = publisher.client.post(url, {**typed, "valid_until": "2025-01-01", "file": newer()})
    assert beside(answer, "valid_until") == [
        "The file stops being valid before it starts to be. Correct one of the two dates."
    ]
    assert "Nowy termin." in answer.content.decode()
    assert list(answer.context["form"].errors) == ["valid_until"]
    answer = publisher.client.post(url, {**typed, "file": newer(name="program.exe")})
    assert list(answer.context["form"].errors) == ["file"]
    assert Attachment.objects.count() == 1

    answer = publisher.client.post(url, {**typed, "file": newer()}, follow=True)
    successor = Attachment.objects.get(title="Regulamin 2")
    assert "1 page shows it." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/admin/newsroom_files/inspect/{successor.pk}/"
    assert client.get(offered.url)["Location"] == successor.url
    assert publisher.client.get(url)["Location"] == f"/admin/newsroom/files/{successor.pk}/replace/"
    assert url not in publisher.client.get(inspect).content.decode()


def test_who_may_not_publish_replaces_with_the_page_only(
    offered: Attachment, editor: Desk, publisher: Desk, client: Client
) -> None:
    Attachment.objects.filter(pk=offered.pk).update(uploaded_by_user=editor.user)
    url = f"/admin/documents/edit/{offered.pk}/"
    answer = editor.client.post(url, {"title": offered.title, "file": newer()}, follow=True)
    told = answer.content.decode()
    assert "“Regulamin” is shown on a public page" in told
    assert f'href="/admin/newsroom/files/{offered.pk}/replace/"' in told
    answer = editor.client.post("/admin/documents/add/", {
        **form_of(editor, "/admin/documents/add/"), "title": "Podmiana", "file": newer(), "supersedes": offered.pk,
    })  # fmt: skip
    assert list(answer.context["form"].errors) == ["with_page"]
    url = f"/admin/newsroom/files/{offered.pk}/replace/"
    answer = editor.client.post(url, {"title": "Podmiana", "file": newer(), "effect": "at_once"})
    assert list(answer.context["form"].errors) == ["effect"]
    assert Attachment.objects.count() == 1

    answer = editor.client.post(url, {"title": "Regulamin 2", "file": newer()}, follow=True)
    waiting = Attachment.objects.get(title="Regulamin 2")
    assert "Choose it on the draft of its page" in answer.content.decode()
    assert (client.get(offered.url).status_code, client.get(waiting.url).status_code) == (200, 404)
    row = publisher.client.get("/admin/newsroom_files/").content.decode()
    assert "a newer one waits for its page" in row
    waiting.with_page = False
    url = f"/admin/documents/edit/{waiting.pk}/"
    sent = form_of(editor, url)
    sent.pop("with_page", None)
    assert list(editor.client.post(url, sent).context["form"].errors) == ["with_page"]


def test_replacing_is_for_those_who_may_change_the_file(
    offered: Attachment, editor: Desk, tree: dict[str, Page], client: Client
) -> None:
    url = f"/admin/newsroom/files/{offered.pk}/replace/"
    missing = "/admin/newsroom/files/987654/replace/"
    for desk in (editor, other_section(tree)):
        for address in (url, missing):
            assert desk.client.get(address).status_code == 302
            assert desk.client.post(address, {"title": "Moje", "file": newer()}).status_code == 302
    assert client.get(url)["Location"].startswith("/admin/login/")
    assert Attachment.objects.count() == 1


def test_chooser_offers_current_versions_and_uploads_that_wait(
    offered: Attachment, publisher: Desk, tree: dict[str, Page]
) -> None:
    waiting = make_attachment("Czeka", name="c.txt", supersedes=offered, with_page=True)
    chooser = publisher.client.get("/admin/documents/chooser/").json()["html"]
    assert [f"/chooser/chosen/{each.pk}/" in chooser for each in (offered, waiting)] == [True, True]
    upload = bs4.BeautifulSoup(chooser, "html.parser").find(id="id_document-chooser-upload-with_page")
    assert upload.has_attr("checked")
    waiting.with_page = False
    waiting.save()
    chooser = publisher.client.get("/admin/documents/chooser/").json()["html"]
    assert [f"/chooser/chosen/{each.pk}/" in chooser for each in (offered, waiting)] == [False, True]
    found = publisher.client.get("/admin/documents/chooser/results/?q=Czeka").content.decode()
    assert f"/chooser/chosen/{waiting.pk}/" in found


def test_own_page_of_a_file_tells_findings_versions_and_downloads(
    offered: Attachment, publisher: Desk, tree: dict[str, Page]
) -> None:
    successor = make_attachment("Nowy", name="n.txt", supersedes=offered, findings=["scan"], change_note="Nowy termin.")
    today = timezone.localdate()
    for document, day, count in (
        (successor, today, 3), (successor, today - dt.timedelta(days=100), 4), (offered, today, 20),
    ):  # fmt: skip
        DownloadCount.objects.create(document=document, day=day, count=count)
    page = bs4.BeautifulSoup(
        publisher.client.get(f"/admin/newsroom_files/inspect/{successor.pk}/").content, "html.parser"
    )
    text = page.get_text(" ", strip=True)
    for words in ("It is a scan: a picture of paper that nobody can search", "Nowy termin.", "replaced by a newer one",
                  "In the last 30 days 3", "In all 7", "All versions together 27"):  # fmt: skip
        assert words in text, words
    assert page.find("a", href=f"/en/files/{successor.pk}/versions/") is not None
    assert page.find("a", string=lambda said: bool(said) and said.startswith("Wiadomość")) is not None
    listed = bs4.BeautifulSoup(publisher.client.get("/admin/newsroom_files/").content, "html.parser")
    assert {cell.get_text(strip=True) for cell in listed.select("td.field-downloads")} == {"3 / 7", "20 / 20"}
    lines = b"".join(publisher.client.get("/admin/newsroom_files/?export=csv").streaming_content).decode().splitlines()
    assert [",3,7," in line for line in lines if line.startswith("Nowy,")] == [True]


def test_version_that_a_person_may_not_see_is_not_named(
    offered: Attachment, publisher: Desk, tree: dict[str, Page]
) -> None:
    stranger = other_section(tree)
    own = make_attachment("Ich", collection=stranger.user.groups.get().collection_permissions.first().collection)
    Attachment.objects.filter(pk=own.pk).update(supersedes=offered, version_group=offered.version_group, number=2)
    text = stranger.client.get(f"/admin/newsroom_files/inspect/{own.pk}/").content.decode()
    assert "A version that you may not see" in text
    assert "Regulamin" not in text
    assert "Pierwsza wersja." not in text
