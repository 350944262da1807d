from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from wagtail.models import Locale

from people.models import User
from quizzes.domain.answers import Given
from quizzes.domain.authoring import Authored, Choice
from quizzes.models import Question, QuizAttempt, QuizPage
from quizzes.selectors.attempts import open_attempt_for_learner
from quizzes.services import (
    create_question,
    create_quiz,
    create_quiz_index,
    save_response,
    start_attempt,
    submit_attempt,
)
from tests.factories.people import NOW
from tests.factories.standards import cite, home_page

SINGLE = (
    Choice("Keep it until Saturday.", True, "Right. The promise is the shop’s."),
    Choice("Sell it to the next customer.", False, "Not this one. She was told Saturday."),
    Choice("Keep it for a day.", False, "Kind, and still not what was promised."),
)
MULTIPLE = (
    Choice("Name the fee.", True, "Yes: she decides on the whole price."),
    Choice("Name the limit.", True, "Yes: a limit is a condition."),
    Choice("Name your target.", False, "That is ours, not hers."),
    Choice("Name nothing yet.", False, "Then she can’t decide."),
)


def publish_question(
    source_key: str = "rel-kettle",
    *,
    stem: str = "A colleague promised her the kettle until Saturday. What do you do?",
    kind: str = "single",
    options: Sequence[Choice] = SINGLE,
    feedback: str = "What one of us promised, all of us keep.",
    codes: Sequence[str] = ("REL-1",),
    by: User | None = None,
    now: datetime = NOW,
) -> Question:
    return create_question(
        source_key=source_key,
        authored=Authored(kind=kind, stem=stem, general=feedback, choices=tuple(options)),
        clause_ids=cite(*codes),
        locale=Locale.get_default(),
        by=by,
        now=now,
    )


def publish_questions(count: int) -> list[Question]:
    """Published questions, every third a multiple choice."""
    return [
        publish_question(
            f"question-{number}",
            stem=f"It is case {number}. What do you do?",
            kind="single" if number % 3 else "multiple",
            options=SINGLE if number % 3 else MULTIPLE,
        )
        for number in range(1, count + 1)
    ]


def publish_quiz(
    questions: Collection[Question] | int = 3,
    *,
    slug: str = "reliability",
    mastery_score: str = "0.8",
    now: datetime = NOW,
) -> QuizPage:
    return create_quiz(
        parent=create_quiz_index(parent=home_page(), title="Quizzes", by=None, now=now),
        title=f"Quiz on {slug}",
        slug=slug,
        introduction="Can they count on us?",
        minutes=12,
        mastery_score=Decimal(mastery_score),
        questions=publish_questions(questions) if isinstance(questions, int) else questions,
        by=None,
        now=now,
    )


def say(values: Iterable[str]) -> tuple[Given, ...]:
    """An answer of options or words, to a question that asks one thing."""
    return tuple(Given(value) for value in values)


def right_options(attempt: QuizAttempt, position: int) -> list[str]:
    return list(attempt.questions.get(position=position).version.answer_key.content.right)


def wrong_options(attempt: QuizAttempt, position: int) -> list[str]:
    """One option that is not right."""
    right = right_options(attempt, position)
    return [option for option in attempt.questions.get(position=position).option_ids if option not in right][:1]


def begin(learner: User, quiz: QuizPage, *, now: datetime = NOW, seed: str = "7") -> QuizAttempt:
    return start_attempt(learner=learner, quiz=quiz, seed=seed, now=now)


def answer(attempt: QuizAttempt, position: int, *, right: bool = True, now: datetime = NOW) -> None:
    chosen = right_options(attempt, position) if right else wrong_options(attempt, position)
    save_response(learner=attempt.learner, attempt=attempt, position=position, answer=say(chosen), now=now)


def take(learner: User, quiz: QuizPage, *, right: int, now: datetime = NOW) -> QuizAttempt:
    """A handed-in attempt with this many right answers, the others wrong."""
    attempt = begin(learner, quiz, now=now)
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    for question in running.questions:
        answer(attempt, question.position, right=question.position <= right, now=now)
    return submit_attempt(learner=learner, attempt=attempt, now=now)


def ruled(quiz: QuizPage, **rules: Any) -> QuizPage:
    """The quiz with these fields changed and published."""
    for field, value in rules.items():
        setattr(quiz, field, value)
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)
