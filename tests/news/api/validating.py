"""Answers of the delivery API against its document: what is sent is what is described, no more and no less."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from django.test import Client
from django.urls import get_resolver

from tests.trust.delivery_doors import V1, operations, query_names
from wagtail_newsroom.news.api.v1.app import document


@cache
def _strict_components() -> dict[str, Any]:
    """The schemas of the document, each closed: a field that is not described is a fault too."""
    assert get_resolver().url_patterns
    components = copy.deepcopy(json.loads(document(f"{V1}/"))["components"])
    for schema in components["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return components


@cache
def _validator(path: str, status: int) -> Any:
    content = operations()[path]["responses"][str(status)]["content"]
    schema = next(iter(content.values()))["schema"]
    return jsonschema_rs.Draft202012Validator({"components": _strict_components(), **schema}, validate_formats=True)


def faults(path: str, status: int, answer: Any) -> list[str]:
    """Where ``answer`` (parsed) is not as the document describes answers of ``path`` (of the document)."""
    return [
        f"{path}: {'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
        for error in _validator(path, status).iter_errors(answer)
    ]


def walk_of_site(client: Client, **asked: str) -> Iterator[tuple[str, Any]]:
    """Every answer that the site gives: each list to its end, and each item of it; with the paths of the document."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in operations():
        if "{" in path or not path.endswith("/") or "security" in operations()[path]:
            continue
        names = query_names(path)
        address: str | None = path
        query = {name: value for name, value in asked.items() if name in names}
        query |= {"limit": "100"} if "limit" in names else {}
        query |= {"path": "/"} if "path" in names else {}
        while address:
            answer = client.get(address, query)
            assert answer.status_code == 200, f"{address}: {answer.content[:300]!r}"
            content, query = answer.json(), {}
            yield path, content
            found.setdefault(path, []).extend(content.get("items", []) if isinstance(content, dict) else [])
            address = content.get("next") if isinstance(content, dict) else None
    for path in operations():
        base, placeholder = re.fullmatch(r"([^{]*)(?:\{(\w+)\}/)?.*", path).groups()  # type: ignore[union-attr]
        if placeholder is None or not path.endswith("/"):
            continue
        for item in found.get(base, []):
            query = {name: value for name, value in asked.items() if name in query_names(path)}
            answer = client.get(path.replace(f"{{{placeholder}}}", str(item[placeholder])), query)
            assert answer.status_code == 200, f"{path} {item[placeholder]}"
            yield path, answer.json()
