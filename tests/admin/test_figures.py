"""Figures: views and downloads of a period, by page and by project, in the admin and as a spreadsheet."""

import csv
import datetime as dt
import io
from typing import Any

import bs4
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.factories import EventPageFactory, NewsPageFactory, make_attachment
from tests.news.test_versions import upload
from wagtail_newsroom.news.delivery import counting
from wagtail_newsroom.news.models import DownloadCount, PageAttachment, PageViewCount, Project
from wagtail_newsroom.news.publishing.files.versions import replace_file

pytestmark = pytest.mark.services

PAGES, PROJECTS = "/admin/newsroom_figures/", "/admin/newsroom_figures/projects/"
MARCH, APRIL = dt.date(2026, 3, 31), dt.date(2026, 4, 1)
IN_MARCH = "period_from=2026-03-01&period_to=2026-03-31"


def project(name: str, language: str = "pl", **fields: Any) -> Project:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    return Project.objects.create(name=name, locale=locale, **fields)


@pytest.fixture
def read(tree: dict[str, Page]) -> dict[str, Any]:
    """Two items of a project that share a file, and one that belongs to none; read in March and in April."""
    polish = project("Rzeka", number="=1+1")
    english = project("The River", "en", translation_key=polish.translation_key)
    news = NewsPageFactory(parent=tree["news"], title="Otwarcie")
    event = EventPageFactory(parent=tree["events"], title="Spływ")
    other = NewsPageFactory(parent=tree["news"], title="Inna sprawa")
    file = make_attachment()
    for page, its in ((news, polish), (event, english)):
        page.projects.set([its])
        page.attachments.add(PageAttachment(attachment=file))
        page.save()
    newer = replace_file(file, upload(), None)
    counts = [(news, MARCH, 5), (news, APRIL, 70), (event, MARCH, 1100), (other, APRIL, 3)]
    PageViewCount.objects.bulk_create(PageViewCount(page_id=page.pk, day=day, count=n) for page, day, n in counts)
    of_files = [(file, MARCH, 2), (newer, APRIL, 40)]
    DownloadCount.objects.bulk_create(DownloadCount(document_id=each.pk, day=day, count=n) for each, day, n in of_files)
    return {"project": polish, "news": news, "event": event, "other": other, "tree": tree}


def exported(desk: Desk, address: str, query: str = "") -> list[list[str]]:
    """The rows of the spreadsheet, below its headings."""
    answer = desk.client.get(f"{address}?export=csv&{query}")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))[1:]


def by_page(desk: Desk, query: str = "") -> dict[str, tuple[str, str]]:
    """Views and downloads of the three items, in the order of the list."""
    names = {"Otwarcie", "Spływ", "Inna sprawa"}
    return {row[0]: (row[2], row[3]) for row in exported(desk, PAGES, query) if row[0] in names}


FIGURES_OF_PAGES = {
    "": {"Spływ": ("1100", "42"), "Otwarcie": ("75", "42"), "Inna sprawa": ("3", "0")},
    IN_MARCH: {"Spływ": ("1100", "2"), "Otwarcie": ("5", "2"), "Inna sprawa": ("0", "0")},
    "period_from=2026-04-01": {"Otwarcie": ("70", "40"), "Inna sprawa": ("3", "0"), "Spływ": ("0", "40")},
    "project={project}": {"Spływ": ("1100", "42"), "Otwarcie": ("75", "42")},
    "q=otw": {"Otwarcie": ("75", "42")},
    "ordering=views&q=otw": {"Otwarcie": ("75", "42")},
}
FIGURES_OF_PROJECT = {
    "": ["2", "1175", "42"],  # the file that both offer counts once
    IN_MARCH: ["2", "1105", "2"],
    "content_type={news}": ["1", "75", "42"],
}


def test_figures_are_of_the_period_and_the_pages_that_filters_leave(read: Any, publisher: Desk, subtests: Any) -> None:
    project("Bez stron")
    ids = {"project": read["project"].pk, "news": read["news"].content_type_id}
    for query, of_pages in FIGURES_OF_PAGES.items():
        with subtests.test("pages", query=query):
            found = by_page(publisher, query.format(**ids))
            assert (found, list(found)) == (of_pages, list(of_pages))
    for query, of_project in FIGURES_OF_PROJECT.items():
        with subtests.test("projects", query=query):
            found = exported(publisher, PROJECTS, query.format(**ids))
            assert found == [["Rzeka", "'=1+1", *of_project]]


def test_screen_shows_what_is_exported_and_leads_on(read: Any, publisher: Desk) -> None:
    soup = bs4.BeautifulSoup(publisher.client.get(PROJECTS).content, "html.parser")
    (link,) = soup.select("table.listing td.title a")
    cells = [cell.get_text(strip=True) for cell in link.find_parent("tr").find_all("td")]
    assert (link.get_text(strip=True), cells[1:]) == ("Rzeka", ["2", "1,175", "42"])
    soup = bs4.BeautifulSoup(publisher.client.get(link["href"]).content, "html.parser")
    assert {each.get_text(strip=True) for each in soup.select("[data-listing-page-title] a")} >= {"Spływ", "Otwarcie"}
    assert publisher.client.get(f"{PROJECTS}results/?period_from=x").status_code == 200


def test_sections_see_figures_of_their_own_pages(read: Any, client: Any) -> None:
    stranger = other_section(read["tree"])
    assert by_page(stranger) == {}
    assert exported(stranger, PROJECTS) == []
    assert client.get(PROJECTS).status_code == 302


def test_last_counts_of_the_process_are_in_the_figures(
    read: Any, publisher: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as waiting:
        waiting.setattr(counting, "_write_or_start", lambda: None)
        counting.count("page", read["other"].pk, 2)
        assert by_page(publisher)["Inna sprawa"] == ("5", "0")


def test_number_of_queries_does_not_grow(read: Any, publisher: Desk) -> None:
    def asked() -> list[int]:
        numbers = []
        for address in (PAGES, PROJECTS):
            publisher.client.get(address)
            with CaptureQueriesContext(connection) as queries:
                publisher.client.get(address)
                exported(publisher, address)
            numbers.append(len(queries))
        return numbers

    before = asked()
    for number in range(5):
        page = NewsPageFactory(parent=read["tree"]["news"])
        page.projects.set([project(f"Projekt {number}")])
        page.attachments.add(PageAttachment(attachment=make_attachment(f"Plik {number}")))
        page.save()
        counting.count("page", page.pk)
    assert asked() == before
