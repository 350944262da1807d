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
    rows = list(marks)
    versions = newest_versions(questions)
    attempts = attempt_all(quiz, learners or people(len(rows)), rows, now=now)
    for place, version in enumerate(versions):
        answer_all(attempts, place, version, [row[place] for row in rows], now=now, locale=locale)
    grade_all(attempts, versions, rows, now=now, seconds=seconds)
    return attempts


def newest_versions(questions: Iterable[Question]) -> list[QuestionVersion]:
    return [QuestionVersion.objects.filter(question=one).latest("number") for one in questions]


def attempt_all(
    quiz: QuizPage, learners: Iterable[User], rows: Iterable[Sequence[str | None]], *, now: datetime = NOW
) -> list[QuizAttempt]:
    """Handed in with these marks, without questions and answers yet."""
    rules = {"title": quiz.title, "mastery_score": "0.8"}
    return QuizAttempt.objects.bulk_create(
        [
            QuizAttempt(
                learner=learner,
                quiz=quiz,
                rules=rules,
                seed="7",
                started_at=now - timedelta(minutes=5),
                submitted_at=now,
                **_score(row),
            )
            for learner, row in zip(learners, rows, strict=True)
        ],
        batch_size=2_000,
    )


def answer_all(
    attempts: Sequence[QuizAttempt],
    place: int,
    version: QuestionVersion,
    marks: Sequence[str | None],
    *,
    now: datetime = NOW,
    locale: Locale | None = None,
) -> None:
    """One question of all these attempts, and the answers to it."""
    text = QuestionVersionText.objects.best_for([version.pk], locale or Locale.get_default())[version.pk]
    options, right = list(text.content.option_ids), list(version.answer_key.content.right)
    wrong = [option for option in options if option not in right][:1]
    had = [(attempt, mark) for attempt, mark in zip(attempts, marks, strict=True) if mark is not None]
    asked = AttemptQuestion.objects.bulk_create(
        [
            AttemptQuestion(attempt=attempt, position=place + 1, version=version, text=text, option_ids=options)
            for attempt, _mark in had
        ],
        batch_size=5_000,
    )
    Response.objects.bulk_create(
        [
            Response(asked=one, number=1, chosen=right if mark == RIGHT else wrong, answered_at=now)
            for one, (_attempt, mark) in zip(asked, had, strict=True)
        ],
        batch_size=5_000,
    )


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
    total = sum(given, Fraction())
    return {
        "score_raw": Decimal(f"{float(total):.5f}"),
        "score_max": Decimal(len(given)),
        "score_scaled": Decimal(f"{float(total / len(given)):.5f}"),
        "is_success": total / len(given) >= Fraction(4, 5),
    }
