"""Assigning by rule: as the rules change, and as people join, change role or leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.contributions import LongJobKind, Step
from core.domain.batches import BATCH
from people.models import User
from training.domain.deadlines import Deadline
from training.enums import AssignmentKind
from training.models.assignments import AssignmentRelease, ProgramAssignment
from training.models.audience import AudienceRule
from training.models.programs import Program
from training.selectors.audience import (
    assignments_to_release_unscoped,
    moved_dates_unscoped,
    people_to_assign_unscoped,
    programs_with_audience_unscoped,
    to_do_for_audience_unscoped,
)
from training.services.assigning import assign_people
from training.services.status import keep_status


@transaction.atomic
def set_audience(
    *, program: Program, rules: Iterable[AudienceRule], deadline: Deadline, by: User | None, now: datetime
) -> None:
    """Keep these rules and this deadline in place of the old ones. What follows from them is `take_audience_step`."""
    Program.objects.select_for_update().get(pk=program.pk)
    program.audience_rules.all().delete()
    AudienceRule.objects.bulk_create(rules)
    program.days_to_complete, program.fixed_due_on = deadline.days, deadline.on
    program.save(update_fields=["days_to_complete", "fixed_due_on"])


def take_audience_step(*, arguments: dict[str, Any], place: Any, by: User | None, now: datetime) -> Step:
    """One piece of what new rules ask for (a LongWork): assign some hundred people, release some, move some due dates.

    arguments: {"program": id, "moves": whether the deadline is another}. What is done isn't to do any more, so that it goes on
    wherever it was cut off.
    """
    program, moves = Program.objects.get(pk=arguments["program"]), arguments["moves"]
    told = place or {
        "total": to_do_for_audience_unscoped(program, now, moves=moves),
        "assigned": 0,
        "released": 0,
        "moved": 0,
        "after": 0,
    }
    did = _assign_some(program, by, now) or _release_some(program, by, now)
    if moves and not did:
        did = _move_some(program, told["after"], now)
    told = {**told, "after": did.pop("after", told["after"])} | {
        name: told[name] + count for name, count in did.items()
    }
    counts = {name: told[name] for name in ("assigned", "released", "moved")}
    return Step(done=sum(counts.values()), total=told["total"], place=told, is_last=not did, result=counts)


def _told(result: dict[str, Any]) -> str:
    message = _("Assigned: %(assigned)s. Released: %(released)s. Due dates moved: %(moved)s.")
    return message % {name: result.get(name, 0) for name in ("assigned", "released", "moved")}


AUDIENCE_JOB = LongJobKind("audience", gettext_lazy("People assigned by rule"), take_audience_step, _told)


@transaction.atomic
def apply_audiences(*, learners: Collection[int], now: datetime) -> int:
    """After these people (ids) joined, moved or left: how many assignments began or were released, over all programmes with rules."""
    return sum(
        sum((_assign_some(program, None, now, learners) | _release_some(program, None, now, learners)).values())
        for program in programs_with_audience_unscoped()
    )


def _assign_some(
    program: Program, by: User | None, now: datetime, learners: Collection[int] | None = None
) -> dict[str, int]:
    """learners: of these only, and all of them."""
    people = people_to_assign_unscoped(program, now, among=learners).values_list("pk", flat=True)
    some = list(people if learners is not None else people[:BATCH])
    if not some:
        return {}
    made = assign_people(program=program, learners=some, kind=AssignmentKind.FIRST, is_by_rule=True, by=by, now=now)
    return {"assigned": len(made)}


def _release_some(
    program: Program, by: User | None, now: datetime, learners: Collection[int] | None = None
) -> dict[str, int]:
    given = assignments_to_release_unscoped(program, now, among=learners).values_list("pk", "learner")
    some = dict(given if learners is not None else given[:BATCH])
    if not some:
        return {}
    User.objects.lock_all(some.values())
    still = ProgramAssignment.objects.open().filter(pk__in=some)
    released = AssignmentRelease.objects.bulk_create(
        AssignmentRelease(
            assignment=assignment,
            released_at=now,
            released_by=by,
            reason=_("No longer in the audience"),
            is_by_rule=True,
        )
        for assignment in still
    )
    keep_status(learners=list(some.values()), programs=[program.pk])
    return {"released": len(released)}


def _move_some(program: Program, after: int, now: datetime) -> dict[str, int]:
    """after: the id of the last assignment that was looked at."""
    looked_at, moved = moved_dates_unscoped(program, program.deadline, now, after=after, most=BATCH)
    if looked_at is None:
        return {}
    for each in moved:
        each.assignment.due_on = each.due_on
    ProgramAssignment.objects.bulk_update([each.assignment for each in moved], ["due_on"])
    keep_status(learners=[each.assignment.learner_id for each in moved], programs=[program.pk])
    return {"moved": len(moved), "after": looked_at}
