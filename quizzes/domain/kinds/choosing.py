"""Single choice, multiple choice, true or false."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from quizzes.domain.answers import Answer, Given, WrongChoice
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds.base import NOTHING, WHOLE, Fault, Kind
from quizzes.domain.questions import Option, QuestionContent

FEWEST_OPTIONS = 2
TRUE, FALSE = "true", "false"


def text_faults(options: Iterable[Option]) -> dict[Fault, bool]:
    texts = [option.text.strip().casefold() for option in options]
    return {
        Fault.TOO_FEW_OPTIONS: len(texts) < FEWEST_OPTIONS,
        Fault.BLANK_OPTION: not all(texts),
        Fault.SAME_OPTION_TWICE: len(set(texts)) != len(texts),
    }


def chosen_options(options: Iterable[Option], given: Iterable[Given]) -> Answer:
    """What was chosen, in the order of the options. Raises WrongChoice for anything that isn't an option, or one twice."""
    given = tuple(given)
    said, offered = [one.value for one in given], [option.id for option in options]
    if not said or len(set(said)) != len(said) or not set(said) <= set(offered) or any(one.part for one in given):
        raise WrongChoice
    return tuple(Given(option) for option in offered if option in said)


def credit_of_one(key: KeyContent, option: str) -> Fraction:
    return WHOLE if option in key.right else dict(key.credits).get(option, NOTHING)


class SingleChoice(Kind):
    """One right option; others may earn a part of the mark."""

    name = "single"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        answer = chosen_options(content.options, given)
        if len(answer) != 1:
            raise WrongChoice
        return answer

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        return credit_of_one(key, answer[0].value) if len(answer) == 1 else NOTHING

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        return text_faults(content.options) | {
            Fault.NOT_ONE_RIGHT: len(set(key.right) & set(content.option_ids)) != 1,
        }

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        return tuple(Given(option) for option in key.right)

    def random_guess(self, content: QuestionContent, key: KeyContent) -> Fraction:
        return sum((credit_of_one(key, option) for option in content.option_ids), NOTHING) / len(content.options)


class TrueFalse(SingleChoice):
    """A statement that holds or doesn't. Its options are always the same two, in the same order."""

    name = "true_false"

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        return {Fault.NOT_ONE_RIGHT: len(set(key.right) & {TRUE, FALSE}) != 1}

    def orders_options(self, content: QuestionContent) -> bool:
        return False


class MultipleChoice(Kind):
    """Several right options.

    Moodle's multichoice with several answers (`question/type/multichoice/question.php`,
    `qtype_multichoice_multi_question::grade_response`): the chosen options' shares are added up and kept between 0 and 1.
    Where the key names no shares, each right option is worth 1/n and each wrong one takes 1/n away.
    """

    name = "multiple"

    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        return chosen_options(content.options, given)

    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        chosen = {given.value for given in answer}
        if key.is_all_or_nothing:
            return WHOLE if chosen == set(key.right) else NOTHING
        shares = self._shares(content, key)
        return min(max(sum((shares.get(option, NOTHING) for option in chosen), NOTHING), NOTHING), WHOLE)

    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        right = set(key.right) & set(content.option_ids)
        return text_faults(content.options) | {
            Fault.NONE_RIGHT: not right,
            Fault.CREDITS_SHORT: bool(key.credits) and not key.is_all_or_nothing and self._best(content, key) < WHOLE,
        }

    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        return tuple(Given(option) for option in content.option_ids if option in key.right)

    def _shares(self, content: QuestionContent, key: KeyContent) -> dict[str, Fraction]:
        if not key.right:
            return {}
        equal = Fraction(1, len(key.right))
        return {option: equal if option in key.right else -equal for option in content.option_ids} | dict(key.credits)

    def _best(self, content: QuestionContent, key: KeyContent) -> Fraction:
        shares = self._shares(content, key)
        return sum((shares[option] for option in key.right if option in shares), NOTHING)
