"""What each refusal has in common: the message stands beside its field, nothing typed is lost, nothing is stored."""

import copy
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page, ReferenceIndex, Revision

from tests.admin.desk import Form, messages_beside, shown_stream, shown_values


@dataclass(frozen=True)
class Case:
    """What is typed into an otherwise good form, where the message stands and what it says.

    ``draft_saves``: only publication asks for it.
    """

    name: str
    beside: tuple[Any, ...]
    message: str
    typed: dict[str, Any] = field(default_factory=dict)
    rows: tuple[tuple[str, dict[str, Any]], ...] = ()
    draft_saves: bool = False

    def __str__(self) -> str:
        return self.name


def state() -> dict[str, Any]:
    """What is stored: a refusal changes none of it."""
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "latest_revision", "live")),
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
        "references": ReferenceIndex.objects.count(),
    }


def fill_in(blank: Form, case: Case) -> Form:
    """A copy of the form ``blank`` with ``case`` typed into it."""
    form = copy.copy(blank)
    form.data = dict(blank.data)
    form.fill(**case.typed)
    for relation, row in case.rows:
        form.add_row(relation, **row)
    return form


def check_refusal(answer: Any, case: Case) -> None:
    name, *path = case.beside
    assert answer.status_code == 200
    form = answer.context["form"]
    if "-" in name:
        relation, index, inner = name.split("-", 2)
        assert list(form.formsets[relation].errors[int(index)]) == [inner]
        assert not form.errors
    else:
        assert list(form.errors) == [name]
    assert messages_beside(answer, name, *path) == [case.message]
    shown = shown_values(answer)
    for typed_name, typed in case.typed.items():
        if isinstance(typed, list):
            assert len(shown_stream(answer, typed_name)) == len(typed)
        elif not isinstance(typed, bool):
            assert shown[typed_name] == [str(typed)]
    for relation, row in case.rows:
        last = int(shown[f"{relation}-TOTAL_FORMS"][0]) - 1
        assert {key: shown[f"{relation}-{last}-{key}"] for key in row} == {key: [str(row[key])] for key in row}
