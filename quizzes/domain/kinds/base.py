"""What every kind of question can say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from quizzes.domain.answers import Answer, Given
from quizzes.domain.keys import KeyContent
from quizzes.domain.questions import QuestionContent

NOTHING, WHOLE = Fraction(), Fraction(1)


class Fault(StrEnum):
    """Why a question can't be published yet."""

    NO_STEM = "no_stem"
    NO_ALT = "no_alt"
    TOO_FEW_OPTIONS = "too_few_options"
    BLANK_OPTION = "blank_option"
    SAME_OPTION_TWICE = "same_option_twice"
    UNKNOWN_KIND = "unknown_kind"
    NOT_ONE_RIGHT = "not_one_right"
    NONE_RIGHT = "none_right"
    CREDITS_SHORT = "credits_short"
    TOO_FEW_PAIRS = "too_few_pairs"
    UNPAIRED = "unpaired"
    TOO_FEW_STEPS = "too_few_steps"
    NOTHING_ACCEPTED = "nothing_accepted"
    NO_FULL_CREDIT = "no_full_credit"
    NOT_A_NUMBER = "not_a_number"
    GAPS_DIFFER = "gaps_differ"
    TOO_FEW_LINES = "too_few_lines"
    NOTHING_BROKEN = "nothing_broken"
    BREAKS_UNCITED = "breaks_uncited"
    NO_CLAUSE = "no_clause"


class Kind(ABC):
    """How a kind of question reads an answer, marks it, and what it needs to be asked. Kinds hold no state."""

    name: ClassVar[str]

    @abstractmethod
    def read(self, content: QuestionContent, given: Iterable[Given]) -> Answer:
        """The answer in its canonical form. Raises WrongChoice for what this question doesn't take, and for nothing at all."""

    @abstractmethod
    def mark(self, content: QuestionContent, key: KeyContent, answer: Answer) -> Fraction:
        """From -1 to 1; 0 for no answer. The order in which things were said or shown never matters."""

    @abstractmethod
    def faults(self, content: QuestionContent, key: KeyContent) -> Mapping[Fault, bool]:
        """What stands in the way of asking it, each with whether it does."""

    @abstractmethod
    def right_answer(self, content: QuestionContent, key: KeyContent) -> Answer:
        """An answer that gets the whole mark."""

    def random_guess(self, content: QuestionContent, key: KeyContent) -> Fraction | None:
        """The mark to expect of somebody who guesses, as Moodle's `get_random_guess_score`; None where it can't be told."""
        return None

    def responses(self, content: QuestionContent, key: KeyContent, answer: Answer) -> tuple[Given, ...]:
        """The answer sorted into what people can say, by ids that feedback and statistics go by: options, accepted answers, `otherwise`."""
        return answer

    def part_marks(self, content: QuestionContent, key: KeyContent, answer: Answer) -> dict[str, Fraction]:
        """Mark by part; empty for kinds that ask one thing."""
        return {}

    def orders_options(self, content: QuestionContent) -> bool:
        """Whether options may be shuffled."""
        return not content.keeps_order
