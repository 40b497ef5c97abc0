"""“Withdraw consent” in the admin: who may, what is asked, what is recorded, and what happens the second time."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from wagtail.models import ModelLogEntry, Page

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.factories import GalleryPageFactory, add_photos, make_photo
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto, Photo
from wagtail_newsroom.galleries.publishing.withdrawing import may_withdraw, withdraw_photo
from wagtail_newsroom.news.publishing.preflight.preflight import findings


def address(photo: Photo) -> str:
    return f"/admin/newsroom/photos/{photo.pk}/withdraw/"


def test_publisher_withdraws_by_the_form(tree: dict[str, Page], publisher: Desk, english: None) -> None:
    photo = make_photo(size=(64, 48))
    add_photos(GalleryPageFactory(parent=tree["galleries"]), photo)
    details = publisher.client.get(f"/admin/newsroom_photos/inspect/{photo.pk}/").content.decode()
    edit = publisher.client.get(f"/admin/images/{photo.pk}/").content.decode()
    assert address(photo) in details
    assert address(photo) in edit
    form = publisher.client.get(address(photo)).content.decode()
    assert "1 public page shows this photo." in form

    empty = publisher.client.post(address(photo), {"file": "keep"})
    assert empty.status_code == 200
    assert "Say why, for the record." in empty.content.decode()
    assert Photo.objects.get(pk=photo.pk).withdrawn_at is None

    done = publisher.client.post(address(photo), {"file": "keep", "reason": "List z 12 marca."}, follow=True)
    assert "The consent was withdrawn." in done.content.decode()
    stored = Photo.objects.get(pk=photo.pk)
    assert stored.withdrawn_at is not None
    assert (stored.withdrawn_by, stored.withdrawn_reason) == (publisher.user, "List z 12 marca.")
    [entry] = ModelLogEntry.objects.filter(action="newsroom.photo_withdrawn")
    assert (entry.user, entry.data) == (publisher.user, {"kept": True, "pages": 1})
    history = publisher.client.get(f"/admin/newsroom_photos/history/{photo.pk}/").content.decode()
    assert "the file is kept closed" in history
    assert publisher.client.get(f"/admin/images/{photo.pk}/").status_code == 200


def test_looking_at_the_form_changes_nothing(publisher: Desk) -> None:
    photo = make_photo(size=(64, 48))
    publisher.client.get(f"{address(photo)}?reason=Bo+tak&file=delete")
    assert Photo.objects.get(pk=photo.pk).withdrawn_at is None


def test_nobody_else_withdraws(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    photo = make_photo(size=(64, 48))
    typed = {"reason": "Bo tak.", "file": "delete"}
    for client in (Client(), editor.client, other_section(tree).client):
        for answer in (client.get(address(photo)), client.post(address(photo), typed)):
            assert answer.status_code == 302
            assert "/withdraw/" not in answer["Location"].partition("?")[0]
    assert Photo.objects.get(pk=photo.pk).withdrawn_at is None
    with pytest.raises(PermissionDenied):
        withdraw_photo(photo, editor.user, reason="Bo tak.", keep_file=False)
    assert may_withdraw(publisher.user, photo)
    assert address(photo) not in editor.client.get(f"/admin/newsroom_photos/inspect/{photo.pk}/").content.decode()


def test_second_withdrawal_changes_nothing_but_may_delete_the_kept_file(
    publisher: Desk, administrator: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo(size=(64, 48))
    storage, name = photo.file.storage, photo.file.name
    withdraw_photo(photo, publisher.user, reason="Pierwszy.", keep_file=True)
    first = Photo.objects.get(pk=photo.pk)
    again = withdraw_photo(Photo.objects.get(pk=photo.pk), administrator.user, reason="Drugi.", keep_file=True)
    assert (again.photos, again.deleted_kept_file) == ([], False)
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.client.post(address(photo), {}).status_code == 302
    last = Photo.objects.get(pk=photo.pk)
    for field in ("withdrawn_at", "withdrawn_reason", "withdrawn_by"):
        assert getattr(last, field) == getattr(first, field)
    assert not storage.exists(name)
    assert administrator.client.post(address(photo), {}).status_code == 302
    actions = ModelLogEntry.objects.filter(action__startswith="newsroom.photo").values_list("action", flat=True)
    assert sorted(actions) == ["newsroom.photo_file_deleted", "newsroom.photo_withdrawn"]


def test_files_are_deleted_on_commit_only(publisher: Desk, django_capture_on_commit_callbacks: Any) -> None:
    photo = make_photo(name="wspolna.jpg", size=(64, 48))
    files = [photo.file.name, photo.get_rendition("width-20").file.name]
    storage = photo.file.storage
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        withdraw_photo(photo, publisher.user, reason="Pismo.", keep_file=False)
        transaction.set_rollback(True)
    photo = Photo.objects.get(pk=photo.pk)
    assert photo.withdrawn_at is None
    assert photo.renditions.count() == 1
    assert all(storage.exists(name) for name in files)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo, publisher.user, reason="Pismo.", keep_file=False)
        assert all(storage.exists(name) for name in files)
    assert not any(storage.exists(name) for name in files)
    # The name is free, and whoever gets it next shares nothing with the photo that is gone.
    other = make_photo("Inne", name="wspolna.jpg", size=(50, 30))
    assert other.file.name == files[0]
    assert not Photo.objects.exclude(pk=other.pk).filter(file=other.file.name).exists()


def test_chooser_does_not_offer_it(publisher: Desk) -> None:
    photo, other = make_photo("Wycofane", size=(64, 48)), make_photo("Zostaje", size=(50, 30))
    withdraw_photo(photo, publisher.user, reason="Pismo.", keep_file=True)
    for query in ("", "?q=Wycofane", "?q=Zostaje"):
        offered = publisher.client.get(f"/admin/images/chooser/results/{query}").content.decode()
        assert f"chosen/{photo.pk}/" not in offered
        assert (f"chosen/{other.pk}/" in offered) == (query != "?q=Wycofane")


def test_upload_of_the_same_file_is_refused_with_its_cause(publisher: Desk, english: None) -> None:
    photo = make_photo(size=(64, 48))
    with photo.open_file() as stream:
        data = stream.read()
    withdraw_photo(photo, publisher.user, reason="Tajny powód.", keep_file=False)
    upload = {"title": "Znów", "files[]": SimpleUploadedFile("znowu.jpg", data, "image/jpeg")}
    answer = publisher.client.post(
        "/admin/images/multiple/add/", upload, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    told = answer.json()
    assert told["success"] is False
    assert "znowu.jpg" in told["error_message"]
    assert "withdrawn on" in told["error_message"]
    assert "Tajny" not in answer.content.decode()
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("gallery", "own", "unknown"),
    [("unknown", "unknown", True), ("consent", "unknown", False), ("unknown", "own", False)],
)
def test_basis_of_rights_of_the_gallery_counts_where_the_photo_says_nothing(
    tree: dict[str, Page], english: None, gallery: str, own: str, unknown: bool
) -> None:
    page = GalleryPageFactory(parent=tree["galleries"], live=False, rights_basis=gallery)
    for number in range(3):
        page.photos.add(GalleryPhoto(photo=make_photo(f"Sala {number}", rights_basis=own)))
    page.save()
    found = [each for each in findings(GalleryPage.objects.get(pk=page.pk)) if each.code == "rights_unknown"]
    assert [(each.severity.value, each.field) for each in found] == [("warn", "rights_basis")] * unknown
    assert all(each.message.startswith("For 3 photos") for each in found)


def test_photo_of_another_section_is_not_taken_along(tree: dict[str, Page], english: None) -> None:
    stranger = other_section(tree)
    collection = stranger.user.groups.get().collection_permissions.first().collection
    own = make_photo(size=(64, 48), collection=collection)
    foreign = make_photo("Cudze", size=(64, 48))
    answer = stranger.client.post(address(own), {"reason": "Pismo.", "file": "delete"}, follow=True)
    assert "1 more time in collections" in answer.content.decode()
    assert Photo.objects.get(pk=foreign.pk).withdrawn_at is None
    assert Photo.objects.get(pk=own.pk).withdrawn_at is not None
