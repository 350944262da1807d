"""Telling people of their programmes: what they were assigned, what is due, late, to be refreshed, expired. Each thing once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from core.domain.dates import local_day
from outbox.selectors import told_unscoped
from outbox.services import Message, tell_many
from people.models import User
from people.selectors import zones_of_people
from training.domain.telling import due_stage, expiry_stage, ladder_step, overdue_stage
from training.enums import AssignmentKind
from training.models.assignments import ProgramAssignment
from training.models.deltas import DeltaRefresher
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.many import reminder_key
from training.selectors.telling import (
    Telling,
    deltas_due_or_late_unscoped,
    due_or_late_unscoped,
    expiring_or_expired_unscoped,
    supervisors_unscoped,
    supervisors_upwards_unscoped,
    week_of_team,
)
from training.services.exceptions import NothingOpen

BEGUN: dict[str, str] = {AssignmentKind.RECERTIFICATION: "refresher_open", AssignmentKind.DELTA: "what_changed"}
"""Kind of assignment → kind of notice that tells of it, where it isn't simply assigned."""


@transaction.atomic
def tell_of_assignments(*, assignments: Collection[ProgramAssignment], now: datetime) -> None:
    """These assignments began: first ones, refreshers and what changed, each with when it is due."""
    zones = zones_of_people({each.learner_id for each in assignments}, now)
    messages: dict[str, list[Message]] = defaultdict(list)
    for each in assignments:
        kind = BEGUN.get(each.kind, "assigned")
        messages[kind].append(
            Message(
                recipient=each.learner_id,
                key=f"{kind}:{each.pk}",
                context={**_named(each.program, each.delta), "due_on": each.due_on},
                url=reverse("my_training"),
                zone=zones[each.learner_id],
            )
        )
    for kind, begun in messages.items():
        tell_many(kind=kind, messages=begun, now=now)


@transaction.atomic
def remind(*, status: ProgramStatus, now: datetime) -> bool:
    """Remind this person of this programme; False where they were reminded of it today already, whoever did it.

    Raises NothingOpen for one that they have done, needn't do, or can't do now.
    """
    zone = zones_of_people([status.learner_id], now)[status.learner_id]
    today = local_day(now, zone)
    User.objects.lock(status.learner)
    if not ProgramStatus.objects.asked_on(today).filter(pk=status.pk, is_open=True).exists():
        raise NothingOpen
    return _tell("reminder", [reminder(status=status, zone=zone, now=now)], now) > 0


def reminder(*, status: ProgramStatus, zone: ZoneInfo, now: datetime) -> Message:
    """zone: of where the person works, whose programme comes with the status."""
    today, due_on = local_day(now, zone), status.due_on
    return Message(
        recipient=status.learner_id,
        key=reminder_key(status, today),
        context={"program": status.program.title, "due_on": due_on, "is_late": bool(due_on and due_on < today)},
        url=reverse("my_training"),
        zone=zone,
    )


def tell_of_dates(*, now: datetime) -> int:
    """Tell what is due in 14, 3 and 0 days, overdue, expiring or expired, and the supervisors of who is late; how many notices that was."""
    late = [*due_or_late_unscoped(now), *deltas_due_or_late_unscoped(now)]
    messages = {
        "due_soon": [_due(each, stage) for each in late if (stage := _stage_before(each)) is not None],
        "overdue": [_due(each, -stage) for each in late if (stage := _stage_after(each)) is not None],
        "late_in_team": list(_up_the_ladder(late, now)),
        "expiring": list(_expiring(now)),
    }
    return sum(_tell(kind, found, now) for kind, found in messages.items())


@transaction.atomic
def _tell(kind: str, messages: list[Message], now: datetime) -> int:
    told = told_unscoped({message.key for message in messages})
    fresh = [message for message in messages if (message.recipient, message.key) not in told]
    tell_many(kind=kind, messages=fresh, now=now)
    return len(fresh)


def tell_supervisors_weekly(*, now: datetime) -> int:
    """Once a week, from Monday on, tell everybody who supervises a team how it is with it; how many notices that was."""
    supervisors = supervisors_unscoped(now)
    zones = zones_of_people({person.pk for person in supervisors}, now)
    keys = {person.pk: f"week:{local_day(now, zones[person.pk]):%G-%V}" for person in supervisors}
    told = told_unscoped(set(keys.values()))
    waiting = [person for person in supervisors if (person.pk, keys[person.pk]) not in told]
    messages = [
        Message(person.pk, keys[person.pk], week_of_team(person, now), reverse("my_team"), zones[person.pk])
        for person in waiting
    ]
    tell_many(kind="weekly_team", messages=messages, now=now)
    return len(messages)


def _stage_before(telling: Telling) -> int | None:
    due_on = telling.status.due_on
    return due_stage(due_on, telling.assigned_on, telling.today) if due_on else None


def _stage_after(telling: Telling) -> int | None:
    due_on = telling.status.due_on
    return overdue_stage(due_on, telling.today) if due_on else None


def _due(telling: Telling, stage: int) -> Message:
    """stage: days before it is due; below 0, days since. An extension is another date, of which people are told anew."""
    status = telling.status
    context = {**_named(status.program, status.assignment.delta), "due_on": status.due_on, "is_today": stage == 0}
    return Message(
        recipient=status.learner_id,
        key=f"due:{status.assignment_id}:{status.due_on}:{stage}",
        context=context,
        url=reverse("my_training"),
        zone=telling.zone,
    )


def _up_the_ladder(late: Iterable[Telling], now: datetime) -> Iterator[Message]:
    steps = [(each, ladder_step(each.status.due_on, each.today)) for each in late if each.status.due_on]
    waiting = [(each, step) for each, step in steps if step]
    ladder = supervisors_upwards_unscoped({each.status.learner_id for each, _step in waiting}, now)
    told = [
        (each, step, person)
        for each, steps_taken in waiting
        for step, people in enumerate(ladder[each.status.learner_id][:steps_taken], start=1)
        for person in sorted(people)
    ]
    zones = zones_of_people({person for _each, _step, person in told}, now)
    for each, step, person in told:
        status = each.status
        yield Message(
            recipient=person,
            key=f"late:{status.assignment_id}:{status.due_on}:{step}",
            context={
                "person": status.learner.name,
                **_named(status.program, status.assignment.delta),
                "due_on": status.due_on,
            },
            url=f"{reverse('my_team')}?show=overdue",
            zone=zones[person],
        )


def _expiring(now: datetime) -> Iterator[Message]:
    for each in expiring_or_expired_unscoped(now):
        expires_on, opens_on = cast(date, each.status.expires_on), cast(date, each.status.opens_on)
        stage = -1 if expires_on < each.today else expiry_stage(expires_on, opens_on, each.today)
        if stage is not None:
            yield Message(
                recipient=each.status.learner_id,
                key=f"expiry:{each.status.assignment_id}:{stage}",
                context={"program": each.status.program.title, "expires_on": expires_on, "has_expired": stage < 0},
                url=reverse("my_training"),
                zone=each.zone,
            )


def _named(program: Program, delta: DeltaRefresher | None) -> dict[str, str]:
    """What it is called: the programme, or the codes of what changed."""
    return {"program": program.title, **({"codes": delta.codes} if delta else {})}
