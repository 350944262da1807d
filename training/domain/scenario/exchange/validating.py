"""As much of JSON Schema as our own schema uses; says what is wrong by its path, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from training.domain.scenario.exchange.records import Code, Note, Severity, note

MOST_FAULTS = 100

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def faults(value: Any, schema: Mapping[str, Any]) -> list[Note]:
    """The first of them, in the order of the file."""
    found: list[Note] = []
    for one in _faults(value, schema, ""):
        found.append(one)
        if len(found) == MOST_FAULTS:
            break
    return found


def _faults(value: Any, schema: Mapping[str, Any], path: str) -> Iterator[Note]:
    kind = schema.get("type")
    if kind and not _TYPES[kind](value):
        yield _fault(Code.WRONG_TYPE, path, type=kind)
        return
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if allowed is not None and value not in allowed:
        told = value if isinstance(value, str) else "…"
        yield _fault(Code.NOT_ONE_OF, path, value=told, all=", ".join(filter(None, allowed)))
        return
    if isinstance(value, str):
        yield from _text_faults(value, schema, path)
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, path)
    elif isinstance(value, list):
        yield from _list_faults(value, schema, path)
    elif "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"]:
        yield _fault(Code.OUT_OF_RANGE, path, least=schema["minimum"], most=schema["maximum"])


def _text_faults(value: str, schema: Mapping[str, Any], path: str) -> Iterator[Note]:
    if len(value) > schema.get("maxLength", len(value)):
        yield _fault(Code.TOO_LONG, path, most=schema["maxLength"])
    elif len(value) < schema.get("minLength", 0):
        yield _fault(Code.WRONG_FORM, path, value=value, form="…")
    elif "pattern" in schema and not _matches(schema["pattern"], value):
        yield _fault(Code.WRONG_FORM, path, value=value, form=schema["pattern"])


def _list_faults(value: list[Any], schema: Mapping[str, Any], path: str) -> Iterator[Note]:
    if len(value) > schema["maxItems"]:
        yield _fault(Code.WRONG_COUNT, path, least=0, most=schema["maxItems"])
        return
    for place, item in enumerate(value):
        yield from _faults(item, schema["items"], f"{path}[{place}]")


def _object_faults(value: dict[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[Note]:
    known = schema.get("properties", {})
    others = schema["additionalProperties"]
    for name in schema.get("required", ()):
        if name not in value:
            yield _fault(Code.MISSING, path, name=name)
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        yield _fault(Code.WRONG_COUNT, path, least=schema["minProperties"], most=schema["maxProperties"])
    naming = schema.get("propertyNames", {}).get("pattern", "")
    for name, item in value.items():
        here = f"{path}.{name}" if path else name
        if name in known:
            yield from _faults(item, known[name], here)
        elif others is False or not _matches(naming, name):
            yield _fault(Code.UNKNOWN_NAME, path, name=name)
        else:
            yield from _faults(item, others, here)


def _matches(pattern: str, value: str) -> bool:
    # `$` of JSON Schema, as of JavaScript, is the very end; Python's lets a line end follow.
    return not value.endswith("\n") and bool(re.search(pattern, value))


def _fault(code: Code, path: str, **params: Any) -> Note:
    return note(Severity.ERROR, code, path=path or "The file", **params)
