"""Who stands behind a figure of the organisation: person × programme, by name, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from core.enums import Status
from core.selectors import organisation_today
from people.models import JobRole, LeaveOfAbsence, Membership, Team, User
from training.domain.states import standing
from training.models.assignments import ProgramAssignment, ProgramCompletion
from training.models.exceptions import Waiver
from training.models.organisation import NONE
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.conditions import shown_as
from training.selectors.counting import end_of_day, then_unscoped
from training.selectors.organisation import Chosen
from training.selectors.placing import NOWHERE, Place, placing_unscoped
from training.selectors.states import facts_of, shown

CHUNK = 60
MOST_CHUNKS = 50
"""So many people, some at a time, are looked through for one page of a day that is over; the next page goes on after them."""

PAGE_OF_FILE, MOST_LINES = 1000, 100_000
"""A file of more is nothing that anybody could read: they narrow it first."""


@dataclass(frozen=True)
class PersonLine:
    """team: with its branch; None for who was in none. on: until when it holds or held, or is to be done."""

    person: User
    team: Team | None
    job_role: str
    program: Program
    status: Status
    on: date | None


@dataclass(frozen=True)
class After:
    """Where a page ends: a person, and the last programme (id) of theirs on it; None for all of them."""

    person: User
    program: int | None = None

    def __str__(self) -> str:
        return f"{self.person.public_id}.{self.program or ''}"


@dataclass(frozen=True)
class PeoplePage:
    """after: where the next one begins; None on the last."""

    lines: list[PersonLine]
    after: After | None


@dataclass(frozen=True)
class _Found:
    person: User
    program: int
    place: Place
    status: Status
    on: date | None


def place_after_unscoped(words: str) -> After | None:
    """What `After` says of itself in an address; None for anything else."""
    key, _dot, program = words.partition(".")
    try:
        person = User.objects.filter(public_id=key).first()
    except ValidationError:
        return None
    return After(person, int(program) if program.isdecimal() and len(program) < 10 else None) if person else None


def people_behind_unscoped(
    chosen: Chosen, status: Status | None, day: date, now: datetime, *, after: After | None, most: int
) -> PeoplePage:
    """A page of who is shown as this (None: as anything), today or on a day that is over. A fixed number of queries a page."""
    if day < organisation_today(now):
        return _page_of_day(chosen, status, day, after, most)
    return _page_of_today(chosen, status, day, after, most)


def all_people_behind_unscoped(chosen: Chosen, status: Status | None, day: date, now: datetime) -> Iterator[PersonLine]:
    """The same, page after page, up to MOST_LINES."""
    after, told = None, 0
    while told < MOST_LINES:
        page = people_behind_unscoped(chosen, status, day, now, after=after, most=min(PAGE_OF_FILE, MOST_LINES - told))
        yield from page.lines
        after, told = page.after, told + len(page.lines)
        if after is None:
            return


def _page_of_today(chosen: Chosen, status: Status | None, day: date, after: After | None, most: int) -> PeoplePage:
    rows = ProgramStatus.objects.filter(learner__is_active=True, is_released=False).with_overlays(day)
    if status is not None:
        rows = rows.filter(shown_as(day)[status])
    if chosen.program is not None:
        rows = rows.filter(program=chosen.program)
    rows = rows.filter(_placed("learner", chosen, day), _behind("learner__", after, program="program"))
    some = list(rows.select_related("learner").order_by("learner__name", "learner_id", "program_id")[: most + 1])
    places = _places({row.learner_id for row in some}, day)
    found = [
        _Found(
            row.learner,
            row.program_id,
            places.get(row.learner_id, NOWHERE),
            status,
            _day(status, row.due_on, row.completed_on, row.expires_on),
        )
        for row in some
        for status in [shown(standing(facts_of(row, is_started=row.done > 0), day))]
    ]
    return _page(found, most)


def _page_of_day(chosen: Chosen, status: Status | None, day: date, after: After | None, most: int) -> PeoplePage:
    found: list[_Found] = []
    last = after
    for _number in range(MOST_CHUNKS):
        chunk = _candidates(chosen, status, day, last)
        found += _found_of_day(chunk, chosen, status, day, last)
        if len(chunk) < CHUNK:
            return _page(found, most)
        last = After(chunk[-1])
        if len(found) > most:
            return _page(found, most)
    return PeoplePage(_page(found, most).lines, last)


def _candidates(chosen: Chosen, status: Status | None, day: date, after: After | None) -> list[User]:
    """The next people by name who may be such; the facts of that day decide."""
    then = Membership.objects.on(day).filter(user=OuterRef("pk"), ends_on__isnull=False)
    people = User.objects.filter(Q(is_active=True) | Exists(then), _placed("pk", chosen, day), _behind("", after))
    return list(people.filter(_may_be(status, chosen, day)).order_by("name", "pk")[:CHUNK])


def _may_be(status: Status | None, chosen: Chosen, day: date) -> Exists:
    """What somebody must have, of the programme that is chosen, to be shown so on that day."""
    until, program = end_of_day(day), {} if chosen.program is None else {"program": chosen.program}
    assignments = ProgramAssignment.objects.filter(learner=OuterRef("pk"), assigned_at__lt=until, **program)
    completions = ProgramCompletion.objects.filter(completed_at__lt=until, assignment__learner=OuterRef("pk"))
    completions = completions.filter(**{f"assignment__{name}": value for name, value in program.items()})
    rows: dict[Status | None, Any] = {
        Status.CERTIFIED: completions.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day)),
        Status.REFRESH: completions.filter(expires_on__gte=day),
        Status.EXPIRED: completions.filter(expires_on__lt=day),
        Status.WAIVED: Waiver.objects.on(day, until=until).filter(learner=OuterRef("pk"), **program),
        Status.ON_LEAVE: LeaveOfAbsence.objects.on(day).filter(user=OuterRef("pk")),
    }
    never = assignments.filter(Q(completion=None) | Q(completion__completed_at__gte=until))
    rows |= dict.fromkeys((Status.OVERDUE, Status.IN_PROGRESS, Status.ASSIGNED), never)
    return Exists(rows.get(status, assignments))


def _found_of_day(
    people: Collection[User], chosen: Chosen, status: Status | None, day: date, after: After | None
) -> Iterator[_Found]:
    by_id = {person.pk: person for person in people}
    programs = None if chosen.program is None else [chosen.program]
    order = {pk: number for number, pk in enumerate(by_id)}
    found = then_unscoped(list(by_id), day, programs)
    for learner, program in sorted(found, key=lambda pair: (order[pair[0]], pair[1])):
        then = found[learner, program]
        is_shown = then.status is not Status.RELEASED if status is None else then.status is status
        is_behind = after is None or learner != after.person.pk or program > (after.program or 0)
        if is_shown and is_behind:
            facts = then.facts
            on = _day(then.status, facts.due_on, facts.completed_on, facts.expires_on)
            yield _Found(by_id[learner], program, then.place, then.status, on)


def _placed(person: str, chosen: Chosen, day: date) -> Q:
    """person: the field that leads to them."""
    if NONE in (chosen.branch, chosen.team, chosen.job_role):
        return ~Q(Exists(Membership.objects.on(day).filter(user=OuterRef(person))))
    wanted = {"team__branch": chosen.branch, "team": chosen.team, "job_role": chosen.job_role}
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    return Q(Exists(placing_unscoped(day).filter(user=OuterRef(person), **narrowed))) if narrowed else Q()


def _behind(path: str, after: After | None, *, program: str = "") -> Q:
    """Behind that place in the order of names. path: to the person; program: the column of it, where rows are of programmes."""
    if after is None:
        return Q()
    person, name = after.person, f"{path}name"
    behind = Q(**{f"{name}__gt": person.name}) | Q(**{name: person.name, f"{path}pk__gt": person.pk})
    if after.program is not None:
        theirs = Q(**{f"{path}pk": person.pk})
        behind |= theirs & Q(**{f"{program}__gt": after.program}) if program else theirs
    # Said twice: by the first an index is entered.
    return Q(**{f"{name}__gte": person.name}) & behind


def _places(learners: Collection[int], day: date) -> dict[int, Place]:
    rows = placing_unscoped(day).filter(user__in=learners).values_list("user", "team__branch", "team", "job_role")
    return {user: Place(*place) for user, *place in rows}


def _day(status: Status, due_on: date | None, completed_on: date | None, expires_on: date | None) -> date | None:
    if status is Status.WAIVED:
        return None
    return due_on if completed_on is None else expires_on


def _page(found: list[_Found], most: int) -> PeoplePage:
    shown = found[:most]
    teams = Team.objects.select_related("branch").in_bulk({each.place.team for each in shown})
    roles = JobRole.objects.in_bulk({each.place.job_role for each in shown})
    programs = Program.objects.in_bulk({each.program for each in shown})
    lines = [
        PersonLine(
            person=each.person,
            team=teams.get(each.place.team),
            job_role=roles[each.place.job_role].name if each.place.job_role in roles else "",
            program=programs[each.program],
            status=each.status,
            on=each.on,
        )
        for each in shown
    ]
    more = len(found) > most
    return PeoplePage(lines, After(shown[-1].person, shown[-1].program) if more else None)
