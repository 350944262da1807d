"""What somebody has to pass, has tried more than once, and hasn't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from training.models.assignments import Completion, ProgramAssignment
from training.querysets import asked_in_cycle

OFTEN = 2
"""From so many failures on a supervisor is told."""


@dataclass(frozen=True)
class Failure:
    """title: of the quiz or the role-play; times: how often it was failed in this cycle."""

    title: str
    times: int


def repeated_failures_unscoped(learners: Collection[int]) -> dict[tuple[int, int], list[Failure]]:
    """(person, programme) → what they failed twice or more often since it was assigned, and haven't done. One query."""
    found: dict[tuple[int, int], list[Failure]] = defaultdict(list)
    runs, attempts = (rows.values_list("learner", "program", "what", "times") for rows in failed_often(learners))
    for learner, program, title, times in runs.union(attempts, all=True).order_by("what"):
        found[learner, program].append(Failure(title, times))
    return dict(found)


def failed_often(learners: Any) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """A row for each such role-play, and for each such quiz: learner, program, status (id of theirs with it), what (its title), times.

    learners: ids, or a query for them.
    """
    runs = _failed_often("scenario__playthroughs", "ended_at", learners, practice_of=None)
    return runs, _failed_often("quiz__attempts", "submitted_at", learners)


def _failed_often(tries: str, ended: str, learners: Any, **counting: Any) -> QuerySet[Any, Any]:
    """tries: how to get from an activity to what people did there; ended: when each was over; counting: which of them count."""
    path = f"program__activities__{tries}__"
    of_cycle = Q(
        asked_in_cycle(cycle="", activity="program__activities__"),
        **{f"{path}learner": F("learner"), f"{path}is_success": False, f"{path}{ended}__gte": F("assigned_at")},
        **{f"{path}{name}": value for name, value in counting.items()},
    )
    done = Completion.objects.filter(assignment=OuterRef("pk"), activity=OuterRef("program__activities"))
    own = Q(learner__in=learners, learner__statuses__program=F("program"))
    rows = ProgramAssignment.objects.open().filter(of_cycle, own).order_by()
    waiting = rows.annotate(is_done=Exists(done)).filter(is_done=False)  # a filter would join the activities once more
    title = F(f"program__activities__{tries.partition('__')[0]}__title")
    named = waiting.annotate(status=F("learner__statuses"), what=title).values("learner", "program", "status", "what")
    return named.annotate(times=Count(f"{path}pk", distinct=True)).filter(times__gte=OFTEN)
