"""One person, for whoever looks after them: what is wrong, where they stand, what happened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.models import Certificate
from core.selectors import organisation_today
from people.models import Membership, User
from people.selectors import local_today, membership_for_person, people_for_viewer, teams_for_supervisor
from training.selectors.events import sources_for_learner
from training.selectors.history import Event, History, Source
from training.selectors.person import DeltaOfPerson, ProgramOfPerson, deltas_for_learner, programs_for_learner


@dataclass(frozen=True)
class PersonReading:
    """membership: where they work today. today: the day that it is there."""

    person: User
    membership: Membership | None
    today: date
    programs: list[ProgramOfPerson]
    changes: list[DeltaOfPerson]
    history: History

    @property
    def trouble(self) -> list[ProgramOfPerson]:
        return [each for each in self.programs if each.is_trouble]


def looked_after_by_viewer(viewer: User, public_id: uuid.UUID, now: datetime) -> User | None:
    """That person, if `viewer` supervises a team of theirs today or may see everybody. Being oneself isn't enough."""
    found = people_for_viewer(viewer, now).filter(public_id=public_id)
    if public_id == viewer.public_id and not viewer.has_perm("people.view_all_people"):
        own = Membership.objects.on(organisation_today(now)).filter(team__in=teams_for_supervisor(viewer, now))
        found = found.filter(pk__in=own.values("user"))
    return found.first()


def person_reading(person: User, now: datetime) -> PersonReading:
    """For who looks after this person."""
    membership = membership_for_person(person, now)
    branch = membership.team.branch if membership else None
    return PersonReading(
        person=person,
        membership=membership,
        today=local_today(branch, now),
        programs=programs_for_learner(person, branch, now),
        changes=deltas_for_learner(person, branch, now),
        history=History([*sources_for_learner(person), _certificates(person)]),
    )


def _certificates(person: User) -> Source:
    return Source(Certificate.objects.filter(learner=person), "issued_at", _issued)


def _issued(row: Any) -> Event:
    title = _("Certificate: %(title)s, %(number)s") % {"title": row.program_title, "number": row.number}
    until = (_("valid until %(day)s") % {"day": date_format(row.expires_on, "j F Y")},) if row.expires_on else ()
    return Event(row.issued_at, "i-award", "ok", title, until, url=row.get_absolute_url())
