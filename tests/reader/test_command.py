"""`manage.py read_invitation`: arguments in, JSON or a summary out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Spotkanie odbędzie się 3 marca o godz. 10.00 w Ratuszu.\nProgram\n10.00-10.15 Powitanie – Anna Nowak, Fundacja Most\n10.15 Rozmowy\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "zaproszenie.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_is_printed_with_the_year_of_the_publication(file: Path) -> None:
    out = StringIO()
    call_command("read_invitation", str(file), "--published", "2021-02-01", "--json", stdout=out)
    answer = json.loads(out.getvalue())

    assert answer["event_start"] == "2021-03-03T10:00"
    assert [line["title"] for line in answer["programme"]] == ["Powitanie", "Rozmowy"]


def test_summary_is_readable(file: Path) -> None:
    out = StringIO()
    call_command("read_invitation", str(file), "--published", "2021-02-01", "--language", "en", stdout=out)

    assert "event_start:           2021-03-03T10:00" in out.getvalue()
    assert "  10:00–10:15  Powitanie – Anna Nowak, Fundacja Most" in out.getvalue()
    assert "! The text tells no year with “3 marca”; 2021 was taken. Check it." in out.getvalue()


def test_missing_file_and_wrong_date_are_told(file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_invitation", str(file) + "x")
    with pytest.raises(CommandError, match="is no date such as"):
        call_command("read_invitation", str(file), "--published", "dziś")


def test_unreadable_file_ends_with_status_two_and_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "skan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    with pytest.raises(CommandError, match="This is a picture") as refused:
        call_command("read_invitation", str(path), "--language", "en")
    assert refused.value.returncode == 2


def test_standard_input_is_read(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "read_invitation", "-", "--published", "2021-02-01", "--json"],
        cwd=ROOT,
        input=TEXT.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "NEWSROOM_DATA": str(tmp_path)},
    )

    assert json.loads(answer.stdout)["venue"] == "Ratusz"
