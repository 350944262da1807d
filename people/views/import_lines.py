"""What is planned for somebody, in the words of the review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.domain.importing.notes import WORDS, Note
from people.domain.importing.planning import Planned

KNOWN_AS = {"employee_number": "number", "short_name": "called"}
"""Field of a person in the database → the same of the one that the plan knows, where that has another name."""
BESIDE = frozenset({"employee_number", "email", "name"})
"""Of somebody new these stand beside what happens."""


@dataclass(frozen=True)
class FaultLine:
    line: int
    column: str
    words: str


@dataclass(frozen=True)
class PlanLine:
    """details: what changes of this person, a sentence each."""

    line: int
    name: str
    email: str
    number: str
    details: tuple[str, ...]
    notes: tuple[FaultLine, ...]


def fault_line(note: Note) -> FaultLine:
    return FaultLine(note.line, note.column, _(WORDS[note.code]) % dict(note.params))


def plan_line(row: Planned, teams: Mapping[int, str], roles: Mapping[int, str]) -> PlanLine:
    said, person = row.row, row.person
    return PlanLine(
        line=said.line,
        name=said.name or (person.name if person else ""),
        email=said.email or (person.email if person else ""),
        number=said.number or (person.number if person else ""),
        details=(*_fields(row), *_placements(row, teams, roles)),
        notes=tuple(map(fault_line, row.notes)),
    )


def _fields(row: Planned) -> Iterator[str]:
    labels = {
        "employee_number": _("Employee number"),
        "email": _("E-mail"),
        "name": _("Name"),
        "short_name": _("Called"),
        "language": _("Language"),
        "employed_on": _("First day"),
        "left_on": _("Last day"),
    }
    for field, label in labels.items():
        if field not in row.fields or (row.person is None and field in BESIDE):
            continue
        old = _shown(getattr(row.person, KNOWN_AS.get(field, field))) if row.person else ""
        new = _shown(row.fields[field])
        yield f"{label}: {old} → {new or '–'}" if old else f"{label}: {new}"
    if row.fields.get("is_active"):
        yield _("The account is switched on again")


def _placements(row: Planned, teams: Mapping[int, str], roles: Mapping[int, str]) -> Iterator[str]:
    if new := row.placement:
        words = {"team": teams[new.team], "role": roles[new.role], "day": _shown(new.starts_on)}
        old = row.person.place_on(new.starts_on) if row.person else None
        before = f"{teams[old.team]}, {roles[old.role]} → " if old else ""
        yield before + _("%(team)s, %(role)s, from %(day)s") % words
    for team in row.supervises:
        yield _("Supervises %(team)s") % {"team": teams[team]}
    for held in row.supervised_till:
        yield _("No longer supervises %(team)s") % {"team": teams[held.team]}


def _shown(value: str | date | bool | None) -> str:
    if isinstance(value, date):
        return date_format(value, "j M Y")
    written = str(value or "")
    return str(dict(settings.WAGTAIL_CONTENT_LANGUAGES).get(written, written))
