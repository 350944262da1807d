"""Questions as people write them, right answers in place, and as the system keeps them: content here, key there.

Forms, content files and importers all write an `Authored`; `compose` takes it apart, `decompose` puts it together again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.domain.keys import Accepted, KeyContent, Unit, otherwise
from quizzes.domain.kinds import CHOICE_GAP, FALSE, TRUE
from quizzes.domain.questions import Option, Part, Picture, QuestionContent
from quizzes.domain.typed import number_of

NewId = Callable[[], str]


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


def decompose(kind: str, content: QuestionContent, key: KeyContent) -> Authored:
    """The question as its author wrote it: `compose` of the result gives the same content and key."""
    return Authored(
        kind=kind,
        stem=content.stem,
        general=key.general,
        units=key.units,
        unit_penalty=key.unit_penalty,
        picture=content.picture,
        keeps_order=content.keeps_order,
        is_all_or_nothing=key.is_all_or_nothing,
        minds_case=key.minds_case,
        minds_accents=key.minds_accents,
        **_DECOMPOSE[kind](content, key),
    )


_Composed = tuple[Iterable[Option], Iterable[Part], dict[str, Any]]


def _choices(choices: Iterable[Choice], new_id: NewId, part: str = "") -> tuple[list[Option], dict[str, Any]]:
    named = [(choice.id or new_id(), choice) for choice in choices]
    return [Option(key, choice.text.strip(), part) for key, choice in named], {
        "right": [key for key, choice in named if choice.is_right],
        "feedback": {key: choice.feedback for key, choice in named},
        "credits": {key: choice.credit for key, choice in named if choice.credit is not None},
    }


def _chosen(options: Iterable[Option], key: KeyContent) -> tuple[Choice, ...]:
    worth, said = dict(key.credits), key.said
    return tuple(
        Choice(option.text, option.id in key.right, said.get(option.id, ""), worth.get(option.id), option.id)
        for option in options
    )


def _compose_choice(authored: Authored, new_id: NewId) -> _Composed:
    options, key = _choices(authored.choices, new_id)
    return options, (), key


def _decompose_choice(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    return {"choices": _chosen(content.options, key)}


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


def _decompose_matching(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    texts, pairs, said = {option.id: option.text for option in content.options}, dict(key.pairs), key.said
    left_over = [option.text for option in content.options if option.id not in pairs.values()]
    return {
        "pairs": (
            *(
                Pair(part.text, texts.get(pairs.get(part.id, ""), ""), said.get(part.id, ""), part.id)
                for part in content.parts
            ),
            *(Pair("", text) for text in left_over),
        )
    }


def _compose_ordering(authored: Authored, new_id: NewId) -> _Composed:
    named = [(step.id or new_id(), step) for step in authored.steps]
    # By id, which says nothing: the order in which they were written is the key.
    options = [Option(key, step.text.strip()) for key, step in sorted(named, key=lambda one: one[0])]
    key = {"order": tuple(key for key, _ in named), "feedback": {key: step.feedback for key, step in named}}
    return options, (), key


def _decompose_ordering(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    texts, said = {option.id: option.text for option in content.options}, key.said
    return {"steps": tuple(Step(texts[step], said.get(step, ""), step) for step in key.order if step in texts)}


def _typed(accepted: Iterable[Typed], new_id: NewId, part: str = "") -> tuple[list[Accepted], dict[str, str]]:
    named = [(typed.id or new_id(), typed) for typed in accepted]
    return (
        [Accepted(key, typed.value.strip(), typed.credit, _tolerance(typed), part) for key, typed in named],
        {key: typed.feedback for key, typed in named},
    )


def _tolerance(typed: Typed) -> str:
    """None at all is written in one way, so that equal keys are equal."""
    return "" if number_of(typed.tolerance or "0") == 0 else typed.tolerance.strip()


def _accepted(key: KeyContent, part: str = "") -> tuple[Typed, ...]:
    said = key.said
    return tuple(
        Typed(one.value, one.credit, one.tolerance, said.get(one.id, ""), one.id)
        for one in key.accepted
        if one.part == part
    )


def _compose_typed(authored: Authored, new_id: NewId) -> _Composed:
    accepted, feedback = _typed(authored.accepted, new_id)
    return (), (), {"accepted": tuple(accepted), "feedback": feedback | {otherwise(): authored.otherwise}}


def _decompose_typed(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    return {"accepted": _accepted(key), "otherwise": key.said.get(otherwise(), "")}


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


def _decompose_gaps(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    weights, said = dict(key.weights), key.said
    return {
        "gaps": tuple(
            Gap(
                part.kind,
                _chosen(content.options_of(part.id), key),
                _accepted(key, part.id),
                said.get(otherwise(part.id), ""),
                weights.get(part.id, 1),
                part.id,
            )
            for part in content.parts
        )
    }


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


def _decompose_spotting(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    broken, said = dict(key.pairs), key.said
    return {
        "codes": content.option_ids,
        "lines": tuple(
            Line(part.text, part.speaker, broken.get(part.id, ""), said.get(part.id, ""), part.id)
            for part in content.parts
        ),
    }


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
_DECOMPOSE: Mapping[str, Callable[[QuestionContent, KeyContent], dict[str, Any]]] = {
    "single": _decompose_choice,
    "multiple": _decompose_choice,
    "true_false": _decompose_choice,
    "matching": _decompose_matching,
    "ordering": _decompose_ordering,
    "short_text": _decompose_typed,
    "numeric": _decompose_typed,
    "gaps": _decompose_gaps,
    "spot_it": _decompose_spotting,
}
