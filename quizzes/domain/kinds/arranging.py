"""Matching, ordering, and spotting which lines of a dialogue break which standard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from quizzes.domain.answers import Answer, Given, WrongChoice
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds.base import NOTHING, WHOLE, Fault, Kind
from quizzes.domain.kinds.choosing import text_faults
from quizzes.domain.questions import QuestionContent

FEWEST_PAIRS = 2
FEWEST_STEPS = 3
FEWEST_LINES = 3


def said_of_parts(content: QuestionContent, given: Iterable[Given], values: Collection[str]) -> Answer:
    """One value at most for each part, in the order of the parts. Raises WrongChoice for anything else, and for nothing."""
    given = tuple(given)
    said = {one.part: one.value for one in given}
    if not said or len(said) != len(given) or not set(said) <= set(content.part_ids):
        raise WrongChoice
    if not set(said.values()) <= set(values):
        raise WrongChoice
    return tuple(Given(said[part], part) for part in content.part_ids if part in said)


class Matching(Kind):
    """Each premise has one option that belongs to it; an option may belong to several, or to none."""

    name = "matching"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        return said_of_parts(content, given, content.option_ids)

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        marks = self.part_marks(content, key, answer)
        share = sum(marks.values(), NOTHING) / len(marks)
        return share if share == WHOLE or not key.is_all_or_nothing else NOTHING

    def part_marks(self, content: QuestionContent, key: KeyContent, answer: Answer) -> dict[str, Fraction]:
        right, said = dict(key.pairs), {given.part: given.value for given in answer}
        return {part: WHOLE if said.get(part) == option else NOTHING for part, option in right.items()}

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        premises, pairs = [part.text.strip() for part in content.parts], dict(key.pairs)
        return text_faults(content.options) | {
            Fault.TOO_FEW_PAIRS: len(premises) < FEWEST_PAIRS,
            Fault.UNPAIRED: not all(premises)
            or set(pairs) != set(content.part_ids)
            or not set(pairs.values()) <= set(content.option_ids),
        }

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        pairs = dict(key.pairs)
        return tuple(Given(pairs[part], part) for part in content.part_ids if part in pairs)

    def random_guess(self, content: QuestionContent, key: KeyContent) -> Fraction:
        return Fraction(1, len(content.options))


class Ordering(Kind):
    """Steps to bring into order; each in its place counts (Moodle's ordering, “absolute position”)."""

    name = "ordering"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        answer = tuple(given)
        if sorted(one.value for one in answer) != sorted(content.option_ids) or any(one.part for one in answer):
            raise WrongChoice
        return answer

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        if not answer:
            return NOTHING
        in_place = sum(given.value == option for given, option in zip(answer, key.order, strict=True))
        share = Fraction(in_place, len(key.order))
        return share if share == WHOLE or not key.is_all_or_nothing else NOTHING

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        texts = text_faults(content.options)
        return {
            Fault.TOO_FEW_STEPS: len(content.options) < FEWEST_STEPS,
            Fault.BLANK_OPTION: texts[Fault.BLANK_OPTION],
            Fault.SAME_OPTION_TWICE: texts[Fault.SAME_OPTION_TWICE],
            Fault.NONE_RIGHT: sorted(key.order) != sorted(content.option_ids),
        }

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        return tuple(Given(option) for option in key.order)

    def random_guess(self, content: QuestionContent, key: KeyContent) -> Fraction:
        return Fraction(1, len(content.options))

    def responses(self, content: QuestionContent, key: KeyContent, answer: Answer) -> tuple[Given, ...]:
        """By place: which step stood first, second, …"""
        return tuple(Given(given.value, str(place)) for place, given in enumerate(answer, start=1))

    def orders_options(self, content: QuestionContent) -> bool:
        return True


class SpotIt(Kind):
    """A short dialogue: which lines break which of the standards that the question cites.

    A line marked with the standard that it breaks counts for one, a line that is fine takes one away, a broken one with another
    standard neither; over the number of broken lines, never below 0. So marking everything is no way to score.
    """

    name = "spot_it"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        return said_of_parts(content, given, content.option_ids)

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        broken = dict(key.pairs)
        found = sum(broken.get(given.part) == given.value for given in answer)
        unfair = sum(given.part not in broken for given in answer)
        share = max(Fraction(found - unfair, len(broken)), NOTHING)
        return share if share == WHOLE or not key.is_all_or_nothing else NOTHING

    def part_marks(self, content: QuestionContent, key: KeyContent, answer: Answer) -> dict[str, Fraction]:
        """Of every line: 1 where it was seen for what it is, 0 where not; -1 where a fine line was marked."""
        broken, said = dict(key.pairs), {given.part: given.value for given in answer}
        return {
            part: WHOLE if said.get(part) == broken.get(part) else NOTHING if part in broken else -WHOLE
            for part in content.part_ids
        }

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        broken = dict(key.pairs)
        return {
            Fault.TOO_FEW_LINES: len(content.parts) < FEWEST_LINES,
            Fault.BLANK_OPTION: not all(part.text.strip() for part in content.parts),
            Fault.NOTHING_BROKEN: not set(broken) & set(content.part_ids),
            Fault.BREAKS_UNCITED: not set(broken.values()) <= set(content.option_ids),
        }

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        broken = dict(key.pairs)
        return tuple(Given(broken[part], part) for part in content.part_ids if part in broken)

    def orders_options(self, content: QuestionContent) -> bool:
        return False
