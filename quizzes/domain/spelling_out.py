"""A question and its key as lines to read, whatever its kind: for those who may see keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizzes.domain.authoring import Authored, Choice, Typed
from quizzes.domain.written import as_percent


@dataclass(frozen=True)
class KeyLine:
    """An answer, a premise, a step, a line of a dialogue.

    text: what learners read, or what is accepted of them. is_right: None where right and wrong is no matter of this line alone.
    answer: what belongs to it, what it breaks. percent: what it is worth, where that isn't said by right and wrong.
    gap, place: its number, where it has one. is_otherwise: stands for every answer that isn't listed.
    """

    text: str = ""
    is_right: bool | None = None
    answer: str = ""
    feedback: str = ""
    percent: str = ""
    gap: int = 0
    place: int = 0
    is_otherwise: bool = False


def spelled_out(authored: Authored) -> tuple[KeyLine, ...]:
    return (
        *_choices(authored.choices),
        *(KeyLine(pair.left, answer=pair.right, feedback=pair.feedback) for pair in authored.pairs),
        *(
            KeyLine(step.text, feedback=step.feedback, place=place)
            for place, step in enumerate(authored.steps, start=1)
        ),
        *_typed(authored.accepted),
        *_otherwise(authored.otherwise),
        *_gaps(authored),
        *(
            KeyLine(
                f"{line.speaker}: {line.text}" if line.speaker else line.text,
                not line.breaks,
                line.breaks,
                line.feedback,
            )
            for line in authored.lines
        ),
    )


def _gaps(authored: Authored) -> Iterator[KeyLine]:
    for number, gap in enumerate(authored.gaps, start=1):
        yield from _choices(gap.choices, number)
        yield from _typed(gap.accepted, number)
        yield from _otherwise(gap.otherwise, number)


def _choices(choices: Iterable[Choice], gap: int = 0) -> Iterator[KeyLine]:
    for choice in choices:
        yield KeyLine(choice.text, choice.is_right, "", choice.feedback, _percent(choice.credit), gap)


def _typed(accepted: Iterable[Typed], gap: int = 0) -> Iterator[KeyLine]:
    for typed in accepted:
        said = f"{typed.value} ± {typed.tolerance}" if typed.tolerance else typed.value
        worth = "" if typed.credit == 1 else _percent(typed.credit)
        yield KeyLine(said, typed.credit == 1, "", typed.feedback, worth, gap)


def _otherwise(feedback: str, gap: int = 0) -> Iterator[KeyLine]:
    if feedback:
        yield KeyLine(feedback=feedback, gap=gap, is_otherwise=True)


def _percent(credit: Fraction | None) -> str:
    return "" if credit is None else as_percent(credit)
