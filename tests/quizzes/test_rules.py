"""Attempts by the rules of their quiz: starting, the clock, certainty, going forward, sections and draws."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.models import Locale

from core.models import PublicationRefused
from people.models import User
from quizzes.domain.rules import GRACE, LATE_IS_KEPT, Refusal
from quizzes.enums import QuizState
from quizzes.models import AttemptGrade, AttemptQuestion, QuizAttempt, QuizPage, QuizQuestion, Response
from quizzes.selectors.attempts import open_attempt_for_learner, passing_attempt_unscoped, quiz_summaries_for_learner
from quizzes.selectors.feedback import FeedbackWithheld, release_answered, release_feedback
from quizzes.selectors.questions import introduction_for_learner
from quizzes.services import (
    AnswerIsFinal,
    AttemptClosed,
    CertaintyMissing,
    MayNotStart,
    pass_questions,
    save_response,
    submit_attempt,
    submit_overdue_attempts,
)
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import (
    answer,
    begin,
    publish_question,
    publish_questions,
    publish_quiz,
    right_options,
    ruled,
    say,
    take,
    wrong_options,
)

pytestmark = pytest.mark.django_db
MINUTE, HOUR, TICK = timedelta(minutes=1), timedelta(hours=1), timedelta(microseconds=1)


def source() -> Locale:
    return Locale.get_default()


def send(attempt: QuizAttempt, position: int, *, at: datetime, right: bool = True, **fields: Any) -> Response:
    chosen = right_options(attempt, position) if right else wrong_options(attempt, position)
    return save_response(
        learner=attempt.learner, attempt=attempt, position=position, answer=say(chosen), now=at, **fields
    )


def test_attempts_allowed_and_the_pause_between_them() -> None:
    quiz, learner = ruled(publish_quiz(1), attempts_allowed=2, pause_hours=3), UserFactory()
    take(learner, quiz, right=0)
    with pytest.raises(MayNotStart) as refused:
        begin(learner, quiz, now=NOW + 3 * HOUR - TICK)
    assert (refused.value.start.refusal, refused.value.start.at) == (Refusal.PAUSE, NOW + 3 * HOUR)
    take(learner, quiz, right=0, now=NOW + 3 * HOUR)
    with pytest.raises(MayNotStart) as refused:
        begin(learner, quiz, now=NOW + 99 * HOUR)
    assert refused.value.start.refusal == Refusal.NONE_LEFT
    begin(UserFactory(), quiz)


def test_changed_rules_leave_a_running_attempt_alone() -> None:
    quiz, learner = ruled(publish_quiz(1), time_limit=30), UserFactory()
    attempt = begin(learner, quiz)
    ruled(quiz, time_limit=1, attempts_allowed=1, is_certainty_based=True, closes_at=NOW + MINUTE)
    assert begin(learner, quiz, now=NOW + 5 * MINUTE) == attempt
    send(attempt, 1, at=NOW + 20 * MINUTE)
    assert submit_attempt(learner=learner, attempt=attempt, now=NOW + 25 * MINUTE).score_raw == 1


def test_the_limit_with_extra_time_ends_when_the_quiz_closes() -> None:
    quiz = ruled(publish_quiz(1), time_limit=30, closes_at=NOW + 2 * HOUR)
    due = [begin(UserFactory(extra_time=extra), quiz).due_at for extra in (0, 50)]
    due.append(begin(UserFactory(extra_time=50), quiz, now=NOW + 90 * MINUTE).due_at)
    assert due == [NOW + 30 * MINUTE, NOW + 45 * MINUTE, NOW + 2 * HOUR]


def test_an_answer_within_the_grace_counts_and_a_later_one_is_kept_and_does_not() -> None:
    learner = UserFactory()
    attempt = begin(learner, ruled(publish_quiz(3), time_limit=30))
    end = NOW + 30 * MINUTE
    send(attempt, 1, at=end + GRACE)
    late = send(attempt, 2, at=end + GRACE + TICK)
    again = send(attempt, 2, at=end + HOUR)
    attempt.refresh_from_db()
    assert (late.is_late, again) == (True, late)
    assert (attempt.is_closed_by_clock, attempt.submitted_at, attempt.score_raw) == (True, end, 1)
    feedback = release_feedback(learner, attempt, source(), end + HOUR)
    assert [question.outcome for question in feedback.questions] == ["right", "unanswered", "unanswered"]
    send(attempt, 1, right=False, at=end + LATE_IS_KEPT)
    assert AttemptGrade.objects.get().score_raw == 1
    with pytest.raises(AttemptClosed):
        send(attempt, 3, at=end + LATE_IS_KEPT + TICK)


def test_nothing_is_kept_late_of_what_was_handed_in_by_hand() -> None:
    attempt = begin(UserFactory(), ruled(publish_quiz(1), time_limit=30))
    submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW + MINUTE)
    with pytest.raises(AttemptClosed):
        send(attempt, 1, at=NOW + HOUR)


def test_the_clock_hands_in_what_is_overdue_once() -> None:
    quiz, learner = ruled(publish_quiz(2), time_limit=30), UserFactory()
    attempt = begin(learner, quiz)
    answer(attempt, 1)
    begin(UserFactory(), ruled(publish_quiz(1, slug="free")))
    end = NOW + 30 * MINUTE
    counts = [submit_overdue_attempts(now=at) for at in (end + GRACE, end + GRACE + TICK, end + HOUR)]
    attempt.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (attempt.is_closed_by_clock, attempt.submitted_at, attempt.score_raw) == (True, end, 1)


def test_run_due_hands_in(capsys: pytest.CaptureFixture[str]) -> None:
    attempt = begin(UserFactory(), ruled(publish_quiz(1), time_limit=1), now=NOW - timedelta(days=9999))
    call_command("run_due")
    attempt.refresh_from_db()
    assert "Quizzes handed in by the clock: 1" in capsys.readouterr().out
    assert attempt.is_closed_by_clock


def test_handing_in_or_starting_after_the_end_closes_by_the_clock() -> None:
    quiz, learner = ruled(publish_quiz(1), time_limit=30), UserFactory()
    first = begin(learner, quiz)
    second = begin(learner, quiz, now=NOW + HOUR)
    assert first != second
    third = submit_attempt(learner=learner, attempt=second, now=NOW + 2 * HOUR)
    assert [attempt.is_closed_by_clock for attempt in (QuizAttempt.objects.get(pk=first.pk), third)] == [True, True]


def test_certainty_is_asked_kept_and_counted() -> None:
    attempt = begin(UserFactory(), ruled(publish_quiz(3), is_certainty_based=True))
    with pytest.raises(CertaintyMissing):
        send(attempt, 1, at=NOW)
    with pytest.raises(ValueError):
        send(attempt, 1, at=NOW, certainty=4)
    send(attempt, 1, at=NOW, certainty=3)
    send(attempt, 2, at=NOW, certainty=1)
    assert send(attempt, 2, at=NOW, certainty=2).number == 2
    send(attempt, 3, right=False, at=NOW, certainty=1)
    result = submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    assert result.score_raw == Decimal("1.66666")
    assert [row[2] for row in result.grades.get().marks] == ["1", "1", "0"]
    feedback = release_feedback(attempt.learner, result, source())
    assert [question.certainty for question in feedback.questions] == [3, 2, 1]


def test_certainty_is_not_kept_where_nobody_asks() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    assert send(attempt, 1, at=NOW, certainty=3).certainty is None


def test_forward_only_refuses_answers_to_what_lies_behind() -> None:
    attempt = begin(UserFactory(), ruled(publish_quiz(3), navigation="forward"))
    kept = send(attempt, 1, at=NOW)
    for _ in range(2):
        pass_questions(learner=attempt.learner, attempt=attempt, up_to=1, now=NOW)
    pass_questions(learner=attempt.learner, attempt=attempt, up_to=0, now=NOW)
    with pytest.raises(AnswerIsFinal):
        send(attempt, 1, right=False, at=NOW)
    assert send(attempt, 1, at=NOW) == kept
    running = open_attempt_for_learner(attempt.learner, attempt.quiz.slug)
    assert running is not None
    assert running.next == 2
    submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    with pytest.raises(AttemptClosed):
        pass_questions(learner=attempt.learner, attempt=attempt, up_to=2, now=NOW)


def test_feedback_at_once_makes_the_answer_final_and_shows_only_what_is_answered() -> None:
    learner = UserFactory()
    attempt = begin(learner, ruled(publish_quiz(2), feedback="at_once"))
    send(attempt, 1, right=False, at=NOW)
    with pytest.raises(AnswerIsFinal):
        send(attempt, 1, at=NOW)
    assert list(release_answered(learner, attempt, [1, 2], source())) == [1]
    for viewer, other in ((UserFactory(), attempt), (learner, begin(learner, publish_quiz(1, slug="at-end")))):
        with pytest.raises(FeedbackWithheld):
            release_answered(viewer, other, [1], source())


def test_feedback_after_closing_gives_the_score_and_nothing_else_before() -> None:
    closing = NOW + HOUR
    learner, quiz = UserFactory(), ruled(publish_quiz(2), feedback="after_closing", closes_at=NOW + HOUR)
    attempt = take(learner, quiz, right=1)
    before = release_feedback(learner, attempt, source(), NOW)
    after = release_feedback(learner, attempt, source(), closing + GRACE)
    assert (before.percent, before.questions, before.feedback_at) == (50, (), closing + GRACE)
    assert (len(after.questions), after.feedback_at) == (2, None)
    ruled(quiz, closes_at=NOW + 3 * HOUR)
    attempt = QuizAttempt.objects.get()
    assert release_feedback(learner, attempt, source(), closing + GRACE).questions == ()
    assert release_feedback(learner, attempt, source()).questions == ()


@pytest.mark.parametrize(
    ("method", "state", "percent"), [("best", "passed", 100), ("first", "failed", 0), ("last", "failed", 0)]
)
def test_score_method_says_which_attempt_counts(method: str, state: str, percent: int) -> None:
    quiz, learner = ruled(publish_quiz(1), score_method=method), UserFactory()
    for hour, right in enumerate((0, 1, 0)):
        take(learner, quiz, right=right, now=NOW + hour * HOUR)
    summary = quiz_summaries_for_learner(learner, [quiz])[quiz.pk]
    assert summary.result is not None
    assert (summary.state, summary.result.share * 100) == (QuizState(state), percent)
    assert (passing_attempt_unscoped(learner, quiz) is not None) is (state == "passed")


def test_an_average_is_exact_and_names_a_passed_attempt() -> None:
    quiz = ruled(publish_quiz(3, mastery_score="0.5"), score_method="average")
    learner = UserFactory()
    take(learner, quiz, right=1)
    second = take(learner, quiz, right=2, now=NOW + HOUR)
    assert quiz_summaries_for_learner(learner, [quiz])[quiz.pk].state == QuizState.PASSED
    assert passing_attempt_unscoped(learner, quiz) == second
    assert passing_attempt_unscoped(learner, quiz, since=NOW + 2 * HOUR) is None
    result = release_feedback(learner, second, source(), NOW + HOUR)
    assert (result.quiz_percent, result.percent) == (50, 66)


def place(quiz: QuizPage, *rows: QuizQuestion) -> QuizPage:
    for order, row in enumerate(rows):
        row.sort_order = order
        row.clean()
    quiz.questions.set(rows)
    return ruled(quiz)


def asked(attempt: QuizAttempt) -> list[tuple[str, str]]:
    rows = AttemptQuestion.objects.filter(attempt=attempt).order_by("position")
    return list(rows.values_list("section", "version__question__import_key"))


def test_sections_of_fixed_and_drawn_questions() -> None:
    one, two, *_ = publish_questions(4)
    publish_question("tim-1", codes=["TIM-1"])
    quiz = place(
        publish_quiz([one]),
        QuizQuestion(question=one),
        QuizQuestion(section="Promises", draw_count=2, draw_codes="rel-1, tim-1 ,"),
        QuizQuestion(question=two),
    )
    first, second, third = (begin(learner, quiz, seed=learner.email) for learner in UserFactory.create_batch(3))
    for attempt in (first, second, third):
        found = asked(attempt)
        assert [section for section, _ in found] == ["", "Promises", "Promises", "Promises"]
        assert (found[0][1], found[3][1]) == ("question-1", "question-2")
        assert len({key for _, key in found}) == 4
    assert introduction_for_learner(UserFactory(), quiz, NOW).question_count == 4


def test_draws_begin_with_what_the_learner_has_not_met() -> None:
    one, *_ = publish_questions(5)
    learner = UserFactory()
    quiz = place(publish_quiz([one]), QuizQuestion(draw_count=2, draw_codes="REL-1"))
    met = []
    for hour in range(2):
        met += asked(take(learner, quiz, right=0, now=NOW + hour * HOUR))
    assert len(set(met)) == 4
    last = begin(learner, quiz, now=NOW + 3 * HOUR)
    assert len(set(met) | set(asked(last))) == 5


def test_questions_are_shuffled_within_their_section() -> None:
    one, two, three, four = publish_questions(4)
    quiz = place(
        publish_quiz([one]),
        QuizQuestion(question=one),
        QuizQuestion(question=two),
        QuizQuestion(section="Then", question=three),
        QuizQuestion(question=four),
    )
    quiz = ruled(quiz, shuffles_questions=True)
    orders = {tuple(key for _, key in asked(begin(UserFactory(), quiz, seed=seed))) for seed in "abcdefghijklmnop"}
    assert {order[:2] for order in orders} == set(permutations(("question-1", "question-2")))
    assert {order[2:] for order in orders} == set(permutations(("question-3", "question-4")))


def test_answers_stay_in_the_order_of_their_author_where_the_quiz_says_so() -> None:
    quiz = ruled(publish_quiz(1), shuffles_answers=False)
    for seed in "abc":
        row = begin(UserFactory(), quiz, seed=seed).questions.get()
        assert tuple(row.option_ids) == row.text.content.option_ids


def test_a_draw_that_finds_too_few_is_not_published_and_asks_all_there_are() -> None:
    one, *_ = publish_questions(2)
    quiz = publish_quiz([one])
    quiz.questions.set([QuizQuestion(draw_count=3, draw_codes="REL-1")])
    with pytest.raises(PublicationRefused, match="finds only 2 published questions"):
        quiz.save_revision().publish()
    QuizQuestion.objects.update(question=None, draw_count=3, draw_codes="REL-1")
    assert len(asked(begin(UserFactory(), quiz))) == 2


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "question"),
        ({"draw_codes": "REL-1"}, "draw_count"),
        ({"draw_count": 2}, "draw_chapter"),
        ({"draw_count": 2, "draw_codes": "REL-1, NO-7"}, "draw_codes"),
        ({"draw_count": 2, "draw_tag": "nobody"}, "draw_tag"),
    ],
)
def test_a_row_says_what_is_missing(fields: dict[str, Any], wrong: str) -> None:
    publish_question()
    with pytest.raises(ValidationError) as refused:
        QuizQuestion(**fields).clean()
    assert wrong in refused.value.message_dict


def test_a_row_is_a_question_or_a_draw() -> None:
    with pytest.raises(ValidationError, match="leave the other empty"):
        QuizQuestion(question=publish_question(), draw_count=2).clean()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"feedback": "after_closing"}, "Say when the quiz closes"),
        ({"opens_at": NOW, "closes_at": NOW}, "closes before it opens"),
    ],
)
def test_rules_that_contradict_each_other_say_what_to_do(fields: dict[str, Any], said: str) -> None:
    quiz = publish_quiz(1)
    for field, value in fields.items():
        setattr(quiz, field, value)
    with pytest.raises(ValidationError, match=said):
        quiz.full_clean()


def test_extra_time_is_at_most_double_again() -> None:
    with pytest.raises(ValidationError):
        User(email="a@example.com", name="A", extra_time=201).full_clean(exclude=["password"])
