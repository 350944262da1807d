"""Many first attempts at once: facts in bulk, as handing in would have left them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from wagtail.models import Locale

from people.models import User
from quizzes.models import (
    AttemptGrade,
    AttemptQuestion,
    Question,
    QuestionVersion,
    QuestionVersionText,
    QuizAttempt,
    QuizPage,
    Response,
)
from tests.factories.people import NOW

RIGHT, WRONG = "1", "0"


def people(count: int) -> list[User]:
    there = User.objects.count()
    return User.objects.bulk_create(
        User(email=f"learner-{there + number}@example.com", name=f"Learner {number}") for number in range(count)
    )


def hand_in_all(
    quiz: QuizPage,
    questions: Sequence[Question],
    marks: Iterable[Sequence[str | None]],
    *,
    learners: Sequence[User] | None = None,
    now: datetime = NOW,
    seconds: int | None = 20,
    locale: Locale | None = None,
) -> list[QuizAttempt]:
    """An attempt for each row of marks, by a new person each, asked the newest version of each question (None: it wasn't asked).

    Who has RIGHT chose the right option, everybody else the first wrong one.
    """
    rows = [list(row) for row in marks]
    learners = learners or people(len(rows))
    versions = [QuestionVersion.objects.filter(question=one).latest("number") for one in questions]
    texts = QuestionVersionText.objects.best_for([one.pk for one in versions], locale or Locale.get_default())
    attempts = QuizAttempt.objects.bulk_create(
        [
            QuizAttempt(
                learner=learner,
                quiz=quiz,
                rules={"title": quiz.title, "mastery_score": "0.8"},
                seed="7",
                started_at=now - timedelta(minutes=5),
                submitted_at=now,
                **_score(row),
            )
            for learner, row in zip(learners, rows, strict=True)
        ],
        batch_size=2_000,
    )
    asked = AttemptQuestion.objects.bulk_create(
        [
            AttemptQuestion(
                attempt=attempt,
                position=place,
                version=version,
                text=texts[version.pk],
                option_ids=list(texts[version.pk].content.option_ids),
            )
            for attempt, row in zip(attempts, rows, strict=True)
            for place, (version, mark) in enumerate(zip(versions, row, strict=True), start=1)
            if mark is not None
        ],
        batch_size=5_000,
    )
    given = [mark for row in rows for mark in row if mark is not None]
    chosen = {version.pk: _right_and_wrong(version, texts[version.pk]) for version in versions}
    Response.objects.bulk_create(
        [
            Response(asked=one, number=1, chosen=chosen[one.version_id][mark != RIGHT], answered_at=now)
            for one, mark in zip(asked, given, strict=True)
        ],
        batch_size=5_000,
    )
    grade_all(attempts, versions, rows, now=now, seconds=seconds)
    return attempts


def grade_all(
    attempts: Sequence[QuizAttempt],
    versions: Sequence[QuestionVersion],
    rows: Iterable[Sequence[str | None]],
    *,
    number: int = 1,
    now: datetime = NOW,
    seconds: int | None = None,
) -> None:
    AttemptGrade.objects.bulk_create(
        [
            AttemptGrade(
                attempt=attempt,
                number=number,
                marks=[
                    [place, version.pk, mark, seconds]
                    for place, (version, mark) in enumerate(zip(versions, row, strict=True), start=1)
                    if mark is not None
                ],
                graded_at=now,
                **_score(row),
            )
            for attempt, row in zip(attempts, rows, strict=True)
        ],
        batch_size=1_000,
    )


def _score(row: Iterable[str | None]) -> dict[str, object]:
    given = [Fraction(mark) for mark in row if mark is not None]
    total, scaled = sum(given, Fraction()), sum(given, Fraction()) / len(given)
    return {
        "score_raw": Decimal(f"{float(total):.5f}"),
        "score_max": Decimal(len(given)),
        "score_scaled": Decimal(f"{float(scaled):.5f}"),
        "is_success": scaled >= Fraction(4, 5),
    }


def _right_and_wrong(version: QuestionVersion, text: QuestionVersionText) -> tuple[list[str], list[str]]:
    right = list(version.answer_key.content.right)
    return right, [option for option in text.content.option_ids if option not in right][:1]
