"""Five a day for somebody who has learned much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wagtail.models import Locale

from benchmarks.measure import in_turn, queries
from benchmarks.pages import Figure, counted
from people.models import User
from quizzes.domain.recall import Exposure, Rating, Source
from quizzes.selectors.practice import five_for_learner
from quizzes.services import record_recalls
from tests.factories.people import NOW, MembershipFactory
from tests.factories.quizzes import publish_question
from tests.factories.standards import cite, publish_chapter

CLAUSES, REVIEWS = 200, 5
LATER = NOW + timedelta(days=60)
MOST = 100
"""Milliseconds of CPU."""


def measure_practice() -> Iterator[Figure]:
    codes = [f"PRA-{number}" for number in range(1, CLAUSES + 1)]
    publish_chapter("Practice", tuple(codes))
    for number in range(0, CLAUSES, 2):
        publish_question(f"practice-{number}", stem=f"It is case {number}. What do you do?", codes=codes[number:][:2])
    few, many = learner_of(codes[:10]), learner_of(codes)
    [taken] = in_turn(lambda: pick(many))
    yield Figure(f"The day’s five out of {CLAUSES} clauses", f"{taken:.0f} ms", f"{MOST} ms", taken <= MOST)
    counts = [queries(lambda: pick(few)), queries(lambda: pick(many))]
    yield counted(f"The day’s five: queries with 10 and with {CLAUSES} clauses", counts, None)


def learner_of(codes: list[str]) -> User:
    """Somebody who was asked about each of these clauses five times."""
    person: User = MembershipFactory().user
    exposures = [
        Exposure(clause, Rating(1 + (clause + time) % 4), Source("quiz", person.pk * 10_000 + clause * 10 + time), at)
        for clause in cite(*codes)
        for time in range(REVIEWS)
        for at in [NOW + timedelta(days=7 * time)]
    ]
    record_recalls(learner=person, exposures=exposures)
    return person


def pick(person: User) -> None:
    assert len(five_for_learner(person, LATER, Locale.get_default())) == 5
