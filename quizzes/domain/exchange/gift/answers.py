"""The answers between the braces, split at their marks, each with its weight. What they mean is told by `kinds`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from quizzes.domain.exchange.gift.passages import Passage
from quizzes.domain.exchange.records import MOST_ANSWERS, Code, Severity
from quizzes.domain.exchange.weights import weight_of

_WEIGHT = re.compile(r"%(-?[0-9.,]{1,20})%")


@dataclass
class Answer:
    """One answer as it is written, its weight apart. mark: `=`, `~` or nothing."""

    mark: str
    text: str
    at: int
    weight: Fraction | None = None
    weight_text: str = ""

    @property
    def share(self) -> Fraction:
        return self.weight if self.weight is not None else Fraction(int(self.mark != "~"))


def answers_of(passage: Passage, body: str, marks: str, *, shift: int = 0, are_weighed: bool = True) -> list[Answer]:
    """The answers of a body, split at these marks. shift: how far into the answers the body begins."""
    found = [Answer("", "", 0)]
    at = 0
    for mark in re.finditer(f"[{marks}]", body):
        found[-1].text = body[at : mark.start()]
        at = mark.end()
        found.append(Answer(mark.group(), "", passage.body_at + shift + mark.start()))
        if len(found) > 2 * MOST_ANSWERS:
            passage.refuse(Code.TOO_MANY_ANSWERS, passage.body_at, most=MOST_ANSWERS)
    found[-1].text = body[at:]
    for before, after in pairwise(found):
        if before.mark == "~" and after.mark == "=" and not before.text.strip():
            passage.say(Severity.INFO, Code.RIGHT_AND_WRONG, after.at)
    answers = [answer for answer in found if answer.text.strip()]
    if len(answers) > MOST_ANSWERS:
        passage.refuse(Code.TOO_MANY_ANSWERS, passage.body_at, most=MOST_ANSWERS)
    if are_weighed:
        for answer in answers:
            _weigh(passage, answer, marks)
    return answers


def _weigh(passage: Passage, answer: Answer, marks: str) -> None:
    answer.text = answer.text.strip()
    if not answer.mark and "~" in marks:
        answer.mark = "~"
    found = _WEIGHT.match(answer.text)
    if not found:
        return
    answer.weight, answer.weight_text = weight_of(found.group(1)), found.group(1)
    answer.text = answer.text[found.end() :]
    if answer.weight is None:
        passage.error(Code.NOT_A_WEIGHT, answer.at, text=found.group(1))


def with_comment(passage: Passage, answer: Answer) -> tuple[str, str]:
    """What an answer says, and what is said to those who gave it."""
    text, _, feedback = answer.text.partition("#")
    return passage.said(text, answer.at), passage.said(feedback, answer.at)


def rights(answers: Sequence[Answer]) -> int:
    """How many of them are worth the whole mark."""
    return sum(answer.mark == "=" and answer.share == 1 for answer in answers)
