"""A twin that followed the changes is that of a fresh export, byte for byte."""

import random
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from tests.news.delivery.test_affects import Clock, clock, tree  # noqa: F401  (fixtures)
from tests.news.delivery.twin.busy_newsroom import BusyNewsroom
from tests.soak import TIMES
from wagtail_newsroom.news.delivery.twin import keeping
from wagtail_newsroom.news.delivery.twin.keeping import export
from wagtail_newsroom.news.delivery.twin.manifest import read_manifest
from wagtail_newsroom.news.publishing.schedule.passing_time import look_at_all_pages, record_passing_time

ACTS = 8 if TIMES == 1 else 200


def files(root: Path) -> dict[str, bytes]:
    """Everything that a web server sends, by its name; the samples name their folder."""
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        name: path.read_bytes().replace(str(root).encode(), b"")
        for name, path in found.items()
        if name not in {"manifest.json", ".lock"}
    }


def told(root: Path) -> dict[str, Any]:
    """What the manifest says of each address."""
    hosts = read_manifest((root / "manifest.json").read_bytes())
    return {
        f"{name}{address}": (
            entry.status,
            entry.file,
            entry.type,
            entry.location,
            host.headers[entry.headers],
            entry.sha256,
        )
        for name, host in hosts.items()
        for address, entry in host.addresses.items()
    }


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(1 if TIMES == 1 else 3))
def test_twin_that_followed_is_that_of_a_fresh_export(
    tree: dict[str, Page],  # noqa: F811
    clock: Clock,  # noqa: F811
    tmp_path: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each export asks for all addresses, and two are what the test is about."""
    monkeypatch.setattr(keeping, "DAY", keeping.DAY * 1000)  # nothing is made good by the daily look at all of it
    dice = random.Random(seed)
    newsroom = BusyNewsroom(tree, clock, dice)
    look_at_all_pages()
    record_passing_time()
    acts, done = newsroom.acts(), []
    followed, fresh = tmp_path / "followed", tmp_path / "fresh"
    export(followed)
    for number in range(1, ACTS + 1):
        newsroom.stock_up()
        act = dice.choice(acts)
        act()
        done.append(act.__name__)
        is_compared = number == ACTS or (TIMES > 1 and number % 50 == 0)
        if is_compared or (TIMES > 1 and dice.random() < 0.3):
            export(followed, whole=False)
        if is_compared:
            export(fresh)
            assert differing(files(followed), files(fresh)) == [], done
            assert differing(told(followed), told(fresh)) == [], done
            done.clear()
