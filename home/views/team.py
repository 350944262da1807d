"""My team: people × programmes, who is late, and the same as a file."""

from __future__ import annotations

import csv
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.domain.exports import safe_cell
from core.enums import Status
from home.forms import SHOWN_AS, TeamFilterForm
from home.permissions import supervisors_only
from people.middleware import SignedInRequest
from training.selectors.team import TeamMatrix, team_matrix_for_supervisor

ROWS_A_PAGE = 50


@supervisors_only
@require_safe
def my_team(request: SignedInRequest) -> HttpResponse:
    form = TeamFilterForm(request.GET)
    filters = form.as_filters()
    matrix = team_matrix_for_supervisor(request.user, request.now, **filters)
    context = {
        "tab": "team",
        "matrix": matrix,
        "page": Paginator(matrix.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "chips": _chips(matrix, filters),
        "address": _address(filters),
    }
    return render(request, "home/my_team.html", context)


@supervisors_only
@require_safe
def my_team_csv(request: SignedInRequest) -> HttpResponse:
    """What the page shows, all of it, one line a person and programme."""
    matrix = team_matrix_for_supervisor(request.user, request.now, **TeamFilterForm(request.GET).as_filters())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-team-{matrix.today:%Y-%m-%d}.csv"'
    response.write("\ufeff")  # Excel reads UTF-8 only with it
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Name"),
            _("Team"),
            _("Branch"),
            _("Job role"),
            _("Programme"),
            _("Status"),
            _("Due or expires"),
            _("Done"),
            _("Of"),
        ]
    )
    for row in matrix.rows:
        for program, cell in zip(matrix.programs, row.cells, strict=True):
            values = [
                row.person.name,
                row.team.name,
                row.team.branch.name,
                row.job_role,
                program.title,
                cell.status.label,
                cell.on or "",
                cell.done,
                cell.total,
            ]
            writer.writerow([safe_cell(value) for value in values])
    return response


def _chips(matrix: TeamMatrix, filters: dict[str, object]) -> list[dict[str, object]]:
    """The filters by status, each with how many people it shows."""
    shown: list[tuple[Status | None, object, int]] = [(None, _("Everybody"), matrix.people)]
    shown += [(status, status.label, matrix.counts[status]) for status in SHOWN_AS.values() if status in matrix.counts]
    return [
        {
            "label": label,
            "count": count,
            "status": status,
            "address": _address(filters, status),
            "is_current": filters["status"] is status,
        }
        for status, label, count in shown
    ]


def _address(filters: dict[str, object], status: object = ...) -> str:
    """The query string of these filters, with another status where one is given."""
    chosen = filters["status"] if status is ... else status
    show = next((key for key, value in SHOWN_AS.items() if value is chosen), "")
    values = {"team": filters["team_id"], "name": filters["name"], "show": show}
    return urlencode({key: value for key, value in values.items() if value})
