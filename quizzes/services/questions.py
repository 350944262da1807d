"""Questions: their keys, their versions, and new ones."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale

from core import clock
from people.models import User
from quizzes.domain.authoring import Authored, compose
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import Fault
from quizzes.domain.publishing import publishing_faults, version_digest
from quizzes.enums import Difficulty
from quizzes.models import (
    AnswerKey,
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
)
from quizzes.selectors.questions import latest_version_unscoped, question_by_import_key_unscoped


class QuestionUnfinished(Exception):
    """The question can't be published as it is; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


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
) -> Question:
    """A published question. The one that came from this `source_key` before is returned as it stands, with all that editors did to it.

    Raises QuestionUnfinished where it can't be published.
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
        question.save_revision(user=by).publish(user=by)
    return Question.objects.get(pk=question.pk)
