"""The site on which the trust tests plant their words, and the people who come to it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from tests.databases import is_sqlite
from tests.replanting import Planted, all_rows
from tests.standing import planted_for_many
from tests.trust.grown import Grown
from tests.trust.planting import World, make_world
from tests.trust.ready import Kept, ready_answers
from tests.trust.scanner import Scanner


@pytest.fixture(scope="session")
def last_grown() -> list[Grown]:
    """The world of the modules before, where it can be put back."""
    return []


@pytest.fixture(scope="module")
def grown_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory, last_grown: list[Grown]
) -> Iterator[Grown]:
    """The world of this module: nobody changes it or its media folder but in a transaction and folder of their own."""
    media = tmp_path_factory.mktemp("world")
    with planted_for_many(django_db_blocker, media) as plant:
        for last in last_grown:
            if plant(last.planted.put_back):
                shutil.copytree(last.media, media, dirs_exist_ok=True)
                yield replace(last, media=media)
                return
        before = plant(all_rows) if is_sqlite() else {}
        grown = Grown(plant(make_world), media)
        if is_sqlite():
            kept = shutil.copytree(media, tmp_path_factory.mktemp("grown"), dirs_exist_ok=True)
            last_grown[:] = [replace(grown, media=kept, planted=Planted(before, plant(all_rows)))]
        yield grown


@pytest.fixture
def world(grown_world: Grown, db: None, media_root: Path) -> World:
    shutil.copytree(grown_world.media, media_root, dirs_exist_ok=True)
    return grown_world.world.read_again()


@pytest.fixture(autouse=True)
def kept_answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """Answers are kept ready in these tests, as they are on a site."""
    with ready_answers(monkeypatch) as kept:
        yield kept


@pytest.fixture
def stranger() -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def reader(db: None) -> Client:
    """Somebody with an account and no rights."""
    return _signed_in("reader")


@pytest.fixture
def colleague(world: World) -> Client:
    """An editor of another section, who recommends results of the search: pages under the register of documents, files of a collection."""
    client = _signed_in("colleague")
    group = Group.objects.create(name="Another section")
    group.user_set.add(get_user_model().objects.get(username="colleague"))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    recommending = Permission.objects.filter(content_type__app_label="wagtailsearchpromotions")
    group.permissions.add(*recommending.filter(codename__endswith="searchpromotion"))
    section = Collection.get_first_root_node().add_child(name="Another section")
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=world.tree["documents"], permission=permission)
    for codename in ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"):
        permission = Permission.objects.get(content_type__app_label__startswith="wagtail", codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=section, permission=permission)
    return client


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user(name, f"{name}@example.org"))
    return client


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[Callable[..., Scanner]]:
    """Start a scanner, and have the newsroom use it."""
    running = []

    def start(mood: str = "") -> Scanner:
        path = tmp_path / f"clamd{len(running)}.sock"
        settings.NEWSROOM = {
            **settings.NEWSROOM,
            "CLAMD": f"unix://{path}",
            "CLAMD_TIMEOUT": 0.5 if mood == "slow" else 5,
        }
        running.append(Scanner(path, mood=mood))
        return running[-1]

    yield start
    for each in running:
        each.stop()
