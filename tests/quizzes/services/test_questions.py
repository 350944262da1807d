"""Questions and their versions, quizzes and their index."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale

from quizzes.domain.authoring import Choice
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import Fault
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptQuestion,
    Question,
    QuestionVersion,
    QuizIndexPage,
    QuizPage,
    Response,
)
from quizzes.services import QuestionUnfinished, publish_question_version, set_answer_key
from standards.models import Clause
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import SINGLE, answer, begin, cite, publish_question, publish_quiz
from tests.factories.standards import home_page
from tests.quizzes.services.editing import LATER, draft_of, edited

pytestmark = pytest.mark.django_db


def test_create_question_publishes_it_with_its_first_version() -> None:
    question = publish_question(now=NOW)
    version = question.versions.get()
    assert question.live
    assert (version.number, version.kind, version.published_at) == (1, "single", NOW)
    assert [option.text for option in version.texts.get().content.options] == [option.text for option in SINGLE]
    assert [entry.clause.code for entry in version.clauses.all()] == ["REL-1"]
    key = version.answer_key.content
    assert dict(key.feedback)[key.right[0]] == SINGLE[0].feedback
    assert version.answer_key_id == question.answer_key_id


def test_create_question_again_returns_it_untouched() -> None:
    question = publish_question()
    edited(question, stem="Another question?")
    assert publish_question().pk == question.pk
    assert (Question.objects.count(), Question.objects.get().stem) == (1, "Another question?")


@pytest.mark.parametrize(
    ("kind", "options", "fault"),
    [
        ("single", [*SINGLE, Choice("Both.", True)], Fault.NOT_ONE_RIGHT),
        ("multiple", [Choice("This.", False), Choice("That.", False)], Fault.NONE_RIGHT),
        ("single", SINGLE[:1], Fault.TOO_FEW_OPTIONS),
    ],
)
def test_create_question_refuses_one_that_cannot_be_asked(kind: str, options: list[Choice], fault: Fault) -> None:
    with pytest.raises(QuestionUnfinished) as refusal:
        publish_question(kind=kind, options=options)
    assert refusal.value.faults == [fault]
    assert (Question.objects.count(), AnswerKey.objects.count()) == (0, 0)


def test_publishing_again_without_a_change_writes_no_version() -> None:
    question = publish_question()
    edited(question)
    assert QuestionVersion.objects.count() == 1


def test_publishing_a_change_of_the_text_writes_the_next_version() -> None:
    question = edited(publish_question(), stem="What now?")
    first, second = QuestionVersion.objects.order_by("number")
    assert (first.texts.get().content.stem, second.texts.get().content.stem) == (
        "A colleague promised her the kettle until Saturday. What do you do?",
        "What now?",
    )
    assert (second.number, second.question_id, first.answer_key_id) == (2, question.pk, second.answer_key_id)


def test_publishing_a_change_of_the_key_writes_the_next_version() -> None:
    question = publish_question()
    other = question.content.option_ids[1]
    draft = draft_of(question)
    set_answer_key(question=draft, key=KeyContent.of({other}, {}, ""), now=LATER)
    draft.save_revision().publish()
    assert [version.answer_key.content.right == (other,) for version in QuestionVersion.objects.order_by("number")] == [
        False,
        True,
    ]


def test_saving_a_draft_writes_no_version_and_leaves_the_live_key() -> None:
    question = publish_question()
    draft = draft_of(question)
    set_answer_key(question=draft, key=KeyContent.of({question.content.option_ids[1]}, {}, ""), now=LATER)
    draft.save_revision()
    live = Question.objects.get(pk=question.pk)
    assert live.answer_key_id == question.answer_key_id
    assert QuestionVersion.objects.count() == 1
    assert draft_of(question).answer_key_id == draft.answer_key_id != question.answer_key_id


def test_publishing_an_unfinished_draft_is_taken_back() -> None:
    question = publish_question()
    draft = draft_of(question)
    draft.stem = " "
    with pytest.raises(QuestionUnfinished):
        draft.save_revision(clean=False).publish()
    assert Question.objects.get().stem == question.stem


def test_publish_question_version_ignores_drafts_and_translations() -> None:
    question = publish_question()
    assert publish_question_version(question=Question(live=False), now=NOW) is None
    translation = Question(live=True, locale=Locale.objects.create(language_code="ms"), stem=question.stem)
    assert publish_question_version(question=translation, now=NOW) is None


def test_set_answer_key_keeps_an_equal_one() -> None:
    question = publish_question()
    assert set_answer_key(question=question, key=question.key, now=LATER).pk == question.answer_key_id
    assert AnswerKey.objects.count() == 1


def test_create_quiz_index_is_made_once() -> None:
    publish_quiz(1)
    publish_quiz(1, slug="other")
    assert QuizIndexPage.objects.get().get_parent().pk == home_page().pk


def test_create_quiz_publishes_it_once() -> None:
    quiz = publish_quiz(3)
    assert publish_quiz(2).pk == quiz.pk
    found = QuizPage.objects.get()
    assert (found.live, found.mastery_score, found.questions.count(), found.first_published_at is not None) == (
        True,
        Decimal("0.8"),
        3,
        True,
    )


def test_a_clause_that_a_question_cites_cannot_be_deleted() -> None:
    publish_question()
    with pytest.raises(Exception, match="protected"):
        Clause.objects.all().delete()


def test_rows_have_names() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    answer(attempt, 1)
    asked = AttemptQuestion.objects.get()
    for row in (
        attempt,
        asked,
        Response.objects.get(),
        AskedClause.objects.get(),
        asked.version,
        asked.text,
        AnswerKey.objects.get(),
    ):
        assert str(row)
    assert str(Question.objects.get()) == "It is case 1. What do you do?"
    assert get_user_model().objects.count() == 1
    assert cite("REL-1") == [row.clause_id for row in asked.version.clauses.all()]
