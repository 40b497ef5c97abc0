"""What a JSON Schema must not hold: parts that say nothing of what they are."""

from collections.abc import Iterator
from typing import Any

SAYING = ("$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf")


def loose_parts(schema: Any) -> list[str]:
    """Where ``schema`` (of pydantic, or a whole OpenAPI document) is untyped: ``Any``, ``{}``, an object or list of anything."""
    return sorted(_loose(schema, "#"))


def _loose(schema: Any, place: str) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    for name in ("$defs", "properties", "patternProperties"):
        for key, part in schema.get(name, {}).items():
            yield from _checked(part, f"{place}/{name}/{key}")
    for name in ("items", "additionalProperties", "schema"):
        if name in schema and schema[name] is not False:
            yield from _checked(schema[name], f"{place}/{name}")
    for name in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for number, part in enumerate(schema.get(name, [])):
            yield from _checked(part, f"{place}/{name}/{number}")
    for key, part in schema.get("components", {}).get("schemas", {}).items():
        yield from _checked(part, f"{place}/components/schemas/{key}")
    for path, operations in schema.get("paths", {}).items():
        for method, operation in operations.items():
            yield from _of_operation(operation, f"{place}/paths/{path}/{method}")


def _of_operation(operation: dict[str, Any], place: str) -> Iterator[str]:
    for parameter in operation.get("parameters", []):
        yield from _checked(parameter.get("schema", {}), f"{place}/parameters/{parameter['name']}")
    for status, answer in operation.get("responses", {}).items():
        for media_type, content in answer.get("content", {}).items():
            yield from _checked(content.get("schema", {}), f"{place}/responses/{status}/{media_type}")


def _checked(schema: Any, place: str) -> Iterator[str]:
    if not isinstance(schema, dict) or not any(name in schema for name in SAYING):
        yield place
        return
    kinds = schema["type"] if isinstance(schema.get("type"), list) else [schema.get("type")]
    is_map = isinstance(schema.get("additionalProperties"), dict)
    if "object" in kinds and not schema.get("properties") and not is_map:
        yield place
        return
    if "array" in kinds and "items" not in schema and "prefixItems" not in schema:
        yield place
    yield from _loose(schema, place)
