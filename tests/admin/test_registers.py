"""Registers of files and photos: everybody sees what lies in their own collections, and nothing can be guessed."""

from typing import Any

import bs4
import pytest
from django.test import Client
from wagtail.models import Page

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.factories import NewsPageFactory, make_attachment, make_photo
from tests.test_query_counts import queries
from wagtail_newsroom.news.models import Attachment, PageAttachment

pytestmark = pytest.mark.services

REGISTERS = ("newsroom_files", "newsroom_photos")


def titles(desk: Desk, url: str) -> list[str]:
    answer = desk.client.get(f"/admin/{url}")
    assert answer.status_code == 200
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    return [cell.find(class_="title-wrapper").get_text(strip=True) for cell in soup.select("td.field-title")]


def thing(name: str, title: str, **fields: Any) -> Any:
    return (
        make_attachment(title, name=f"{title}.txt", **fields)
        if name == "newsroom_files"
        else make_photo(title, **fields)
    )


def collection_of(desk: Desk) -> Any:
    return desk.user.groups.get().collection_permissions.first().collection


@pytest.mark.parametrize("name", REGISTERS)
def test_register_lists_what_the_person_may_see(name: str, tree: dict[str, Page], publisher: Desk) -> None:
    stranger = other_section(tree)
    thing(name, "Nasze")
    theirs = thing(name, "Ich", collection=collection_of(stranger))
    assert titles(stranger, f"{name}/") == ["Ich"]
    assert set(titles(publisher, f"{name}/")) == {"Ich", "Nasze"}
    link = bs4.BeautifulSoup(stranger.client.get(f"/admin/{name}/").content, "html.parser").select_one(
        ".title-wrapper a"
    )
    assert f"/{theirs.pk}/" in link["href"]
    assert stranger.client.get(link["href"]).status_code == 200


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("page", ["inspect", "history"])
def test_page_of_a_row_is_missing_for_others(
    name: str, page: str, tree: dict[str, Page], publisher: Desk, client: Client
) -> None:
    row = thing(name, "Nasze")
    url = f"/admin/{name}/{page}/{row.pk}/"
    stranger = other_section(tree)
    assert publisher.client.get(url).status_code == 200
    assert stranger.client.get(url).status_code == 404
    assert stranger.client.post(url).status_code in (404, 405)
    assert stranger.client.get(f"/admin/{name}/{page}/999999/").status_code == 404
    assert client.get(url)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", REGISTERS)
def test_register_has_no_forms_of_its_own(name: str, tree: dict[str, Page], publisher: Desk) -> None:
    row = thing(name, "Nasze")
    for path in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert publisher.client.get(f"/admin/{name}/{path}").status_code == 404
        assert publisher.client.post(f"/admin/{name}/{path}").status_code == 404


@pytest.mark.parametrize("name", REGISTERS)
def test_nothing_is_guessed_through_the_address(name: str, tree: dict[str, Page], publisher: Desk) -> None:
    """Django's lists take any look-up from the address; ours takes its own filters only."""
    publisher.user.set_password("x")
    publisher.user.save()
    publisher.client.force_login(publisher.user)
    thing(name, "Nasze", uploaded_by_user=publisher.user)
    for query in ("uploaded_by_user__password__startswith=zzz", "title__startswith=Q", "no_such_field=1", "o=99.x"):
        assert titles(publisher, f"{name}/?{query}") == ["Nasze"], query


def test_files_by_kind_findings_use_and_version(tree: dict[str, Page], publisher: Desk) -> None:
    old = make_attachment("Stary", name="a.txt", kind="form")
    make_attachment("Nowy", name="b.txt", kind="form", language="en", supersedes=old)
    Attachment.objects.filter(pk=make_attachment("Skan", name="c.txt").pk).update(findings=["scan"], verdict="scan")
    page = NewsPageFactory(parent=tree["news"])
    page.attachments.add(PageAttachment(attachment=old))
    page.save_revision().publish()
    found = {
        query: set(titles(publisher, f"newsroom_files/?{query}"))
        for query in ("kind__exact=form", "language__exact=en", "findings=yes", "findings=no", "used=yes", "used=no",
                      "superseded=yes", "superseded=no", "q=ska")
    }  # fmt: skip
    assert found == {
        "kind__exact=form": {"Stary", "Nowy"},
        "language__exact=en": {"Nowy"},
        "findings=yes": {"Skan"},
        "findings=no": {"Stary", "Nowy"},
        "used=yes": {"Stary", "Nowy"},
        "used=no": {"Skan"},
        "superseded=yes": {"Stary"},
        "superseded=no": {"Nowy", "Skan"},
        "q=ska": {"Skan"},
    }
    assert page.title in publisher.client.get(f"/admin/newsroom_files/inspect/{old.pk}/").content.decode()


def test_row_names_pages_only_to_those_who_may_see_them(tree: dict[str, Page], publisher: Desk) -> None:
    stranger = other_section(tree)
    document = make_attachment("Ich plik", collection=collection_of(stranger))
    older = make_attachment("Tajny dawny", name="d.txt")
    Attachment.objects.filter(pk=document.pk).update(supersedes=older)
    page = NewsPageFactory(parent=tree["news"], title="Tajna strona")
    page.attachments.add(PageAttachment(attachment=document))
    page.save_revision().publish()
    url = f"/admin/newsroom_files/inspect/{document.pk}/"
    assert "Tajna strona" in publisher.client.get(url).content.decode()
    assert "Tajn" not in stranger.client.get(url).content.decode()


def test_photos_by_description_and_basis_of_rights(tree: dict[str, Page], publisher: Desk) -> None:
    make_photo("Opisane", rights_basis="own")
    make_photo("Nieopisane", description="")
    assert titles(publisher, "newsroom_photos/?undescribed=yes") == ["Nieopisane"]
    assert titles(publisher, "newsroom_photos/?undescribed=no") == ["Opisane"]
    assert titles(publisher, "newsroom_photos/?rights_basis__exact=own") == ["Opisane"]


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_what_is_seen(name: str, kind: str, tree: dict[str, Page], publisher: Desk) -> None:
    thing(name, "Nasze")
    answer = publisher.client.get(f"/admin/{name}/?export={kind}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert kind == "xlsx" or b"Nasze" in content


@pytest.mark.parametrize("name", REGISTERS)
def test_register_asks_as_often_for_thirty_rows_as_for_one(name: str, tree: dict[str, Page], publisher: Desk) -> None:
    found, made = [], 0
    for count in (1, 3, 30):
        while made < count:
            thing(name, f"Rzecz {made}", uploaded_by_user=publisher.user)
            made += 1
        found.append(len(queries(publisher.client, f"/admin/{name}/")))
    assert max(found) == found[0]
    assert found[0] <= 30
