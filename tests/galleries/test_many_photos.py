"""Many photos at once into a gallery, describing them one by one, publishing those that are described."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupCollectionPermission, Page, Revision

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member, set_up_roles
from tests.admin.newsroom import other_section
from tests.factories import GalleryPageFactory, add_photos, make_photo, make_site
from tests.galleries.pictures import loaded_jpeg, saved
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto, Photo
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english"), pytest.mark.services]

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture
def editor(tree: dict[str, Page]) -> Desk:
    return Desk(member(EDITORS))


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def gallery(tree: dict[str, Page], editor: Desk) -> GalleryPage:
    """The editor's draft, without photos."""
    page = GalleryPageFactory(parent=tree["galleries"], title="Piknik", live=False, has_unpublished_changes=True)
    page.owner = editor.user
    page.save()
    return page


def picture(number: int) -> bytes:
    """A small photo unlike the others."""
    return saved("JPEG", Image.new("RGB", (40, 30), (number * 20 % 256, 90, 120)))


def address(gallery: GalleryPage, name: str = "photos") -> str:
    return reverse(f"newsroom_gallery_{name}", args=[gallery.pk])


def upload(
    client: Client, gallery: GalleryPage, content: bytes, name: str = "DSC_1.jpg", **fields: Any
) -> HttpResponse:
    collection = Photo._meta.get_field("collection").get_default()
    data = {"files": SimpleUploadedFile(name, content, "image/jpeg"), "collection": collection, **fields}
    return client.post(address(gallery), data, headers=SCRIPT)


def in_draft(gallery: GalleryPage) -> list[GalleryPhoto]:
    return list(GalleryPage.objects.get(pk=gallery.pk).get_latest_revision_as_object().photos.all())


def describe(client: Client, gallery: GalleryPage, photo: int, alt: str = "", **fields: Any) -> HttpResponse:
    data = {"photo": photo, "alt": alt, "caption": "", **fields}
    return client.post(address(gallery, "describe"), data, headers=SCRIPT)


def test_photos_join_the_draft_in_one_version_and_the_broken_one_is_named(editor: Desk, gallery: GalleryPage) -> None:
    revision = ""
    for number in (1, 2, 3):
        answer = upload(editor.client, gallery, picture(number), f"DSC_{number}.jpg", revision=revision)
        assert answer.status_code == 200
        revision = answer.json()["revision"]
    broken = upload(editor.client, gallery, picture(4)[:200], "urwane.jpg", revision=revision)
    assert broken.status_code == 422
    assert "urwane.jpg" in broken.json()["error"]
    assert "Allowed: " in broken.json()["error"]
    assert [row.photo.title for row in in_draft(gallery)] == ["DSC_1", "DSC_2", "DSC_3"]
    assert Revision.objects.for_instance(gallery).count() == 1
    assert GalleryPhoto.objects.filter(page=gallery).count() == 3  # what the list of galleries counts
    assert Photo.objects.get(title="DSC_1").uploaded_by_user == editor.user


def test_version_that_is_not_the_batchs_own_is_kept(editor: Desk, publisher: Desk, gallery: GalleryPage) -> None:
    first = upload(editor.client, gallery, picture(1)).json()["revision"]
    second = upload(publisher.client, gallery, picture(2), revision=first).json()["revision"]
    third = upload(editor.client, gallery, picture(3), revision=first).json()["revision"]
    assert len({first, second, third}) == 3
    assert len(in_draft(gallery)) == 3


def owned(desk: Desk, parent: Page, slug: str) -> GalleryPage:
    """Another draft of somebody's."""
    return GalleryPageFactory(parent=parent, title=slug.title(), slug=slug, live=False, owner=desk.user)


def test_same_file_is_stored_once_where_it_may_be_chosen(
    editor: Desk, publisher: Desk, gallery: GalleryPage, tree: dict[str, Page]
) -> None:
    assert upload(publisher.client, gallery, picture(1)).json()["is_new"]
    again = upload(editor.client, gallery, picture(1), "inna-nazwa.jpg").json()
    assert not again["is_new"]
    assert "already" in again["message"]
    used = upload(editor.client, owned(editor, tree["galleries"], "inna"), picture(1)).json()
    assert used["is_new"]
    assert "in the library already" in used["message"]
    assert Photo.objects.count() == 1
    GroupCollectionPermission.objects.filter(permission__codename__startswith="choose").delete()
    third = owned(editor, tree["galleries"], "trzecia")
    assert upload(editor.client, third, picture(1)).json()["message"] == "Added."  # tells nothing of the other one
    assert Photo.objects.count() == 2
    GroupCollectionPermission.objects.all().delete()
    assert upload(editor.client, third, picture(2)).status_code in (302, 403)
    assert (Photo.objects.count(), len(in_draft(third))) == (2, 1)


def test_withdrawn_photo_does_not_come_back(
    editor: Desk, publisher: Desk, gallery: GalleryPage, tree: dict[str, Page]
) -> None:
    upload(publisher.client, gallery, loaded_jpeg(), "spacer.jpg")
    withdraw_photo(Photo.objects.get(), publisher.user, reason="Prośba osoby ze zdjęcia", keep_file=False)
    other = owned(editor, tree["galleries"], "inna")
    refused = upload(editor.client, other, loaded_jpeg(), "spacer-raz-jeszcze.jpg")
    assert refused.status_code == 422
    assert "spacer-raz-jeszcze.jpg" in refused.json()["error"]
    assert "withdrawn" in refused.json()["error"]
    assert (Photo.objects.count(), in_draft(other)) == (1, [])
    copy = make_photo("Kopia")  # kept by somebody who may not be overruled
    Photo.objects.filter(pk=copy.pk).update(uploaded_sha256=Photo.objects.get(title="spacer").uploaded_sha256)
    assert upload(editor.client, other, loaded_jpeg(), "spacer.jpg").status_code == 422
    assert in_draft(other) == []


def test_another_section_gets_nowhere(gallery: GalleryPage, tree: dict[str, Page]) -> None:
    stranger = other_section(tree)
    assert stranger.client.get(address(gallery)).status_code == 302
    assert stranger.client.get(address(gallery, "describe")).status_code == 302
    assert upload(stranger.client, gallery, picture(1)).status_code == 403
    assert Photo.objects.count() == 0
    assert stranger.client.get("/admin/newsroom/galleries/987654/photos/").status_code == 302


def test_plain_form_takes_in_what_it_can(editor: Desk, gallery: GalleryPage) -> None:
    files = [
        SimpleUploadedFile("a.jpg", picture(1)),
        SimpleUploadedFile("b.jpg", b"nic"),
        SimpleUploadedFile("c.jpg", picture(2)),
    ]
    collection = Photo._meta.get_field("collection").get_default()
    answer = editor.client.post(address(gallery), {"files": files, "collection": collection}, follow=True)
    assert "“b.jpg” was not added" in answer.content.decode()
    assert [row.photo.title for row in in_draft(gallery)] == ["a", "c"]
    ids = [row.photo_id for row in in_draft(gallery)]
    editor.client.post(address(gallery), {"act": "order", "photo": ids[::-1]}, headers=SCRIPT)
    assert [row.photo.title for row in in_draft(gallery)] == ["c", "a"]


def test_new_gallery_begins_with_a_title(editor: Desk, tree: dict[str, Page]) -> None:
    assert reverse("newsroom_gallery_new") in editor.client.get("/admin/newsroom_galleries/").content.decode()
    new = editor.client.get(reverse("newsroom_gallery_new"))
    assert new.status_code == 200
    answer = editor.client.post(
        reverse("newsroom_gallery_new"), {"title": "Święto łąki", "place": tree["galleries"].pk}
    )
    made = GalleryPage.objects.get()
    assert answer["Location"] == address(made)
    assert (made.live, made.slug, made.owner) == (False, "swieto-laki", editor.user)
    assert other_section(tree).client.get(reverse("newsroom_gallery_new")).status_code == 302
    page = editor.client.get(f"/admin/pages/{made.pk}/edit/").content.decode()
    assert address(made) in page
    assert address(made, "describe") in page


def test_credit_is_written_to_all_photos_that_may_be_changed(publisher: Desk, gallery: GalleryPage) -> None:
    one, two = make_photo("Jeden", credit="fot. Ewa Lis"), make_photo("Dwa", name="dwa.jpg")
    gallery.photos.add(GalleryPhoto(photo=one), GalleryPhoto(photo=two))
    gallery.save_revision()
    said = {"act": "all", "credit": "fot. Jan Kos", "rights_basis": "own", "tags": "piknik, lato"}
    publisher.client.post(address(gallery), said)
    one, two = (Photo.objects.get(pk=photo.pk) for photo in (one, two))
    assert (one.credit, two.credit) == ("fot. Ewa Lis", "fot. Jan Kos")
    assert {one.rights_basis, two.rights_basis} == {"own"}
    assert set(one.tags.names()) == {"piknik", "lato"}
    publisher.client.post(address(gallery), {**said, "replace": "on"})
    assert Photo.objects.get(pk=one.pk).credit == "fot. Jan Kos"
    empty = publisher.client.post(address(gallery), {"act": "all"})
    assert "Nothing is filled in" in empty.content.decode()


def test_descriptions_are_judged_beside_their_field_and_saved_in_one_version(
    editor: Desk, gallery: GalleryPage
) -> None:
    photos = [make_photo(f"Łąka {number}", name=f"l{number}.jpg", description="") for number in (1, 2)]
    add_photos(gallery, *photos)  # published: what is said now stays in the draft
    for row in in_draft(gallery):
        describe(editor.client, gallery, row.photo_id)
    refused = describe(editor.client, gallery, photos[0].pk, "DSC_0001.jpg")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["alt"])
    repeated = describe(editor.client, gallery, photos[0].pk, "łąka 1")
    assert "repeats the title" in repeated.json()["errors"]["alt"][0]
    saved_one = describe(editor.client, gallery, photos[0].pk, "Dzieci biegną\npo łące.", go="next").json()
    assert saved_one["shown"]["photo"] == photos[1].pk
    assert saved_one["left"] == "1 photo is left to describe."
    last = describe(editor.client, gallery, photos[1].pk, decorative="on", revision=saved_one["revision"]).json()
    assert last["revision"] == saved_one["revision"]
    assert last["left"] == "All photos are described."
    assert [(row.alt, row.decorative) for row in in_draft(gallery)] == [("Dzieci biegną po łące.", False), ("", True)]
    assert [row.alt for row in GalleryPhoto.objects.filter(page=gallery)] == [
        "Na zdjęciu: Łąka 1",
        "Na zdjęciu: Łąka 2",
    ]
    gone = describe(editor.client, gallery, 999_999, "Nikogo nie ma.")
    assert gone.status_code == 409


def test_described_photos_are_published_and_the_others_wait(
    editor: Desk, publisher: Desk, gallery: GalleryPage
) -> None:
    photos = [make_photo(f"Łąka {number}", name=f"l{number}.jpg", description="") for number in (1, 2, 3)]
    for photo in photos:
        gallery.photos.add(GalleryPhoto(photo=photo))
    gallery.save_revision()
    publish = {"act": "publish"}
    nothing = publisher.client.post(address(gallery, "describe"), publish)
    assert "No photo of this gallery is described yet" in nothing.content.decode()
    describe(editor.client, gallery, photos[1].pk, "Dzieci biegną po łące.")
    assert editor.client.post(address(gallery, "describe"), publish).status_code == 302  # not theirs to publish
    assert not GalleryPage.objects.get().live
    publisher.client.post(address(gallery, "describe"), publish)
    stored = GalleryPage.objects.get()
    assert (stored.live, stored.has_unpublished_changes) == (True, True)
    assert [shown.photo_id for shown in stored.shown_photos] == [photos[1].pk]
    assert [row.photo_id for row in in_draft(gallery)] == [photo.pk for photo in photos]
    for photo in (photos[0], photos[2]):
        describe(editor.client, gallery, photo.pk, f"Widok na łąkę, ujęcie {photo.pk} od strony lasu.")
    publisher.client.post(address(gallery, "describe"), publish)
    stored = GalleryPage.objects.get()
    assert stored.has_unpublished_changes is False
    assert [shown.photo_id for shown in stored.shown_photos] == [photo.pk for photo in photos]


def test_warnings_ask_for_a_reason(publisher: Desk, gallery: GalleryPage, tree: dict[str, Page]) -> None:
    GalleryPageFactory(parent=tree["galleries"], title=gallery.title, slug="drugi", date=gallery.date)
    gallery.photos.add(GalleryPhoto(photo=make_photo("Łąka")))
    gallery.save_revision()
    asked = publisher.client.post(address(gallery, "describe"), {"act": "publish"})
    assert 'name="reason"' in asked.content.decode()
    assert not GalleryPage.objects.get(pk=gallery.pk).live
    publisher.client.post(address(gallery, "describe"), {"act": "publish", "reason": "Dwa pikniki jednego dnia."})
    assert GalleryPage.objects.get(pk=gallery.pk).live


def test_locked_gallery_says_why_and_takes_nothing(editor: Desk, publisher: Desk, gallery: GalleryPage) -> None:
    gallery.locked, gallery.locked_by = True, publisher.user
    gallery.save()
    answer = upload(editor.client, gallery, picture(1))
    assert answer.status_code == 409
    assert "locked" in answer.json()["error"]
    assert Photo.objects.count() == 0
