"""What a mended key would change in results that were handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.domain.grading import Certainty, Grade, grade, mark_with_certainty
from quizzes.domain.kinds import kind_of
from quizzes.domain.questions import QuestionContent
from quizzes.models import AttemptGrade, AttemptQuestion, Question, QuestionVersion, QuizAttempt, Response
from quizzes.selectors.questions import latest_version_unscoped


@dataclass(frozen=True)
class Regrade:
    """An attempt whose marks change: its grade so far, and what it would be. marks and keys as in AttemptGrade."""

    attempt: QuizAttempt
    before: AttemptGrade
    after: Grade
    marks: list[list[Any]]
    keys: dict[str, int]


def question_by_id_unscoped(question_id: int) -> Question | None:
    return Question.objects.filter(pk=question_id).first()


def asked_attempt_ids_unscoped(question: Question, quiz_slug: str = "") -> list[int]:
    """Ids of the handed-in attempts that asked this question, of one quiz or of all."""
    asked = AttemptQuestion.objects.filter(version__question=question, attempt__submitted_at__isnull=False)
    if quiz_slug:
        asked = asked.filter(attempt__quiz__slug=quiz_slug)
    return list(asked.order_by("attempt").values_list("attempt", flat=True))


def regrades_unscoped(question: Question, attempt_ids: Iterable[int]) -> list[Regrade]:
    """Those of these attempts whose marks the question's newest key changes, where the version they answered had the same options.

    A fixed number of queries. Everything else in a grade stays as the last one has it.
    """
    newest = latest_version_unscoped(question)
    if newest is None:
        return []
    ids = list(attempt_ids)
    asked = AttemptQuestion.objects.filter(attempt__in=ids, version__question=question)
    grades = {row.attempt_id: row for row in AttemptGrade.objects.filter(attempt__in=ids).order_by("number")}
    in_time = Response.objects.filter(is_late=False).order_by("number")
    answers = {row.asked_id: row.answer for row in in_time.filter(asked__in=asked)}
    said = in_time.filter(asked__attempt__in=ids, certainty__isnull=False)
    certainties = {
        (at, position): sure
        for at, position, sure in said.values_list("asked__attempt", "asked__position", "certainty")
    }
    key, shape = newest.answer_key.content, _shape(newest, newest.texts.all()[0].content)
    found = []
    for row in asked.select_related("attempt", "version", "text").order_by("attempt"):
        content, before = row.text.content, grades[row.attempt_id]
        if _shape(row.version, content) != shape:
            continue
        mark = str(kind_of(row.version.kind).mark(content, key, answers.get(row.pk, ())))
        marks = [[*one[:2], mark, *one[3:]] if one[0] == row.position else one for one in before.marks]
        if marks == before.marks:
            continue
        counted = [_counted(Fraction(one[2]), certainties.get((row.attempt_id, one[0]))) for one in marks]
        keys = {**before.keys, str(row.position): newest.answer_key_id}
        found.append(Regrade(row.attempt, before, grade(counted, row.attempt.frozen.mastery_score), marks, keys))
    return found


def _counted(mark: Fraction, certainty: int | None) -> Fraction:
    return mark if certainty is None else mark_with_certainty(mark, Certainty(certainty))


def _shape(version: QuestionVersion, content: QuestionContent) -> tuple[str, frozenset[str], frozenset[str]]:
    """What an answer is made of: the same shape can be marked by the same key."""
    return version.kind, frozenset(content.option_ids), frozenset(content.part_ids)
