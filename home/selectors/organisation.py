"""The organisation's figures with the names of what they are grouped by, in order, and what they can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Branch, JobRole, Team
from training.domain.tallies import STATES, Tally
from training.enums import Grouping
from training.models import Program
from training.models.organisation import NONE
from training.selectors.organisation import Figures

SORTED_BY = ("share", "total", *STATES)
MOST_TEAMS = 200
"""So many can be chosen from a list; where there are more, a branch is to be chosen first."""


@dataclass(frozen=True)
class GroupLine:
    """key: the id of what it is. about: the branch of a team."""

    key: int
    name: str
    about: str
    tally: Tally


@dataclass(frozen=True)
class Choices:
    """Ids and names. teams: none where there are too many of them."""

    branches: list[tuple[int, str]]
    teams: list[tuple[int, str]]
    job_roles: list[tuple[int, str]]
    programs: list[tuple[int, str]]
    has_too_many_teams: bool


def group_lines_unscoped(figures: Figures, grouping: Grouping, sort: str = "") -> list[GroupLine]:
    """sort: "name", or a property of a tally ("overdue", "share"), the greatest first with a minus before it."""
    names = _names(grouping)
    lines = [
        GroupLine(key, *(names.get(key) or (_("In no team") if key == NONE else _("No longer there"), "")), tally)
        for key, tally in figures.tallies.items()
        if tally.total
    ]
    return _sorted(lines, sort)


def choices_unscoped(branch: int | None, team: int | None) -> Choices:
    """What lists to choose from hold; the teams of this branch, or of all."""
    teams = Team.objects.select_related("branch").order_by("branch__name", "name")
    some = list((teams.filter(branch=branch) if branch else teams)[: MOST_TEAMS + 1])
    has_too_many = len(some) > MOST_TEAMS
    if has_too_many:
        some = list(teams.filter(pk=team)) if team else []
    return Choices(
        list(Branch.objects.order_by("name").values_list("pk", "name")),
        [(each.pk, f"{each.name}, {each.branch.name}") for each in some],
        list(JobRole.objects.order_by("name").values_list("pk", "name")),
        list(Program.objects.order_by("title").values_list("pk", "title")),
        has_too_many,
    )


def _names(grouping: Grouping) -> dict[int, tuple[str, str]]:
    if grouping is Grouping.TEAM:
        return {
            pk: (name, branch) for pk, name, branch in Team.objects.order_by().values_list("pk", "name", "branch__name")
        }
    rows = {
        Grouping.BRANCH: Branch.objects.order_by().values_list("pk", "name"),
        Grouping.JOB_ROLE: JobRole.objects.order_by().values_list("pk", "name"),
        Grouping.PROGRAM: Program.objects.order_by().values_list("pk", "title"),
    }[grouping]
    return {pk: (name, "") for pk, name in rows}


def _sorted(lines: Iterable[GroupLine], sort: str) -> list[GroupLine]:
    by_name = sorted(lines, key=lambda line: (line.name.casefold(), line.about.casefold()))
    name = sort.removeprefix("-")
    if name not in SORTED_BY:
        return by_name[::-1] if sort == "-name" else by_name
    return sorted(by_name, key=lambda line: getattr(line.tally, name) or 0, reverse=sort.startswith("-"))
