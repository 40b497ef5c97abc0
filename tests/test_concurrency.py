"""Eight people write at once, through the admin's own views, each over a connection of their own (trust.md R7)."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from PIL import Image
from wagtail.models import Page, ReferenceIndex, Revision

from tests.admin.desk import PUBLISHERS, Desk, Form, member, set_up_roles
from tests.factories import make_site
from tests.soak import TIMES
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.news.models import NewsPage

WRITERS = 8
PAGES_EACH = 4 if TIMES == 1 else 10
LIMIT = 240  # seconds; a quiet machine needs a tenth of it

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def picture(number: int) -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40 + number, 30), (15, 76, 74)).save(stream, "JPEG")
    return SimpleUploadedFile(f"sala-{number}.jpg", stream.getvalue(), "image/jpeg")


def all_at_once(work: Callable[[int], None]) -> list[BaseException]:
    """Let eight threads begin ``work`` at the same moment; what went wrong in them."""
    start = threading.Barrier(WRITERS)

    def run(number: int) -> BaseException | None:
        try:
            start.wait(timeout=60)
            work(number)
        except BaseException as error:  # noqa: BLE001  (reported by the thread that waits)
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(WRITERS) as pool:
        waiting = [pool.submit(run, number) for number in range(WRITERS)]
        return [error for one in waiting if (error := one.result(timeout=LIMIT)) is not None]


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.mark.sampled
def test_eight_writers_at_once_lose_nothing(tree: dict[str, Page]) -> None:
    """Above ten seconds: 32 pages are made (80 with ``make soak``), and all writers wait for one database."""
    desks = [Desk(member(PUBLISHERS, f"writer-{number}")) for number in range(WRITERS)]
    # Rendering the form is no writing: one blank form serves all eight.
    blank = desks[0].blank(NewsPage, tree["news"])

    def write(number: int) -> None:
        desk = desks[number]
        upload = desk.client.post(
            "/admin/images/add/",
            {"title": f"Sala {number}", "file": picture(number), "collection": "1", "rights_basis": "own"},
        )
        assert upload.status_code == 302, upload.context["form"].errors
        for position in range(PAGES_EACH):
            name = f"{number}-{position}"
            sent = {**blank.data, "title": f"Tytuł {name}", "slug": f"tytul-{name}", "lead": "Szkic."}
            answer = desk.client.post(blank.url, sent)
            assert answer.status_code == 302, answer.context["form"].errors
            edit_url = answer["Location"]
            assert desk.client.post(edit_url, {**sent, "lead": "Poprawiony."}).status_code == 302
            published = {**sent, "lead": "Gotowy.", "action-publish": "action-publish"}
            assert desk.client.post(edit_url, published).status_code == 302

    assert all_at_once(write) == []

    expected = {f"tytul-{number}-{position}" for number in range(WRITERS) for position in range(PAGES_EACH)}
    written = NewsPage.objects.child_of(tree["news"])
    assert {page.slug for page in written} == expected
    assert {(page.live, page.lead, page.has_unpublished_changes) for page in written} == {(True, "Gotowy.", False)}
    assert Revision.objects.count() == 3 * len(expected)
    assert Photo.objects.count() == WRITERS
    check_tree(tree["news"], children=len(expected))
    assert Session.objects.count() == WRITERS
    for desk in desks:
        assert desk.client.get("/admin/account/").status_code == 200


def test_eight_writers_of_one_page_leave_one_of_their_texts(tree: dict[str, Page]) -> None:
    """The first is stored; the others are asked, with what they typed."""
    answered: list[int] = []
    page = NewsPage(title="Wspólna", lead="Na początku.")
    tree["news"].add_child(instance=page)
    desks = [Desk(member(PUBLISHERS, f"writer-{number}")) for number in range(WRITERS)]
    opened: Form = desks[0].open(page)

    def write(number: int) -> None:
        sent: dict[str, Any] = {**opened.data, "lead": f"Wersja {number}", "action-publish": "action-publish"}
        answer = desks[number].client.post(opened.url, sent)
        answered.append(answer.status_code)
        if answer.status_code == 200:
            assert f"Wersja {number}" in answer.content.decode()

    assert all_at_once(write) == []

    assert sorted(answered) == [200] * (WRITERS - 1) + [302]
    page.refresh_from_db()
    assert page.lead in {f"Wersja {number}" for number in range(WRITERS)}
    assert [revision.content["lead"] for revision in page.revisions.all()] == [page.lead], (
        "nobody's text was overwritten"
    )
    check_tree(tree["news"], children=1)


def check_tree(parent: Page, *, children: int) -> None:
    """The tree has no orphan, no double path and the right counts."""
    assert [list(problem) for problem in Page.find_problems()] == [[]] * 5
    parent.refresh_from_db()
    assert parent.numchild == children
    paths = list(parent.get_children().values_list("path", flat=True))
    assert len(set(paths)) == children
    assert not ReferenceIndex.objects.filter(object_id="").exists()
