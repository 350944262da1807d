"""What an attempt freezes when it starts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from wagtail.models import Locale

from quizzes.domain.keys import KeyContent
from quizzes.domain.rules import Rules
from quizzes.models import AskedClause, Question, QuestionVersion, QuizAttempt
from quizzes.services import NothingToAsk, set_answer_key, start_attempt, submit_attempt
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import answer, begin, publish_question, publish_quiz, take
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.quizzes.services.editing import LATER, draft_of

pytestmark = pytest.mark.django_db


def test_start_attempt_freezes_what_is_asked() -> None:
    quiz, learner = publish_quiz(3), UserFactory()
    attempt = begin(learner, quiz)
    assert attempt.rules == {
        "title": "Quiz on reliability",
        "introduction": "Can they count on us?",
        "minutes": 12,
        **Rules(mastery_score=Decimal("0.800")).as_mapping(),
    }
    assert (attempt.started_at, attempt.submitted_at, attempt.seed) == (NOW, None, "7")
    assert [asked.version.question.import_key for asked in attempt.questions.all()] == [
        "question-1",
        "question-2",
        "question-3",
    ]
    assert [row.version.clause.code for row in AskedClause.objects.all()] == ["REL-1"] * 3


def test_start_attempt_orders_options_by_the_seed_alone() -> None:
    quiz = publish_quiz(3)
    one, same, other = (begin(UserFactory(), quiz, seed=seed) for seed in ("7", "7", "8"))
    orders = [list(attempt.questions.values_list("option_ids", flat=True)) for attempt in (one, same, other)]
    assert orders[0] == orders[1] != orders[2]
    assert [sorted(options) for options in orders[0]] == [sorted(options) for options in orders[2]]


def test_start_attempt_twice_gives_the_open_one() -> None:
    quiz, learner = publish_quiz(2), UserFactory()
    assert begin(learner, quiz).pk == begin(learner, quiz, seed="8").pk
    assert QuizAttempt.objects.get().seed == "7"


def test_start_attempt_after_handing_in_is_a_new_one() -> None:
    quiz, learner = publish_quiz(2), UserFactory()
    assert take(learner, quiz, right=0).pk != begin(learner, quiz).pk


def test_start_attempt_is_each_learners_own() -> None:
    quiz = publish_quiz(2)
    assert begin(UserFactory(), quiz).pk != begin(UserFactory(), quiz).pk


def test_start_attempt_leaves_out_unpublished_questions() -> None:
    quiz = publish_quiz(3)
    Question.objects.get(import_key="question-2").unpublish()
    attempt = begin(UserFactory(), quiz)
    assert [asked.version.question.import_key for asked in attempt.questions.all()] == ["question-1", "question-3"]


def test_start_attempt_asks_a_question_once_that_stands_in_the_quiz_twice() -> None:
    question = publish_question()
    assert begin(UserFactory(), publish_quiz([question, question])).questions.count() == 1


def test_start_attempt_with_nothing_to_ask_is_refused() -> None:
    quiz = publish_quiz(1)
    Question.objects.get().unpublish()
    with pytest.raises(NothingToAsk):
        begin(UserFactory(), quiz)


def test_start_attempt_asks_in_the_learners_language_where_there_is_one() -> None:
    quiz, malay = publish_quiz(2), Locale.objects.create(language_code="ms")
    first = QuestionVersion.objects.get(question__import_key="question-1")
    source = first.texts.get()
    translated = first.texts.create(
        locale=malay, text={**source.text, "stem": "Apa yang anda buat?"}, sha256="x" * 64, created_at=NOW
    )
    attempt = start_attempt(learner=UserFactory(), quiz=quiz, seed="7", now=NOW, locale=malay)
    assert [asked.text.locale for asked in attempt.questions.all()] == [malay, Locale.get_default()]
    assert attempt.questions.first().text == translated


def test_asked_clauses_are_those_in_force_at_the_start() -> None:
    chapter = publish_chapter("Reliability", ("REL-1",))
    quiz = publish_quiz(1)
    before = begin(UserFactory(), quiz)
    publish(edit_clause(chapter, "REL-1", reason="A new rule for it.", kind="substantive", statement="We do more."))
    after = begin(UserFactory(), quiz)
    numbers = [AskedClause.objects.get(asked__attempt=attempt).version.number for attempt in (before, after)]
    assert numbers == [1, 2]


def test_an_edited_question_leaves_a_running_attempt_alone() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    question = Question.objects.get()
    draft = draft_of(question)
    draft.stem = "Something else?"
    set_answer_key(question=draft, key=KeyContent.of({question.content.option_ids[1]}, {}, ""), now=LATER)
    draft.save_revision().publish()
    answer(attempt, 1)
    assert attempt.questions.get().text.content.stem == question.stem
    assert submit_attempt(learner=learner, attempt=attempt, now=LATER).is_success
    assert begin(learner, quiz).questions.get().text.content.stem == "Something else?"


def test_an_edited_or_unpublished_quiz_leaves_a_running_attempt_alone() -> None:
    quiz, learner = publish_quiz(2, mastery_score="0.5"), UserFactory()
    attempt = begin(learner, quiz)
    quiz.mastery_score, quiz.title = Decimal(1), "Harder"
    quiz.questions.set([quiz.questions.first()])
    quiz.save_revision().publish()
    quiz.unpublish()
    answer(attempt, 1)
    answer(attempt, 2, right=False)
    result = submit_attempt(learner=learner, attempt=attempt, now=NOW)
    assert (result.title, result.score_max, result.is_success) == ("Quiz on reliability", 2, True)
