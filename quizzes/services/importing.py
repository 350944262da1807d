"""Questions of a file, into the bank: all that can come in, or nothing. The same file again changes nothing."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, ReferenceIndex

from people.models import User
from quizzes.domain.authoring import Authored, compose
from quizzes.domain.exchange.records import Attachment, Parsed
from quizzes.domain.questions import Picture
from quizzes.enums import Difficulty, QuestionKind, Standing
from quizzes.models import AnswerKey, Question, QuestionClause, QuestionTag
from quizzes.selectors.exchange import ImportPlan, PlannedQuestion, plan_import_unscoped
from quizzes.services.questions import create_question

COLLECTION = "Questions"
LONGEST_TAG = 100
LONGEST_ALT = 300
BATCH = 500

StoredFile = tuple[Storage, str]


@dataclass(frozen=True)
class Imported:
    """plan: as it was when the questions came in. made: the new ones, in the order of the file."""

    plan: ImportPlan
    made: tuple[Question, ...]


def import_questions(*, parsed: Parsed, publishes: bool, by: User | None, now: datetime) -> Imported:
    """Bring in what a file holds and isn't here yet, all of it or nothing.

    publishes: questions that are complete are published; the others, and all where it is off, come in as drafts.
    """
    with _files_too() as stored, transaction.atomic():
        # One import after another: the same file sent twice at once comes in once.
        locale = Locale.objects.select_for_update(no_key=True).get(pk=Locale.get_default().pk)
        plan = plan_import_unscoped(parsed, publishes=publishes)
        coming = [
            _Coming(planned, _with_picture(planned, authored, stored, by))
            for planned in plan.coming_in
            if (authored := planned.entry.authored)
        ]
        published = [_publish(each, locale, by, now) for each in coming if each.is_published]
        drafts = _make_drafts([each for each in coming if not each.is_published], locale, now)
    made = {question.import_key: question for question in (*published, *drafts)}
    return Imported(plan, tuple(made[each.planned.key] for each in coming))


@dataclass(frozen=True)
class _Coming:
    planned: PlannedQuestion
    authored: Authored

    @property
    def is_published(self) -> bool:
        return self.planned.standing == Standing.PUBLISHED

    @property
    def difficulty(self) -> int:
        return self.planned.entry.difficulty or Difficulty.WORKING

    @property
    def tags(self) -> list[str]:
        """The question's own, and its category as one more: that is how people find a set again."""
        category = " / ".join(self.planned.entry.category)
        return list(dict.fromkeys(tag[:LONGEST_TAG] for tag in (*self.planned.entry.tags, category) if tag))


def _with_picture(planned: PlannedQuestion, authored: Authored, stored: list[StoredFile], by: User | None) -> Authored:
    entry = planned.entry
    if authored.kind == QuestionKind.SPOT_IT:
        authored = replace(authored, codes=planned.codes)
    if entry.picture is None:
        return authored
    return replace(
        authored, picture=Picture(_library_image(entry.picture, stored, by), entry.picture.alt[:LONGEST_ALT])
    )


def _publish(coming: _Coming, locale: Locale, by: User | None, now: datetime) -> Question:
    return create_question(
        source_key=coming.planned.key,
        authored=coming.authored,
        clause_ids=coming.planned.clause_ids,
        locale=locale,
        by=by,
        now=now,
        difficulty=coming.difficulty,
        tags=coming.tags,
    )


def _make_drafts(coming: list[_Coming], locale: Locale, now: datetime) -> list[Question]:
    """Together, with a few statements: thousands one by one take minutes. A draft has no revision until somebody edits it."""
    composed = [compose(each.authored, lambda: str(uuid.uuid4())) for each in coming]
    keys = AnswerKey.objects.bulk_create(
        [AnswerKey(payload=key.as_mapping(), sha256=key.sha256, created_at=now) for _content, key in composed], BATCH
    )
    questions = []
    for each, (content, _key), answer_key in zip(coming, composed, keys, strict=True):
        question = Question(
            kind=each.authored.kind,
            locale=locale,
            import_key=each.planned.key,
            difficulty=each.difficulty,
            answer_key=answer_key,
            live=False,
            has_unpublished_changes=True,
        )
        question.set_content(content)
        questions.append(question)
    Question.objects.bulk_create(questions, BATCH)
    QuestionClause.objects.bulk_create(
        [
            QuestionClause(question=question, clause_id=clause, sort_order=place)
            for question, each in zip(questions, coming, strict=True)
            for place, clause in enumerate(each.planned.clause_ids)
        ],
        BATCH,
    )
    names = {tag for each in coming for tag in each.tags}
    tags = {name: Tag.objects.get_or_create(name=name)[0] for name in sorted(names)}
    QuestionTag.objects.bulk_create(
        [
            QuestionTag(content_object=question, tag=tags[name])
            for question, each in zip(questions, coming, strict=True)
            for name in each.tags
        ],
        BATCH,
    )
    for question in questions:
        if question.image_id:
            ReferenceIndex.create_or_update_for_object(question)
    return questions


def _library_image(picture: Attachment, stored: list[StoredFile], by: User | None) -> int:
    """Its number in the library's collection “Questions”; the same picture is kept once."""
    model = get_image_model()
    collection = _collection()
    file_hash = hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()
    if there := model.objects.filter(collection=collection, file_hash=file_hash).first():
        return int(there.pk)
    image = model(
        title=picture.name,
        file=ContentFile(picture.content, picture.name),
        collection=collection,
        uploaded_by_user=by,
        file_size=len(picture.content),
        file_hash=file_hash,
    )
    image.save()
    stored.append((image.file.storage, image.file.name))
    return int(image.pk)


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    there = root.get_children().filter(name=COLLECTION).first()
    return there or root.add_child(name=COLLECTION)


@contextmanager
def _files_too() -> Iterator[list[StoredFile]]:
    """Files that were stored meanwhile are taken away again where it comes to nothing."""
    stored: list[StoredFile] = []
    try:
        yield stored
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise
