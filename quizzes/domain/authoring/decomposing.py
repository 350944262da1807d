"""What learners read and the key, put together again to the question as its author wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quizzes.domain.authoring.authored import Authored, Choice, Gap, Line, Pair, Step, Typed
from quizzes.domain.keys import KeyContent, otherwise
from quizzes.domain.questions import Option, QuestionContent


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


def _chosen(options: Iterable[Option], key: KeyContent) -> tuple[Choice, ...]:
    worth, said = dict(key.credits), key.said
    return tuple(
        Choice(option.text, option.id in key.right, said.get(option.id, ""), worth.get(option.id), option.id)
        for option in options
    )


def _decompose_choice(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    return {"choices": _chosen(content.options, key)}


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


def _decompose_ordering(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    texts, said = {option.id: option.text for option in content.options}, key.said
    return {"steps": tuple(Step(texts[step], said.get(step, ""), step) for step in key.order if step in texts)}


def _accepted(key: KeyContent, part: str = "") -> tuple[Typed, ...]:
    said = key.said
    return tuple(
        Typed(one.value, one.credit, one.tolerance, said.get(one.id, ""), one.id)
        for one in key.accepted
        if one.part == part
    )


def _decompose_typed(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    return {"accepted": _accepted(key), "otherwise": key.said.get(otherwise(), "")}


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


def _decompose_spotting(content: QuestionContent, key: KeyContent) -> dict[str, Any]:
    broken, said = dict(key.pairs), key.said
    return {
        "codes": content.option_ids,
        "lines": tuple(
            Line(part.text, part.speaker, broken.get(part.id, ""), said.get(part.id, ""), part.id)
            for part in content.parts
        ),
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
