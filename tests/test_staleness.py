"""No answer after a change shows what was before, on any worker, whatever was changed by whomever (trust.md L10)."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.served.changes import DRAFT, all_changes
from tests.served.editor import Editor
from tests.served.readers import reading
from tests.served.server import Answer, Server, running
from tests.soak import TIMES

# What differs from answer to answer though nothing changed: the one-time token of a form, and the cursor of the log.
ONE_TIME = re.compile(r'name="token" value="[^"]*"|"cursor":"[0-9]*"|DTSTAMP:\w+')
# What two servers may show of before, in seconds.
AT_MOST = 1.0
ASKED_BEFORE = 3
IN_SOAK = 200

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.sampled]


def site_in(folder: Path) -> dict[str, str]:
    """What processes of the site are started with: the database of this test, their own data."""
    database = connection.settings_dict
    form = "sqlite:///{NAME}" if connection.vendor == "sqlite" else "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"
    kept = settings.CACHES["default"]
    return {
        "DJANGO_SETTINGS_MODULE": "tests.served.settings",
        "NEWSROOM_DATA": str(folder),
        "DATABASE_URL": form.format(**database),
        "CACHE_URL": kept["LOCATION"] if "redis" in kept["BACKEND"].lower() else "dbcache://newsroom_cache",
        "EMAIL_URL": "dummymail://",
        "SECRET_KEY": "only for tests, and the same for all servers of a test",
    }


@contextmanager
def editor_of(server: Server) -> Iterator[tuple[Editor, list[str]]]:
    """An editor who has planted a site for ``server``, and its addresses."""
    editor = Editor(server.environment)
    try:
        yield editor, editor("plant", seed=random.randrange(10**6), port=server.port)
    finally:
        editor.end()


def what_is_wrong(wanted: dict[str, Any], answer: Answer) -> str:
    """In what an answer is not what it must be from now on; empty where it is."""
    status, path = wanted["status"], wanted["path"]
    if status and answer.status != status:
        return f"{path}: {answer.status} instead of {status}"
    missing = [word for word in wanted["has"] if word not in answer.text]
    left = [word for word in [*wanted["lacks"], DRAFT] if word in answer.text]
    return f"{path}: {missing} is missing, {left} is left ({answer.status})" if missing or left else ""


def change(server: Server, editor: Editor, name: str) -> list[str]:
    """Make a change of which the server has answers of before; what its workers answer wrongly afterwards."""
    for path in editor("begin", change=name)[:ASKED_BEFORE]:
        server.everywhere(path)
    after = editor("finish")
    time.sleep(max([0.0, *(each.get("after", 0) for each in after)]))
    found = []
    for wanted in after:
        answers = server.everywhere(wanted["path"])
        found += [what_is_wrong(wanted, answer) for answer in answers]
    path = wanted["path"]
    status, text = editor("fresh", path=path, host=server.host)
    found += [
        f"{path} differs from what is answered without anything kept"
        for answer in answers
        if (answer.status, ONE_TIME.sub("", answer.text)) != (status, ONE_TIME.sub("", text))
    ]
    return [f"{name}: {each}" for each in found if each]


def some_changes(number: int) -> list[str]:
    """Names of ``number`` changes in any order, each kind as often as any other."""
    names = all_changes() * (number // len(all_changes()) + 1)
    chosen = names[:number]
    random.shuffle(chosen)
    return chosen


def test_no_worker_answers_with_what_was_before_a_change(tmp_path: Path) -> None:
    """Each kind of change once, two hundred with ``make soak``. Without the replacement of the token the same changes are not seen.

    Above ten seconds: a server and an editor start, and after each change the answers are made anew.
    """
    load = {} if TIMES == 1 else {"number": 2, "pause": 0.01}
    with running(site_in(tmp_path)) as server, editor_of(server) as (editor, addresses):
        editor("tell_nobody", silent=True)
        unseen = [change(server, editor, name) for name in ("publish", "rename_topic", "new_page")]
        editor("tell_nobody", silent=False)
        with reading(server, addresses, never=DRAFT, **load) as readers:
            number = len(all_changes()) if TIMES == 1 else IN_SOAK
            wrong = [each for name in some_changes(number) for each in change(server, editor, name)]
    assert wrong == []
    assert readers.wrong == []
    assert readers.asked > 0
    assert all(unseen), unseen


def test_another_machine_answers_with_a_change_a_second_later(tmp_path: Path) -> None:
    """Two servers that share the database and nothing else; above ten seconds, as both and an editor start."""
    near, far = site_in(tmp_path / "near"), site_in(tmp_path / "far")
    with (
        running(near, workers=1) as server,
        running(far, workers=1) as other,
        editor_of(server) as (editor, _addresses),
    ):
        for name in ("publish", "rename_topic", "restrict_a_page"):
            for path in editor("begin", change=name):
                other.everywhere(path)
            after = editor("finish")
            time.sleep(AT_MOST)
            answers = [(each, other.everywhere(each["path"])[0]) for each in after]
            assert [what_is_wrong(*each) for each in answers] == [""] * len(after), name
