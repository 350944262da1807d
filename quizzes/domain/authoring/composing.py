"""A written question, taken apart: what learners read here, the key there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from quizzes.domain.authoring.authored import Authored, Choice, Typed
from quizzes.domain.keys import Accepted, KeyContent, otherwise
from quizzes.domain.kinds import CHOICE_GAP
from quizzes.domain.questions import Option, Part, QuestionContent
from quizzes.domain.typed import number_of

NewId = Callable[[], str]
_Composed = tuple[Iterable[Option], Iterable[Part], dict[str, Any]]


def compose(authored: Authored, new_id: NewId) -> tuple[QuestionContent, KeyContent]:
    """What learners read, and the key. Ids that are there are kept; `new_id` gives the others."""
    options, parts, key = _COMPOSE[authored.kind](authored, new_id)
    shown_unit = authored.units[0].name if authored.units else ""
    content = QuestionContent(
        authored.stem.strip(), tuple(options), tuple(parts), shown_unit, authored.picture, authored.keeps_order
    )
    switches: dict[str, Any] = {
        name: getattr(authored, name) for name in ("is_all_or_nothing", "minds_case", "minds_accents")
    }
    units: dict[str, Any] = {"units": authored.units, "unit_penalty": authored.unit_penalty}
    return content, KeyContent.of(general=authored.general, **switches, **units, **key)


def _choices(choices: Iterable[Choice], new_id: NewId, part: str = "") -> tuple[list[Option], dict[str, Any]]:
    named = [(choice.id or new_id(), choice) for choice in choices]
    return [Option(key, choice.text.strip(), part) for key, choice in named], {
        "right": [key for key, choice in named if choice.is_right],
        "feedback": {key: choice.feedback for key, choice in named},
        "credits": {key: choice.credit for key, choice in named if choice.credit is not None},
    }


def _compose_choice(authored: Authored, new_id: NewId) -> _Composed:
    options, key = _choices(authored.choices, new_id)
    return options, (), key


def _right_id(text: str) -> str:
    """Of an option to match: from what everybody reads, so that nothing tells which premise it was written beside."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _compose_matching(authored: Authored, new_id: NewId) -> _Composed:
    premises = [(pair.id or new_id(), pair) for pair in authored.pairs if pair.left.strip()]
    rights = {_right_id(text): text for pair in authored.pairs if (text := pair.right.strip())}
    return (
        [Option(key, text) for key, text in sorted(rights.items())],
        [Part(key, pair.left.strip()) for key, pair in premises],
        {
            "pairs": {key: _right_id(pair.right.strip()) for key, pair in premises},
            "feedback": {key: pair.feedback for key, pair in premises},
        },
    )


def _compose_ordering(authored: Authored, new_id: NewId) -> _Composed:
    named = [(step.id or new_id(), step) for step in authored.steps]
    # By id, which says nothing: the order in which they were written is the key.
    options = [Option(key, step.text.strip()) for key, step in sorted(named, key=lambda one: one[0])]
    key = {"order": tuple(key for key, _ in named), "feedback": {key: step.feedback for key, step in named}}
    return options, (), key


def _typed(accepted: Iterable[Typed], new_id: NewId, part: str = "") -> tuple[list[Accepted], dict[str, str]]:
    named = [(typed.id or new_id(), typed) for typed in accepted]
    return (
        [Accepted(key, typed.value.strip(), typed.credit, _tolerance(typed), part) for key, typed in named],
        {key: typed.feedback for key, typed in named},
    )


def _tolerance(typed: Typed) -> str:
    """None at all is written in one way, so that equal keys are equal."""
    return "" if number_of(typed.tolerance or "0") == 0 else typed.tolerance.strip()


def _compose_typed(authored: Authored, new_id: NewId) -> _Composed:
    accepted, feedback = _typed(authored.accepted, new_id)
    return (), (), {"accepted": tuple(accepted), "feedback": feedback | {otherwise(): authored.otherwise}}


def _compose_gaps(authored: Authored, new_id: NewId) -> _Composed:
    options: list[Option] = []
    parts: list[Part] = []
    accepted: list[Accepted] = []
    right: list[str] = []
    feedback: dict[str, str] = {}
    worth: dict[str, Fraction] = {}
    for gap in authored.gaps:
        part = Part(gap.id or new_id(), kind=gap.kind)
        parts.append(part)
        feedback[otherwise(part.id)] = gap.otherwise
        if gap.kind == CHOICE_GAP:
            offered, key = _choices(gap.choices, new_id, part.id)
            options += offered
            right += key["right"]
            worth |= key["credits"]
            feedback |= key["feedback"]
        else:
            typed, said = _typed(gap.accepted, new_id, part.id)
            accepted += typed
            feedback |= said
    weights = {part.id: gap.weight for part, gap in zip(parts, authored.gaps, strict=True)}
    key = {"right": right, "credits": worth, "accepted": tuple(accepted), "weights": weights, "feedback": feedback}
    return options, parts, key


def _compose_spotting(authored: Authored, new_id: NewId) -> _Composed:
    named = [(line.id or new_id(), line) for line in authored.lines]
    return (
        [Option(code, code) for code in authored.codes],
        [Part(key, line.text.strip(), speaker=line.speaker.strip()) for key, line in named],
        {
            "pairs": {key: line.breaks for key, line in named if line.breaks},
            "feedback": {key: line.feedback for key, line in named},
        },
    )


_COMPOSE: Mapping[str, Callable[[Authored, NewId], _Composed]] = {
    "single": _compose_choice,
    "multiple": _compose_choice,
    "true_false": _compose_choice,
    "matching": _compose_matching,
    "ordering": _compose_ordering,
    "short_text": _compose_typed,
    "numeric": _compose_typed,
    "gaps": _compose_gaps,
    "spot_it": _compose_spotting,
}
