"""The organisation's figures: by branch, team, job role or programme, on a day, and over the months."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet, Sum

from core.selectors import organisation_today
from training.domain.tallies import COUNTS, Tally, added_up
from training.enums import Grouping
from training.models.assignments import ProgramAssignment
from training.models.organisation import ALL, OrganisationCount, StatusCount
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.counting import Cell, Tallies, end_of_day, tallies_of_day_unscoped, tallies_today_unscoped

LIVE = 10_000
"""So many statuses are counted while somebody waits, in about a second; a company with more has them counted before."""
MONTHS = 12


@dataclass(frozen=True)
class Chosen:
    """What the figures are narrowed to, by ids. teams: of these only, for who supervises them."""

    branch: int | None = None
    team: int | None = None
    job_role: int | None = None
    program: int | None = None
    teams: frozenset[int] | None = None

    def holds(self, cell: Cell) -> bool:
        place = cell.place
        if self.teams is not None and place.team not in self.teams:
            return False
        return (
            self.branch in (None, place.branch)
            and self.team in (None, place.team)
            and self.job_role in (None, place.job_role)
            and self.program in (None, cell.program)
        )


@dataclass(frozen=True)
class Figures:
    """Tallies by the id of what they are grouped by. counted_at: None where they were counted just now, or not at all (is_counted)."""

    day: date
    tallies: dict[int, Tally] = field(default_factory=dict)
    counted_at: datetime | None = None
    is_counted: bool = True

    @property
    def total(self) -> Tally:
        return added_up(self.tallies.values())


@dataclass(frozen=True)
class MonthEnd:
    """tally: None where nobody counted that day yet."""

    day: date
    tally: Tally | None


def figures_unscoped(grouping: Grouping, chosen: Chosen, day: date, now: datetime) -> Figures:
    """How many people stand where on this day, today or over; a fixed number of queries, few and small rows for a large company."""
    today = organisation_today(now)
    count = latest_count_unscoped(day, is_whole=day < today)
    if count is not None:
        return Figures(count.day, _kept(count, grouping, chosen), count.counted_at)
    if not is_small_unscoped():
        return Figures(day, is_counted=False)
    tallies = tallies_of_day_unscoped(day) if day < today else tallies_today_unscoped(day)
    return Figures(day, _grouped(tallies, grouping, chosen))


def latest_count_unscoped(day: date, *, is_whole: bool) -> OrganisationCount | None:
    """The finished count of a day that is over; or the newest of those that were today when they were made."""
    counts = OrganisationCount.objects.filter(is_whole=is_whole, counted_at__isnull=False)
    return (counts.filter(day=day) if is_whole else counts.order_by("-counted_at")).first()


def is_small_unscoped() -> bool:
    """Whether the company may be counted while somebody waits."""
    return ProgramStatus.objects.order_by()[: LIVE + 1].count() <= LIVE


def trend_unscoped(chosen: Chosen, now: datetime) -> list[MonthEnd]:
    """Of the last twelve months' ends, the oldest first, what was counted. Two queries."""
    days = month_ends(organisation_today(now))
    counts = dict(
        OrganisationCount.objects.filter(day__in=days, is_whole=True, counted_at__isnull=False).values_list("pk", "day")
    )
    rows = _place(StatusCount.objects.filter(count__in=counts), chosen, by_team=chosen.teams is not None)
    rows = rows.filter(program=chosen.program or ALL, job_role=chosen.job_role or ALL)
    summed = rows.order_by().values_list("count").annotate(*map(Sum, COUNTS))
    tallies = {counts[count]: Tally(*sums) for count, *sums in summed}
    return [MonthEnd(day, tallies.get(day, Tally()) if day in counts.values() else None) for day in days]


def month_ends(today: date) -> list[date]:
    """The last days of the twelve months before this day's, the oldest first."""
    found = [today.replace(day=1) - timedelta(days=1)]
    while len(found) < MONTHS:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def days_to_count_unscoped(now: datetime) -> list[date]:
    """Months' ends since the first assignment that nobody has counted; and today, once, where a page couldn't count it itself.

    What is begun isn't due: long jobs are taken up by themselves.
    """
    today = organisation_today(now)
    first = ProgramAssignment.objects.aggregate(Min("pk"))["pk__min"]
    if first is None:
        return []
    began = ProgramAssignment.objects.values_list("assigned_at", flat=True).get(pk=first)
    begun = set(OrganisationCount.objects.filter(Q(is_whole=True) | Q(day=today)).values_list("day", flat=True))
    days = [day for day in month_ends(today) if began < end_of_day(day) and day not in begun]
    return days if today in begun or is_small_unscoped() else [today, *days]


def next_program_unscoped(after: int) -> int | None:
    """The id of the programme after this one; None after the last."""
    return Program.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True).first()


def programs_counted_unscoped(last: int) -> tuple[int, int]:
    """How many programmes there are up to this one (id), and in all."""
    return Program.objects.filter(pk__lte=last).count(), Program.objects.count()


def _grouped(tallies: Tallies, grouping: Grouping, chosen: Chosen) -> dict[int, Tally]:
    found: dict[int, Tally] = defaultdict(Tally)
    for cell, tally in tallies.items():
        if chosen.holds(cell):
            key = cell.program if grouping is Grouping.PROGRAM else getattr(cell.place, grouping)
            found[key] += tally
    return dict(found)


def _kept(count: OrganisationCount, grouping: Grouping, chosen: Chosen) -> dict[int, Tally]:
    """The rows that are ready for this grouping: as many as there are lines."""
    by_team = grouping is Grouping.TEAM or chosen.teams is not None
    rows = _place(
        StatusCount.objects.filter(count=count), chosen, by_team=by_team, by_branch=grouping is Grouping.BRANCH
    )
    for name, wanted in (("program", chosen.program), ("job_role", chosen.job_role)):
        is_told = wanted is None and grouping == name
        rows = rows.exclude(**{name: ALL}) if is_told else rows.filter(**{name: wanted or ALL})
    found: dict[int, Tally] = defaultdict(Tally)
    for key, *counts in rows.values_list(grouping, *COUNTS):
        found[key] += Tally(*counts)
    return dict(found)


def _place(
    rows: QuerySet[StatusCount, Any], chosen: Chosen, *, by_team: bool = False, by_branch: bool = False
) -> QuerySet[StatusCount, Any]:
    """Those of the place that is chosen, or of each team or branch in it."""
    if chosen.teams is not None:
        rows = rows.filter(team__in=chosen.teams)
    if chosen.branch is not None:
        rows = rows.filter(branch=chosen.branch)
    if chosen.team is not None:
        return rows.filter(team=chosen.team)
    if by_team:
        return rows.exclude(team=ALL)
    rows = rows.filter(team=ALL)
    if chosen.branch is not None:
        return rows
    return rows.exclude(branch=ALL) if by_branch else rows.filter(branch=ALL)
