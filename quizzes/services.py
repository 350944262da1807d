"""Every write of quizzes: questions and their versions, quizzes, attempts, answers, grades."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Locale, Page

from core import clock
from people.models import User
from quizzes.domain.answers import Given, answer_as_json, answer_from_json
from quizzes.domain.authoring import Authored, compose
from quizzes.domain.digests import shuffled
from quizzes.domain.grading import grade
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import Fault, kind_of
from quizzes.domain.publishing import publishing_faults, version_digest
from quizzes.enums import Difficulty
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptGrade,
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
    QuestionToAsk,
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
        image_id=question.image_id,
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
    authored: Authored,
    clause_ids: Iterable[int],
    locale: Locale,
    by: User | None,
    now: datetime,
    difficulty: int = Difficulty.WORKING,
    tags: Iterable[str] = (),
    is_published: bool = True,
) -> Question:
    """A new question, published unless it is to stay a draft. The one that came from this `source_key` before is returned as it stands.

    Raises QuestionUnfinished where it is to be published and can't be.
    """
    if existing := question_by_import_key_unscoped(source_key, locale):
        return existing
    content, key = compose(authored, lambda: str(uuid.uuid4()))
    question = Question(kind=authored.kind, locale=locale, import_key=source_key, difficulty=difficulty, live=False)
    question.set_content(content)
    question.question_clauses = [
        QuestionClause(clause_id=clause, sort_order=place) for place, clause in enumerate(clause_ids)
    ]
    question.tags.add(*tags)
    set_answer_key(question=question, key=key, now=now)
    question.save()
    with clock.set_to(now):
        revision = question.save_revision(user=by)
        if is_published:
            revision.publish(user=by)
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
            option_ids=_option_order(question, f"{seed}:{position}"),
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
    *, learner: User, attempt: QuizAttempt, position: int, answer: Collection[Given], now: datetime
) -> Response:
    """Keep an answer. The same answer again is the row that is there; another one is a new row, and counts.

    Raises AttemptNotFound, AttemptClosed, QuestionNotAsked, or WrongChoice (quizzes.domain.answers); the attempt is as it was then.
    """
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        raise AttemptClosed
    asked = answered_question_unscoped(running, position)
    if asked is None:
        raise QuestionNotAsked
    said = kind_of(asked.kind).read(asked.content, answer)
    if asked.response_id is not None and answer_from_json(asked.chosen) == said:
        return Response.objects.get(pk=asked.response_id)
    return Response.objects.create(
        asked_id=asked.asked_id, number=(asked.number or 0) + 1, chosen=answer_as_json(said), answered_at=now
    )


@transaction.atomic
def submit_attempt(*, learner: User, attempt: QuizAttempt, now: datetime) -> QuizAttempt:
    """Hand in and grade, once: again, it gives the result that is there. Tells `attempt_graded`. Raises AttemptNotFound."""
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        return running
    marked = marks_unscoped(running)
    result = grade([question.mark for question in marked], Decimal(running.rules["mastery_score"]))
    score = {"score_raw": result.raw, "score_max": result.maximum, "score_scaled": result.scaled}
    running.submitted_at, running.is_success = now, result.is_success
    for field, value in score.items():
        setattr(running, field, value)
    running.save(update_fields=["submitted_at", *score, "is_success"])
    AttemptGrade.objects.create(
        attempt=running,
        number=1,
        marks=[question.as_row() for question in marked],
        is_success=result.is_success,
        graded_at=now,
        **score,
    )
    attempt_graded.send(sender=QuizAttempt, attempt=running, now=now)
    return running


def _option_order(question: QuestionToAsk, seed: str) -> list[str]:
    content = question.text.content
    if not kind_of(question.version.kind).orders_options(content):
        return list(content.option_ids)
    return shuffled(content.option_ids, seed)


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
