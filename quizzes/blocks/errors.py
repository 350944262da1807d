"""Messages at their place in a stream that an author fills in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError

Path = tuple[int | str, ...]
"""Number of a block, name of its field, number of an item of that list, name of its field; () is the stream as a whole."""
Messages = Mapping[Path, Sequence[Any]]


def stream_error(messages: Messages) -> StreamBlockValidationError:
    return StreamBlockValidationError(
        block_errors={place: _struct_error(inner) for place, inner in _inside(messages).items()},
        non_block_errors=_own(messages),
    )


def _struct_error(messages: Messages) -> StructBlockValidationError:
    return StructBlockValidationError({name: _field_error(inner) for name, inner in _inside(messages).items()})


def _field_error(messages: Messages) -> ValidationError:
    inside = _inside(messages)
    if not inside:
        return ValidationError(_own(messages))
    return ListBlockValidationError({place: _struct_error(inner) for place, inner in inside.items()}, _own(messages))


def _own(messages: Messages) -> list[ValidationError]:
    return [ValidationError(message) for message in messages.get((), ())]


def _inside(messages: Messages) -> dict[Any, dict[Path, Sequence[Any]]]:
    grouped: dict[Any, dict[Path, Sequence[Any]]] = defaultdict(dict)
    for path, said in messages.items():
        if path:
            grouped[path[0]][path[1:]] = said
    return grouped
