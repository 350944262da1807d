"""Whom a programme is for by its rules, and what a change of them would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.domain.dates import local_day
from core.selectors import organisation_today
from people.models import Membership, Team, User
from people.selectors import zones_of_people
from training.domain.deadlines import Deadline
from training.enums import AssignmentKind
from training.models.assignments import ProgramAssignment
from training.models.audience import AudienceRule
from training.models.programs import Program
from training.models.status import ProgramStatus


@dataclass(frozen=True)
class MovedDate:
    assignment: ProgramAssignment
    due_on: date | None


@dataclass(frozen=True)
class AudienceChange:
    """What other rules would do: who is assigned, who is released, whose due date moves."""

    assigned: QuerySet[User]
    released: QuerySet[ProgramAssignment]
    moved: list[MovedDate]
    in_audience: int

    @property
    def is_nothing(self) -> bool:
        return not (self.assigned.exists() or self.released.exists() or self.moved)


RULE_FIELDS = ("is_everybody", "job_role", "team", "branch", "employed_from", "employed_until")


def audience_of_program(program: Program) -> list[dict[str, Any]]:
    """Its rules as a form shows them."""
    return list(program.audience_rules.values(*RULE_FIELDS))


def audience_unscoped(rules: Iterable[AudienceRule], now: datetime) -> QuerySet[User]:
    """Active people whom any of these rules describes today. No rules: nobody."""
    wanted = Q(pk__in=())
    for rule in rules:
        wanted |= _described(rule, organisation_today(now))
    return User.objects.active().filter(wanted)


def programs_with_audience_unscoped() -> QuerySet[Program]:
    """Those that have rules, or gave something by rules that they no longer have."""
    given = ProgramAssignment.objects.open().filter(program=OuterRef("pk"), is_by_rule=True)
    rules = AudienceRule.objects.filter(program=OuterRef("pk"))
    return Program.objects.filter(Exists(rules) | Exists(given)).order_by("pk")


def people_to_assign_unscoped(
    program: Program,
    now: datetime,
    *,
    rules: Iterable[AudienceRule] | None = None,
    among: Collection[int] | None = None,
) -> QuerySet[User]:
    """Those in the audience who never had the programme, or were released from it by rule.

    rules: in place of the programme's own. among: only of these people (ids).
    """
    released = Q(is_released=True, assignment__release__is_by_rule=True)
    having = ProgramStatus.objects.filter(program=program).exclude(released)
    people = audience_unscoped(_rules(program, rules), now).exclude(pk__in=having.values("learner"))
    return (people if among is None else people.filter(pk__in=among)).order_by("name", "pk")


def assignments_to_release_unscoped(
    program: Program,
    now: datetime,
    *,
    rules: Iterable[AudienceRule] | None = None,
    among: Collection[int] | None = None,
) -> QuerySet[ProgramAssignment]:
    """Open ones that a rule gave to people who are no longer in the audience."""
    given = ProgramAssignment.objects.open().filter(program=program, is_by_rule=True)
    given = given.exclude(learner__in=audience_unscoped(_rules(program, rules), now))
    given = given.select_related("learner").order_by("learner__name", "pk")
    return given if among is None else given.filter(learner__in=among)


def moved_dates_unscoped(
    program: Program, deadline: Deadline, now: datetime, *, after: int = 0, most: int | None = None
) -> tuple[int | None, list[MovedDate]]:
    """The id of the last open assignment that was looked at, and those among them that would be due on another day.

    A refresher is due when the old certificate expires, and what was extended when that says: the deadline moves neither.
    after: of those with a greater id; most: so many are looked at.
    """
    first = ProgramAssignment.objects.open().filter(program=program, extensions=None, pk__gt=after)
    first = first.exclude(kind__in=(AssignmentKind.RECERTIFICATION, AssignmentKind.DELTA))
    waiting = list(first.select_related("learner").order_by("pk")[:most])
    zones = zones_of_people({each.learner_id for each in waiting}, now)
    found = [
        MovedDate(
            each,
            deadline.counted_from(local_day(each.assigned_at, zones[each.learner_id]), each.learner.employed_on),
        )
        for each in waiting
    ]
    last = waiting[-1].pk if waiting else None
    return last, [moved for moved in found if moved.due_on != moved.assignment.due_on]


def audience_change_unscoped(
    program: Program, rules: Iterable[AudienceRule], deadline: Deadline, now: datetime
) -> AudienceChange:
    """What these rules and this deadline would do, in place of those that hold."""
    rules = list(rules)
    released = assignments_to_release_unscoped(program, now, rules=rules)
    gone = set(released.values_list("pk", flat=True))
    moved = [] if deadline == program.deadline else moved_dates_unscoped(program, deadline, now)[1]
    return AudienceChange(
        assigned=people_to_assign_unscoped(program, now, rules=rules),
        released=released,
        moved=[each for each in moved if each.assignment.pk not in gone],
        in_audience=audience_unscoped(rules, now).count(),
    )


def to_do_for_audience_unscoped(program: Program, now: datetime, *, moves: bool) -> int:
    """How many assignments the rules that hold are still to begin or release, and, if it moves dates, the deadline to move."""
    gone = set(assignments_to_release_unscoped(program, now).values_list("pk", flat=True))
    moved = moved_dates_unscoped(program, program.deadline, now)[1] if moves else []
    staying = [each for each in moved if each.assignment.pk not in gone]
    return people_to_assign_unscoped(program, now).count() + len(gone) + len(staying)


def _rules(program: Program, rules: Iterable[AudienceRule] | None) -> Iterable[AudienceRule]:
    return program.audience_rules.all() if rules is None else rules


def people_out_of_audience_unscoped(pairs: Collection[tuple[int, int]], now: datetime) -> set[tuple[int, int]]:
    """Those (person, programme) of which the programme's rules no longer describe the person."""
    people: dict[int, set[int]] = defaultdict(set)
    for person, program in pairs:
        people[program].add(person)
    rules: dict[int, list[AudienceRule]] = defaultdict(list)
    for rule in AudienceRule.objects.filter(program__in=people):
        rules[rule.program_id].append(rule)
    return {
        (person, program)
        for program, having in people.items()
        for person in having
        - set(audience_unscoped(rules[program], now).filter(pk__in=having).values_list("pk", flat=True))
    }


def _described(rule: AudienceRule, today: date) -> Q:
    if rule.is_everybody:
        return Q(pk__isnull=False)
    described = Q()
    if rule.employed_from:
        described &= Q(employed_on__gte=rule.employed_from)
    if rule.employed_until:
        described &= Q(employed_on__lte=rule.employed_until)
    places = {"job_role": rule.job_role_id, "team__branch": rule.branch_id}
    where = Q(**{name: value for name, value in places.items() if value})
    if rule.team_id:
        where &= Q(team__in=Team.objects.with_subteams(rule.team_id))
    if where:
        described &= Q(Exists(Membership.objects.on(today).filter(where, user=OuterRef("pk"))))
    return described
