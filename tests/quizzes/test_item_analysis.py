"""Item analysis, from handed-in attempts to figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from wagtail.models import Locale

from quizzes.domain.statistics.choosers import ChoiceVerdict
from quizzes.domain.statistics.items import Shown
from quizzes.domain.statistics.verdicts import Verdict
from quizzes.models import QuestionVersion, QuestionVersionText, Response
from quizzes.selectors.statistics import (
    ALL,
    Slice,
    analysed_quiz_unscoped,
    analysed_quizzes_unscoped,
    question_analysis_unscoped,
    understood_clauses_unscoped,
)
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import SINGLE, begin, publish_question, publish_questions, publish_quiz, take
from tests.factories.statistics import RIGHT, WRONG, grade_all, hand_in_all, people

pytestmark = pytest.mark.django_db

STRONG, WEAK = [RIGHT, RIGHT, WRONG], [WRONG, RIGHT, RIGHT]


def facilities(quiz_id: int, part: Slice = ALL) -> dict[int, float | None]:
    analysed = analysed_quiz_unscoped(quiz_id, part)
    assert analysed is not None
    return {one.question.pk: one.statistics.facility for one in analysed.questions}


def attempts_at(quiz_id: int, part: Slice) -> int:
    analysed = analysed_quiz_unscoped(quiz_id, part)
    assert analysed is not None
    return analysed.statistics.attempts


def test_analysis_of_attempts_that_learners_handed_in() -> None:
    quiz = publish_quiz(2)
    for number in range(5):
        take(UserFactory(), quiz, right=1 + number % 2)
    begin(UserFactory(), quiz)

    analysed = analysed_quiz_unscoped(quiz.pk)

    assert analysed is not None
    assert (analysed.statistics.attempts, analysed.statistics.facility) == (5, 0.7)
    assert sorted(one.statistics.facility or 0 for one in analysed.questions) == [0.4, 1.0]


def test_analysis_counts_first_attempts_only() -> None:
    questions = publish_questions(2)
    quiz, learners = publish_quiz(questions), people(5)
    hand_in_all(quiz, questions, [[RIGHT, WRONG]] * 5, learners=learners)
    hand_in_all(quiz, questions, [[WRONG, RIGHT]] * 5, learners=learners, now=NOW + timedelta(days=1))

    assert list(facilities(quiz.pk).values()) == [0, 1]
    assert facilities(quiz.pk)[questions[0].pk] == 1


def test_analysis_counts_the_last_grade_of_an_attempt() -> None:
    questions = publish_questions(2)
    quiz = publish_quiz(questions)
    attempts = hand_in_all(quiz, questions, [[WRONG, WRONG]] * 5)
    versions = [QuestionVersion.objects.get(question=one) for one in questions]
    grade_all(attempts, versions, [[RIGHT, "1/2"]] * 5, number=2)

    assert facilities(quiz.pk) == {questions[0].pk: 1, questions[1].pk: 0.5}


def test_analysis_of_a_period_looks_at_days_of_the_organisation() -> None:
    questions = publish_questions(1)
    quiz = publish_quiz(questions)
    # 17:00 UTC is one o’clock on the next day in Kuala Lumpur.
    hand_in_all(quiz, questions, [[RIGHT]] * 5, now=NOW.replace(day=1, hour=17))
    hand_in_all(quiz, questions, [[WRONG]] * 6, now=NOW.replace(day=3, hour=12))
    second, third = (date(NOW.year, NOW.month, day) for day in (2, 3))

    assert attempts_at(quiz.pk, Slice(first_on=second, last_on=second)) == 5
    assert attempts_at(quiz.pk, Slice(first_on=third)) == 6
    assert attempts_at(quiz.pk, Slice(last_on=third)) == 11
    assert attempts_at(quiz.pk, Slice(last_on=date(NOW.year, NOW.month, 1))) == 0
    of_question = question_analysis_unscoped(quiz.pk, questions[0].pk, Slice(first_on=third))
    assert of_question is not None
    assert of_question.choosers.attempts == 6


def test_analysis_of_a_language() -> None:
    questions = publish_questions(2)
    quiz, malay = publish_quiz(questions), Locale.objects.get_or_create(language_code="ms")[0]
    version = QuestionVersion.objects.get(question=questions[0])
    text = version.texts.get()
    QuestionVersionText.objects.create(
        version=version, locale=malay, text=text.text, sha256="ms", created_at=text.created_at
    )
    hand_in_all(quiz, questions, [[RIGHT, RIGHT]] * 5)
    hand_in_all(quiz, questions, [[WRONG, RIGHT]] * 6, locale=malay)

    assert [attempts_at(quiz.pk, Slice(language=code)) for code in ("en", "ms", "fil", "")] == [5, 6, 0, 11]


def test_analysis_pools_the_versions_of_a_question() -> None:
    question = publish_question()
    quiz = publish_quiz([question])
    hand_in_all(quiz, [question], [[RIGHT]] * 20 + [[WRONG]] * 10)
    question.stem = "A colleague promised her the kettle until Sunday. What do you do?"
    question.save_revision().publish()
    hand_in_all(quiz, [question], [[WRONG]] * 10)

    analysis = question_analysis_unscoped(quiz.pk, question.pk)

    assert analysis is not None
    assert (analysis.question.statistics.attempts, analysis.question.statistics.facility) == (40, 0.5)
    figures = [(one.version.number, one.statistics.attempts, one.statistics.facility) for one in analysis.versions]
    assert figures == [(1, 30, pytest.approx(2 / 3)), (2, 10, 0)]
    assert (analysis.version.number, analysis.choosers.attempts) == (1, 30)
    of_second = question_analysis_unscoped(quiz.pk, question.pk, number=2)
    assert of_second is not None
    assert (of_second.version.number, of_second.choosers.is_shown) == (2, False)


def test_analysis_finds_a_wrong_key_and_who_chose_what() -> None:
    questions = publish_questions(3)
    quiz = publish_quiz(questions)
    rows = [STRONG] * 13 + [[RIGHT, WRONG, WRONG]] * 7 + [WEAK] * 7 + [[WRONG, WRONG, RIGHT]] * 6
    attempts = hand_in_all(quiz, questions, rows)
    # The first changed their mind in time, the second too late.
    for attempt, is_late in zip(attempts, (False, True), strict=False):
        asked = attempt.questions.get(position=3)
        right = list(asked.version.answer_key.content.right)
        Response.objects.create(asked=asked, number=2, chosen=right, answered_at=NOW, is_late=is_late)

    analysed = analysed_quiz_unscoped(quiz.pk)
    analysis = question_analysis_unscoped(quiz.pk, questions[2].pk)

    assert analysed is not None
    assert analysis is not None
    assert analysed.to_check == 2
    assert analysed.questions[0].question.pk == questions[2].pk
    assert analysis.question.verdict is Verdict.KNOWERS_WRONG
    assert analysis.choosers.unanswered == 0
    by_verdict = {row.verdict: row for row in analysis.choosers.rows}
    assert by_verdict[ChoiceVerdict.BEST_PREFER_IT].everybody == 19
    assert by_verdict[ChoiceVerdict.NOBODY].possible.is_listed
    assert sum(row.everybody for row in analysis.choosers.rows) >= len(rows)


def test_analysis_of_few_says_nothing() -> None:
    questions = publish_questions(2)
    quiz = publish_quiz(questions)
    hand_in_all(quiz, questions, [[RIGHT, WRONG]] * 4)

    analysed = analysed_quiz_unscoped(quiz.pk)

    assert analysed is not None
    assert analysed.statistics.shown is Shown.NOTHING
    assert analysed.statistics.mean is None
    assert [one.statistics.facility for one in analysed.questions] == [None, None]
    assert understood_clauses_unscoped() == []


def test_analysis_of_what_was_never_asked() -> None:
    quiz, other = publish_quiz(1), publish_question("other")

    assert analysed_quiz_unscoped(quiz.pk + 1000) is None
    assert question_analysis_unscoped(quiz.pk + 1000, other.pk) is None
    assert question_analysis_unscoped(quiz.pk, other.pk + 1000) is None
    unasked = question_analysis_unscoped(quiz.pk, other.pk)
    assert unasked is not None
    assert (unasked.question.statistics.attempts, unasked.choosers.attempts) == (0, 0)


def test_understood_clauses_have_the_worst_first() -> None:
    promise = publish_question("promise", codes=["REL-1"])
    both = publish_question("both", codes=["REL-1", "REL-2"], options=SINGLE)
    quiz = publish_quiz([promise, both])
    hand_in_all(quiz, [promise, both], [[RIGHT, WRONG]] * 5 + [[RIGHT, None]] * 10)

    understood = understood_clauses_unscoped()

    assert [(one.clause.code, round(one.facility, 6), one.questions, one.answers) for one in understood] == [
        ("REL-2", 0, 1, 5),
        ("REL-1", 0.75, 2, 20),
    ]


def test_analysis_takes_as_many_queries_for_one_quiz_as_for_three(django_assert_num_queries: Callable) -> None:
    for number in range(1, 4):
        questions = [publish_question(f"{number}-{place}") for place in range(number)]
        quiz = publish_quiz(questions, slug=f"quiz-{number}")
        hand_in_all(quiz, questions, [[RIGHT] * number] * 5)
        if number in {1, 3}:
            with django_assert_num_queries(6):
                assert len(analysed_quizzes_unscoped()) == number
            with django_assert_num_queries(6):
                analysed_quiz_unscoped(quiz.pk)
            with django_assert_num_queries(9):
                question_analysis_unscoped(quiz.pk, questions[0].pk)
