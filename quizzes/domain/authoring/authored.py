"""A question and its parts as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quizzes.domain.keys import Unit
from quizzes.domain.kinds import FALSE, TRUE
from quizzes.domain.questions import Picture


@dataclass(frozen=True)
class Choice:
    """An option. credit: what it is worth, where that is neither the whole mark nor nothing (for several right: not an equal share)."""

    text: str
    is_right: bool = False
    feedback: str = ""
    credit: Fraction | None = None
    id: str = ""


@dataclass(frozen=True)
class Pair:
    """A premise and what belongs to it; without a premise, something that belongs to nothing."""

    left: str
    right: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True)
class Step:
    text: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True)
class Typed:
    """An answer to accept: a text, `*` for anything, or a number as a decimal, give or take `tolerance`."""

    value: str
    credit: Fraction = Fraction(1)
    tolerance: str = ""
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True)
class Gap:
    """kind: one of `TEXT_GAP`, `NUMBER_GAP` (which have `accepted`), `CHOICE_GAP` (which has `choices`)."""

    kind: str
    choices: tuple[Choice, ...] = ()
    accepted: tuple[Typed, ...] = ()
    otherwise: str = ""
    weight: int = 1
    id: str = ""


@dataclass(frozen=True)
class Line:
    """Something said in a dialogue; `breaks` is the code of the clause that it breaks, if it does."""

    text: str
    speaker: str = ""
    breaks: str = ""
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True)
class Authored:
    """A whole question. Which of the lists it uses follows from its kind (`quizzes.domain.kinds`).

    choices: single, multiple, true_false (first true, then false). pairs: matching. steps: ordering, in the right order.
    accepted, otherwise, units: short_text and numeric. gaps: gaps. lines: spot_it, which offers the `codes` of its clauses.
    """

    kind: str
    stem: str
    general: str = ""
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Step, ...] = ()
    accepted: tuple[Typed, ...] = ()
    otherwise: str = ""
    gaps: tuple[Gap, ...] = ()
    lines: tuple[Line, ...] = ()
    units: tuple[Unit, ...] = ()
    unit_penalty: Fraction = Fraction()
    codes: tuple[str, ...] = ()
    picture: Picture | None = None
    keeps_order: bool = False
    is_all_or_nothing: bool = False
    minds_case: bool = False
    minds_accents: bool = False


def true_false_choices(answer: bool, if_true: str = "", if_false: str = "") -> tuple[Choice, ...]:
    return (
        Choice("True", is_right=answer, feedback=if_true, id=TRUE),
        Choice("False", is_right=not answer, feedback=if_false, id=FALSE),
    )
