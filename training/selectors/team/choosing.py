"""People chosen in a list, and whether they are still there when something is done for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from people.models import User
from training.selectors.team.matrix import TeamMatrix
from training.selectors.team.scope import team_scope_for_supervisor


def people_of_matrix(matrix: TeamMatrix, start: int = 0, stop: int | None = None) -> list[User]:
    """Those found, in their order, or some of them."""
    return [row.user for row in matrix.memberships.select_related("user")[start:stop]]


def people_in_teams_of_supervisor(viewer: User, now: datetime, chosen: Collection[UUID]) -> list[User]:
    """Those of these people who are in a team supervised today, by name."""
    memberships = team_scope_for_supervisor(viewer, now).memberships.filter(user__public_id__in=chosen)
    return [row.user for row in memberships.select_related("user").order_by("user__name", "pk")]


def people_chosen_unscoped(chosen: Collection[UUID]) -> list[User]:
    """For who had them in their list a moment ago, and is told whom it no longer concerns."""
    return list(User.objects.filter(public_id__in=chosen).order_by("name", "pk"))
