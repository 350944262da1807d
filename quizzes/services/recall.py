"""What people remember: one place where every answer and choice is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from people.models import User
from quizzes.domain.recall import Exposure, Rating, Source
from quizzes.models import Recall, RecallReview
from quizzes.selectors.recall import (
    RecallDifference,
    memories_unscoped,
    missing_exposures_unscoped,
    recall_difference_unscoped,
)
from standards.models import Clause

REMEMBERED = ["stability", "difficulty", "reviewed_at", "due_at", "version"]


def record_recall(*, learner: User, clause: Clause, rating: Rating, source: Source, now: datetime) -> None:
    """Count one review of a clause. The same source again is the review that is there."""
    record_recalls(learner=learner, exposures=[Exposure(clause.pk, rating, source, now)])


@transaction.atomic
def record_recalls(*, learner: User, exposures: Collection[Exposure]) -> int:
    """Count all of these that aren't counted yet, and say how many that were. A fixed number of queries, none for nothing."""
    if not exposures:
        return 0
    User.objects.lock(learner)
    new = missing_exposures_unscoped(exposures)
    RecallReview.objects.bulk_create(
        RecallReview(
            learner=learner,
            clause_id=one.clause_id,
            rating=one.rating,
            source=one.source.kind,
            source_id=one.source.id,
            reviewed_at=one.at,
        )
        for one in new
    )
    _remember(learner, {one.clause_id for one in new})
    return len(new)


@transaction.atomic
def rebuild_recall(*, learner: User) -> RecallDifference:
    """Bring a person's memory in line with the facts: attempts, practice, role-plays. It gives back what was not."""
    User.objects.lock(learner)
    found = recall_difference_unscoped(learner)
    record_recalls(learner=learner, exposures=found.missing)
    _remember(learner, found.clauses)
    Recall.objects.filter(learner=learner, clause__in=found.stale).delete()
    return found


def _remember(learner: User, clauses: Iterable[int]) -> None:
    """Write down what the reviews of these clauses come to."""
    if wanted := set(clauses):
        Recall.objects.bulk_create(
            [
                Recall(learner=learner, clause_id=clause, version=reviews, **vars(state))
                for clause, (state, reviews) in memories_unscoped(learner, wanted).items()
            ],
            update_conflicts=True,
            unique_fields=["learner", "clause"],
            update_fields=REMEMBERED,
        )
