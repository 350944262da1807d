"""My training: what a learner has to do, has done, and does next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import nlargest
from typing import Any

from django.db.models import F, FilteredRelation, Q

from core.enums import Status
from people.models import Branch, User
from people.selectors import branch_for_person, local_today
from quizzes.selectors.attempts import quiz_summaries_for_learner
from training.domain.states import Overlay, standing
from training.enums import ActivityKind, AssignmentKind
from training.models.assignments import ProgramAssignment
from training.models.programs import ProgramActivity
from training.models.status import ProgramStatus
from training.selectors.deltas import delta_statuses_unscoped
from training.selectors.scenarios import scenario_summaries_for_learner
from training.selectors.states import facts_of, shown, still_holds

Owner = tuple[int | None, int | None]
"""Ids of the programme, or else of the delta, whose activities they are."""

LATELY = 3
"""How many things done last stand on the page; the record of learning has them all."""


@dataclass(frozen=True)
class ActivityCard:
    """One activity as its learner sees it. minutes: how long it takes; done_on: the learner's own day."""

    kind: ActivityKind
    title: str
    url: str
    minutes: int
    status: Status
    done_on: date | None
    is_next: bool = False
    is_optional: bool = False
    section: str = ""

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_locked(self) -> bool:
        return self.status is Status.LOCKED


@dataclass(frozen=True)
class ProgramCard:
    """One assignment as its learner sees it. still_holds: what they completed before is valid, even if they were released since."""

    assignment: ProgramAssignment
    status: Status
    activities: list[ActivityCard]
    due_on: date | None
    days_left: int | None
    is_open: bool
    expires_on: date | None
    still_holds: bool = False

    @property
    def title(self) -> str:
        return self.assignment.title

    @property
    def needed(self) -> list[ActivityCard]:
        return [card for card in self.activities if not card.is_optional]

    @property
    def done(self) -> int:
        """How many of those that are needed."""
        return sum(card.is_done for card in self.needed)

    @property
    def minutes_left(self) -> int:
        return sum(card.minutes for card in self.needed if not card.is_done)

    @property
    def next(self) -> ActivityCard | None:
        return next((card for card in self.activities if card.is_next), None)

    @property
    def weave(self) -> list[str]:
        """One tile for each activity that is needed."""
        return ["done" if card.is_done else "now" if card.is_next else "" for card in self.needed]


@dataclass(frozen=True)
class MyTraining:
    """What is next, what else there is, what is behind. `today` is the learner's own day; branch: where they work."""

    today: date
    branch: Branch | None
    open: list[ProgramCard]
    closed: list[ProgramCard]

    @property
    def first(self) -> ProgramCard | None:
        return self.open[0] if self.open else None

    @property
    def lately(self) -> list[ActivityCard]:
        """What was done last in these programmes, the newest first."""
        cards = [card for program in (*self.closed, *self.open) for card in program.activities]
        done = [(card.done_on, place, card) for place, card in enumerate(cards) if card.done_on]
        return [replace(card, section="") for _day, _place, card in nlargest(LATELY, done)]


def my_training_for_learner(viewer: User, now: datetime, *, along: tuple[str, ...] = ()) -> MyTraining:
    """All assignments of this person, the most urgent first. A fixed number of queries.

    along: related rows (from the assignment) that whoever stands above wants fetched with them.
    """
    branch = branch_for_person(viewer, now)
    today = local_today(branch, now)
    rows = ProgramStatus.objects.filter(learner=viewer).with_overlays(today).with_delta()
    statuses: list[Any] = list(rows.select_related("assignment__program", *(f"assignment__{each}" for each in along)))
    if any(status.has_delta for status in statuses):
        statuses += delta_statuses_unscoped([viewer.pk], today)
    assignments = [status.assignment for status in statuses]
    activities, completed = _activities(assignments)
    done = {key: {pk: local_today(branch, at) for pk, at in ats.items()} for key, ats in completed.items()}
    tried = _tried(viewer, [activity for program in activities.values() for activity in program])
    cards = []
    for status in statuses:
        did = done.get(status.assignment_id, {})
        own = activities.get(_owner(status.assignment), ())
        asked = [each for each in own if _is_asked(each, status.assignment, did)]
        cards.append(_program_card(status, asked, did, tried, today))
    return MyTraining(
        today=today,
        branch=branch,
        open=sorted((card for card in cards if card.is_open), key=_urgency),
        closed=[card for card in cards if not card.is_open],
    )


def _is_asked(activity: ProgramActivity, assignment: ProgramAssignment, done: Collection[int]) -> bool:
    """In this kind of cycle, and there is something to do; what was done is shown in any case."""
    is_refresher = assignment.kind == AssignmentKind.RECERTIFICATION
    asks = activity.in_refresher if is_refresher else activity.in_first
    return activity.pk in done or (asks and activity.is_asking)


def _activities(
    assignments: Collection[ProgramAssignment],
) -> tuple[dict[Owner, list[ProgramActivity]], dict[int, dict[int, datetime]]]:
    """Programme, or what changed, → its activities in use; assignment id → when each activity (by id) was completed in it.

    One query for both.
    """
    found: dict[Owner, dict[int, ProgramActivity]] = defaultdict(dict)
    completed: dict[int, dict[int, datetime]] = defaultdict(dict)
    programs = {assignment.program_id for assignment in assignments if not assignment.delta_id}
    deltas = {assignment.delta_id for assignment in assignments if assignment.delta_id}
    own = FilteredRelation("completions", condition=Q(completions__assignment__in=assignments))
    rows = (
        ProgramActivity.objects.filter(Q(program__in=programs) | Q(delta__in=deltas), is_active=True)
        .annotate_asking()
        .annotate(own=own, done_in=F("own__assignment"), done_at=F("own__completed_at"))
    )
    # The pages' bodies are long, and a list shows none of them.
    shown = [f"{kind}__{name}" for kind in ActivityKind for name in ("title", "slug", "minutes")]
    how = ("section", "is_optional", "in_first", "in_refresher")
    for activity in (
        rows.select_related(*ActivityKind).only("program", "delta", *how, *shown).order_by("sort_order", "pk")
    ):
        found[_owner(activity)][activity.pk] = activity
        if activity.done_in:
            completed[activity.done_in][activity.pk] = activity.done_at
    return {owner: list(activities.values()) for owner, activities in found.items()}, completed


def _owner(row: ProgramAssignment | ProgramActivity) -> Owner:
    return (None, row.delta_id) if row.delta_id else (row.program_id, None)


def _tried(viewer: User, activities: Iterable[ProgramActivity]) -> dict[tuple[str, int], Status]:
    """Quizzes and scenarios that this person has begun or failed, by kind and page id."""
    found: dict[tuple[str, int], Status] = {}
    activities = list(activities)
    quizzes = quiz_summaries_for_learner(viewer, [activity.quiz for activity in activities if activity.quiz])
    scenarios = scenario_summaries_for_learner(
        viewer, [activity.scenario for activity in activities if activity.scenario]
    )
    for kind, summaries in (("quiz", quizzes), ("scenario", scenarios)):
        for page_id, summary in summaries.items():
            found[kind, page_id] = {"open": Status.IN_PROGRESS, "failed": Status.FAILED}.get(
                summary.state, Status.ASSIGNED
            )
    return found


def _program_card(
    row: ProgramStatus,
    activities: list[ProgramActivity],
    done: dict[int, date],
    tried: dict[tuple[str, int], Status],
    today: date,
) -> ProgramCard:
    where = standing(facts_of(row, is_started=bool(done)), today)
    waiting = [activity for activity in activities if activity.pk not in done and not activity.is_optional]
    cards = [
        _activity_card(
            activity,
            done.get(activity.pk),
            tried,
            is_next=activity in waiting[:1],
            is_locked=row.assignment.is_ordered and _comes_after(activity, waiting[:1], activities),
        )
        for activity in activities
    ]
    return ProgramCard(
        assignment=row.assignment,
        status=shown(where),
        activities=cards,
        due_on=row.due_on,
        days_left=(row.due_on - today).days if row.due_on else None,
        is_open=row.is_open and where.overlay is not Overlay.WAIVED,
        expires_on=row.expires_on,
        still_holds=still_holds(row, today),
    )


def _comes_after(
    activity: ProgramActivity, step: Sequence[ProgramActivity], activities: Sequence[ProgramActivity]
) -> bool:
    """Whether it stands behind the next step: what is optional before it is open all the same."""
    return bool(step) and activities.index(activity) > activities.index(step[0])


def _activity_card(
    activity: ProgramActivity,
    done_on: date | None,
    tried: dict[tuple[str, int], Status],
    *,
    is_next: bool,
    is_locked: bool,
) -> ActivityCard:
    kind, page = activity.kind, activity.page
    status = Status.DONE if done_on else tried.get((kind, page.pk), Status.ASSIGNED)
    if not done_on and is_locked:
        status = Status.LOCKED
    return ActivityCard(
        kind=kind,
        title=page.title,
        url=page.get_learner_url(),
        minutes=page.minutes,
        status=status,
        done_on=done_on,
        is_next=is_next,
        is_optional=activity.is_optional,
        section=activity.section,
    )


def _urgency(card: ProgramCard) -> tuple[bool, date, int]:
    return card.due_on is None, card.due_on or date.max, card.assignment.pk
