"""A replaced file: what leads on, what stays in the archive, and when a newer version is in force."""

import datetime as dt

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, member, set_up_roles
from tests.factories import NewsPageFactory, attach, make_attachment, make_site, private_collection
from tests.test_query_counts import queries
from wagtail_newsroom.news.models import Attachment, NewsPage, PageAttachment
from wagtail_newsroom.news.publishing.files.versions import may_replace_at_once, replace_file
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.wording import events as event_wording

pytestmark = pytest.mark.services


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


def upload(content: bytes = b"Nowa", name: str = "nowy.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def got(client: Client, address: str) -> tuple[int, str]:
    """Status of an address, and where it leads or what it holds."""
    answer = client.get(address)
    if answer.status_code in (301, 302):
        return answer.status_code, answer["Location"]
    if answer.status_code != 200:
        return answer.status_code, ""
    return 200, (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def archived(document: Attachment) -> str:
    return f"{document.url}?version=archival"


def rows(page: Page) -> list[str]:
    return [row.title for row in NewsPage.objects.get(pk=page.pk).attachment_rows]


def test_replaced_regulation_leads_on_and_the_archive_tells_both(tree: dict[str, Page], client: Client) -> None:
    """Show 6: the old address redirects, the archive shows both with their dates, links inside old news still work."""
    old = make_attachment(
        "Regulamin", content=b"Stara", kind="regulations", issued_on=dt.date(2024, 3, 4),
        valid_from=dt.date(2024, 4, 1), valid_until=dt.date(2025, 3, 31),
    )  # fmt: skip
    old.tags.add("wizyty")
    link = f'<p>Obowiązuje <a linktype="document" id="{old.pk}">regulamin</a>.</p>'
    news = NewsPageFactory(parent=tree["news"], body=[("paragraph", link)])
    news.save_revision().publish()
    assert bs4.BeautifulSoup(got(client, news.url)[1], "html.parser").find("a", string="regulamin")["href"] == old.url

    new = replace_file(
        old, upload(), None, title="Regulamin 2025", change_note="Zgłoszenia przyjmujemy też e-mailem.",
        issued_on=dt.date(2025, 3, 10), valid_from=dt.date(2025, 4, 1),
    )  # fmt: skip

    assert (new.kind, new.collection_id, list(new.tags.names())) == ("regulations", old.collection_id, ["wizyty"])
    assert got(client, old.url) == (301, new.url)
    assert client.get(old.url)["Cache-Control"] == "no-cache"
    assert got(client, new.url) == (200, "Nowa")
    assert got(client, archived(old)) == (200, "Stara")
    assert bs4.BeautifulSoup(got(client, news.url)[1], "html.parser").find("a", string="regulamin")["href"] == new.url
    (versions,) = {
        link["href"] for link in bs4.BeautifulSoup(got(client, "/dokumenty/")[1], "html.parser").select("main a, a")
        if "/wersje/" in link["href"]
    }  # fmt: skip
    told = bs4.BeautifulSoup(got(client, versions)[1], "html.parser").get_text(" ", strip=True)
    for words in ("Regulamin 2025", "10.03.2025", "Zgłoszenia przyjmujemy też e-mailem.", "4.03.2024",
                  "1 kwietnia 2024", "31 marca 2025"):  # fmt: skip
        assert words in told.replace("\xa0", " "), words
    addresses = [
        link["href"]
        for link in bs4.BeautifulSoup(got(client, versions)[1], "html.parser").select(".nr-files a:not([rel=nofollow])")
    ]
    assert addresses == [new.url, archived(old)]


@pytest.mark.parametrize("how", ["published", "scheduled"])
def test_version_in_a_draft_takes_effect_with_its_page(how: str, tree: dict[str, Page], client: Client) -> None:
    old = make_attachment("Regulamin 1", content=b"Stara")
    before = NewsPageFactory(parent=tree["news"])
    attach(before, old)
    new = replace_file(old, upload(), None, title="Regulamin 2", with_page=True)
    page = NewsPage(title="Nowy regulamin", lead="O czym to jest.", live=False)
    tree["news"].add_child(instance=page)
    page.attachments.add(PageAttachment(attachment=new))
    page.go_live_at = timezone.now() - dt.timedelta(minutes=1) if how == "scheduled" else None
    revision = page.save_revision(approved_go_live_at=page.go_live_at)

    assert (got(client, new.url)[0], got(client, archived(new))[0]) == (404, 404)
    assert got(client, old.url) == (200, "Stara")
    assert rows(before) == ["Regulamin 1"]
    assert got(client, f"/dokumenty/{new.pk}/wersje/")[0] == 404
    assert "Regulamin 2" not in got(client, f"/dokumenty/{old.pk}/wersje/")[1]
    assert [row.title for row in page.attachment_rows] == [], "nobody is shown it before"

    if how == "scheduled":
        run_due()
    else:
        revision.publish()

    assert got(client, old.url) == (301, new.url)
    assert (got(client, new.url), got(client, archived(old))) == ((200, "Nowa"), (200, "Stara"))
    assert rows(before) == ["Regulamin 2"]

    NewsPage.objects.get(pk=page.pk).unpublish()

    assert got(client, new.url)[0] == 404, "it follows its page"
    assert got(client, archived(new))[0] == 404
    assert got(client, old.url) == (200, "Stara")


def test_waiting_version_is_mended_before_its_page_is_published(tree: dict[str, Page], client: Client) -> None:
    old = make_attachment("Regulamin 1", content=b"Stara")
    attach(NewsPageFactory(parent=tree["news"]), old)
    waiting = replace_file(old, upload(b"Z literowka"), None, title="Regulamin 2", with_page=True)
    page = NewsPageFactory(parent=tree["news"], live=False)
    page.attachments.add(PageAttachment(attachment=waiting))
    revision = page.save_revision()
    mended = replace_file(waiting, upload(b"Bez literowki"), None)
    assert (got(client, mended.url)[0], got(client, waiting.url)[0], got(client, old.url)[0]) == (404, 404, 200)

    revision.publish()

    assert got(client, old.url) == (301, mended.url)
    assert got(client, archived(waiting))[0] == 404, "nobody but the editors ever read it"


def test_version_that_was_never_public_is_in_no_archive(tree: dict[str, Page], client: Client) -> None:
    first = make_attachment("Robocza", content=b"Robocza")
    second = replace_file(first, upload(), None, title="Ogłoszona")
    attach(NewsPageFactory(parent=tree["news"]), second)

    assert got(client, second.url) == (200, "Nowa")
    assert (got(client, first.url)[0], got(client, archived(first))[0]) == (404, 404)
    assert "Robocza" not in got(client, f"/dokumenty/{second.pk}/wersje/")[1]
    assert got(client, f"/dokumenty/{first.pk}/wersje/")[0] == 404
    assert "/wersje/" not in got(client, "/dokumenty/")[1]


def test_superseded_version_moved_to_a_private_collection_is_gone(tree: dict[str, Page], client: Client) -> None:
    old = make_attachment("Z danymi", content=b"Stara")
    attach(NewsPageFactory(parent=tree["news"]), old)
    new = replace_file(old, upload(), None)
    assert got(client, archived(old))[0] == 200

    old.collection = private_collection()
    old.save()

    assert (got(client, old.url)[0], got(client, archived(old))[0]) == (404, 404)
    assert got(client, new.url)[0] == 200
    assert archived(old) not in got(client, f"/dokumenty/{new.pk}/wersje/")[1]


def test_version_taken_out_leaves_with_those_after_it(tree: dict[str, Page]) -> None:
    first = make_attachment("1")
    second = make_attachment("2", supersedes=first)
    third = make_attachment("3", supersedes=second)
    second.supersedes = None
    second.save()
    third.refresh_from_db()
    assert (first.earlier_versions(), second.number, third.number) == ([], 1, 2)
    assert third.version_group == second.version_group != first.version_group
    assert third.release == second.release

    second.supersedes, second.with_page = first, True
    second.save()
    third.refresh_from_db()
    assert (second.number, third.number, third.earlier_versions()) == (2, 3, [second, first])
    assert third.release == second.release != first.release


def test_replacing_at_once_is_for_those_who_may_publish(tree: dict[str, Page]) -> None:
    set_up_roles()
    editor, publisher = member(EDITORS), member(PUBLISHERS)
    document = make_attachment(uploaded_by_user=editor)
    assert may_replace_at_once(editor, document), "nobody reads it yet"
    attach(NewsPageFactory(parent=tree["news"]), document)
    assert [may_replace_at_once(user, document) for user in (editor, publisher)] == [False, True]
    waiting = replace_file(document, upload(), editor, with_page=True)
    assert may_replace_at_once(editor, waiting)


def test_out_of_date_file_says_so_and_leaves_the_list(tree: dict[str, Page], client: Client) -> None:
    today = timezone.localdate()
    old = make_attachment("Dawne", name="a.txt", valid_until=today - dt.timedelta(days=1))
    page = NewsPageFactory(parent=tree["news"])
    attach(page, old)
    attach(page, make_attachment("Jeszcze dziś", name="b.txt", valid_until=today))
    attach(page, make_attachment("Przyszłe", name="c.txt", valid_from=today + dt.timedelta(days=3), language="en"))

    shown = got(client, page.url)[1]
    dated, coming = (
        event_wording.outdated(today - dt.timedelta(days=1)),
        event_wording.valid_from(today + dt.timedelta(days=3)),
    )
    assert shown.count(dated) == shown.count(coming) == 1
    assert (event_wording.outdated(today), event_wording.valid_from(today)) == ("", "")
    assert "angielski" in shown
    current, outdated = (got(client, f"/dokumenty/{query}")[1] for query in ("", "?valid=no"))
    assert ("Dawne" in current, "Jeszcze dziś" in current, "Przyszłe" in current) == (False, True, True)
    assert ("Dawne" in outdated, "Jeszcze dziś" in outdated) == (True, False)


def test_archive_asks_as_often_for_six_versions_as_for_two(tree: dict[str, Page], client: Client) -> None:
    latest = make_attachment("Wersja 1")
    attach(NewsPageFactory(parent=tree["news"]), latest)
    found = []
    for number in range(2, 7):
        latest = make_attachment(f"Wersja {number}", supersedes=latest)
        if number in (2, 6):
            found.append(len(queries(client, f"/dokumenty/{latest.pk}/wersje/")))
    assert found[0] == found[1] <= 30
