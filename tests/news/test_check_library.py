"""Files from before files were inspected are inspected in one go, what is wrong is named, and a stop loses nothing."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.documents.making import many_pages
from tests.factories import make_attachment
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import Attachment
from wagtail_newsroom.news.publishing.files.inspection import files_waiting, inspect_files
from wagtail_newsroom.news.registry import acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english"), pytest.mark.services]


def tend(*arguments: str) -> tuple[str, list[str], str]:
    """What the command says, what it complains of, and how it ends."""
    told, troubles = io.StringIO(), io.StringIO()
    try:
        call_command("check_library", *arguments, stdout=told, stderr=troubles)
    except CommandError as error:
        return told.getvalue(), troubles.getvalue().splitlines(), str(error)
    return told.getvalue(), troubles.getvalue().splitlines(), ""


def test_old_files_are_inspected_and_dangerous_ones_named(tmp_path: Path) -> None:
    old, gone, good = (
        make_attachment("Stary", name="a.pdf", content=many_pages(2)),
        make_attachment("Bez pliku", name="b.txt"),
        make_attachment("Dobry", name="c.pdf", content=many_pages(3)),
    )
    with old.file.storage.open(old.file.name, "wb") as stream:
        stream.write(b"<html>")
    gone.file.storage.delete(gone.file.name)
    Attachment.objects.update(inspected_at=None, pages=None)
    report = tmp_path / "report.csv"
    told, troubles, end = tend(f"--report={report}")
    assert "Files inspected: 3 done, 2 to look at." in told
    assert troubles[0].startswith(f"{old.pk} a.pdf: web_page: It is a web page")
    assert troubles[1:] == [f"{gone.pk} b.txt: The file is missing."]
    assert end == "To look at: 2."
    good.refresh_from_db()
    assert (good.pages, good.inspected_at is not None) == (3, True)
    rows = [(row["step"], row["id"], bool(row["trouble"])) for row in csv.DictReader(report.open(encoding="utf-8"))]
    assert rows[:3] == [("Files inspected", str(each.pk), each is not good) for each in (old, gone, good)]
    told, troubles, _end = tend()
    assert "Files inspected: 2 done, 2 to look at." in told, "only what is not done yet, and dangerous ones again"
    assert troubles[0].startswith(f"{old.pk} a.pdf: web_page")
    assert "Files inspected: 3 done" in tend("--again")[0]


def test_stopped_run_goes_on_where_it_was() -> None:
    documents = [make_attachment(f"Plik {number}", name=f"{number}.txt") for number in range(3)]
    Attachment.objects.update(inspected_at=None)

    def stopped(ids: list[int]) -> Iterator[tuple[int, str, str]]:
        yield next(inspect_files(ids))
        raise KeyboardInterrupt

    with registry.reopened():
        acts._library_steps.entries = {}
        registry.register_library_step(registry.LibraryStep("Files inspected", files_waiting, stopped))
        assert tend()[2] == "Stopped. What is done is kept; run it again to go on."
    assert files_waiting(again=False) == [document.pk for document in documents[1:]]
    assert "Files inspected: 2 done, 0 to look at." in tend()[0]
