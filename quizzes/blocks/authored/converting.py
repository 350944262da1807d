"""How the blocks of each kind of question become the lists of an `Authored`, and come back from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wagtail import blocks

from quizzes.blocks.authored.streams import (
    ChoicesBlock,
    GapsBlock,
    LinesBlock,
    NumberAnswersBlock,
    PairsBlock,
    StepsBlock,
    TextAnswersBlock,
)
from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP
from quizzes.domain.written import as_percent, middle_and_half, share_of

Raw = list[dict[str, Any]]


@dataclass(frozen=True)
class Written:
    """How one kind of question is written: `read` turns a stream's value into fields of `Authored`, `show` gives raw stream data back.

    start: how many empty blocks a new question begins with.
    """

    block: blocks.StreamBlock
    read: Callable[[Any], dict[str, Any]]
    show: Callable[[Authored], Raw]
    start: int = 0

    def empty(self) -> Raw:
        name = next(iter(self.block.child_blocks))
        return [{"type": name, "value": {}} for _number in range(self.start)]


def _item(name: str, key: str, **values: Any) -> dict[str, Any]:
    return {"type": name, "id": key, "value": values}


def _credit(percent: str | None) -> Fraction | None:
    return share_of(percent) if percent else None


def _choice(block: Any) -> Choice:
    value = block.value
    return Choice(value["text"], value["is_right"], value["feedback"] or "", _credit(value["credit"]), block.id or "")


def _choice_values(choice: Choice) -> dict[str, Any]:
    credit = "" if choice.credit is None else as_percent(choice.credit)
    return {"text": choice.text, "is_right": choice.is_right, "feedback": choice.feedback, "credit": credit}


def _typed(block: Any) -> Typed:
    """A text or a number to accept; a range is its middle, give or take half of its width."""
    value = block.value
    said, tolerance = value["value"], value.get("tolerance") or ""
    if "tolerance" in value and (span := middle_and_half(said)):
        said, tolerance = span
    credit = _credit(value["credit"])
    return Typed(said, Fraction(1) if credit is None else credit, tolerance, value["feedback"] or "", block.id or "")


def _typed_values(typed: Typed, *, is_number: bool) -> dict[str, Any]:
    credit = "" if typed.credit == 1 else as_percent(typed.credit)
    tolerance = {"tolerance": typed.tolerance} if is_number else {}
    return {"value": typed.value, **tolerance, "feedback": typed.feedback, "credit": credit}


def _gap(block: Any) -> Gap:
    value = block.value
    return Gap(
        block.block_type,
        choices=tuple(_choice(choice) for choice in value["choices"].bound_blocks) if "choices" in value else (),
        accepted=tuple(_typed(typed) for typed in value["accepted"].bound_blocks) if "accepted" in value else (),
        otherwise=value["otherwise"] or "",
        weight=value["weight"] or 1,
        id=block.id or "",
    )


def _gap_values(gap: Gap) -> dict[str, Any]:
    if gap.kind == CHOICE_GAP:
        answers = {"choices": [_item("item", choice.id, **_choice_values(choice)) for choice in gap.choices]}
    else:
        is_number = gap.kind == NUMBER_GAP
        answers = {
            "accepted": [_item("item", typed.id, **_typed_values(typed, is_number=is_number)) for typed in gap.accepted]
        }
    return {**answers, "otherwise": gap.otherwise, "weight": gap.weight}


def _read_pairs(stream: Any) -> dict[str, Any]:
    return {
        "pairs": tuple(
            Pair(block.value["left"] or "", block.value["right"], block.value["feedback"] or "", block.id or "")
            for block in stream
        )
    }


def _read_steps(stream: Any) -> dict[str, Any]:
    return {
        "steps": tuple(Step(block.value["text"], block.value["feedback"] or "", block.id or "") for block in stream)
    }


def _read_lines(stream: Any) -> dict[str, Any]:
    return {
        "lines": tuple(
            Line(
                block.value["text"],
                block.value["speaker"] or "",
                block.value["breaks"] or "",
                block.value["feedback"] or "",
                block.id or "",
            )
            for block in stream
        )
    }


def _accepted(block: blocks.StreamBlock, *, is_number: bool) -> Written:
    return Written(
        block,
        read=lambda stream: {"accepted": tuple(_typed(block) for block in stream)},
        show=lambda authored: [
            _item("accepted", typed.id, **_typed_values(typed, is_number=is_number)) for typed in authored.accepted
        ],
        start=1,
    )


_CHOICES = Written(
    ChoicesBlock(),
    read=lambda stream: {"choices": tuple(_choice(block) for block in stream)},
    show=lambda authored: [_item("option", choice.id, **_choice_values(choice)) for choice in authored.choices],
    start=3,
)
WRITTEN: Mapping[str, Written] = {
    "single": _CHOICES,
    "multiple": _CHOICES,
    "matching": Written(
        PairsBlock(),
        _read_pairs,
        lambda authored: [
            _item("pair", pair.id, left=pair.left, right=pair.right, feedback=pair.feedback) for pair in authored.pairs
        ],
        start=3,
    ),
    "ordering": Written(
        StepsBlock(),
        _read_steps,
        lambda authored: [_item("step", step.id, text=step.text, feedback=step.feedback) for step in authored.steps],
        start=3,
    ),
    "short_text": _accepted(TextAnswersBlock(), is_number=False),
    "numeric": _accepted(NumberAnswersBlock(), is_number=True),
    "gaps": Written(
        GapsBlock(),
        lambda stream: {"gaps": tuple(_gap(block) for block in stream)},
        lambda authored: [_item(gap.kind, gap.id, **_gap_values(gap)) for gap in authored.gaps],
    ),
    "spot_it": Written(
        LinesBlock(),
        _read_lines,
        lambda authored: [
            _item("line", line.id, speaker=line.speaker, text=line.text, breaks=line.breaks, feedback=line.feedback)
            for line in authored.lines
        ],
        start=3,
    ),
}
"""Every kind but true or false, which has nothing to add to: a tick and two fields of the form."""


def without_ids(raw: Any) -> Any:
    """Raw stream data whose blocks will be given new ids: those of another question."""
    if isinstance(raw, dict):
        return {name: None if name == "id" else without_ids(value) for name, value in raw.items()}
    return [without_ids(item) for item in raw] if isinstance(raw, list) else raw
