"""Every write of quizzes: questions and their versions, quizzes, attempts, answers, grades."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Locale, Page

from core import clock
from people.models import User
from quizzes.domain.grading import check_choice, grade
from quizzes.domain.questions import Fault, KeyContent, publishing_faults, shuffled, version_digest
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptQuestion,
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
    QuizAttempt,
    QuizIndexPage,
    QuizPage,
    QuizQuestion,
    Response,
)
from quizzes.selectors.attempts import answered_question_unscoped, marks_unscoped
from quizzes.selectors.questions import (
    latest_version_unscoped,
    question_by_import_key_unscoped,
    questions_to_ask_unscoped,
)
from quizzes.signals import attempt_graded


class QuestionUnfinished(Exception):
    """The question can't be published as it is; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class NothingToAsk(Exception):
    """No question of the quiz is published."""


class AttemptNotFound(Exception):
    """There is no such attempt of this learner."""


class AttemptClosed(Exception):
    """The attempt has been handed in: nothing can be answered any more."""


class QuestionNotAsked(Exception):
    """The attempt has no question at this position."""


@dataclass(frozen=True)
class OptionContent:
    """One option of a new question, with its part of the key."""

    text: str
    is_right: bool
    feedback: str = ""


@transaction.atomic
def set_answer_key(*, question: Question, key: KeyContent, now: datetime) -> AnswerKey:
    """Give a question (unsaved changes and all; it is not saved here) this key: the row it has, if that says the same, else a new one."""
    if question.answer_key is None or question.answer_key.sha256 != key.sha256:
        question.answer_key = AnswerKey.objects.create(payload=key.as_mapping(), sha256=key.sha256, created_at=now)
    return question.answer_key


@transaction.atomic
def publish_question_version(*, question: Question, now: datetime) -> QuestionVersion | None:
    """Write the version that a published question calls for; None if nothing changed or the row is a translation.

    Raises QuestionUnfinished for a question that can't be asked, which takes the publication back.
    """
    if not (question.live and question.is_source()):
        return None
    Question.objects.select_for_update().get(pk=question.pk)
    content, key, clauses = question.content, question.key, question.clause_ids
    if faults := publishing_faults(question.kind, content, key, clauses):
        raise QuestionUnfinished(faults)
    sha256 = version_digest(question.kind, content, key, clauses)
    latest = latest_version_unscoped(question)
    if latest and latest.sha256 == sha256:
        return None
    version = QuestionVersion.objects.create(
        question=question,
        number=latest.number + 1 if latest else 1,
        kind=question.kind,
        answer_key_id=question.answer_key_id,
        sha256=sha256,
        published_at=now,
    )
    QuestionVersionText.objects.create(
        version=version, locale=question.locale, text=content.as_mapping(), sha256=content.sha256, created_at=now
    )
    QuestionVersionClause.objects.bulk_create(
        QuestionVersionClause(version=version, clause_id=clause) for clause in clauses
    )
    return version


@transaction.atomic
def create_question(
    *,
    source_key: str,
    stem: str,
    kind: str,
    options: Sequence[OptionContent],
    feedback: str,
    clause_ids: Iterable[int],
    locale: Locale,
    by: User | None,
    now: datetime,
) -> Question:
    """A published question. The one that came from this `source_key` before is returned as it stands, with all that editors did to it."""
    if existing := question_by_import_key_unscoped(source_key, locale):
        return existing
    with_ids = [(str(uuid.uuid4()), option) for option in options]
    question = Question(
        stem=stem,
        kind=kind,
        locale=locale,
        import_key=source_key,
        live=False,
        options=[{"type": "option", "id": key, "value": {"text": option.text}} for key, option in with_ids],
    )
    question.question_clauses = [
        QuestionClause(clause_id=clause, sort_order=place) for place, clause in enumerate(clause_ids)
    ]
    key = KeyContent.of(
        {key for key, option in with_ids if option.is_right},
        {key: option.feedback for key, option in with_ids},
        feedback,
    )
    set_answer_key(question=question, key=key, now=now)
    question.save()
    with clock.set_to(now):
        question.save_revision(user=by).publish(user=by)
    return Question.objects.get(pk=question.pk)


@transaction.atomic
def create_quiz_index(*, parent: Page, title: str, by: User | None, now: datetime) -> QuizIndexPage:
    """The page under which the site's quizzes stand; the one that is there, if there is one."""
    if existing := QuizIndexPage.objects.first():
        return existing
    index = QuizIndexPage(title=title, slug="quizzes", owner=by, live=False)
    parent.add_child(instance=index)
    _publish(index, by, now)
    return QuizIndexPage.objects.get(pk=index.pk)


@transaction.atomic
def create_quiz(
    *,
    parent: Page,
    title: str,
    slug: str,
    introduction: str,
    minutes: int,
    mastery_score: Decimal,
    questions: Iterable[Question],
    by: User | None,
    now: datetime,
) -> QuizPage:
    """A published quiz with these questions in this order; the one that has this slug, as it stands, if there is one."""
    if existing := QuizPage.objects.child_of(parent).filter(slug=slug).first():
        return existing
    quiz = QuizPage(
        title=title,
        slug=slug,
        introduction=introduction,
        minutes=minutes,
        mastery_score=mastery_score,
        owner=by,
        live=False,
    )
    quiz.questions = [QuizQuestion(question=question, sort_order=place) for place, question in enumerate(questions)]
    parent.add_child(instance=quiz)
    _publish(quiz, by, now)
    return QuizPage.objects.get(pk=quiz.pk)


@transaction.atomic
def start_attempt(
    *, learner: User, quiz: QuizPage, seed: str, now: datetime, locale: Locale | None = None
) -> QuizAttempt:
    """Begin an attempt; the open one, if there is one. It freezes the quiz's rules, each question's version, words and clause versions.

    seed: any short text; it alone decides the order of the options. Raises NothingToAsk.
    """
    User.objects.lock(learner)
    if running := QuizAttempt.objects.filter(learner=learner, quiz=quiz, submitted_at=None).first():
        return running
    to_ask = questions_to_ask_unscoped(quiz, locale or Locale.get_default())
    if not to_ask:
        raise NothingToAsk
    attempt = QuizAttempt.objects.create(learner=learner, quiz=quiz, rules=_rules(quiz), seed=seed, started_at=now)
    asked = AttemptQuestion.objects.bulk_create(
        AttemptQuestion(
            attempt=attempt,
            position=position,
            version=question.version,
            text=question.text,
            option_ids=shuffled(question.text.content.option_ids, f"{seed}:{position}"),
        )
        for position, question in enumerate(to_ask, start=1)
    )
    AskedClause.objects.bulk_create(
        AskedClause(asked=row, version_id=version)
        for row, question in zip(asked, to_ask, strict=True)
        for version in question.clause_version_ids
    )
    return attempt


@transaction.atomic
def save_response(
    *, learner: User, attempt: QuizAttempt, position: int, chosen: Collection[str], now: datetime
) -> Response:
    """Keep an answer (option ids). The same answer again is the row that is there; another one is a new row, and counts.

    Raises AttemptNotFound, AttemptClosed, QuestionNotAsked, or WrongChoice (quizzes.domain.grading); the attempt is as it was then.
    """
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        raise AttemptClosed
    asked = answered_question_unscoped(running, position)
    if asked is None:
        raise QuestionNotAsked
    check_choice(asked.kind, asked.option_ids, chosen)
    answer = [option for option in asked.option_ids if option in chosen]
    if asked.response_id is not None and asked.chosen == answer:
        return Response.objects.get(pk=asked.response_id)
    return Response.objects.create(
        asked_id=asked.asked_id, number=(asked.number or 0) + 1, chosen=answer, answered_at=now
    )


@transaction.atomic
def submit_attempt(*, learner: User, attempt: QuizAttempt, now: datetime) -> QuizAttempt:
    """Hand in and grade, once: again, it gives the result that is there. Tells `attempt_graded`. Raises AttemptNotFound."""
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        return running
    result = grade(marks_unscoped(running).values(), Decimal(running.rules["mastery_score"]))
    running.submitted_at = now
    running.score_raw, running.score_max, running.score_scaled = result.raw, result.maximum, result.scaled
    running.is_success = result.is_success
    running.save(update_fields=["submitted_at", "score_raw", "score_max", "score_scaled", "is_success"])
    attempt_graded.send(sender=QuizAttempt, attempt=running, now=now)
    return running


def _rules(quiz: QuizPage) -> dict[str, object]:
    return {
        "title": quiz.title,
        "introduction": quiz.introduction,
        "minutes": quiz.minutes,
        "mastery_score": str(quiz.mastery_score),
    }


def _publish(page: Page, by: User | None, now: datetime) -> None:
    with clock.set_to(now):
        page.save_revision(user=by).publish(user=by)


def _lock_attempt(learner: User, attempt: QuizAttempt) -> QuizAttempt:
    """The attempt as it stands, held until the transaction ends: answers and handing in come one after the other."""
    locked = QuizAttempt.objects.select_for_update(no_key=True).filter(pk=attempt.pk, learner=learner).first()
    if locked is None:
        raise AttemptNotFound
    return locked
