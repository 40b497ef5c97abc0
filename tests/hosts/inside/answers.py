"""What a host answers, in a form that can be compared with what it answered before."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

# What is made anew for each answer.
ONE_TIME = (
    (r'(csrfmiddlewaretoken" value=")[^"]+', r"\1…"),
    (r'("?CSRF_TOKEN"?: ")[^"]+', r"\1…"),
    (r"(\?v=)[0-9a-f]{8}", r"\1…"),  # hangs on INSTALLED_APPS
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a UUID"),
)
HEADERS = ("Content-Type", "Content-Language", "Cache-Control", "Location", "Vary", "Set-Cookie")


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Questions after which the database is as before them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visitor() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="localhost")


def signed_in(name: str) -> Client:
    client = visitor()
    client.force_login(get_user_model().objects.get(username=name))
    return client


def answer(client: Client, address: str, **how: Any) -> dict[str, Any]:
    """Status, headers and body of an answer, without what is made anew each time."""
    response = client.get(address, **how)
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "backslashreplace")
    for pattern, word in ONE_TIME:
        text = re.sub(pattern, word, text)
    return {"status": response.status_code, **{name: response.get(name) for name in HEADERS}, "body": text}
