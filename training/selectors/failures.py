"""What somebody has to pass, has tried more than once, and hasn't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

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
    """(person, programme) → what they failed twice or more often since it was assigned, and haven't done. Two queries."""
    found: dict[tuple[int, int], list[Failure]] = defaultdict(list)
    for row in _failed(learners, "scenario__playthroughs", "ended_at", practice_of=None):
        found[row[:2]].append(Failure(*row[2:]))
    for row in _failed(learners, "quiz__attempts", "submitted_at"):
        found[row[:2]].append(Failure(*row[2:]))
    return dict(found)


def _failed(learners: Collection[int], tries: str, ended: str, **counting: Any) -> Any:
    """tries: how to get from an activity to what people did there; ended: when each was over; counting: which of them count."""
    path = f"program__activities__{tries}__"
    title = f"program__activities__{tries.partition('__')[0]}__title"
    of_cycle = Q(
        asked_in_cycle(cycle="", activity="program__activities__"),
        **{f"{path}learner": F("learner"), f"{path}is_success": False, f"{path}{ended}__gte": F("assigned_at")},
        **{f"{path}{name}": value for name, value in counting.items()},
    )
    done = Completion.objects.filter(assignment=OuterRef("pk"), activity=OuterRef("program__activities"))
    rows = ProgramAssignment.objects.open().filter(of_cycle, learner__in=learners).annotate(is_done=Exists(done))
    counted = rows.filter(is_done=False).order_by().values("learner", "program", title)
    often = counted.annotate(times=Count(f"{path}pk", distinct=True)).filter(times__gte=OFTEN)
    return often.order_by("learner", "program", title).values_list("learner", "program", title, "times")
