"""My training: what a learner has to do, has done, and does next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from core.enums import Status
from people.models import Branch, User
from people.selectors import branch_for_person, local_today
from quizzes.selectors.attempts import quiz_summaries_for_learner
from training.domain.states import AssignmentFacts, standing
from training.enums import ActivityKind
from training.models.assignments import ProgramAssignment
from training.models.programs import Program, ProgramActivity
from training.selectors.scenarios import scenario_summaries_for_learner
from training.selectors.states import shown


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

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_locked(self) -> bool:
        return self.status is Status.LOCKED


@dataclass(frozen=True)
class ProgramCard:
    """One assignment as its learner sees it."""

    assignment: ProgramAssignment
    status: Status
    activities: list[ActivityCard]
    days_left: int | None

    @property
    def program(self) -> Program:
        return self.assignment.program

    @property
    def done(self) -> int:
        return sum(card.is_done for card in self.activities)

    @property
    def minutes_left(self) -> int:
        return sum(card.minutes for card in self.activities if not card.is_done)

    @property
    def next(self) -> ActivityCard | None:
        return next((card for card in self.activities if card.is_next), None)

    @property
    def weave(self) -> list[str]:
        """One tile an activity."""
        return ["done" if card.is_done else "now" if card.is_next else "" for card in self.activities]


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


def my_training_for_learner(viewer: User, now: datetime, *, along: tuple[str, ...] = ()) -> MyTraining:
    """All assignments of this person, the most urgent first. A fixed number of queries.

    along: related rows (from the assignment) that whoever stands above wants fetched with them.
    """
    branch = branch_for_person(viewer, now)
    today = local_today(branch, now)
    assignments = list(
        ProgramAssignment.objects.filter(learner=viewer)
        .latest_cycles()
        .select_related("program", "completion", "release", *along)
    )
    activities, completed = _activities(assignments)
    done = {key: {pk: local_today(branch, at) for pk, at in ats.items()} for key, ats in completed.items()}
    tried = _tried(viewer, [activity for program in activities.values() for activity in program])
    cards = [
        _program_card(
            assignment,
            [
                it
                for it in activities.get(assignment.program_id, ())
                if it.is_asking or it.pk in done.get(assignment.pk, {})
            ],
            done.get(assignment.pk, {}),
            tried,
            today,
        )
        for assignment in assignments
    ]
    is_open = {Status.ASSIGNED, Status.IN_PROGRESS, Status.OVERDUE}
    return MyTraining(
        today=today,
        branch=branch,
        open=sorted((card for card in cards if card.status in is_open), key=_urgency),
        closed=[card for card in cards if card.status not in is_open],
    )


def _activities(
    assignments: Collection[ProgramAssignment],
) -> tuple[dict[int, list[ProgramActivity]], dict[int, dict[int, datetime]]]:
    """Program id → its activities in use; assignment id → when each activity (by id) was completed in it. One query for both."""
    found: dict[int, dict[int, ProgramActivity]] = defaultdict(dict)
    completed: dict[int, dict[int, datetime]] = defaultdict(dict)
    programs = {assignment.program_id for assignment in assignments}
    own = FilteredRelation("completions", condition=Q(completions__assignment__in=assignments))
    rows = (
        ProgramActivity.objects.filter(program__in=programs, is_active=True)
        .annotate_asking()
        .annotate(own=own, done_in=F("own__assignment"), done_at=F("own__completed_at"))
    )
    # The pages' bodies are long, and a list shows none of them.
    shown = [f"{kind}__{name}" for kind in ActivityKind for name in ("title", "slug", "minutes")]
    for activity in rows.select_related(*ActivityKind).only("program", *shown).order_by("sort_order", "pk"):
        found[activity.program_id][activity.pk] = activity
        if activity.done_in:
            completed[activity.done_in][activity.pk] = activity.done_at
    return {program: list(activities.values()) for program, activities in found.items()}, completed


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
    assignment: ProgramAssignment,
    activities: list[ProgramActivity],
    done: dict[int, date],
    tried: dict[tuple[str, int], Status],
    today: date,
) -> ProgramCard:
    status = shown(standing(_facts(assignment, bool(done)), today))
    next_id = next((activity.pk for activity in activities if activity.pk not in done), None)
    cards = [
        _activity_card(assignment.program, activity, done.get(activity.pk), tried, activity.pk == next_id)
        for activity in activities
    ]
    days_left = (assignment.due_on - today).days if assignment.due_on else None
    return ProgramCard(assignment=assignment, status=status, activities=cards, days_left=days_left)


def _activity_card(
    program: Program,
    activity: ProgramActivity,
    done_on: date | None,
    tried: dict[tuple[str, int], Status],
    is_next: bool,
) -> ActivityCard:
    kind, page = activity.kind, activity.page
    status = Status.DONE if done_on else tried.get((kind, page.pk), Status.ASSIGNED)
    if not done_on and program.is_ordered and not is_next:
        status = Status.LOCKED
    return ActivityCard(
        kind=kind,
        title=page.title,
        url=page.get_learner_url(),
        minutes=page.minutes,
        status=status,
        done_on=done_on,
        is_next=is_next,
    )


def _facts(assignment: ProgramAssignment, is_started: bool) -> AssignmentFacts:
    completion = getattr(assignment, "completion", None)
    return AssignmentFacts(
        due_on=assignment.due_on,
        is_started=is_started,
        completed_on=completion.completed_on if completion else None,
        expires_on=completion.expires_on if completion else None,
        is_released=hasattr(assignment, "release"),
    )


def _urgency(card: ProgramCard) -> tuple[bool, date, int]:
    return card.assignment.due_on is None, card.assignment.due_on or date.max, card.assignment.pk
