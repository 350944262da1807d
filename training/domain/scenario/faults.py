"""What the linter can say of a story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """Such a story can't be published."""
    WARNING = "warning"


class FaultKind(StrEnum):
    # Of the story.
    NO_START = "no_start"
    NO_ENDING = "no_ending"
    TOO_TANGLED = "too_tangled"
    """There are too many ways round these scenes to know the best points."""
    NO_POINTS = "no_points"
    NO_PASSING = "no_passing"
    """No run without a critical choice reaches the pass mark."""
    BEST_IS_CRITICAL = "best_is_critical"
    """The most points are only had with a critical choice."""
    ALWAYS_FIRST = "always_first"
    """The right choice, wherever there is one, stands first."""
    ALWAYS_LONGEST = "always_longest"

    # Of a scene or an ending.
    NO_KEY = "no_key"
    REPEATED_KEY = "repeated_key"
    UNREACHABLE = "unreachable"
    """No run gets there."""
    CUT_OFF = "cut_off"
    """No run gets there, as none gets to the scenes that lead there: mended with them."""
    NO_LINES = "no_lines"
    DEAD_END = "dead_end"
    STUCK = "stuck"
    """A run can get there and be offered no choice."""
    NO_WAY_OUT = "no_way_out"
    """A run can get into these scenes, go round and never come to an ending."""
    NO_TIME = "no_time"
    """The clock of the scene runs for no time."""
    NO_LATE_CHOICE = "no_late_choice"
    LATE_CONDITIONAL = "late_conditional"

    # Of a choice.
    REPEATED_CHOICE = "repeated_choice"
    NO_TARGET = "no_target"
    NO_FEEDBACK = "no_feedback"
    NO_CLAUSE = "no_clause"
    UNKNOWN_CLAUSE = "unknown_clause"
    REPEATED_CLAUSE = "repeated_clause"
    CHANGED_CLAUSE = "changed_clause"
    UNKNOWN_CONDITION = "unknown_condition"
    """A condition is on a scene or choice that isn't there."""
    NEVER_HOLDS = "never_holds"
    """No run meets the choice with this condition true."""
    NEVER_OFFERED = "never_offered"
    """No run meets the choice with all its conditions true at once."""
    CRITICAL_IS_RIGHT = "critical_is_right"
    """The choice is critical, and earns more than any other of its scene."""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self in _WARNINGS else Severity.ERROR


_WARNINGS = {
    FaultKind.CUT_OFF,
    FaultKind.BEST_IS_CRITICAL,
    FaultKind.ALWAYS_FIRST,
    FaultKind.ALWAYS_LONGEST,
    FaultKind.CHANGED_CLAUSE,
    FaultKind.CRITICAL_IS_RIGHT,
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `node` and `choice` count from 0; None where it is no node's or no choice's.

    `name` is what it is about: a key, a clause's code, a condition as in a file, or the keys of a loop's scenes.
    """

    kind: FaultKind
    name: str = ""
    node: int | None = None
    choice: int | None = None


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Those that a story can't be published with."""
    return [fault for fault in faults if fault.kind.severity is Severity.ERROR]
