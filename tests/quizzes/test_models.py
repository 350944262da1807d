"""Facts stay as they are, on every database; pages and rows hold together."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from core.models import FactError
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptQuestion,
    Question,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
    QuizAttempt,
    QuizIndexPage,
    Response,
)
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import begin, publish_question, publish_quiz, take

pytestmark = pytest.mark.django_db
FACTS = [
    AnswerKey,
    AskedClause,
    AttemptQuestion,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
    QuizAttempt,
    Response,
]


@pytest.mark.parametrize("model", FACTS)
def test_a_fact_cannot_be_changed_or_deleted(model: Any) -> None:
    take(UserFactory(), publish_quiz(1), right=1)
    fact = model.objects.first()
    for write in (fact.save, fact.delete, model.objects.all().delete, lambda: model.objects.update(pk=fact.pk)):
        with pytest.raises(FactError):
            write()


@pytest.mark.parametrize("model", FACTS)
def test_the_database_itself_refuses_to_change_a_fact(model: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such triggers.")
    take(UserFactory(), publish_quiz(1), right=1)
    plain = QuerySet(model)
    for write in (lambda: plain.update(id=F("id")), lambda: plain._raw_delete(plain.db)):
        with pytest.raises(DatabaseError, match="are facts"), transaction.atomic():
            write()


def test_an_open_attempt_is_not_yet_a_fact() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    attempt.seed = "9"
    attempt.save()
    assert QuizAttempt.objects.get().seed == "9"


def test_two_open_attempts_of_one_learner_at_one_quiz_are_impossible() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizAttempt.objects.create(learner=attempt.learner, quiz=attempt.quiz, rules={}, seed="8", started_at=NOW)


def test_a_handed_in_attempt_without_a_grade_is_impossible() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    attempt.submitted_at = NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save()


def test_a_question_shows_its_beginning() -> None:
    question = publish_question(stem=f"{'A long case. ' * 20}What do you do?")
    assert str(question).startswith("A long case.")
    assert len(str(question)) == 80


def test_a_stored_option_has_no_place_for_a_key() -> None:
    block = Question._meta.get_field("options").stream_block
    key = {"is_right": True, "feedback": "canary", "order": "canary"}
    stream = block.to_python([{"type": "option", "id": "a", "value": {"text": "Keep it", **key}}])
    assert "canary" not in str(block.get_prep_value(stream))
    assert "canary" not in str(block.get_api_representation(stream))
    assert block.get_searchable_content(stream) == []


def test_the_quizzes_page_leads_learners_to_their_training() -> None:
    publish_quiz(1)
    client = Client()
    client.force_login(UserFactory())
    assert client.get("/quizzes/").url == reverse("my_training")


def test_a_quiz_that_was_taken_cannot_be_deleted() -> None:
    quiz, editor = publish_quiz(1), UserFactory(is_superuser=True)
    index = QuizIndexPage.objects.get()
    assert quiz.permissions_for_user(editor).can_delete()
    begin(UserFactory(), quiz)
    assert not quiz.permissions_for_user(editor).can_delete()
    assert not index.permissions_for_user(editor).can_delete()
    assert quiz.permissions_for_user(editor).can_unpublish()


def test_a_quiz_knows_its_learner_address() -> None:
    quiz = publish_quiz(1)
    assert (quiz.get_learner_url(), quiz.pass_percent) == ("/quizzes/reliability/", 80)
    assert str(quiz.questions.get()) == str(Question.objects.get())
    assert str(Question.objects.get().question_clauses.get()) == "REL-1"
    assert str(QuestionVersionClause.objects.get())
