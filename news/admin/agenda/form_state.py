"""What the block editor holds in the browser, as raw data of the stream, and back.

A state is what ``getState()`` of the editor returns: like raw data, but with what was typed in the place of dates and
hours, and with titles and addresses beside the ids of what was chosen.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import Block, ChooserBlock, DateBlock, ListBlock, StreamBlock, StructBlock, TimeBlock

State = list[dict[str, Any]]
MOST_BLOCKS = 5_000  # a programme of a thousand sessions with three speakers each has 4,000


class NotAStateError(ValueError):
    """What came is not what the block editor holds."""


def raw_of_state(block: Block, state: Any) -> Any:
    """Return raw data of ``state``. Hours and days that nobody can read are empty. Raises ``NotAStateError``."""
    return _raw(block, state, [MOST_BLOCKS])


def _raw(block: Block, state: Any, left: list[int]) -> Any:
    if isinstance(block, StreamBlock | ListBlock):
        if not isinstance(state, list):
            raise NotAStateError
        left[0] -= len(state)
        if left[0] < 0:
            raise NotAStateError
        return [_child(block, each, left) for each in state]
    if isinstance(block, StructBlock):
        if not isinstance(state, dict):
            raise NotAStateError
        return {name: _raw(child, state.get(name, _nothing(child)), left) for name, child in block.child_blocks.items()}
    if isinstance(block, ChooserBlock):
        chosen = state.get("id") if isinstance(state, dict) else state
        return (
            int(chosen) if isinstance(chosen, int | str) and str(chosen).isascii() and str(chosen).isdigit() else None
        )
    if isinstance(state, list):  # a select that may hold several
        state = state[0] if state else ""
    if state is not None and not isinstance(state, str | int | float | bool):
        raise NotAStateError
    if isinstance(block, DateBlock | TimeBlock):
        return _moment(block, state)
    return "" if state is None else str(state)


def _nothing(block: Block) -> Any:
    return [] if isinstance(block, StreamBlock | ListBlock) else {} if isinstance(block, StructBlock) else None


def _child(block: Any, state: Any, left: list[int]) -> dict[str, Any]:
    if not isinstance(state, dict):
        raise NotAStateError
    kind = state.get("type") if isinstance(block, StreamBlock) else "item"
    child = block.child_blocks.get(kind) if isinstance(block, StreamBlock) else block.child_block
    if child is None:
        raise NotAStateError
    block_id = state.get("id")
    if block_id is not None and (not isinstance(block_id, str) or len(block_id) > 100):
        raise NotAStateError
    return {"type": kind, "value": _raw(child, state.get("value"), left), "id": block_id}


def _moment(block: Any, typed: Any) -> str | None:
    """An hour or a day as the form would understand it."""
    try:
        read = block.field.to_python("" if typed is None else str(typed))
    except ValidationError:
        return None
    if read is None:
        return None
    return f"{read:%H:%M:%S}".removesuffix(":00") if isinstance(block, TimeBlock) else str(read.isoformat())


def state_of_raw(block: Block, raw: Any, before: Any, state: State) -> Any:
    """Return the state of ``raw``; what is as it was in ``before`` stays exactly as ``state`` has it.

    ``before`` is the raw data of ``state``. So nothing that was typed is lost, be it only half typed.
    """
    fresh = block.get_form_state(block.to_python(raw))
    known: dict[str, tuple[Any, Any]] = {}
    _collect(before, state, known)
    return _overlaid(fresh, raw, known)


def _collect(raw: Any, state: Any, known: dict[str, tuple[Any, Any]]) -> None:
    """Remember each block of ``state`` with its raw data, by its id."""
    if isinstance(raw, list):
        for inner, held in zip(raw, state, strict=True):
            if inner.get("id"):
                known[inner["id"]] = (inner, held)
            _collect(inner["value"], held["value"], known)
    elif isinstance(raw, dict) and isinstance(state, dict):
        for name, inner in raw.items():
            if isinstance(inner, list) and isinstance(state.get(name), list):
                _collect(inner, state[name], known)


def _overlaid(fresh: Any, raw: list[dict[str, Any]], known: dict[str, tuple[Any, Any]]) -> Any:
    result = []
    for new, made in zip(fresh, raw, strict=True):
        before, held = known.get(made.get("id") or "", (None, None))
        if before == made:
            result.append(held)
            continue
        value = new["value"]
        if isinstance(value, dict) and isinstance(made["value"], dict):
            had = before["value"] if before and before["type"] == made["type"] else {}
            value = {
                name: _field(
                    inner, made["value"].get(name), had.get(name), (held or {}).get("value", {}).get(name), known
                )
                for name, inner in value.items()
            }
        result.append({**new, "value": value})
    return result


def _field(fresh: Any, made: Any, had: Any, held: Any, known: dict[str, tuple[Any, Any]]) -> Any:
    if held is not None and made == had:
        return held
    if isinstance(made, list) and isinstance(fresh, list) and len(made) == len(fresh):
        return _overlaid(fresh, made, known)
    return fresh
