"""A supervisor's teams: whom a list is about, people × programmes, what needs somebody."""

from training.selectors.team.choosing import (
    people_chosen_unscoped,
    people_in_teams_of_supervisor,
    people_of_matrix,
)
from training.selectors.team.matrix import (
    Cell,
    MatrixRow,
    TeamMatrix,
    all_matrix_rows,
    matrix_rows,
    team_matrix_for_supervisor,
)
from training.selectors.team.needs import Need, Needs, needs_of_team
from training.selectors.team.scope import TeamScope, team_scope_for_supervisor
from training.selectors.team.sorting import BY_NAME, Sort

__all__ = [
    "BY_NAME",
    "Cell",
    "MatrixRow",
    "Need",
    "Needs",
    "Sort",
    "TeamMatrix",
    "TeamScope",
    "all_matrix_rows",
    "matrix_rows",
    "needs_of_team",
    "people_chosen_unscoped",
    "people_in_teams_of_supervisor",
    "people_of_matrix",
    "team_matrix_for_supervisor",
    "team_scope_for_supervisor",
]
