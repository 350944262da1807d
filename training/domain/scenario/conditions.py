"""When a choice is offered: what the run must have come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class ConditionKind(StrEnum):
    MOOD_AT_LEAST = "mood_at_least"
    MOOD_AT_MOST = "mood_at_most"
    POINTS_AT_LEAST = "points_at_least"
    POINTS_AT_MOST = "points_at_most"
    VISITED = "visited"
    """A decision was made in this scene before."""
    NOT_VISITED = "not_visited"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"

    @property
    def is_of_number(self) -> bool:
        return self in _OF_NUMBERS


_OF_NUMBERS = {
    ConditionKind.MOOD_AT_LEAST,
    ConditionKind.MOOD_AT_MOST,
    ConditionKind.POINTS_AT_LEAST,
    ConditionKind.POINTS_AT_MOST,
}


@dataclass(frozen=True)
class Condition:
    """One of the conditions of a choice. number: of a mood (1 to 5) or of points; scene and choice: keys of earlier ones."""

    kind: ConditionKind
    number: int = 0
    scene: str = ""
    choice: str = ""

    @property
    def operand(self) -> int | str:
        """What the kind is said of: a number, "scene", or "scene/choice"."""
        if self.kind.is_of_number:
            return self.number
        return f"{self.scene}/{self.choice}" if self.choice else self.scene

    @classmethod
    def parse(cls, entry: Mapping[str, Any]) -> Self:
        """Of one pair as in a file: {"mood_at_least": 3}, {"visited": "story"}, {"chosen": "story/own-story"}.

        Raises ValueError for any other.
        """
        match list(entry.items()):
            case [(name, operand)]:
                kind = ConditionKind(name)
            case _:
                raise ValueError(entry)
        if kind.is_of_number and type(operand) is int:
            return cls(kind, number=operand)
        scene, _, choice = operand.partition("/") if isinstance(operand, str) else ("", "", "")
        is_of_choice = kind in {ConditionKind.CHOSEN, ConditionKind.NOT_CHOSEN}
        if kind.is_of_number or not scene or bool(choice) != is_of_choice:
            raise ValueError(entry)
        return cls(kind, scene=scene, choice=choice)

    def as_entry(self) -> dict[str, int | str]:
        """The pair that `parse` reads."""
        return {self.kind.value: self.operand}
