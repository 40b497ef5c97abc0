"""A process that lets children do an act and kills them in the middle of it (``kill -9``).

Run as ``python -m tests.killing``; the test talks to it in lines of JSON. A request names the act, what it needs, and
after how many seconds to kill (from the moment at which the act begins); the answer says what became of the child.
Everything is loaded once, each child is a fork: fifty of them take seconds, not minutes.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

Act = Callable[[dict[str, Any]], Callable[[], None]]


def editor(wanted: dict[str, Any]) -> Callable[[], None]:
    """A publisher sends forms of the admin: each a POST of ``data`` to ``url``."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(pk=wanted["user"]))

    def send() -> None:
        for form in wanted["forms"]:
            answer = client.post(form["url"], form["data"])
            assert answer.status_code == 302, answer.status_code

    return send


def scheduler(wanted: dict[str, Any]) -> Callable[[], None]:
    """The scheduler does what is due."""
    from wagtail_newsroom.news.publishing.schedule.due import run_due

    return lambda: run_due() and None


def bundle(wanted: dict[str, Any]) -> Callable[[], None]:
    """A publisher publishes a bundle."""
    from django.contrib.auth.models import User

    from wagtail_newsroom.news.models import Bundle
    from wagtail_newsroom.news.publishing.bundles import publish_bundle

    user, chosen = User.objects.get(pk=wanted["user"]), Bundle.objects.get(pk=wanted["bundle"])
    return lambda: publish_bundle(chosen, user) and None


ACTS: dict[str, Act] = {"editor": editor, "scheduler": scheduler, "bundle": bundle}


def child(wanted: dict[str, Any], pipe: int) -> None:
    """Prepare, say so, act, say so, and wait to be killed."""
    try:
        act = ACTS[wanted["act"]](wanted)
        os.write(pipe, b"ready\n")
        act()
        os.write(pipe, b"done\n")
        time.sleep(60)
    finally:
        os._exit(1)


def kill_in_the_act(wanted: dict[str, Any]) -> dict[str, Any]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        child(wanted, writer)
    os.close(writer)
    assert os.read(reader, 6) == b"ready\n", "the child died before it began"
    began = time.monotonic()
    was_done = bool(select.select([reader], [], [], wanted["after"])[0]) and os.read(reader, 5) == b"done\n"
    took = time.monotonic() - began
    if was_done:
        time.sleep(max(0.0, wanted["after"] - took) if wanted["after"] < 10 else 0)
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    os.close(reader)
    return {"done": was_done, "took": took, "killed": os.WIFSIGNALED(status)}


def main() -> None:
    import django

    django.setup()
    from django.db import connections
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # loaded once, for every child
    for line in sys.stdin:
        connections.close_all()
        print(json.dumps(kill_in_the_act(json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
