"""What a version of a lesson says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def content_of(*, title: str, introduction: str, body: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A lesson as JSON. body: the raw value of its stream; keys that only the editor needs are left out."""
    return {"title": title, "introduction": introduction, "body": [_without_ids(block) for block in body]}


def cited_codes(content: Mapping[str, Any]) -> list[str]:
    """Codes of the clauses that a lesson cites, each once, in the order of the page."""
    values = [block["value"] for block in content["body"]]
    return list(
        dict.fromkeys(value["clause"] for value in values if isinstance(value, Mapping) and value.get("clause"))
    )


def _without_ids(value: Any) -> Any:
    """Blocks of streams and lists have a `type`, a `value` and an `id`."""
    if isinstance(value, Mapping):
        is_block = value.keys() >= {"type", "value"}
        return {name: _without_ids(part) for name, part in value.items() if not (is_block and name == "id")}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_ids(part) for part in value]
    return value
