"""Rows of a file to what would happen: who joins, moves, changes and leaves. The same rows, once they are in, plan nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from people.domain.importing.columns import Column
from people.domain.importing.here import Here, Person, Place, Supervision
from people.domain.importing.lookup import Lookup
from people.domain.importing.notes import Code, Note, Severity
from people.domain.importing.rows import Parsed, PersonRow, faulty_lines

DAY = timedelta(days=1)


class Outcome(StrEnum):
    """What a row comes to; the most telling of several."""

    FAULTY = "faulty"
    JOINS = "joins"
    LEAVES = "leaves"
    MOVES = "moves"
    CHANGES = "changes"
    UNCHANGED = "unchanged"
    LEFT_BEFORE = "left_before"


@dataclass(frozen=True)
class Placement:
    """A membership to be. replaces: one that began on the same day and is altered; ends: one that ends on the day before."""

    team: int
    role: int
    starts_on: date
    ends_on: date | None = None
    replaces: int | None = None
    ends: int | None = None


@dataclass(frozen=True)
class Planned:
    """person: None where the row brings somebody new. fields: what changes of them, by the name of the field.

    supervises, supervised_till: teams that they begin to supervise on `since`, and supervisions that end the day before.
    """

    row: PersonRow
    outcome: Outcome
    person: Person | None = None
    fields: Mapping[str, str | date | bool | None] = field(default_factory=dict)
    placement: Placement | None = None
    supervises: tuple[int, ...] = ()
    supervised_till: tuple[Supervision, ...] = ()
    since: date = date.min
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Plan:
    """file_notes: about the file or its headings; those about a row stand with it."""

    rows: tuple[Planned, ...]
    file_notes: tuple[Note, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """Of rows, by outcome."""
        return Counter(row.outcome for row in self.rows)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return (*self.file_notes, *(note for row in self.rows for note in row.notes))

    @cached_property
    def faults(self) -> tuple[Note, ...]:
        """All that must be mended first, by row."""
        return tuple(
            sorted((note for note in self.notes if note.severity == Severity.ERROR), key=lambda note: note.line)
        )

    @cached_property
    def warnings(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.severity == Severity.WARNING)

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    @cached_property
    def touched(self) -> tuple[Planned, ...]:
        """Rows that would change something."""
        idle = {Outcome.UNCHANGED, Outcome.LEFT_BEFORE, Outcome.FAULTY}
        return tuple(row for row in self.rows if row.outcome not in idle)


def make_plan(parsed: Parsed, here: Here) -> Plan:
    lines = {row.line for row in parsed.rows}
    by_line: dict[int, list[Note]] = {line: [] for line in lines}
    for note in parsed.notes:
        if note.line in lines:
            by_line[note.line].append(note)
    planner = _Planner(parsed, here)
    rows = tuple(planner.planned(row, by_line[row.line]) for row in parsed.rows)
    return Plan(rows, tuple(note for note in parsed.notes if note.line not in lines))


class _Planner:
    def __init__(self, parsed: Parsed, here: Here) -> None:
        self.here, self.headings = here, parsed.headings
        self.first_lines: dict[tuple[str, object], int] = {}

    def planned(self, row: PersonRow, notes: list[Note]) -> Planned:
        """notes: what there is to say of this row already."""
        found = Lookup(row, self.here, self.headings, notes)
        person = self._person(found)
        self._refuse_twice(found, person)
        _check_key(found, person)
        planned = _of_person(found, person) if person else _of_newcomer(found)
        outcome = Outcome.FAULTY if faulty_lines(tuple(notes)) else planned.outcome
        return replace(planned, outcome=outcome, notes=tuple(notes))

    def _person(self, found: Lookup) -> Person | None:
        row = found.row
        by_number, by_email = self.here.by_number.get(row.number), self.here.by_email.get(row.email)
        person = by_number or by_email
        other_number = by_email is not None and by_email.number not in ("", row.number) and bool(row.number)
        if by_email and (by_email is not person or (by_number is None and other_number)):
            found.fault(Code.EMAIL_TAKEN, Column.EMAIL, value=row.email, name=by_email.name)
        return person

    def _refuse_twice(self, found: Lookup, person: Person | None) -> None:
        keys = [("number", found.row.number), ("email", found.row.email), ("person", person.pk if person else "")]
        said = [key for key in keys if key[1] != ""]
        first = min((self.first_lines[key] for key in said if key in self.first_lines), default=0)
        if first:
            found.fault(Code.TWICE, row=first)
        for key in said:
            self.first_lines.setdefault(key, found.row.line)


def _check_key(found: Lookup, person: Person | None) -> None:
    row, zeroed = found.row, found.here.zeroed
    if not row.number and not row.email:
        found.fault(Code.NO_KEY)
    if row.email and not found.here.is_email(row.email):
        found.fault(Code.BAD_EMAIL, Column.EMAIL, value=row.email)
    if row.number in zeroed and row.number not in found.here.by_number:
        found.fault(Code.ZEROS_LOST, Column.NUMBER, value=row.number, other=zeroed[row.number])


def _of_newcomer(found: Lookup) -> Planned:
    row, here = found.row, found.here
    if row.last_day and row.last_day < here.today:
        return Planned(row, Outcome.LEFT_BEFORE)
    if not row.email and row.number:
        found.fault(Code.EMAIL_MISSING, Column.EMAIL)
    if not row.name:
        found.fault(Code.NAME_MISSING, Column.NAME)
    _check_days(found, row.first_day, row.last_day)
    since = row.since or row.first_day or here.today
    placement, supervises, _ = _placed(found, None, since)
    return Planned(row, Outcome.JOINS, None, _fields(found, None), placement, supervises, since=since)


def _of_person(found: Lookup, person: Person) -> Planned:
    row, here = found.row, found.here
    if person.has_left(here.today):
        return _of_somebody_gone(found, person)
    if not person.is_active:
        found.warn(Code.SWITCHED_OFF, name=person.name)
    _check_days(found, row.first_day or person.employed_on, row.last_day or person.left_on)
    fields = _fields(found, person)
    if row.last_day and row.last_day < here.today:
        return Planned(row, Outcome.LEAVES, person, fields)
    since = row.since or max(here.today, row.first_day or person.employed_on or here.today)
    placement, supervises, till = _placed(found, person, since)
    outcome = (
        Outcome.LEAVES
        if fields.get("left_on")
        else Outcome.MOVES
        if placement
        else Outcome.CHANGES
        if fields or supervises or till
        else Outcome.UNCHANGED
    )
    return Planned(row, outcome, person, fields, placement, supervises, till, since)


def _of_somebody_gone(found: Lookup, person: Person) -> Planned:
    """They come back with a first day after their last, or with a last day that is still to come."""
    row, here = found.row, found.here
    left_on = person.left_on or here.today
    is_again = bool(row.first_day and row.first_day > left_on and (not row.last_day or row.last_day >= row.first_day))
    if not is_again and not (row.last_day and row.last_day >= here.today):
        return _of_somebody_still_gone(found, person, left_on)
    _check_days(found, row.first_day or person.employed_on, row.last_day)
    fields = {**_fields(found, person), "left_on": row.last_day, "is_active": True}
    since = row.since or (row.first_day if is_again and row.first_day else here.today)
    placement, supervises, till = _placed(found, person, since)
    return Planned(row, Outcome.JOINS, person, fields, placement, supervises, till, since)


def _of_somebody_still_gone(found: Lookup, person: Person, left_on: date) -> Planned:
    row = found.row
    if row.last_day and row.last_day != left_on:
        _check_days(found, row.first_day or person.employed_on, row.last_day)
        return Planned(row, Outcome.LEAVES, person, {"left_on": row.last_day})
    if not row.last_day:
        found.warn(Code.HAS_LEFT, name=person.name, day=left_on.isoformat())
    return Planned(row, Outcome.UNCHANGED, person)


def _check_days(found: Lookup, first: date | None, last: date | None) -> None:
    since = found.row.since
    if first and last and first > last:
        column = Column.LAST_DAY if found.row.last_day else Column.FIRST_DAY
        found.fault(Code.FIRST_AFTER_LAST, column, first=first.isoformat(), last=last.isoformat())
    elif since and ((first and since < first) or (last and since > last)):
        found.fault(Code.SINCE_OUTSIDE, Column.SINCE, since=since.isoformat())


def _fields(found: Lookup, person: Person | None) -> dict[str, str | date | bool | None]:
    """What the row says and isn't so yet, by field of a person."""
    row = found.row
    said = {
        "employee_number": (row.number, person and person.number),
        "email": (row.email, person and person.email),
        "name": (row.name, person and person.name),
        "short_name": (row.called, person and person.called),
        "language": (found.language(), person and person.language),
        "employed_on": (row.first_day, person and person.employed_on),
        "left_on": (row.last_day, person and person.left_on),
    }
    return {field: new for field, (new, old) in said.items() if new and new != old}


def _placed(
    found: Lookup, person: Person | None, since: date
) -> tuple[Placement | None, tuple[int, ...], tuple[Supervision, ...]]:
    branch = found.branch()
    if branch is None:
        return None, (), ()
    placement = _placement(found, person, branch, since)
    wanted = found.supervised(branch)
    if wanted is None:
        return placement, (), ()
    held = [each for each in (person.supervisions if person else ()) if each.holds_on(since)]
    begun = tuple(team for team in wanted if team not in {each.team for each in held})
    return placement, begun, tuple(each for each in held if each.team not in wanted)


def _placement(found: Lookup, person: Person | None, branch: str, since: date) -> Placement | None:
    """Where the row has them from that day on; None where they are there, or the row doesn't say."""
    row, places = found.row, person.places if person else ()
    team, role = found.team(branch), found.role()
    now = person.place_on(since) if person else None
    if not row.team and (now is None or (branch and found.here.team_by_pk[now.team].branch != branch)):
        if row.role or row.branch:
            found.fault(Code.TEAM_MISSING, Column.TEAM)
        return None
    if row.team and now is None and not row.role:
        found.fault(Code.ROLE_MISSING, Column.ROLE)
    wanted_team = team.pk if team else now.team if now and not row.team else None
    wanted_role = role or (now.role if now and not row.role else None)
    if wanted_team is None or wanted_role is None:
        return None
    if any(place.holds_on(since) and (place.team, place.role) == (wanted_team, wanted_role) for place in places):
        return None
    return _beginning(wanted_team, wanted_role, since, now, places)


def _beginning(team: int, role: int, since: date, now: Place | None, places: tuple[Place, ...]) -> Placement:
    """From `since` up to the day before the next that is planned; what began on the same day never came about, and is altered."""
    same_day = [place for place in places if place.starts_on == since and (place.team == team or place is now)]
    altered = next((place for place in same_day if place.team == team), same_day[0] if same_day else None)
    later = [place.starts_on for place in places if place.starts_on > since]
    return Placement(
        team=team,
        role=role,
        starts_on=since,
        ends_on=min(later) - DAY if later else None,
        replaces=altered.pk if altered else None,
        ends=now.pk if now and now.starts_on < since else None,
    )
