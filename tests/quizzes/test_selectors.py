"""Reads of quizzes and attempts, and the one way from a key to a learner."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale

from quizzes.enums import Outcome, QuizState
from quizzes.models import Question, QuestionVersion, QuizAttempt
from quizzes.selectors.attempts import last_result_for_learner, open_attempt_for_learner, quiz_summaries_for_learner
from quizzes.selectors.feedback import FeedbackWithheld, release_feedback
from quizzes.selectors.questions import (
    clause_uses,
    introduction_for_learner,
    questions_to_ask_unscoped,
    quiz_for_viewer,
    quizzes_unscoped,
)
from quizzes.services import save_response, submit_attempt
from standards.contributions import clause_uses as all_clause_uses
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import (
    MULTIPLE,
    SINGLE,
    answer,
    begin,
    publish_question,
    publish_quiz,
    right_options,
    say,
    take,
)
from tests.factories.standards import cite, edit_clause, publish, publish_chapter

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def source() -> Locale:
    return Locale.get_default()


def test_quizzes_unscoped_are_published_ones_in_page_order() -> None:
    first, second, withdrawn = (publish_quiz(1, slug=slug) for slug in ("one", "two", "three"))
    withdrawn.unpublish()
    assert list(quizzes_unscoped()) == [first, second]


def test_quiz_for_viewer_is_published() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    assert quiz_for_viewer(learner, "reliability") == quiz
    quiz.unpublish()
    assert quiz_for_viewer(learner, "reliability") is None


def test_open_attempt_is_there_whatever_became_of_the_quiz() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    quiz.unpublish()
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert running.attempt == attempt
    assert open_attempt_for_learner(UserFactory(), quiz.slug) is None


def test_quiz_for_viewer_is_for_active_accounts() -> None:
    publish_quiz(1)
    assert quiz_for_viewer(UserFactory(is_active=False), "reliability") is None


def test_question_count_leaves_out_what_is_not_published() -> None:
    quiz = publish_quiz(3)
    Question.objects.first().unpublish()
    assert introduction_for_learner(UserFactory(), quiz, NOW).question_count == 2


@pytest.mark.parametrize("count", [1, 3])
def test_questions_to_ask_query_count(django_assert_num_queries: Any, count: int) -> None:
    quiz, locale, learner = publish_quiz(count), source(), UserFactory()
    with django_assert_num_queries(5):
        assert len(questions_to_ask_unscoped(quiz, locale, learner, "7")) == count


def test_open_attempt_for_learner_is_none_without_one() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    take(learner, quiz, right=1)
    assert open_attempt_for_learner(learner, quiz.slug) is None


def test_open_attempt_shows_options_in_the_order_of_the_attempt() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert [option.id for option in running.questions[0].options] == attempt.questions.get().option_ids
    assert (running.questions[0].situation, running.questions[0].asked) == ("It is case 1.", "What do you do?")


def test_open_attempt_says_what_is_unanswered() -> None:
    quiz, learner = publish_quiz(3), UserFactory()
    attempt = begin(learner, quiz)
    answer(attempt, 2)
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert running.unanswered == [1, 3]
    assert [running.next_unanswered(after) for after in (0, 1, 3)] == [1, 3, None]


def test_open_attempt_holds_no_key() -> None:
    quiz, learner = publish_quiz(3), UserFactory()
    begin(learner, quiz)
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    held = repr([dataclasses.asdict(question) for question in running.questions])
    for option in (*SINGLE, *MULTIPLE):
        assert option.feedback not in held
    assert all("answer_key" not in vars(asked.version) for asked in running.attempt.questions.select_related("version"))


def test_release_feedback_is_withheld_before_handing_in() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    answer(attempt, 1)
    with pytest.raises(FeedbackWithheld):
        release_feedback(learner, attempt, source())


def test_release_feedback_is_withheld_from_everybody_else() -> None:
    attempt = take(UserFactory(), publish_quiz(1), right=1)
    for viewer in (UserFactory(), UserFactory(is_superuser=True)):
        with pytest.raises(FeedbackWithheld):
            release_feedback(viewer, attempt, source())


def test_release_feedback_gives_marks_feedback_and_clauses() -> None:
    questions = [
        publish_question(),
        publish_question("multi", kind="multiple", options=MULTIPLE, codes=("REL-1", "REL-2")),
    ]
    learner = UserFactory()
    attempt = begin(learner, publish_quiz(questions))
    answer(attempt, 1)
    save_response(learner=learner, attempt=attempt, position=2, answer=say(right_options(attempt, 2)[:1]), now=NOW)
    feedback = release_feedback(learner, submit_attempt(learner=learner, attempt=attempt, now=NOW), source())
    single, multiple = feedback.questions
    assert (single.outcome, multiple.outcome) == (Outcome.RIGHT, Outcome.PARTLY)
    assert (feedback.percent, feedback.pass_percent, feedback.number) == (75, 80, 1)
    assert {option.text: option.feedback for option in single.options} == {o.text: o.feedback for o in SINGLE}
    assert [option.text for option in single.options if option.is_right and option.is_chosen] == [SINGLE[0].text]
    assert [clause.code for clause in multiple.clauses] == ["REL-1", "REL-2"]
    assert [clause.code for clause in feedback.clauses_to_read] == ["REL-1", "REL-2"]
    assert (feedback.right, feedback.to_look_at, feedback.partly) == ([single], [multiple], [multiple])


def test_release_feedback_shows_the_clause_as_it_was_asked() -> None:
    chapter, learner = publish_chapter("Reliability", ("REL-1",)), UserFactory()
    attempt = take(learner, publish_quiz(1), right=1)
    assert release_feedback(learner, attempt, source()).questions[0].clauses[0].is_in_force
    publish(edit_clause(chapter, "REL-1", reason="A new rule for it.", kind="substantive", statement="We do more."))
    clause = release_feedback(learner, attempt, source()).questions[0].clauses[0]
    assert (clause.number, clause.content.statement, clause.is_in_force) == (1, "We do what REL-1 says.", False)


def test_release_feedback_counts_attempts() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    take(learner, quiz, right=0)
    second = take(learner, quiz, right=1, now=LATER)
    assert release_feedback(learner, second, source()).number == 2


def test_score_is_cut_to_whole_per_cent() -> None:
    learner = UserFactory()
    attempt = take(learner, publish_quiz(3), right=2)
    feedback = release_feedback(learner, attempt, source())
    assert (feedback.percent, feedback.score_x, feedback.pass_x) == (66, 264, 320)
    assert (feedback.score_anchor, feedback.pass_anchor) == ("middle", "middle")


@pytest.mark.parametrize(("right", "anchor"), [(0, "start"), (1, "end")])
def test_score_label_stays_on_the_scale(right: int, anchor: str) -> None:
    learner = UserFactory()
    attempt = take(learner, publish_quiz(1), right=right)
    assert release_feedback(learner, attempt, source()).score_anchor == anchor


@pytest.mark.parametrize("count", [1, 3])
def test_release_feedback_query_count(django_assert_num_queries: Any, count: int) -> None:
    learner = UserFactory()
    take(learner, publish_quiz(count), right=0)
    attempt = QuizAttempt.objects.select_related("quiz").get()
    with django_assert_num_queries(7):
        release_feedback(learner, attempt, source())


def test_quiz_summaries_follow_the_attempts() -> None:
    quiz, learner = publish_quiz(2, mastery_score="0.5"), UserFactory()
    states = [quiz_summaries_for_learner(learner, [quiz])[quiz.pk]]
    begin(learner, quiz)
    states.append(quiz_summaries_for_learner(learner, [quiz])[quiz.pk])
    take(learner, quiz, right=0)
    states.append(quiz_summaries_for_learner(learner, [quiz])[quiz.pk])
    take(learner, quiz, right=1, now=LATER)
    take(learner, quiz, right=0, now=LATER + timedelta(hours=1))
    states.append(quiz_summaries_for_learner(learner, [quiz])[quiz.pk])
    assert [summary.state for summary in states] == [QuizState.NONE, QuizState.OPEN, QuizState.FAILED, QuizState.PASSED]
    assert [summary.attempts for summary in states] == [0, 0, 1, 3]
    passed = states[-1]
    assert (passed.best, passed.passed_at) == (Decimal("0.5"), LATER)
    assert passed.at == LATER + timedelta(hours=1)
    assert (states[0].best, states[0].at) == (None, None)


def test_quiz_summary_of_a_retake_is_open() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    take(learner, quiz, right=1)
    begin(learner, quiz)
    summary = quiz_summaries_for_learner(learner, [quiz])[quiz.pk]
    assert (summary.state, summary.passed_at) == (QuizState.OPEN, NOW)


def test_quiz_summaries_are_the_learners_own_in_one_query(django_assert_num_queries: Any) -> None:
    quizzes = [publish_quiz(1, slug=slug) for slug in ("one", "two", "three")]
    take(UserFactory(), quizzes[0], right=1)
    learner = UserFactory()
    with django_assert_num_queries(1):
        summaries = quiz_summaries_for_learner(learner, quizzes)
    assert {summary.state for summary in summaries.values()} == {QuizState.NONE}


def test_last_result_for_learner() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    assert last_result_for_learner(learner, quiz.slug) is None
    take(learner, quiz, right=0)
    second = take(learner, quiz, right=1, now=LATER)
    begin(learner, quiz)
    assert last_result_for_learner(learner, quiz.slug) == second


def test_clause_uses_name_published_questions() -> None:
    question, draft = publish_question("one", codes=("REL-1", "REL-2")), publish_question("two", codes=("REL-2",))
    draft.unpublish()
    first, second = cite("REL-1", "REL-2")
    assert [(use.clause_id, use.label) for use in clause_uses([first, second])] == [
        (first, str(question)),
        (second, str(question)),
    ]
    use = all_clause_uses([first])[first][0]
    assert (str(use.kind), use.edit_url) == (
        "Question",
        reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_clause_uses_query_count(django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        publish_question(f"question-{number}")
    clauses = cite("REL-1")
    with django_assert_num_queries(1):
        assert len(clause_uses(clauses)) == count


def test_versions_are_kept_in_order() -> None:
    question = publish_question()
    question.stem = "What now?"
    question.save_revision().publish()
    assert list(QuestionVersion.objects.values_list("number", flat=True)) == [1, 2]
