"""What is kept beside the words of a clause: who looks after it, its tags, and when it was and is to be looked through."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from wagtail.models import Locale

from core.selectors import organisation_today, organisation_zone
from outbox.selectors import told_unscoped
from people.models import User
from standards.domain.reviews import Stage, due_on, reminder_stage, review_key, standing
from standards.enums import ReviewState
from standards.models import ChapterPage, ClauseReview, ClauseText
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.clauses import ClauseInForce, clauses_in_force, live_texts_unscoped, tags_by_code


@dataclass(frozen=True)
class LastReview:
    """The last time that somebody found nothing to change, on the organisation's day."""

    on: date
    by: User
    note: str
    next_review_on: date


@dataclass(frozen=True)
class KeptClause:
    """A clause in force. chapter_number: of its chapter in the document; due_on: of the next review, None where nobody set a day."""

    clause: ClauseInForce
    chapter: ChapterPage
    chapter_number: int
    owner: User | None
    is_mandatory: bool
    tags: tuple[str, ...]
    last_review: LastReview | None
    due_on: date | None
    state: ReviewState


@dataclass(frozen=True)
class ClauseKeeping:
    """What whoever may review a clause sees of it. can_edit: whether they may change it as well."""

    owner: User | None
    last_review: LastReview | None
    due_on: date | None
    state: ReviewState
    can_edit: bool


@dataclass(frozen=True)
class DueReminder:
    """What the owner of a clause should have been told by now."""

    owner: User
    clause: ClauseInForce
    due_on: date
    stage: Stage

    @property
    def key(self) -> str:
        return review_key(self.clause.clause_id, self.due_on, self.stage)


def kept_clauses_unscoped(now: datetime) -> list[KeptClause]:
    """Every clause in force, in the order of the document. A fixed number of queries."""
    chapters = {page.translation_key: (number, page) for number, page in enumerate(live_chapters_unscoped(), start=1)}
    clauses = [clause for clause in clauses_in_force(None, Locale.get_default()) if clause.chapter_key in chapters]
    texts = {text.code: text for text in live_texts_unscoped().select_related("owner")}
    tags, reviews, today = tags_by_code(), _last_reviews(), organisation_today(now)
    kept = []
    for clause in clauses:
        number, page = chapters[clause.chapter_key]
        text, review = texts.get(clause.code), reviews.get(clause.clause_id)
        due = _due(text, review)
        kept.append(
            KeptClause(
                clause=clause,
                chapter=page,
                chapter_number=number,
                owner=text.owner if text else None,
                is_mandatory=bool(text and text.is_mandatory),
                tags=tags[clause.code],
                last_review=review,
                due_on=due,
                state=ReviewState[standing(due, today).name],
            )
        )
    return sorted(kept, key=lambda one: one.chapter_number)


def keeping_for_viewer(
    viewer: User, clause: ClauseInForce, page: ChapterPage | None, now: datetime
) -> ClauseKeeping | None:
    """For the owner of the clause, and for who may edit its chapter; None for everybody else, and without a chapter."""
    if page is None:
        return None
    text = live_texts_unscoped().filter(code=clause.code).select_related("owner").first()
    owner = text.owner if text else None
    can_edit = page.permissions_for_user(viewer).can_edit()
    if not (can_edit or owner == viewer):
        return None
    review = _last_reviews([clause.clause_id]).get(clause.clause_id)
    due = _due(text, review)
    return ClauseKeeping(owner, review, due, ReviewState[standing(due, organisation_today(now)).name], can_edit)


def due_reminders_unscoped(now: datetime) -> list[DueReminder]:
    """What active owners of clauses should have been told by now, and weren't."""
    today = organisation_today(now)
    due = [
        DueReminder(one.owner, one.clause, one.due_on, stage)
        for one in kept_clauses_unscoped(now)
        if (stage := reminder_stage(one.due_on, today)) and one.due_on and one.owner and one.owner.is_active
    ]
    told = told_unscoped(reminder.key for reminder in due)
    return [reminder for reminder in due if (reminder.owner.pk, reminder.key) not in told]


def _last_reviews(clause_ids: Collection[int] | None = None) -> dict[int, LastReview]:
    """Clause id → its last review: of these clauses, or of all."""
    reviews = ClauseReview.objects.select_related("reviewed_by", "note")
    if clause_ids is not None:
        reviews = reviews.filter(clause__in=clause_ids)
    zone = organisation_zone()
    return {
        review.clause_id: LastReview(
            on=review.reviewed_at.astimezone(zone).date(),
            by=review.reviewed_by,
            note=review.note.text if hasattr(review, "note") else "",
            next_review_on=review.next_review_on,
        )
        for review in reviews
    }


def _due(text: ClauseText | None, review: LastReview | None) -> date | None:
    return due_on(text.review_on if text else None, review.next_review_on if review else None)
