"""How far a supervisor's teams are with their programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.selectors import organisation_today
from people.models import Team, User
from people.selectors import teams_for_supervisor
from training.domain.tallies import Tally, added_up
from training.enums import Grouping
from training.models.programs import Program
from training.selectors.organisation import Chosen, Figures, figures_unscoped


@dataclass(frozen=True)
class Progress:
    """programs: those that somebody in the teams has. chosen: the teams that are looked at, and the programme."""

    teams: list[Team]
    programs: list[Program]
    chosen: Chosen
    figures: Figures

    @property
    def total(self) -> Tally:
        tallies, program = self.figures.tallies, self.chosen.program
        return added_up(tallies.values()) if program is None else tallies.get(program, Tally())


def progress_for_supervisor(
    viewer: User, now: datetime, *, team: int | None = None, program: int | None = None
) -> Progress:
    """Of the teams supervised today, sub-teams included; of one of them, and of one programme, where they are theirs."""
    teams = teams_for_supervisor(viewer, now)
    looked_at = frozenset(each.pk for each in teams if team in (None, each.pk)) or frozenset(each.pk for each in teams)
    figures = figures_unscoped(Grouping.PROGRAM, Chosen(teams=looked_at), organisation_today(now), now)
    programs = list(Program.objects.filter(pk__in=[pk for pk, tally in figures.tallies.items() if tally.total]))
    wanted = program if program in {each.pk for each in programs} else None
    return Progress(teams, programs, Chosen(program=wanted, teams=looked_at), figures)
