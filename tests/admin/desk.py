"""An editor's desk: the admin's own forms, read from its pages and sent back as a browser sends them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import bs4
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from wagtail_newsroom.news.publishing.approval.groups import ADMINISTRATORS, EDITORS, PUBLISHERS, set_up_roles

FORM_ID = "page-edit-form"
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
FIELD = re.compile(r"<input\b[^>]*>|<select\b.*?</select>|<textarea\b.*?</textarea>", re.DOTALL)


def member(group: str, name: str = "", *, language: str = "en") -> User:
    """Somebody in ``group``, who reads the admin in ``language``."""
    user, _created = User.objects.get_or_create(username=name or group.replace(" ", "-").lower())
    user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


class Form:
    """A page's form in the admin: what a browser would send if nobody touched it, then what is filled in."""

    def __init__(self, client: Client, url: str) -> None:
        self.client, self.url = client, url
        response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        html = response.content.decode()
        form = response.context["form"]
        self.data: dict[str, Any] = plain_fields(html)
        self.blocks = {
            name: field.block for name, field in form.fields.items() if isinstance(getattr(field, "block", None), Block)
        }
        for name, block in self.blocks.items():
            self.data |= block_data(block, name, form[name].value())

    def fill(self, /, **fields: Any) -> "Form":
        """Type values into fields. A stream is given as its raw data, a checkbox as a boolean."""
        for name, value in fields.items():
            if name in self.blocks:
                block = self.blocks[name]
                self.data = {key: kept for key, kept in self.data.items() if not key.startswith(f"{name}-")}
                self.data |= block_data(block, name, block.to_python(value))
            elif value is False:
                self.data.pop(name, None)
            else:
                self.data[name] = "on" if value is True else value
        return self

    def add_row(self, relation: str, **fields: Any) -> "Form":
        """Press “Add” under an inline panel and fill in the new row."""
        total = int(self.data[f"{relation}-TOTAL_FORMS"][0])
        row = {"id": "", "ORDER": str(total + 1), "DELETE": "", **fields}
        self.data |= {f"{relation}-{total}-{name}": value for name, value in row.items()}
        self.data[f"{relation}-TOTAL_FORMS"] = [str(total + 1)]
        return self

    def come_back(self, response: HttpResponse) -> "Form":
        """The form came back as it was typed: it knows now of the newest version."""
        hidden = ("loaded_revision_id", "loaded_revision_created_at")
        self.data |= {name: value for name, value in plain_fields(response.content.decode()).items() if name in hidden}
        return self

    def save_draft(self) -> HttpResponse:
        return self.client.post(self.url, self.data)

    def publish(self) -> HttpResponse:
        return self.client.post(self.url, {**self.data, "action-publish": "action-publish"})

    def publish_anyway(self, reason: str = "Tak ustalono z zespołem.") -> HttpResponse:
        """Publish, and where warnings stand in the way, give a reason."""
        answer = self.publish()
        stopped = answer.status_code == 302 and "/newsroom/preflight/" in answer["Location"]
        return pass_gate(self.client, answer["Location"], reason=reason) if stopped else answer

    def approve(self, comment: str = "") -> HttpResponse:
        """Press “Approve”."""
        return self._decide("approve", comment)

    def send_back(self, comment: str = "") -> HttpResponse:
        """Press “Send back with remarks”, the remark typed."""
        return self._decide("reject", comment)

    def _decide(self, action: str, comment: str) -> HttpResponse:
        pressed = {"action-workflow-action": "true", "workflow-action-name": action}
        pressed["workflow-action-extra-data"] = json.dumps({"comment": comment})
        return self.client.post(self.url, {**self.data, **pressed})

    def submit(self) -> HttpResponse:
        return self.client.post(self.url, {**self.data, "action-submit": "action-submit"})


class Desk:
    """Where ``user`` works."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def blank(self, model: type[Page], parent: Page) -> Form:
        """The form of a new page."""
        return Form(self.client, f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/")

    def open(self, page: Page) -> Form:
        """The form of an existing page."""
        return Form(self.client, f"/admin/pages/{page.pk}/edit/")


def pass_gate(client: Client, url: str, **typed: str) -> HttpResponse:
    """Open the list that stands before publication, fill in its form, send it."""
    shown = client.get(url)
    assert shown.status_code == 200
    form = bs4.BeautifulSoup(shown.content, "html.parser").select_one("main form[method=post], form[action*=preflight]")
    assert form is not None, "Nothing can be passed here."
    fields = {each["name"]: each.get("value", "") for each in form.find_all("input") if each.get("name")}
    fields |= {each["name"]: each.get_text() for each in form.find_all("textarea")}
    return client.post(form["action"], {**fields, **typed})


def block_data(block: Block, prefix: str, value: Any) -> dict[str, Any]:
    """What the block editor would send for ``value``."""
    if isinstance(block, StreamBlock):
        data: dict[str, Any] = {f"{prefix}-count": str(len(value))}
        for index, child in enumerate(value):
            place = f"{prefix}-{index}"
            data |= {f"{place}-deleted": "", f"{place}-order": str(index), f"{place}-type": child.block_type}
            data |= {f"{place}-id": child.id or ""} | block_data(child.block, f"{place}-value", child.value)
        return data
    if isinstance(block, ListBlock):
        data = {f"{prefix}-count": str(len(value))}
        for index, child in enumerate(value.bound_blocks):
            place = f"{prefix}-{index}"
            data |= {f"{place}-deleted": "", f"{place}-order": str(index), f"{place}-id": child.id or ""}
            data |= block_data(child.block, f"{place}-value", child.value)
        return data
    if isinstance(block, TypedTableBlock):
        return _table_data(prefix, value)
    if isinstance(block, StructBlock):
        return {
            key: sent
            for name, child in block.child_blocks.items()
            for key, sent in block_data(child, f"{prefix}-{name}", value.get(name)).items()
        }
    shown = block.field.prepare_value(block.value_for_form(value))
    if isinstance(shown, bool):
        return {prefix: "on"} if shown else {}
    if hasattr(shown, "pk"):
        shown = shown.pk
    sent = block.field.widget.format_value(shown)
    return {prefix: "" if sent is None else sent}


def _table_data(prefix: str, table: Any) -> dict[str, Any]:
    data = {
        f"{prefix}-caption": table.caption,
        f"{prefix}-column-count": str(len(table.columns)),
        f"{prefix}-row-count": str(len(table.row_data)),
    }
    for index, column in enumerate(table.columns):
        place = f"{prefix}-column-{index}"
        data |= {f"{place}-type": column["block"].name, f"{place}-order": str(index)}
        data |= {f"{place}-deleted": "", f"{place}-heading": column["heading"]}
    for index, row in enumerate(table.row_data):
        data |= {f"{prefix}-row-{index}-order": str(index), f"{prefix}-row-{index}-deleted": ""}
        for position, (column, cell) in enumerate(zip(table.columns, row["values"], strict=True)):
            data |= block_data(column["block"], f"{prefix}-cell-{index}-{position}", cell)
    return data


def messages_beside(response: HttpResponse, field: str, *path: Any) -> list[str]:
    """The messages that the page shows beside ``field``; ``path`` leads on into the blocks of a stream."""
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    stream = soup.find(id=field, attrs={"data-w-block-arguments-value": True})
    if stream is not None:
        _values, errors = json.loads(stream["data-w-block-arguments-value"])
        for step in path:
            errors = ((errors or {}).get("blockErrors") or {}).get(str(step))
        return (errors or {}).get("messages", [])
    widget = soup.find(attrs={"name": field})
    assert widget is not None, f"The form has no field {field}."
    around = widget.find_parent(class_="w-field__wrapper") or widget.find_parent(class_="w-field")
    return [message.get_text(" ", strip=True) for message in around.find_all(class_="error-message")]


def all_messages_beside(response: HttpResponse, field: str) -> list[str]:
    """Every message that stands beside a block of the stream ``field``."""
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    _values, errors = json.loads(soup.find(id=field)["data-w-block-arguments-value"])
    return list(_messages(errors))


def _messages(errors: Any) -> Iterator[str]:
    yield from (errors or {}).get("messages", [])
    for inner in ((errors or {}).get("blockErrors") or {}).values():
        yield from _messages(inner)


def plain_fields(html: str) -> dict[str, list[str]]:
    """What the page's form holds outside streams. A browser drops the line break after ``<textarea>``.

    Parsed are the fields alone: they are a twentieth of a form of the admin, and parsing takes half as long as the view.
    """
    whole = SCRIPT.sub("", html[html.index(f'id="{FORM_ID}"') : html.rindex("</form>")])
    fields = "".join(FIELD.findall(whole))
    found = querydict_from_html(f'<form id="{FORM_ID}">{fields}</form>', form_id=FORM_ID).lists()
    return {key: [value.removeprefix("\n") for value in values] for key, values in found if "__prefix__" not in key}


def shown_values(response: HttpResponse) -> dict[str, list[str]]:
    """What the form that came back holds in its plain fields."""
    return plain_fields(response.content.decode())


def shown_stream(response: HttpResponse, field: str) -> Any:
    """What the form that came back holds in the stream ``field``."""
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    return json.loads(soup.find(id=field)["data-w-block-arguments-value"])[0]


__all__ = [
    "ADMINISTRATORS",
    "EDITORS",
    "PUBLISHERS",
    "Desk",
    "Form",
    "all_messages_beside",
    "block_data",
    "member",
    "messages_beside",
    "pass_gate",
    "set_up_roles",
    "shown_stream",
    "shown_values",
]
