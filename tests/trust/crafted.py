"""Crafted posts: what somebody with every right would send from a form of the admin, sent by somebody without."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import bs4
from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from wagtail.blocks import Block

from tests.admin.desk import block_data

# Rows that may come and go while somebody merely looks round: their own presence, session, profile, second factor, and
# sizes of photos.
OWN_TRACES = {
    "sessions.Session",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailusers.UserProfile",
    "newsroom_galleries.PhotoRendition",
    "wagtailimages.Rendition",
    "wagtailcore.ReferenceIndex",
    "otp_totp.TOTPDevice",
    "otp_static.StaticDevice",
    "otp_static.StaticToken",
}


WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)')


@contextmanager
def written_tables() -> Iterator[list[str]]:
    """The tables that are written to, as it happens: only then is it worth the while to look whether rows changed."""
    tables: list[str] = []
    own = {apps.get_model(label)._meta.db_table for label in OWN_TRACES}

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (write := WRITE.match(sql)) and write[1] not in own:
            tables.append(write[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


def snapshot() -> dict[str, tuple[int, str]]:
    """Number and fingerprint of the rows of every table that an act would touch."""
    return {
        model._meta.label: _fingerprint(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in OWN_TRACES
    }


def _fingerprint(model: type[models.Model]) -> tuple[int, str]:
    # Signing in notes the time, which is not what is asked about here.
    names = [each.column for each in model._meta.local_concrete_fields if each.name != "last_login"]
    columns, key = ", ".join(map(connection.ops.quote_name, names)), connection.ops.quote_name(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(model._meta.db_table)} ORDER BY {key}")
        rows = cursor.fetchall()
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()


def changed_tables(before: dict[str, tuple[int, str]]) -> list[str]:
    """Tables that are not what they were."""
    now = snapshot()
    return sorted(label for label in before if before[label] != now[label])


def crafted_bodies(boss: Client, address: str, replace: str, by: str) -> list[dict[str, Any]]:
    """What the forms at ``address`` would send if ``boss`` changed every text in them that holds ``replace``."""
    try:
        response = boss.get(address)
    except Exception as error:  # noqa: BLE001  (a view that breaks for the one who may has no form)
        return [{"broken": str(error)[:50]}]
    if response.status_code != 200 or response.streaming:
        return []
    html = _html_of(response)
    forms = [form for form in bs4.BeautifulSoup(html, "html.parser").find_all("form") if _posts(form)]
    bodies = [_fields(form) for form in forms]
    for body in bodies:
        body.update(_streams(response, body))
    return [
        {name: [str(value).replace(replace, by) for value in values] for name, values in body.items()}
        for body in bodies
        if body
    ]


def _html_of(response: HttpResponse) -> str:
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return str((response.json() or {}).get("html") or "") if isinstance(response.json(), dict) else ""
    return response.content.decode("utf-8", "replace")


def _posts(form: bs4.Tag) -> bool:
    return str(form.get("method", "")).lower() == "post" and "logout" not in str(form.get("action", ""))


def _fields(form: bs4.Tag) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in form.find_all(["input", "textarea", "select"]):
        name = each.get("name")
        if not name or "__prefix__" in name or name == "csrfmiddlewaretoken":
            continue
        if each.name == "select":
            values = [option.get("value", "") for option in each.find_all("option", selected=True)]
        elif each.name == "textarea":
            values = [each.get_text()]
        elif each.get("type") in {"checkbox", "radio"} and not each.has_attr("checked"):
            values = []
        else:
            values = [each.get("value", "")]
        if values:
            found.setdefault(name, []).extend(values)
    return found


def _streams(response: Any, body: dict[str, Any]) -> dict[str, Any]:
    form = (response.context or {}).get("form") if response.context else None
    sent: dict[str, Any] = {}
    for name, each in getattr(form, "fields", {}).items():
        block = getattr(each, "block", None)
        if isinstance(block, Block):
            sent.update({key: [value] for key, value in block_data(block, name, form[name].value()).items()})
    return sent


def with_acts(body: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The body as it is, and with each act that the buttons of an editor stand for."""
    yield body
    if "title" in body and "slug" in body:
        later = {"go_live_at": ["2099-01-01 10:00"], "expire_at": ["2099-02-01 10:00"]}
        yield {**body, "action-publish": ["action-publish"]}
        yield {**body, **later, "action-publish": ["action-publish"]}
        yield {**body, "action-submit": ["action-submit"]}
