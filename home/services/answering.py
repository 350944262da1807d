"""How the demo's people answer: right when they know, else as people go wrong with that kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Any

from home.selectors.questions import true_option
from quizzes.domain.answers import Answer, Given
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, kind_of
from quizzes.domain.questions import QuestionContent


@dataclass(frozen=True)
class Slip:
    """What is wrong with a question of the demo: people know better than its key (`truth`, an option's text), or can only guess."""

    truth: str = ""


def slips_of(*, slips: Iterable[Mapping[str, Any]], quizzes: Iterable[Mapping[str, Any]]) -> dict[str, Slip]:
    """Question → its slip, from the content files."""
    written = {question["key"]: question for quiz in quizzes for question in quiz["questions"]}
    return {
        slip["question"]: Slip(true_option(written[slip["question"]]) if "ticked" in slip else "") for slip in slips
    }


def chance_to_know(*, knowledge: float, difficulty: int) -> float:
    """From 0 to 1: a logistic item curve, for knowledge about 0 (spread 1) and difficulty 1 to 3 (Rasch)."""
    return 1 / (1 + exp(-(2.8 + knowledge - 0.6 * (difficulty - 1))))


def plausible_answer(
    *, kind: str, content: QuestionContent, key: KeyContent, knows: bool, slip: Slip | None, chance: Random
) -> Answer:
    if slip is not None:
        return _answer_despite(slip, content, key, knows, chance)
    right = kind_of(kind).right_answer(content, key)
    return right if knows else _WRONG[kind](content, right, chance)


def _answer_despite(slip: Slip, content: QuestionContent, key: KeyContent, knows: bool, chance: Random) -> Answer:
    truth = next((option.id for option in content.options if option.text == slip.truth), None)
    if truth is None:
        return (Given(chance.choice(content.option_ids)),)
    if knows:
        return (Given(truth),)
    # What the editor took for right tempts others too.
    return tuple(map(Given, key.right)) if chance.random() < 0.7 else _another_option(content, (Given(truth),), chance)


def _another_option(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    others = [option for option in content.option_ids if option not in {given.value for given in right}]
    return (Given(chance.choice(others)),)


def _mixed_options(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    """One of the right ones forgotten, something else taken for right."""
    kept = right[1:] if len(right) > 1 and chance.random() < 0.6 else right
    return (*kept, *_another_option(content, right, chance)) if len(right) < len(content.options) else kept


def _swapped(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    """Two that stand side by side, the other way round: of steps the places, of pairs the right-hand sides."""
    place = chance.randrange(len(right) - 1)
    values = [given.value for given in right]
    values[place], values[place + 1] = values[place + 1], values[place]
    return tuple(Given(value, given.part) for value, given in zip(values, right, strict=True))


def _half_remembered(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    return (Given("I’m not sure"),)


def _off_by_some(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    return (Given(str(chance.choice([1, 7, 45, 300]))),)


def _one_gap_wrong(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    part = chance.choice(content.parts)
    if part.kind == CHOICE_GAP:
        values = {given.part: given.value for given in right}
        wrong = chance.choice([option.id for option in content.options_of(part.id) if option.id != values[part.id]])
    else:
        wrong = "99" if part.kind == NUMBER_GAP else "something"
    return tuple(Given(wrong, part.id) if given.part == part.id else given for given in right)


def _one_line_missed(content: QuestionContent, right: Answer, chance: Random) -> Answer:
    """A broken line not seen, or a fine one suspected."""
    if len(right) > 1 and chance.random() < 0.5:
        return right[1:]
    marked = {given.part for given in right}
    fine = chance.choice([part for part in content.part_ids if part not in marked])
    return (*right, Given(right[0].value, fine))


_WRONG: Mapping[str, Callable[[QuestionContent, Answer, Random], Answer]] = {
    "single": _another_option,
    "true_false": _another_option,
    "multiple": _mixed_options,
    "matching": _swapped,
    "ordering": _swapped,
    "short_text": _half_remembered,
    "numeric": _off_by_some,
    "gaps": _one_gap_wrong,
    "spot_it": _one_line_missed,
}
