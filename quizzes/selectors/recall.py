"""Memory: what answers showed of it, what it comes to, and how strong it is, for one person and for a team."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from statistics import fmean

from django.db.models import QuerySet

from people.models import Branch, Membership, Team, User
from people.selectors import local_today, teams_for_supervisor
from quizzes.contributions import exposures_of
from quizzes.domain.grading import Certainty
from quizzes.domain.practice import Learned
from quizzes.domain.recall import (
    FEWEST_PEOPLE,
    Exposure,
    MemoryState,
    Source,
    rating_of,
    remember,
    strength,
)
from quizzes.enums import RecallSource
from quizzes.models import (
    AskedClause,
    AttemptGrade,
    PracticeAnswer,
    QuizAttempt,
    Recall,
    RecallReview,
    Response,
)
from quizzes.models.practice import PracticeClause
from standards.models import AcknowledgedClause, ChapterPage, Clause
from standards.selectors.chapters import live_chapters_unscoped


def quiz_exposures_unscoped(attempts: Collection[QuizAttempt] | QuerySet[QuizAttempt]) -> list[Exposure]:
    """What these handed-in attempts showed, by the marks they were given first. An answer left out shows nothing. Three queries."""
    certainty: dict[int, int | None] = {}
    position: dict[int, tuple[int, int]] = {}
    counted = Response.objects.filter(asked__attempt__in=attempts, is_late=False).order_by("number")
    for asked, attempt, place, sure in counted.values_list("asked", "asked__attempt", "asked__position", "certainty"):
        certainty[asked], position[asked] = sure, (attempt, place)
    marks = {
        (attempt, place): (Fraction(mark), seconds, at)
        for attempt, rows, at in AttemptGrade.objects.filter(attempt__in=attempts, number=1).values_list(
            "attempt", "marks", "graded_at"
        )
        for place, _, mark, seconds in rows
    }
    cited = AskedClause.objects.filter(asked__in=position).order_by("asked__attempt", "asked__position", "pk")
    found = []
    for asked, clause in cited.values_list("asked", "version__clause"):
        mark, seconds, at = marks[position[asked]]
        sure = certainty[asked]
        # With certainty, a mark counts by how sure somebody was; what they knew is the mark before that.
        known = mark * 3 / sure if sure else mark
        rating = rating_of(known, certainty=Certainty(sure) if sure else None, seconds=seconds)
        found.append(Exposure(clause, rating, Source(RecallSource.QUIZ, asked), at))
    return found


def practice_exposures_unscoped(answers: Iterable[PracticeAnswer]) -> list[Exposure]:
    """What these answers of five a day showed, each of all clauses behind its question. Two queries."""
    answers = list(answers)
    cited: dict[int, list[int]] = defaultdict(list)
    for asked, clause in PracticeClause.objects.filter(asked__in={answer.asked_id for answer in answers}).values_list(
        "asked", "version__clause"
    ):
        cited[asked].append(clause)
    return [
        Exposure(
            clause,
            # What comes back was answered a minute ago, with the clause beside it.
            rating_of(Fraction(answer.mark), is_hinted=answer.is_hinted or answer.turn > 1, seconds=answer.seconds),
            Source(RecallSource.PRACTICE, answer.pk),
            answer.answered_at,
        )
        for answer in answers
        for clause in cited[answer.asked_id]
    ]


def answers_of(learner: User) -> list[Exposure]:
    """Every answer of this person in quizzes and practice."""
    attempts = QuizAttempt.objects.filter(learner=learner, submitted_at__isnull=False)
    practised = PracticeAnswer.objects.filter(asked__practice_day__learner=learner)
    return quiz_exposures_unscoped(attempts) + practice_exposures_unscoped(practised)


def missing_exposures_unscoped(exposures: Iterable[Exposure]) -> list[Exposure]:
    """Those of which no review is kept, each once. One query."""
    wanted = {(one.source.kind, one.source.id, one.clause_id): one for one in exposures}
    sources = {"source__in": {kind for kind, _, _ in wanted}, "source_id__in": {pk for _, pk, _ in wanted}}
    there = RecallReview.objects.filter(**sources).order_by()
    for key in there.values_list("source", "source_id", "clause"):
        wanted.pop(key, None)
    return list(wanted.values())


def memories_unscoped(learner: User, clauses: Collection[int] | None = None) -> dict[int, tuple[MemoryState, int]]:
    """Clause id → what all reviews come to, and how many they are; of these clauses, of all for None. One query."""
    reviews: dict[int, list[RecallReview]] = defaultdict(list)
    rows = RecallReview.objects.filter(learner=learner).order_by("reviewed_at", "pk")
    for row in rows if clauses is None else rows.filter(clause__in=clauses):
        reviews[row.clause_id].append(row)
    return {
        clause: (state, len(of_clause))
        for clause, of_clause in reviews.items()
        if (state := remember(row.rated for row in of_clause))
    }


@dataclass(frozen=True)
class RecallDifference:
    """Where what is kept of a person's memory isn't what the facts say. clauses: whose state is wrong; stale: rows of no review."""

    missing: list[Exposure]
    clauses: set[int]
    stale: set[int]

    def __bool__(self) -> bool:
        return bool(self.missing or self.clauses or self.stale)


def recall_difference_unscoped(learner: User) -> RecallDifference:
    kept = {row.clause_id: (row.state, row.version) for row in Recall.objects.filter(learner=learner)}
    right = memories_unscoped(learner)
    return RecallDifference(
        missing=missing_exposures_unscoped(exposures_of(learner)),
        clauses={clause for clause, memory in right.items() if kept.get(clause) != memory},
        stale=kept.keys() - right.keys(),
    )


def learned_unscoped(learner: User, branch: Branch | None) -> list[Learned]:
    """Clauses in force that this person has answered about, played, or signed. Two queries."""
    in_force = Clause.objects.filter(retired_at=None, current_version__isnull=False)
    found = {
        row.clause_id: Learned(row.clause_id, row.state, local_today(branch, row.due_at))
        for row in Recall.objects.filter(learner=learner, clause__in=in_force)
    }
    signed = AcknowledgedClause.objects.filter(acknowledgement__learner=learner, version__clause__in=in_force)
    for clause in signed.order_by().values_list("version__clause", flat=True).distinct():
        found.setdefault(clause, Learned(clause))
    return list(found.values())


@dataclass(frozen=True)
class ChapterStrength:
    """How well a chapter is remembered. percent: the average chance that one of its clauses is, None where nothing was asked.

    asked: clauses asked about at least once, of `learned`.
    """

    page: ChapterPage
    number: int
    percent: int | None
    asked: int
    learned: int


def strength_for_learner(viewer: User, branch: Branch | None, now: datetime) -> list[ChapterStrength]:
    """Chapter by chapter in the order of the document, those of which this person has learned something. Four queries."""
    learned = {one.clause_id: one for one in learned_unscoped(viewer, branch)}
    by_chapter: dict[uuid.UUID, list[Learned]] = defaultdict(list)
    for pk, key in Clause.objects.filter(pk__in=learned).values_list("pk", "chapter_key"):
        by_chapter[key].append(learned[pk])
    return [
        ChapterStrength(
            page,
            number,
            _percent(chances) if chances else None,
            len(chances),
            len(by_chapter[page.translation_key]),
        )
        for number, page in enumerate(live_chapters_unscoped(), start=1)
        if page.translation_key in by_chapter
        for chances in [[strength(one.state, now) for one in by_chapter[page.translation_key] if one.state]]
    ]


@dataclass(frozen=True)
class TeamChapter:
    """How well a team remembers a chapter: the average over so many of its people, each of whom counts alike."""

    page: ChapterPage
    number: int
    percent: int
    people: int


@dataclass(frozen=True)
class TeamStrength:
    """How well a team remembers. chapters: those about which enough of its people were asked; people: who work in it today."""

    team: Team
    people: int
    chapters: list[TeamChapter]


def team_strength_for_supervisor(viewer: User, now: datetime, today: date) -> list[TeamStrength]:
    """The teams supervised today, each by itself. Of a chapter about which fewer than five were asked nothing is shown.

    A person counts in the team that they joined last, so that no two averages differ by one person. A fixed number of queries.
    """
    teams = teams_for_supervisor(viewer, now)
    works: dict[int, int] = dict(
        Membership.objects.filter(team__in=teams, user__is_active=True)
        .on(today)
        .order_by("starts_on", "pk")
        .values_list("user", "team")
    )
    rows = Recall.objects.filter(learner__in=works, clause__retired_at=None)
    chances: dict[tuple[int, uuid.UUID], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("clause").order_by():
        chances[works[row.learner_id], row.clause.chapter_key][row.learner_id].append(strength(row.state, now))
    chapters = list(enumerate(live_chapters_unscoped(), start=1))
    return [
        TeamStrength(
            team,
            sum(of == team.pk for of in works.values()),
            [
                TeamChapter(page, number, _percent([fmean(of) for of in people.values()]), len(people))
                for number, page in chapters
                for people in [chances.get((team.pk, page.translation_key), {})]
                if len(people) >= FEWEST_PEOPLE
            ],
        )
        for team in teams
    ]


def _percent(chances: Collection[float]) -> int:
    """The average of at least one, as whole per cent, cut."""
    return int(100 * fmean(chances))
