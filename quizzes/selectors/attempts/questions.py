"""Questions as learners see them, without a key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext

from quizzes.domain.answers import Answer
from quizzes.domain.asking import gap_text, with_blanks
from quizzes.domain.questions import Option, Part, QuestionContent, stem_parts
from quizzes.enums import TRUE_FALSE_WORDS, QuestionKind


class WithContent:
    """Shows a stem in two parts: what it is about, and what is asked. A text with gaps stands where it is filled in, not here."""

    kind: str
    content: QuestionContent

    @property
    def stem(self) -> str:
        return with_blanks(self.content.stem)

    @property
    def situation(self) -> str:
        return "" if self.kind == QuestionKind.GAPS else stem_parts(self.stem)[0]

    @property
    def asked(self) -> str:
        if self.kind == QuestionKind.GAPS:
            return gap_text(self.content.stem)[1] or gettext("Fill the gaps.")
        return stem_parts(self.stem)[1]


def worded(kind: str, options: Iterable[Option]) -> tuple[Option, ...]:
    """Options in the reader's words, where they are the system's own: “True” and “False”."""
    if kind != QuestionKind.TRUE_FALSE:
        return tuple(options)
    return tuple(replace(option, text=str(TRUE_FALSE_WORDS.get(option.id, option.text))) for option in options)


@dataclass(frozen=True)
class AskedQuestion(WithContent):
    """A question as its learner sees it: `options` in the order of this attempt, `answer` (and how certain) as last saved.

    asked_id: of its AttemptQuestion, 0 where it isn’t an attempt’s; saved: id and number of the last response.
    """

    position: int
    kind: str
    content: QuestionContent
    options: tuple[Option, ...]
    answer: Answer
    section: str = ""
    certainty: int | None = None
    asked_id: int = 0
    saved: tuple[int, int] | None = None

    @classmethod
    def put(
        cls,
        position: int,
        kind: str,
        content: QuestionContent,
        option_ids: Iterable[str],
        answer: Answer,
        *,
        section: str = "",
        certainty: int | None = None,
        asked_id: int = 0,
        saved: tuple[int, int] | None = None,
    ) -> Self:
        """A question with its options in the order that the attempt froze."""
        return cls(position, kind, content, content.in_order(option_ids), answer, section, certainty, asked_id, saved)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.content.parts

    @property
    def chosen(self) -> list[str]:
        """Ids of options chosen, of the question as a whole."""
        return [given.value for given in self.answer if not given.part]

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)

    @property
    def is_half_filled(self) -> bool:
        """Whether gaps or premises were left out; of a dialogue, most lines are."""
        return (
            self.is_answered
            and self.kind in {QuestionKind.MATCHING, QuestionKind.GAPS}
            and len(self.answer) < len(self.parts)
        )
