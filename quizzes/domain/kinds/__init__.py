"""The kinds of question. A kind that isn't registered here can't be published, answered, marked or shown."""

from __future__ import annotations

from quizzes.domain.kinds.arranging import Matching, Ordering, SpotIt
from quizzes.domain.kinds.base import Fault, Kind
from quizzes.domain.kinds.choosing import FALSE, TRUE, MultipleChoice, SingleChoice, TrueFalse
from quizzes.domain.kinds.writing import CHOICE_GAP, GAP, NUMBER_GAP, TEXT_GAP, Gaps, Numeric, ShortText

__all__ = [
    "CHOICE_GAP",
    "FALSE",
    "GAP",
    "KINDS",
    "NUMBER_GAP",
    "TEXT_GAP",
    "TRUE",
    "Fault",
    "Kind",
    "UnknownKind",
    "kind_of",
]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleChoice(),
        TrueFalse(),
        Matching(),
        Ordering(),
        ShortText(),
        Numeric(),
        Gaps(),
        SpotIt(),
    )
}


class UnknownKind(Exception):
    """A kind of question that nobody has said how to mark."""


def kind_of(name: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None
