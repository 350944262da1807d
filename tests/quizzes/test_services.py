"""Questions and their versions, quizzes, attempts, answers, handing in."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale

from quizzes.domain.answers import WrongChoice
from quizzes.domain.authoring import Choice
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import Fault
from quizzes.domain.rules import Rules
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptQuestion,
    Question,
    QuestionVersion,
    QuizAttempt,
    QuizIndexPage,
    QuizPage,
    Response,
)
from quizzes.selectors.attempts import open_attempt_for_learner
from quizzes.services import (
    AttemptClosed,
    AttemptNotFound,
    NothingToAsk,
    QuestionNotAsked,
    QuestionUnfinished,
    publish_question_version,
    save_response,
    set_answer_key,
    start_attempt,
    submit_attempt,
)
from quizzes.signals import attempt_graded
from standards.models import Clause
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import (
    MULTIPLE,
    SINGLE,
    answer,
    begin,
    cite,
    publish_question,
    publish_quiz,
    right_options,
    say,
    take,
    wrong_options,
)
from tests.factories.standards import edit_clause, home_page, publish, publish_chapter

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def draft_of(question: Question) -> Question:
    """The question as the editor opens it, apart from the object in hand."""
    return Question.objects.get(pk=question.pk).get_latest_revision_as_object()


def edited(question: Question, **changes: Any) -> Question:
    """The question published again with these changes."""
    draft = draft_of(question)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return Question.objects.get(pk=question.pk)


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


def test_save_response_keeps_the_answer() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    chosen = right_options(attempt, 1)
    response = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=LATER)
    assert (response.number, response.chosen, response.answered_at) == (1, chosen, LATER)


def test_save_response_of_the_same_answer_is_one_row() -> None:
    attempt = begin(UserFactory(), publish_quiz([publish_question(kind="multiple", options=MULTIPLE)]))
    chosen = right_options(attempt, 1)
    first = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=NOW)
    again = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen[::-1]), now=LATER)
    assert (again.pk, again.answered_at, Response.objects.count()) == (first.pk, NOW, 1)


def test_save_response_of_another_answer_is_another_row_and_counts() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    answer(attempt, 1)
    answer(attempt, 1, right=False)
    assert list(Response.objects.values_list("number", flat=True)) == [1, 2]
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert list(running.questions[0].chosen) == wrong_options(attempt, 1)
    assert submit_attempt(learner=learner, attempt=attempt, now=NOW).score_raw == 0


def test_save_response_of_a_forged_option_is_refused() -> None:
    attempt = begin(UserFactory(), publish_quiz(2))
    for chosen in (["forged"], right_options(attempt, 2), attempt.questions.get(position=1).option_ids[:2], []):
        with pytest.raises(WrongChoice):
            save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=NOW)
    assert Response.objects.count() == 0


def test_save_response_to_a_question_not_asked_is_refused() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    with pytest.raises(QuestionNotAsked):
        save_response(learner=attempt.learner, attempt=attempt, position=2, answer=say(["a"]), now=NOW)


def test_save_response_after_handing_in_is_refused() -> None:
    attempt = take(UserFactory(), publish_quiz(1), right=1)
    with pytest.raises(AttemptClosed):
        answer(attempt, 1, right=False)
    assert QuizAttempt.objects.get().score_raw == 1


def test_somebody_elses_attempt_is_not_found() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    stranger = UserFactory()
    with pytest.raises(AttemptNotFound):
        save_response(learner=stranger, attempt=attempt, position=1, answer=say(["a"]), now=NOW)
    with pytest.raises(AttemptNotFound):
        submit_attempt(learner=stranger, attempt=attempt, now=NOW)


def test_submit_attempt_grades_it() -> None:
    attempt = take(UserFactory(), publish_quiz(3), right=2)
    kept = QuizAttempt.objects.get()
    assert (kept.pk, kept.submitted_at) == (attempt.pk, NOW)
    assert (kept.score_raw, kept.score_max, kept.score_scaled) == (2, 3, Decimal("0.66666"))
    assert kept.is_success is False


def test_submit_attempt_counts_an_unanswered_question_as_nothing() -> None:
    attempt = begin(UserFactory(), publish_quiz(2, mastery_score="0.5"))
    answer(attempt, 2)
    result = submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    assert (result.score_raw, result.is_success) == (1, True)


def test_submit_attempt_twice_gives_the_same_result_and_tells_it_once() -> None:
    told: list[Any] = []

    def listen(sender: Any, attempt: QuizAttempt, now: Any, **kwargs: Any) -> None:
        told.append((sender, attempt.pk, now))

    attempt = begin(UserFactory(), publish_quiz(1))
    answer(attempt, 1)
    attempt_graded.connect(listen)
    try:
        first = submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
        again = submit_attempt(learner=attempt.learner, attempt=attempt, now=LATER)
    finally:
        attempt_graded.disconnect(listen)
    assert (again.pk, again.submitted_at) == (first.pk, NOW)
    assert told == [(QuizAttempt, attempt.pk, NOW)]


def test_submit_attempt_is_taken_back_when_a_receiver_fails() -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    attempt = begin(UserFactory(), publish_quiz(1))
    attempt_graded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    finally:
        attempt_graded.disconnect(fail)
    assert QuizAttempt.objects.get().submitted_at is None


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
