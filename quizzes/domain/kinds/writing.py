"""Short text, numbers, and gaps to fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from quizzes.domain.answers import LONGEST_VALUE, Answer, Given, WrongChoice
from quizzes.domain.keys import Accepted, KeyContent, otherwise
from quizzes.domain.kinds.base import NOTHING, WHOLE, Fault, Kind
from quizzes.domain.kinds.choosing import credit_of_one, text_faults
from quizzes.domain.questions import Option, Part, QuestionContent
from quizzes.domain.typed import amount_of, number_of, says

GAP = re.compile(r"\[\[(\d{1,2})\]\]")
TEXT_GAP, NUMBER_GAP, CHOICE_GAP = "text", "number", "choice"


def typed_value(value: str) -> str:
    """Without blanks around it. Raises WrongChoice for nothing or far too much."""
    value = value.strip()
    if not value or len(value) > LONGEST_VALUE or "\x00" in value:
        raise WrongChoice
    return value


def accepted_text(key: KeyContent, text: str, part: str = "") -> Accepted | None:
    """The first accepted answer (of this gap) that the text matches."""
    for accepted in key.accepted:
        if accepted.part == part and says(
            accepted.value, text, minds_case=key.minds_case, minds_accents=key.minds_accents
        ):
            return accepted
    return None


def accepted_number(key: KeyContent, text: str, part: str = "") -> tuple[Accepted, Fraction] | None:
    """The first accepted number (of this gap) that the text is near enough to, and its credit.

    A unit that the question asks for and that is missing costs `unit_penalty`; an unknown one is no number at all.
    """
    amount = amount_of(text, key.units)
    if amount is None:
        return None
    number, unit = amount
    for accepted in key.accepted:
        if accepted.part == part and _is_near(accepted, number):
            lacking = key.unit_penalty if key.units and unit is None and not part else NOTHING
            return accepted, max(accepted.credit - lacking, NOTHING)
    return None


def _is_near(accepted: Accepted, number: Fraction) -> bool:
    if accepted.value == "*":
        return True
    wanted = number_of(accepted.value)
    return wanted is not None and abs(number - wanted) <= (number_of(accepted.tolerance or "0") or NOTHING)


def without_stars(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*", "", pattern)).strip() or "x"


def accepted_faults(accepted: Iterable[Accepted], *, are_numbers: bool) -> dict[Fault, bool]:
    accepted = tuple(accepted)
    return {
        Fault.NOTHING_ACCEPTED: not accepted or not all(one.value.strip() for one in accepted),
        Fault.NO_FULL_CREDIT: bool(accepted) and max(one.credit for one in accepted) != WHOLE,
        Fault.NOT_A_NUMBER: are_numbers and not all(_is_number(one) for one in accepted),
    }


def _is_number(accepted: Accepted) -> bool:
    tolerance = number_of(accepted.tolerance or "0")
    return (accepted.value == "*" or number_of(accepted.value) is not None) and tolerance is not None and tolerance >= 0


class ShortText(Kind):
    """A word or a few, typed."""

    name = "short_text"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        answer = tuple(given)
        if len(answer) != 1 or answer[0].part:
            raise WrongChoice
        return (Given(typed_value(answer[0].value)),)

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        found = accepted_text(key, answer[0].value) if answer else None
        return found.credit if found else NOTHING

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        return accepted_faults(key.accepted, are_numbers=False)

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        best = max(key.accepted, key=lambda accepted: accepted.credit)
        return (Given(without_stars(best.value)),)

    def random_guess(self, content: QuestionContent, key: KeyContent) -> Fraction:
        """Nothing, but where anything at all earns something, as in Moodle's `qtype_shortanswer`."""
        return next((accepted.credit for accepted in key.accepted if accepted.value == "*"), NOTHING)

    def responses(self, content: QuestionContent, key: KeyContent, answer: Answer) -> tuple[Given, ...]:
        found = accepted_text(key, answer[0].value) if answer else None
        return (Given(found.id if found else otherwise()),) if answer else ()


class Numeric(ShortText):
    """A number, give or take, with a unit where the question wants one."""

    name = "numeric"

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        found = accepted_number(key, answer[0].value) if answer else None
        return found[1] if found else NOTHING

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        return accepted_faults(key.accepted, are_numbers=True)

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        best = max(key.accepted, key=lambda accepted: accepted.credit)
        value = "0" if best.value == "*" else best.value
        return (Given(f"{value} {key.units[0].name}" if key.units else value),)

    def responses(self, content: QuestionContent, key: KeyContent, answer: Answer) -> tuple[Given, ...]:
        found = accepted_number(key, answer[0].value) if answer else None
        return (Given(found[0].id if found else otherwise()),) if answer else ()


class Gaps(Kind):
    """A text with gaps, marked `[[1]]`, `[[2]]` … in the stem: typed words, numbers, or a list to choose from, each with its weight."""

    name = "gaps"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        given = tuple(given)
        said = {one.part: one.value for one in given}
        if not said or len(said) != len(given) or not set(said) <= set(content.part_ids):
            raise WrongChoice
        return tuple(
            Given(self._read_one(content, part, said[part.id]), part.id) for part in content.parts if part.id in said
        )

    def _read_one(self, content: QuestionContent, part: Part, value: str) -> str:
        if part.kind != CHOICE_GAP:
            return typed_value(value)
        if value not in {option.id for option in content.options_of(part.id)}:
            raise WrongChoice
        return value

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        marks, weights = self.part_marks(content, key, answer), dict(key.weights)
        total = sum(weights.get(part, 1) for part in marks)
        share = sum((mark * weights.get(part, 1) for part, mark in marks.items()), NOTHING) / total
        return share if share == WHOLE or not key.is_all_or_nothing else NOTHING

    def part_marks(self, content: QuestionContent, key: KeyContent, answer: Answer) -> dict[str, Fraction]:
        said = {given.part: given.value for given in answer}
        return {
            part.id: self._mark_one(key, part, said[part.id]) if part.id in said else NOTHING for part in content.parts
        }

    def _mark_one(self, key: KeyContent, part: Part, value: str) -> Fraction:
        if part.kind == CHOICE_GAP:
            return max(credit_of_one(key, value), NOTHING)
        if part.kind == NUMBER_GAP:
            number = accepted_number(key, value, part.id)
            return number[1] if number else NOTHING
        text = accepted_text(key, value, part.id)
        return text.credit if text else NOTHING

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        found = {Fault.GAPS_DIFFER: not _marks_every_gap(content), Fault.NOTHING_ACCEPTED: not content.parts}
        for part in content.parts:
            for fault, holds in self._gap_faults(key, part, content.options_of(part.id)).items():
                found[fault] = found.get(fault, False) or holds
        return found

    def _gap_faults(self, key: KeyContent, part: Part, options: tuple[Option, ...]) -> dict[Fault, bool]:
        if part.kind == CHOICE_GAP:
            right = {option.id for option in options} & set(key.right)
            return text_faults(options) | {Fault.NOT_ONE_RIGHT: len(right) != 1}
        accepted = [one for one in key.accepted if one.part == part.id]
        return accepted_faults(accepted, are_numbers=part.kind == NUMBER_GAP)

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        return tuple(Given(self._right_value(content, key, part), part.id) for part in content.parts)

    def _right_value(self, content: QuestionContent, key: KeyContent, part: Part) -> str:
        if part.kind == CHOICE_GAP:
            return next(option.id for option in content.options_of(part.id) if option.id in key.right)
        best = max((one for one in key.accepted if one.part == part.id), key=lambda accepted: accepted.credit)
        return without_stars(best.value) if part.kind == TEXT_GAP else "0" if best.value == "*" else best.value

    def responses(self, content: QuestionContent, key: KeyContent, answer: Answer) -> tuple[Given, ...]:
        kinds = {part.id: part.kind for part in content.parts}
        return tuple(Given(self._response(key, kinds[given.part], given), given.part) for given in answer)

    def _response(self, key: KeyContent, kind: str, given: Given) -> str:
        if kind == CHOICE_GAP:
            return given.value
        if kind == NUMBER_GAP:
            number = accepted_number(key, given.value, given.part)
            return number[0].id if number else otherwise(given.part)
        text = accepted_text(key, given.value, given.part)
        return text.id if text else otherwise(given.part)


def _marks_every_gap(content: QuestionContent) -> bool:
    """Each gap stands in the text once, and in the order of its number."""
    return [int(number) for number in GAP.findall(content.stem)] == list(range(1, len(content.parts) + 1))
