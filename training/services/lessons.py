"""Making lessons, publishing them, going through them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from core import clock
from people.models import User
from standards.selectors.clauses import clause_ids_in_force
from training.domain.lesson.content import cited_codes
from training.domain.scenario.graph import sha256_of
from training.models import (
    CompletedClause,
    LessonCitation,
    LessonCompletion,
    LessonIndexPage,
    LessonPage,
    LessonVersion,
)
from training.selectors.lessons import (
    is_asked_for_unscoped,
    latest_completion_unscoped,
    newest_lesson_version_unscoped,
)
from training.signals import lesson_completed


class BrokenLesson(Exception):
    """The lesson cites clauses that aren't in force: `codes`."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = sorted(codes)
        super().__init__(", ".join(self.codes))


class NotPublished(Exception):
    """The lesson is not published."""


class LessonChanged(Exception):
    """Another version was published since the learner opened the lesson."""


@transaction.atomic
def create_lesson_index(*, parent: Page, title: str, by: User | None, now: datetime) -> LessonIndexPage:
    """The page that lessons stand under; the one that is there already, untouched, if there is one."""
    if existing := LessonIndexPage.objects.child_of(parent).first():
        return existing
    page = LessonIndexPage(title=title, slug="lessons", locale=parent.locale, owner=by)
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


@transaction.atomic
def create_lesson(*, parent: LessonIndexPage, content: Mapping[str, Any], by: User | None, now: datetime) -> LessonPage:
    """Write and publish a lesson from `content`, a mapping as in home/content/en/lessons/*.yaml.

    The one with this slug that is there already is given back untouched. Raises BrokenLesson, and KeyError for what `content` lacks.
    """
    if existing := LessonPage.objects.child_of(parent).filter(slug=content["slug"]).first():
        return existing
    page = LessonPage(
        title=content["title"],
        slug=content["slug"],
        locale=parent.locale,
        owner=by,
        minutes=content["minutes"],
        introduction=content["introduction"],
        live=False,
    )
    page.body = page.body.stream_block.to_python([_block(block) for block in content["body"]])
    parent.add_child(instance=page)
    with clock.set_to(now):
        page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def publish_lesson_version(*, page: LessonPage, by: User | None, now: datetime) -> LessonVersion | None:
    """Write the version that the live page calls for; None if it says what the newest version says, or isn't the source.

    Raises BrokenLesson: publishing, which calls this inside its transaction, is then undone.
    """
    if not (page.live and page.is_source()):
        return None
    list(LessonPage.objects.select_for_update(of=("self",)).filter(pk=page.pk))
    content = page.content
    codes, in_force = cited_codes(content), clause_ids_in_force()
    if missing := set(codes) - in_force.keys():
        raise BrokenLesson(missing)
    sha256, newest = sha256_of(content), newest_lesson_version_unscoped(page)
    if newest and newest.sha256 == sha256:
        return None
    version = LessonVersion.objects.create(
        lesson_key=page.translation_key,
        number=newest.number + 1 if newest else 1,
        content=content,
        sha256=sha256,
        published_at=now,
        published_by=by,
    )
    LessonCitation.objects.bulk_create(LessonCitation(version=version, clause_id=in_force[code]) for code in codes)
    return version


@transaction.atomic
def complete_lesson(*, learner: User, lesson: LessonPage, version: int, now: datetime) -> LessonCompletion:
    """Somebody has gone through a lesson; `version` is the number of what they had before them.

    Twice is once, until a programme asks for it again. Raises LessonChanged, NotPublished.
    """
    User.objects.lock(learner)
    newest = newest_lesson_version_unscoped(lesson)
    if newest is None or not LessonPage.objects.live().filter(pk=lesson.pk).exists():
        raise NotPublished
    if newest.number != version:
        raise LessonChanged
    latest = latest_completion_unscoped(learner, newest)
    if latest and not is_asked_for_unscoped(learner, lesson):
        return latest
    completion = LessonCompletion.objects.create(learner=learner, lesson=lesson, version=newest, completed_at=now)
    _keep_clauses(completion, newest)
    lesson_completed.send(sender=LessonCompletion, completion=completion, now=now)
    return completion


def _keep_clauses(completion: LessonCompletion, version: LessonVersion) -> None:
    """Freeze the versions in force of the clauses that the lesson shows; of one retired since, its last."""
    in_force = version.citations.order_by("pk").values_list("clause__current_version", flat=True)
    CompletedClause.objects.bulk_create(CompletedClause(completion=completion, clause_version_id=pk) for pk in in_force)


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block of a content file as a stream's raw value."""
    (kind, told), *_ = block.items()
    return {"type": kind, "id": str(uuid.uuid4()), "value": RAW_VALUES.get(kind, str)(told)}


def _paragraph(text: str) -> str:
    return text if text.lstrip().startswith("<") else f"<p>{escape(text)}</p>"


def _clause(code: str) -> dict[str, str]:
    return {"clause": code}


def _check(check: Mapping[str, Any]) -> dict[str, Any]:
    options = [
        {"text": option["text"], "is_right": option.get("right", False), "feedback": option["feedback"]}
        for option in check["options"]
    ]
    return {"question": check["question"], "options": options, "clause": check["clause"]}


def _video(video: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: video[name] for name in ("title", "address", "transcript")}
    return {**told, "file": None, "captions": None}


RAW_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "text": _paragraph,
    "clause": _clause,
    "check": _check,
    "video": _video,
}
"""Kind of block in a content file → what makes its raw value; others are words as they stand."""
