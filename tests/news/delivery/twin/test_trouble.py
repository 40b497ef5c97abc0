"""A folder that is full, closed or somebody else's: a message with cause and remedy, and nothing half-written is served."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from tests.factories import NewsPageFactory
from tests.standing import Tree
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.delivery.twin import keeping
from wagtail_newsroom.news.delivery.twin.errors import TwinBusyError, TwinError
from wagtail_newsroom.news.delivery.twin.folder import Folder
from wagtail_newsroom.news.delivery.twin.keeping import export, keep_twin


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


def test_twin_follows_stands_a_full_disk_and_is_made_good_afterwards(
    tree: dict[str, Page],
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "twin"
    settings.NEWSROOM = {**settings.NEWSROOM, "TWIN_FOLDER": str(root)}
    monkeypatch.setattr(keeping, "_quiet", None)
    kept, gone = (NewsPageFactory(parent=tree["news"], title=title) for title in ("Zostaje", "Znika"))
    keep_twin()
    names = {page.pk: root / f"localhost/200{page.url}index.html" for page in (kept, gone)}
    before = names[kept.pk].read_bytes()
    assert names[gone.pk].exists()

    kept.title = "Zostaje pod innym tytułem"
    kept.save_revision().publish()
    gone.unpublish()
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", no_space_left)
        with pytest.raises(TwinError) as trouble:
            keep_twin()
        keep_twin()  # left alone for a minute: the log is not filled
    assert str(trouble.value) == (
        f"The disk that holds the static twin is full ({root}). Free some space or choose another folder; what was not "
        "written is written in the next round, and readers are served the files that are there."
    )
    assert names[kept.pk].read_bytes() == before
    assert not names[gone.pk].exists()

    monkeypatch.setattr(keeping, "_resting_until", 0.0)
    keep_twin()
    assert "Zostaje pod innym tytułem" in names[kept.pk].read_text()

    # A run that was killed: its mark is there, and files that no manifest knows.
    (root / ".under-way").touch()
    (root / "localhost/200/tajne.html").write_text("Zostało po przerwanym zapisie")
    keep_twin()
    assert not (root / "localhost/200/tajne.html").exists()
    assert not (root / ".under-way").exists()

    with Folder(root).locked(), pytest.raises(TwinBusyError):
        export(root)
    assert "Keeping the static twin" in {chore.name for chore in registry.chores() if chore.apart}


def no_space_left(*args: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_folder_with_other_things_is_left_alone(db: None, tmp_path: Path) -> None:
    (tmp_path / "praca.odt").write_text("Nie nasze")

    with pytest.raises(CommandError, match="has files in it that are no static twin"):
        call_command("export_site", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["praca.odt"]


def test_folder_that_cannot_be_made_is_told_with_its_remedy(db: None) -> None:
    with pytest.raises(TwinError, match=r"cannot be written to .*Give the folder /sys/twin to the account"):
        export(Path("/sys/twin"))
