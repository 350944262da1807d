"""In which order people stand in a team's matrix."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, DateField, F, Min, OuterRef, QuerySet, Subquery, Value, When

from core.enums import Status
from people.models import Membership
from training.enums import RANK
from training.models.status import ProgramStatus
from training.selectors.team.scope import TeamScope

WITHOUT_DATE = (RANK[Status.WAIVED], RANK[Status.RELEASED])


@dataclass(frozen=True)
class Sort:
    """by: "name", "team", "status" (the worst first) or "date" (the soonest first); of: the short name of a programme, for
    the status and the date of that one; else they are the worst and the soonest of all.
    """

    by: str = "name"
    of: str = ""
    is_reversed: bool = False

    def __str__(self) -> str:
        """As the address of a page says it: “-status:welcome”."""
        return f"{'-' if self.is_reversed else ''}{self.by}{':' if self.of else ''}{self.of}"

    @property
    def turned(self) -> Sort:
        """The other way round."""
        return replace(self, is_reversed=not self.is_reversed)


BY_NAME = Sort()


def sorted_memberships(scope: TeamScope, memberships: QuerySet[Membership], sort: Sort) -> QuerySet[Membership]:
    """Of these, in this order; then by name. Who has no such status or date comes last either way."""
    if sort.by in ("name", "team"):
        fields = ("user__name", "pk") if sort.by == "name" else ("team__name", "team__branch__name", "user__name", "pk")
        return memberships.order_by(*(_directed(field, sort) for field in fields[:-1]), "pk")
    found = memberships.annotate(soonest=_least(scope, sort, "day"))
    keys = [_directed("soonest", sort)]
    if sort.by == "status":
        found = found.annotate(worst=_least(scope, sort, "rank"))
        keys.insert(0, _directed("worst", sort))
    return found.order_by(*keys, "user__name", "pk")


def _least(scope: TeamScope, sort: Sort, name: str) -> Subquery:
    day = Case(
        When(rank__in=WITHOUT_DATE, then=Value(None)),
        When(completed_on=None, then=F("due_on")),
        default=F("expires_on"),
        output_field=DateField(),
    )
    own: Any = ProgramStatus.objects.filter(learner=OuterRef("user")).with_rank(scope.day_of("learner"))
    chosen = own.filter(program__slug=sort.of) if sort.of else own
    return Subquery(chosen.annotate(day=day).order_by().values("learner").annotate(least=Min(name)).values("least"))


def _directed(field: str, sort: Sort) -> Any:
    return F(field).desc(nulls_last=True) if sort.is_reversed else F(field).asc(nulls_last=True)
