"""Reads of programmes: My training, a team's matrix, what a programme rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page

from core.enums import Status
from core.selectors import organisation_today
from people.models import Membership, Team, User
from people.selectors import branch_for_person, local_today, teams_for_supervisor
from quizzes.models import AskedClause
from quizzes.selectors import quiz_summaries_for_learner
from standards.models import AcknowledgedClause
from standards.selectors import version_ids_in_force
from training.domain.states import AssignmentFacts, Standing, State, standing
from training.models import ChoiceCitation
from training.models.programs import Completion, Program, ProgramActivity, ProgramAssignment
from training.selectors.scenarios import scenario_summaries_for_learner

SHOWN = {
    State.ASSIGNED: Status.ASSIGNED,
    State.IN_PROGRESS: Status.IN_PROGRESS,
    State.CERTIFIED: Status.CERTIFIED,
    State.EXPIRED: Status.EXPIRED,
    State.RELEASED: Status.RELEASED,
}


def shown(where: Standing) -> Status:
    """What people see: overdue lies over the state."""
    return Status.OVERDUE if where.is_overdue else SHOWN[where.state]


@dataclass(frozen=True)
class ActivityCard:
    """One activity as its learner sees it. minutes: how long it takes; note: a figure beside the state, such as a best score."""

    activity: ProgramActivity
    kind: str
    title: str
    url: str
    minutes: int
    status: Status
    completed_at: datetime | None
    is_next: bool = False

    @property
    def is_done(self) -> bool:
        return self.completed_at is not None


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
    """What is next, what else there is, what is behind. `today` is the learner's own day."""

    today: date
    open: list[ProgramCard]
    closed: list[ProgramCard]

    @property
    def first(self) -> ProgramCard | None:
        return self.open[0] if self.open else None


@dataclass(frozen=True)
class Cell:
    """One person × one programme."""

    status: Status
    on: date | None = None
    done: int = 0
    total: int = 0

    @property
    def shows_progress(self) -> bool:
        return self.status is Status.IN_PROGRESS

    @property
    def shows_date(self) -> bool:
        return self.on is not None and not self.shows_progress


NOT_ASSIGNED = Cell(Status.NOT_ASSIGNED)


@dataclass(frozen=True)
class MatrixRow:
    person: User
    team: Team
    job_role: str
    cells: list[Cell]

    @property
    def fine(self) -> int:
        """How many programmes are in order."""
        return sum(cell.status is Status.CERTIFIED for cell in self.cells)

    @property
    def statuses(self) -> set[Status]:
        return {cell.status for cell in self.cells}


@dataclass(frozen=True)
class TeamMatrix:
    """People × programmes of the teams that somebody supervises today."""

    today: date
    teams: list[Team]
    programs: list[Program]
    rows: list[MatrixRow]
    counts: dict[Status, int] = field(default_factory=dict)
    people: int = 0

    @property
    def overdue(self) -> list[tuple[MatrixRow, Program, Cell]]:
        """Everything overdue or expired, longest first."""
        late = [
            (row, program, cell)
            for row in self.rows
            for program, cell in zip(self.programs, row.cells, strict=True)
            if cell.status.is_loud
        ]
        return sorted(late, key=lambda entry: entry[2].on or self.today)


def latest_assignment_unscoped(learner: User, program: Program) -> ProgramAssignment | None:
    return (
        ProgramAssignment.objects.filter(learner=learner, program=program)
        .select_related("completion", "release", "program")
        .order_by("-cycle")
        .first()
    )


def clause_versions_for_assignment_unscoped(assignment: ProgramAssignment) -> list[int]:
    """Ids of the versions in force of every clause that the assignment's evidence rests on: signed, asked, played."""
    evidence = Completion.objects.filter(assignment=assignment)
    signed = AcknowledgedClause.objects.filter(acknowledgement__in=evidence.values("acknowledgement"))
    asked = AskedClause.objects.filter(asked__attempt__in=evidence.values("attempt"))
    played = ChoiceCitation.objects.filter(version__in=evidence.values("playthrough__version"))
    clause_ids = {
        *signed.values_list("version__clause", flat=True),
        *asked.values_list("version__clause", flat=True),
        *played.values_list("clause", flat=True),
    }
    return sorted(version_ids_in_force(clause_ids).values())


def my_training_for_learner(viewer: User, now: datetime, *, along: tuple[str, ...] = ()) -> MyTraining:
    """All assignments of this person, the most urgent first. A fixed number of queries.

    along: related rows (from the assignment) that whoever stands above wants fetched with them.
    """
    today = local_today(branch_for_person(viewer, now), now)
    assignments = list(
        ProgramAssignment.objects.filter(learner=viewer)
        .latest_cycles()
        .select_related("program", "completion", "release", *along)
    )
    activities = _activities({assignment.program_id for assignment in assignments})
    completed: dict[int, dict[int, datetime]] = defaultdict(dict)
    for assignment_id, activity_id, at in Completion.objects.filter(assignment__in=assignments).values_list(
        "assignment", "activity", "completed_at"
    ):
        completed[assignment_id][activity_id] = at
    tried = _tried(viewer, [activity for program in activities.values() for activity in program])
    cards = [
        _program_card(assignment, activities[assignment.program_id], completed[assignment.pk], tried, today)
        for assignment in assignments
    ]
    is_open = {Status.ASSIGNED, Status.IN_PROGRESS, Status.OVERDUE}
    return MyTraining(
        today=today,
        open=sorted((card for card in cards if card.status in is_open), key=_urgency),
        closed=[card for card in cards if card.status not in is_open],
    )


def team_matrix_for_supervisor(
    viewer: User, now: datetime, *, team_id: int | None = None, name: str = "", status: Status | None = None
) -> TeamMatrix:
    """The matrix of the teams supervised today, sub-teams included, narrowed as asked. `counts` are before `status` narrows."""
    today = organisation_today(now)
    teams = list(teams_for_supervisor(viewer, now))
    chosen = [team for team in teams if team_id in (None, team.pk)]
    memberships = _memberships(chosen, today, name)
    people = {membership.user_id: membership for membership in memberships}
    assigned = _assigned(people)
    in_use = Count("activities", filter=Q(activities__is_active=True))
    programs = list(
        Program.objects.filter(pk__in={program for _, program in assigned}).annotate(total=in_use).order_by("title")
    )
    zone_today = {membership.team.branch_id: local_today(membership.team.branch, now) for membership in memberships}
    rows = [
        MatrixRow(
            person=membership.user,
            team=membership.team,
            job_role=membership.job_role.name,
            cells=[
                _cell(
                    assigned.get((membership.user_id, program.pk)), program.total, zone_today[membership.team.branch_id]
                )
                for program in programs
            ],
        )
        for membership in people.values()
    ]
    counts: dict[Status, int] = defaultdict(int)
    for row in rows:
        for seen in row.statuses:
            counts[seen] += 1
    narrowed = [row for row in rows if status is None or status in row.statuses]
    return TeamMatrix(today=today, teams=teams, programs=programs, rows=narrowed, counts=dict(counts), people=len(rows))


def programs_with_pages_unscoped(pages: Iterable[Page]) -> list[str]:
    """Titles of programmes in which one of these pages, or a page below it, is an activity."""
    below = Q()
    for page in pages:
        below |= Q(path__startswith=page.path)
    if not below:
        return []
    ids = Page.objects.filter(below).values("pk")
    uses = ProgramActivity.objects.filter(Q(chapter__in=ids) | Q(scenario__in=ids) | Q(quiz__in=ids))
    return sorted(set(uses.values_list("program__title", flat=True)))


def programs_unscoped() -> QuerySet[Program]:
    return Program.objects.all()


def people_to_assign(viewer: User, now: datetime) -> QuerySet[User]:
    """Active people whom this administrator may assign, by name."""
    return User.objects.for_viewer(viewer, day=organisation_today(now)).active().order_by("name")


def assignments_for_program(viewer: User, program: Program, now: datetime) -> QuerySet[ProgramAssignment]:
    """The newest cycle of each person that this viewer may see."""
    return (
        ProgramAssignment.objects.filter(program=program)
        .for_viewer(viewer, day=organisation_today(now))
        .latest_cycles()
        .select_related("learner", "completion", "release")
        .order_by("learner__name")
    )


def _activities(programs: Collection[int]) -> dict[int, list[ProgramActivity]]:
    found: dict[int, list[ProgramActivity]] = defaultdict(list)
    rows = ProgramActivity.objects.filter(program__in=programs, is_active=True).select_related(
        "chapter", "scenario", "quiz"
    )
    for activity in rows.order_by("sort_order", "pk"):
        found[activity.program_id].append(activity)
    return found


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
    completed: dict[int, datetime],
    tried: dict[tuple[str, int], Status],
    today: date,
) -> ProgramCard:
    status = shown(standing(_facts(assignment, bool(completed)), today))
    next_id = next((activity.pk for activity in activities if activity.pk not in completed), None)
    cards = [
        _activity_card(assignment.program, activity, completed.get(activity.pk), tried, activity.pk == next_id)
        for activity in activities
    ]
    days_left = (assignment.due_on - today).days if assignment.due_on else None
    return ProgramCard(assignment=assignment, status=status, activities=cards, days_left=days_left)


def _activity_card(
    program: Program,
    activity: ProgramActivity,
    completed_at: datetime | None,
    tried: dict[tuple[str, int], Status],
    is_next: bool,
) -> ActivityCard:
    page = activity.page
    status = Status.DONE if completed_at else tried.get((activity.kind, page.pk), Status.ASSIGNED)
    if not completed_at and program.is_ordered and not is_next:
        status = Status.LOCKED
    return ActivityCard(
        activity=activity,
        kind=activity.kind,
        title=page.title,
        url=page.get_learner_url(),
        minutes=page.minutes,
        status=status,
        completed_at=completed_at,
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


def _memberships(teams: list[Team], today: date, name: str) -> list[Membership]:
    """One membership a person, the newest, in the order of names."""
    rows = (
        Membership.objects.filter(team__in=teams, user__is_active=True)
        .on(today)
        .select_related("user", "team__branch", "job_role")
        .order_by("user__name", "user", "starts_on")
    )
    return list(rows.filter(user__name__icontains=name) if name else rows)


@dataclass(frozen=True)
class _Assigned:
    """One assignment of the matrix, without the rows around it: a company has many thousands."""

    learner_id: int
    program_id: int
    due_on: date | None
    completed_on: date | None
    expires_on: date | None
    release_id: int | None
    done: int


def _assigned(people: Collection[int]) -> dict[tuple[int, int], _Assigned]:
    """The newest cycle of each of these people and each programme, by (person, programme)."""
    done = Completion.objects.filter(assignment=OuterRef("pk"), activity__is_active=True).order_by()
    rows = (
        ProgramAssignment.objects.filter(learner__in=people)
        .latest_cycles()
        .annotate(done=Coalesce(Subquery(done.values("assignment").annotate(count=Count("pk")).values("count")), 0))
        .order_by()
        .values_list(
            "learner", "program", "due_on", "completion__completed_on", "completion__expires_on", "release", "done"
        )
    )
    return {(row[0], row[1]): _Assigned(*row) for row in rows}


def _cell(assigned: _Assigned | None, total: int, today: date) -> Cell:
    if assigned is None:
        return NOT_ASSIGNED
    facts = AssignmentFacts(
        due_on=assigned.due_on,
        is_started=assigned.done > 0,
        completed_on=assigned.completed_on,
        expires_on=assigned.expires_on,
        is_released=assigned.release_id is not None,
    )
    status = shown(standing(facts, today))
    on = facts.expires_on if status in (Status.CERTIFIED, Status.EXPIRED) else facts.due_on
    return Cell(status, None if status is Status.RELEASED else on, assigned.done, total)
