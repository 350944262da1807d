"""What can be done for many people at once: for whom, and who is left out and why. Asked before it is done, and again as it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from core.enums import Status
from outbox.selectors import told_unscoped
from people.selectors import days_of_people
from training.enums import RANK, LeftOut
from training.models.exceptions import Waiver
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.states import still_holds

LOUD = frozenset(RANK[status] for status in RANK if status.is_loud)
RESTING = frozenset({RANK[Status.WAIVED], RANK[Status.ON_LEAVE]})


@dataclass(frozen=True)
class Sorted:
    """takes: by person (id) the statuses that it concerns, none for who has none yet; left_out: by person why."""

    takes: dict[int, list[ProgramStatus]]
    left_out: dict[int, LeftOut]

    @property
    def statuses(self) -> list[ProgramStatus]:
        return [status for found in self.takes.values() for status in found]


def to_remind_unscoped(*, people: Collection[int], program: Program | None, now: datetime) -> Sorted:
    """Of a programme that they have open, or without one of all that is overdue or expired; once a day."""
    days = days_of_people(people, now)
    statuses = _statuses(people, program, days)
    told = told_unscoped(reminder_key(status, days[status.learner_id]) for status in statuses)

    def why_not(status: ProgramStatus) -> LeftOut | None:
        if not status.is_open:
            return LeftOut.NOTHING_OPEN
        if _rank(status) in RESTING:
            return LeftOut.RESTING
        key = reminder_key(status, days[status.learner_id])
        return LeftOut.REMINDED if (status.learner_id, key) in told else None

    if program is None:
        late = [status for status in statuses if _rank(status) in LOUD]
        return _sorted(people, late, why_not, otherwise=LeftOut.NOTHING_LATE)
    return _sorted(people, statuses, why_not, otherwise=LeftOut.NOT_ASSIGNED)


def to_assign_unscoped(*, people: Collection[int], program: Program, now: datetime) -> Sorted:
    """To whom it would be new: neither under way nor held."""
    days = days_of_people(people, now)
    kept = {
        status.learner_id
        for status in ProgramStatus.objects.filter(learner__in=people, program=program)
        if status.is_open or (not status.is_released and still_holds(status, days[status.learner_id]))
    }
    return Sorted({person: [] for person in people if person not in kept}, dict.fromkeys(kept, LeftOut.HAS_IT))


def to_extend_unscoped(*, people: Collection[int], program: Program, due_on: date, now: datetime) -> Sorted:
    """Who is at it for the first time, with a due date before this one."""

    def why_not(status: ProgramStatus) -> LeftOut | None:
        if not status.is_open:
            return LeftOut.NOTHING_OPEN
        if status.due_on is None or status.completed_on is not None:
            return LeftOut.NO_DATE
        return LeftOut.NOT_LATER if status.due_on >= due_on else None

    statuses = _statuses(people, program, days_of_people(people, now))
    return _sorted(people, statuses, why_not, otherwise=LeftOut.NOT_ASSIGNED)


def to_waive_unscoped(
    *, people: Collection[int], program: Program, starts_on: date, ends_on: date | None, now: datetime
) -> Sorted:
    """Who has it, and isn't waived on the first day or on the last."""
    waivers = Waiver.objects.filter(learner__in=people, program=program)
    days = [day for day in (starts_on, ends_on) if day]
    waived = {person for day in days for person in waivers.on(day).values_list("learner", flat=True)}

    def why_not(status: ProgramStatus) -> LeftOut | None:
        if status.is_released:
            return LeftOut.NOT_ASSIGNED
        return LeftOut.WAIVED if status.learner_id in waived else None

    statuses = _statuses(people, program, days_of_people(people, now))
    return _sorted(people, statuses, why_not, otherwise=LeftOut.NOT_ASSIGNED)


def reminder_key(status: ProgramStatus, today: date) -> str:
    """The notice that tells of it: one a day, whoever reminds."""
    return f"reminder:{status.assignment_id}:{today}"


def programs_of_people_unscoped(people: Collection[int]) -> QuerySet[Program]:
    """Those that any of them was ever assigned."""
    return Program.objects.filter(pk__in=ProgramStatus.objects.filter(learner__in=people).values("program"))


def _statuses(people: Collection[int], program: Program | None, days: dict[int, date]) -> list[ProgramStatus]:
    asked = Q(learner__in=people) if program is None else Q(learner__in=people, program=program)
    if not days:
        return []
    rows = ProgramStatus.objects.filter(asked).with_rank(_day_of_each(days))
    return list(rows.select_related("program", "assignment").order_by("learner", "program"))


def _day_of_each(days: dict[int, date]) -> date | Combinable:
    """There are hardly ever more than two days at a time in a company."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for person, day in days.items():
        by_day[day].append(person)
    *others, most = sorted(by_day, key=lambda day: len(by_day[day]))
    return Case(*(When(learner__in=by_day[day], then=Value(day)) for day in others), default=Value(most))


def _sorted(
    people: Collection[int],
    statuses: Iterable[ProgramStatus],
    why_not: Callable[[ProgramStatus], LeftOut | None],
    *,
    otherwise: LeftOut,
) -> Sorted:
    """otherwise: why those without any of these statuses are left out. Who has several is taken with those that can be."""
    takes: dict[int, list[ProgramStatus]] = defaultdict(list)
    left_out = dict.fromkeys(people, otherwise)
    for status in statuses:
        if reason := why_not(status):
            left_out[status.learner_id] = reason
        else:
            takes[status.learner_id].append(status)
    return Sorted(dict(takes), {person: reason for person, reason in left_out.items() if person not in takes})


def _rank(status: ProgramStatus) -> int:
    return int(status.rank)  # type: ignore[attr-defined]
